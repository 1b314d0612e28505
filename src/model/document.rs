//! One version of a responsibility page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Code, Duty, Footnote, Matrix, Notice, Party, Phrase, Row, Stamp};

/// The content of one page at one moment, normalized.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The page's title (its level 1 heading), plain text.
    pub title: String,
    /// `subcollection` of the front matter.
    pub subcollection: Option<String>,
    /// What the page says of its own version.
    pub stamp: Stamp,
    /// The matrices in the order of the page; versions share those that are the same.
    pub matrices: Vec<Arc<Matrix>>,
    /// The footnotes that its matrices cite.
    pub footnotes: Vec<Footnote>,
    /// What the keyrefs of the page stand for, by key.
    pub names: BTreeMap<String, Phrase>,
    /// The lines of those keyrefs that no name is known for, by key.
    pub unknown_keyrefs: BTreeMap<String, BTreeSet<usize>>,
    /// Lines that only bring in a text from another file, each with its number.
    pub inclusions: Vec<(usize, String)>,
    /// What a reader should know of the page, in the order of lines.
    pub notices: Vec<Notice>,
    /// What is read here but breaks on the published page, in the order of lines.
    pub publishing: Vec<Notice>,
    /// The name that a policy gives the provider; none for IBM.
    pub provider: Option<String>,
}

impl Document {
    /// Whether it assigns any responsibility: a page without a matrix is no document.
    #[must_use]
    pub fn is_responsibility_page(&self) -> bool {
        !self.matrices.is_empty()
    }

    /// Whether it assigns any responsibility, or seems to: a table whose parties cannot be read.
    #[must_use]
    pub fn seems_to_assign(&self) -> bool {
        self.is_responsibility_page() || self.has_notice(Code::Unassigned)
    }

    /// Gives the provider the name that a policy has for it.
    pub fn name_provider(&mut self, name: Option<&str>) {
        self.provider = name.map(str::to_owned);
        let Some(name) = name else { return };
        for matrix in &mut self.matrices {
            for duty in Arc::make_mut(matrix).rows.iter_mut().flat_map(|row| &mut row.duties) {
                if matches!(duty.party, Party::Ibm) {
                    duty.party = Party::Provider(name.to_owned());
                }
            }
        }
    }

    /// Whether anything of a kind is to be noticed.
    #[must_use]
    pub fn has_notice(&self, code: Code) -> bool {
        self.notices.iter().any(|notice| notice.code == code)
    }

    /// All duties with their matrix and row, in the order of the page. The position in
    /// this sequence is the duty's index wherever one is spoken of.
    pub fn duties(&self) -> impl Iterator<Item = (&Matrix, &Row, &Duty)> {
        self.matrices.iter().flat_map(|matrix| {
            matrix
                .rows
                .iter()
                .flat_map(move |row| row.duties.iter().map(move |duty| (&**matrix, row, duty)))
        })
    }
}
