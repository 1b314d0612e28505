//! How one version of a file came to be.

use super::Commit;

/// Where a version comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionOrigin {
    /// It is what the old end has.
    OldEnd,
    /// It is what the mainline had where it left the old end's line. What differs from the
    /// old end, the old end's own side brought.
    Fork,
    /// A commit of the mainline brought it.
    Commit(Commit),
    /// It is only in the working tree or the index.
    Unrecorded,
}

impl VersionOrigin {
    /// Whether the version is older than any commit of the range.
    #[must_use]
    pub const fn is_before_range(&self) -> bool {
        match self {
            Self::OldEnd | Self::Fork => true,
            Self::Commit(_) | Self::Unrecorded => false,
        }
    }
}
