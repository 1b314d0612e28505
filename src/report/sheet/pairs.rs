//! A duty, a row and a matrix, each with both sides next to each other.

use crate::model::{Duty, Layout, Matrix, Party, Row, Sides};

/// A duty as one side of a [`DutyPair`] shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldDuty {
    /// Who holds it.
    pub party: Party,
    /// What has to be done; in an owner grid only the area, since the row says the rest.
    pub text: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// One duty on its way from the old side to the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyPair {
    /// The duty on each side; none where it is not there.
    pub duty: Sides<Option<HeldDuty>>,
    /// Which of the document's changes it is; none where it is as it was.
    pub change: Option<usize>,
    /// The path of the document that it went to, where that is another one.
    pub away: Option<String>,
}

impl DutyPair {
    /// Whether it is not as it was.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.change.is_some() || self.away.is_some()
    }
}

/// A row of a matrix on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPair {
    /// Its label on each side; none where the row is not there.
    pub task: Sides<Option<String>>,
    /// Line of the file on each side.
    pub line: Sides<Option<usize>>,
    /// Its duties, changed ones first.
    pub strands: Vec<DutyPair>,
}

impl RowPair {
    /// Whether a reader of both sides would see a difference.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let renamed = matches!((&self.task.old, &self.task.new), (Some(a), Some(b)) if a != b);
        renamed || self.strands.iter().any(DutyPair::is_changed)
    }
}

/// A matrix on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixPair {
    /// The headings above it, outermost first, as on the side that is shown.
    pub section: Vec<String>,
    /// Its heading before, where it was another one.
    pub renamed: Option<String>,
    /// Its caption.
    pub caption: Option<String>,
    /// How it names the parties.
    pub layout: Layout,
    /// Line of the file on each side; none where it is not there.
    pub line: Sides<Option<usize>>,
    /// Its rows, gone ones where they stood.
    pub rows: Vec<RowPair>,
}

/// A duty with where it stands.
pub(super) type DutyInRow<'a> = (&'a Matrix, &'a Row, &'a Duty);

/// A pair of duties by their positions.
pub(super) struct PairPositions {
    pub(super) duty: Sides<Option<usize>>,
    pub(super) change: Option<usize>,
    pub(super) away: Option<String>,
}
