//! What stands behind owners and duties and changes neither: qualifiers and footnotes.

use super::Pen;
use crate::generator::habits::NoteSign;
use crate::generator::model::Holder;
use crate::generator::rng::Rng;
use crate::generator::style::Shape;

const OF_IBM: [&str; 6] = [
    " (operations team)",
    " (on call)",
    ", solution owner",
    " (SRE)",
    ", operations team",
    " (through support cases)",
];
const OF_CUSTOMER: [&str; 5] = [
    " (or designate)",
    " (account owner)",
    ", account administrator",
    " (any role)",
    " (optional)",
];
const OF_OTHERS: [&str; 2] = [" (by plan)", " (on request)"];

/// What the footnotes of a page say.
const NOTES: [&str; 3] = [
    "Within two business days.",
    "Only in regions with three zones.",
    "Premium plans have terms of their own.",
];

/// Draws remarks, and keeps which footnotes were cited, in the order of their numbers.
pub(super) struct Remarks {
    rng: Rng,
    cited: Vec<usize>,
}

impl Remarks {
    pub(super) const fn new(rng: Rng) -> Self {
        Self { rng, cited: Vec::new() }
    }

    /// Whether something that happens so often of a hundred times happens now.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.rng.chance(percent)
    }
}

impl Pen<'_> {
    /// An owner, perhaps with a qualifier and the sign of a footnote behind it.
    pub(super) fn with_remarks(&mut self, owner: &str, holder: Holder) -> String {
        let habits = &self.style.habits;
        let all: &[&str] = match holder {
            Holder::Ibm => &OF_IBM,
            Holder::Customer => &OF_CUSTOMER,
            Holder::Shared | Holder::Vendor | Holder::Partner => &OF_OTHERS,
        };
        let has_one = self.remarks.chance(habits.qualifiers);
        let qualifier = if has_one { *self.remarks.rng.pick(all) } else { "" };
        let cites = self.remarks.chance(habits.owner_notes);
        let sign = if cites { self.note_sign() } else { String::new() };
        if self.remarks.chance(30) {
            format!("{owner}{sign}{qualifier}")
        } else {
            format!("{owner}{qualifier}{sign}")
        }
    }

    /// A role, perhaps with the sign of a footnote behind it.
    pub(super) fn with_note(&mut self, role: &str) -> String {
        let cites = self.remarks.chance(self.style.habits.owner_notes);
        if cites { format!("{role}{}", self.note_sign()) } else { role.to_owned() }
    }

    /// A duty, perhaps with the sign of a footnote before or behind its period.
    pub(super) fn with_footnote(&mut self, mut duty: String) -> String {
        let habits = &self.style.habits;
        let owners_only =
            matches!(habits.sign, NoteSign::Brackets | NoteSign::Stars | NoteSign::Daggers);
        if owners_only || !self.remarks.chance(habits.duty_notes) {
            return duty;
        }
        let sign = self.note_sign();
        if duty.ends_with('.') && self.remarks.chance(40) {
            duty.pop();
            return format!("{duty}{sign}.");
        }
        format!("{duty}{sign}")
    }

    /// The sign of a footnote.
    fn note_sign(&mut self) -> String {
        let note = self.remarks.rng.below(NOTES.len());
        let at = self.remarks.cited.iter().position(|other| *other == note).unwrap_or_else(|| {
            self.remarks.cited.push(note);
            self.remarks.cited.len() - 1
        });
        self.sign_of(at)
    }

    fn sign_of(&self, at: usize) -> String {
        let number = self.style.habits.first_note + at;
        match self.style.habits.sign {
            // markdown does not work within HTML
            NoteSign::Markdown if self.style.shape == Shape::Html => format!("<sup>{number}</sup>"),
            NoteSign::Markdown => format!("[^{number}]"),
            NoteSign::Sup => format!("<sup>{number}</sup>"),
            NoteSign::Carets => format!("^{number}^"),
            NoteSign::Raised => {
                ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][number % 10].to_owned()
            }
            NoteSign::Brackets => format!(" [{number}]"),
            NoteSign::Stars => "\\*".repeat(at + 1),
            NoteSign::Daggers => ["†", "‡", "§"][at % 3].to_owned(),
        }
    }

    /// The footnotes that were cited, at the end of the page.
    pub(super) fn write_notes(&mut self) {
        for (at, note) in std::mem::take(&mut self.remarks.cited).into_iter().enumerate() {
            let sign = self.sign_of(at);
            let sign = sign.trim();
            let text = NOTES[note];
            let is_markdown = sign.starts_with("[^");
            let line =
                if is_markdown { format!("{sign}: {text}") } else { format!("{sign} {text}") };
            self.line(&format!("{line}\n"));
        }
    }
}
