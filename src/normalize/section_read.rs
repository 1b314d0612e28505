//! What a section says, and what it has to know of the page around it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lead::Lead;
use super::section_leads::HeadingPlace;
use super::unknown_keyref::UnknownKeyref;
use crate::model::{Code, Matrix, Notice, Phrase};

/// What stands above a section, as far as it matters to reading it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Above {
    /// Whether the page's title speaks of responsibility; none where no title came yet.
    pub(super) title_says: Option<bool>,
    /// The canonical words of the title that leads go by; none where it did not come yet.
    pub(super) title: Option<Arc<str>>,
    /// Whether the page is known to hold no word for responsibility, neither here nor below.
    pub(super) lacks_responsibility: bool,
    /// The open headings.
    pub(super) headings: Vec<OpenHeading>,
}

/// A matrix of a section.
#[derive(Clone, Debug)]
pub(super) struct ReadMatrix {
    pub(super) matrix: Arc<Matrix>,
    /// Whether it is made of lists and paragraphs.
    pub(super) is_listed: bool,
}

impl ReadMatrix {
    /// Lists that only point elsewhere assign nothing.
    pub(super) fn assigns_duties(&self) -> bool {
        let mut duties = self.matrix.rows.iter().flat_map(|row| &row.duties);
        !self.is_listed || duties.any(|duty| !duty.reference)
    }
}

/// What a section says.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionRead {
    /// Line of the file of its first line, from 1; all lines below are of the same file.
    pub(super) first_line: usize,
    pub(super) matrices: Vec<ReadMatrix>,
    /// Whether its first list goes on with a list that ends the section above, if that stands
    /// under the same headings.
    pub(super) goes_on: bool,
    /// Whether a list at the head of the next section may go on with its last one; none where
    /// neither table nor list stands in it.
    pub(super) is_open: Option<bool>,
    /// Its first heading of the first level.
    pub(super) title: Option<String>,
    /// The canonical words of the page's title, as far as it is known below this section.
    pub(super) title_words: Option<Arc<str>>,
    /// The headings that are open below it.
    pub(super) headings: Vec<OpenHeading>,
    pub(super) notices: Vec<Notice>,
    pub(super) publishing: Vec<Notice>,
    /// What its keyrefs stand for, by key.
    pub(super) names: BTreeMap<String, Phrase>,
    pub(super) unknown_keyrefs: BTreeMap<String, UnknownKeyref>,
    /// Where its blocks begin, and whether they hold rows.
    pub(super) starts: Vec<(usize, bool)>,
}

impl SectionRead {
    /// Whether any matrix of it assigns duties.
    pub(super) fn assigns_duties(&self) -> bool {
        self.matrices.iter().any(ReadMatrix::assigns_duties)
    }

    /// Whether a table of it seems to assign duties to parties that cannot be read.
    pub(super) fn leaves_unassigned(&self) -> bool {
        self.notices.iter().any(|notice| notice.code == Code::Unassigned)
    }
}

/// A heading that is still open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OpenHeading {
    pub(super) level: u8,
    /// As the section sees it (see `LeadGroups::of_section`).
    pub(super) place: HeadingPlace,
    pub(super) phrase: Phrase,
    /// What it says of the lists below it.
    pub(super) scope: HeadingScope,
}

impl OpenHeading {
    /// Whether it names a party.
    pub(super) fn names_party(&self) -> bool {
        matches!(self.scope, HeadingScope::Party(_))
    }
}

/// What a heading says of whose duties stand below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum HeadingScope {
    /// Nothing: the heading above it says.
    Open,
    /// One party's.
    Party(Lead),
    /// Nobody's.
    Closed,
}
