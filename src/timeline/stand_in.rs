//! What stands in for a table that cannot be read: the same table in its last readable version.

use std::sync::Arc;

use crate::history::FileVersion;
use crate::model::{Matrix, Notice};

/// The last version of a file that could be read.
#[derive(Clone, Debug)]
pub(super) struct LastReadable {
    pub(super) version: FileVersion,
    /// The version after it, which could not.
    pub(super) since: Option<FileVersion>,
}

/// A table that cannot be read in a version of its page.
#[derive(Clone, Debug)]
pub(super) struct StandIn {
    /// The duties that stand there unread, as the last readable version has them.
    pub(super) matrix: Arc<Matrix>,
    /// Where the table is, and why it cannot be read.
    pub(super) notice: Notice,
    /// The version that the duties come from.
    pub(super) last: Arc<LastReadable>,
}

impl StandIn {
    /// Whether one of these is the same table in another version.
    pub(super) fn is_among(&self, others: &[Self]) -> bool {
        others.iter().any(|other| {
            Arc::ptr_eq(&self.last, &other.last) && self.matrix.line == other.matrix.line
        })
    }
}
