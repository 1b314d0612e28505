//! Lead-ins that only name the party of the items below them, and sentences before them.

use super::Pen;
use crate::generator::model::{Duty, Holder, Text};
use crate::generator::style::Cut;

const OF_IBM: [&str; 4] = [
    "<ibm> is responsible for:",
    "<ibm> is responsible for the following tasks:",
    "<ibm> responsibilities:",
    "<ibm> is responsible for the following:",
];
const OF_CUSTOMER: [&str; 4] = [
    "<customer> is responsible for:",
    "You are responsible for the following actions:",
    "Your responsibilities:",
    "You are responsible for:",
];

impl Pen<'_> {
    /// "IBM is responsible for:", which only names the party.
    pub(super) fn lead(&mut self, holder: Holder) -> String {
        let at = self.style.habits.lead_in;
        match holder {
            Holder::Ibm => self.spell.plain(OF_IBM[at % OF_IBM.len()]),
            Holder::Customer => self.spell.plain(OF_CUSTOMER[at % OF_CUSTOMER.len()]),
            Holder::Shared | Holder::Vendor | Holder::Partner => String::new(),
        }
    }

    /// The first duty as a sentence, then a lead-in with the others as its items; none where the
    /// version does not write so.
    pub(super) fn behind_sentence(
        &mut self,
        duties: &[&Duty],
        holder: Holder,
        cut: Cut,
    ) -> Option<String> {
        let percent = self.style.habits.sentence_first;
        let (first, items) = duties.split_first().filter(|(_, items)| items.len() > 1)?;
        if !matches!(first.text, Text::Built(_)) || !self.remarks.chance(percent) {
            return None;
        }
        let sentence = self.duty(first, true);
        let texts: Vec<String> = items.iter().map(|duty| self.duty(duty, false)).collect();
        let lead = self.lead(holder);
        Some(format!("{sentence} {}", self.join(&texts, cut, &lead)))
    }
}
