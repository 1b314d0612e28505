//! A file at one end of a comparison.

use std::sync::Arc;

use super::{ContentKey, Id, RepoPath};

/// A file's content at one end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is.
    pub path: RepoPath,
    /// The id of its content, also of a file that is only on disk.
    pub blob: Id,
    /// The content, where the object database need not have it.
    pub(super) disk: Option<Arc<[u8]>>,
}

impl File {
    /// The same file with another recorded content.
    #[must_use]
    pub fn with_blob(&self, blob: Id) -> Self {
        Self { path: self.path.clone(), blob, disk: None }
    }

    /// Its content, and the format that it is read in.
    pub(super) fn content_key(&self) -> ContentKey {
        (self.blob, self.path.format())
    }
}
