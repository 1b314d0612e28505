//! The smallest separate obligation.

use super::{IncludedLine, Party, Phrase};

/// One obligation of one party, as one version of a page states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The holder, by the column, the owner cell or the lead line.
    pub party: Party,
    /// The header of the column it stands in (plain text), or the lead line of its list.
    pub column: String,
    /// What has to be done. In an owner grid `<row>: <column>`.
    pub phrase: Phrase,
    /// In an owner grid the heading of the column, which is the duty's area there.
    pub area: Option<Phrase>,
    /// Line of the file, from 1.
    pub line: usize,
    /// Whether it only points elsewhere ("See ...", "For more information, see ...").
    pub reference: bool,
    /// How many canonical words at its head are a lead-in that it shares with the other items of
    /// its list; 0 where it has none.
    pub lead_words: usize,
    /// The line of the file that the page includes, where it is written in one.
    pub included: Option<IncludedLine>,
}

impl Duty {
    /// Whether another duty is the same but for its line.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let Self { party, column, phrase, area, line: _, reference, lead_words, included: _ } =
            self;
        (party, column, phrase) == (&other.party, &other.column, &other.phrase)
            && (area, reference, lead_words) == (&other.area, &other.reference, &other.lead_words)
    }

    /// Its canonical lead-in, and what stands behind it.
    #[must_use]
    pub fn lead_and_body(&self) -> (&str, &str) {
        let text = self.phrase.canonical.as_str();
        let end = self.lead_words.checked_sub(1).and_then(|last| text.match_indices(' ').nth(last));
        end.map_or(("", text), |(at, _)| (&text[..at], &text[at + 1..]))
    }
}
