//! Lists under lines, items, terms and headings that name one party.

use super::Pen;
use crate::generator::habits::ListForm;
use crate::generator::model::{Area, Duty, Holder, Text};
use crate::generator::rng::Rng;

impl Pen<'_> {
    pub(super) fn party_lists(&mut self, area: &Area, rng: &mut Rng) {
        let [first, second] = match self.style.header % 5 {
            0 => ["<ibm> responsibilities", "Your responsibilities"],
            1 => ["<ibm>'s responsibilities", "Your responsibilities"],
            2 => ["<ibm> responsibilities", "Customer responsibilities"],
            3 => ["Responsibilities of <ibm>", "Responsibilities of the client"],
            _ => ["<ibm> responsibilities", "User responsibilities"],
        };
        let form = self.style.habits.list_form;
        for (holder, lead) in [(Holder::Ibm, first), (Holder::Customer, second)] {
            let rows = area.rows.iter().flat_map(|row| &row.duties);
            let duties: Vec<&Duty> = rows.filter(|duty| duty.holder == holder).collect();
            if duties.is_empty() {
                continue;
            }
            let lead = self.spell.plain(lead);
            match form {
                ListForm::Lines => self.below_line(&lead, &duties),
                ListForm::Sentences => self.below_sentence(holder, &duties),
                ListForm::Items => {
                    self.line(&format!("- {lead}\n"));
                    self.items("    - ", &duties);
                }
                ListForm::Definitions => self.definitions(&lead, &duties, rng),
                ListForm::Headings => self.below_heading(&lead, holder, &duties),
                ListForm::Paragraphs => self.paragraphs(&lead, &duties),
            }
        }
    }

    fn items(&mut self, sign: &str, duties: &[&Duty]) {
        for duty in duties {
            let text = self.duty(duty, false);
            self.line(&format!("{sign}{text}"));
        }
        self.line("");
    }

    fn below_line(&mut self, lead: &str, duties: &[&Duty]) {
        match self.style.header / 5 % 3 {
            0 => self.line(&format!("**{lead}**\n")),
            1 => self.line(&format!("{lead}:\n")),
            _ => self.line(&format!("*{lead}*:\n")),
        }
        self.items("- ", duties);
    }

    /// "You are responsible for:".
    fn below_sentence(&mut self, holder: Holder, duties: &[&Duty]) {
        let lead = self.lead(holder);
        self.line(&format!("{lead}\n"));
        self.items("* ", duties);
    }

    fn definitions(&mut self, lead: &str, duties: &[&Duty], rng: &mut Rng) {
        self.line(lead);
        let sign = if rng.chance(50) { ":   - " } else { ":   " };
        self.items(sign, duties);
    }

    /// A list below a heading, its first duty perhaps as a sentence before a lead-in.
    fn below_heading(&mut self, lead: &str, holder: Holder, duties: &[&Duty]) {
        let level = self.level + 1;
        self.heading(level, lead);
        let (first, rest) = duties.split_at(1);
        let percent = self.style.habits.sentence_first;
        let built = matches!(first[0].text, Text::Built(_));
        if built && rest.len() > 1 && self.remarks.chance(percent) {
            let sentence = self.duty(first[0], true);
            let lead = self.lead(holder);
            self.line(&format!("{sentence} {lead}\n"));
            self.items("1. ", rest);
        } else {
            self.items("- ", duties);
        }
    }

    fn paragraphs(&mut self, lead: &str, duties: &[&Duty]) {
        let level = self.level + 1;
        self.heading(level, lead);
        for duty in duties {
            let text = self.duty(duty, true);
            self.line(&format!("{text}\n"));
        }
    }
}
