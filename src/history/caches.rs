//! What a repository keeps of what it has read.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::{Commit, Id, RepoPath};

/// The commits that a merge brought: those that its other parents contain and its first does not.
pub(super) struct MergedCommits {
    pub(super) members: HashMap<Id, Commit>,
    /// By path, the commits that are not as their first parent there.
    pub(super) touching: OnceLock<HashMap<RepoPath, HashSet<Id>>>,
}

/// Trees, and how many bytes they have.
pub(super) type Trees = (HashMap<Id, Arc<[u8]>>, usize);
