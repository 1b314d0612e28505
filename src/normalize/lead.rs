//! A line that names the party of what stands below it.

use crate::model::Party;
use crate::parse::{Piece, PieceKind, Run};

/// Longer lines are no names.
pub(super) const LONGEST_NAME: usize = 120;

/// How much a lead says beside its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LeadForm {
    /// Nothing: "IBM's responsibilities:".
    Pure,
    /// What the duties are about: "Your responsibilities for HA and DR".
    Worded,
    /// A sentence: "You are responsible for the following actions:".
    Sentence,
}

/// Whom a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LeadParty {
    /// A party.
    Party(Party),
    /// A product, or what may be one: the other leads decide which party it is.
    Product { name: String, known: bool },
    /// Two parties at once: what stands below is neither's alone.
    Several,
}

/// How sure a line is to be a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// Whatever stands around it.
    Alone,
    /// Where a lead of another party stands beside it.
    BesideAnother,
    /// A name and nothing else: it also takes a title about responsibilities.
    Bare,
    /// Where a title of another party has the same words but for its name, and the page is about
    /// responsibilities. These are the words.
    Twin(String),
}

impl Sure {
    /// Whether a line is a lead only where a heading speaks of responsibilities.
    pub(super) fn asks_for_responsibilities(&self) -> bool {
        match self {
            Self::Bare | Self::Twin(_) => true,
            Self::Alone | Self::BesideAnother => false,
        }
    }
}

/// A line that may be a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeadCandidate {
    pub(super) named: LeadParty,
    pub(super) form: LeadForm,
    pub(super) sure: Sure,
}

/// A line that names the party of what stands below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lead {
    pub(super) party: Party,
    /// The line, plain text.
    pub(super) text: String,
    pub(super) form: LeadForm,
}

/// A longer sentence is not repeated with the items below it.
const LONGEST_SHOWN: usize = 240;

impl Lead {
    pub(super) fn new(party: Party, text: &str, form: LeadForm) -> Self {
        Self { party, text: text.trim_end_matches(':').to_owned(), form }
    }

    /// What is repeated with each item below: a sentence that says more than the party.
    pub(super) fn opening_piece(&self, line: usize) -> Option<Piece> {
        let reported = self.form == LeadForm::Sentence && self.text.len() <= LONGEST_SHOWN;
        let runs = vec![Run::Text(format!("{}:", self.text.trim_end_matches('.')))];
        reported.then_some(Piece { kind: PieceKind::Text, runs, line })
    }
}
