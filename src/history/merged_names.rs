//! What a page is called on the branch that a merge joined, where the mainline renamed it.

use super::collect::removed_and_added;
use super::page_check::PageCheck;
use super::rename::pair_renamed_files;
use super::{Commit, IsPage, RepoPath, Repository};
use crate::error::Result;

impl Repository {
    /// What the other parents of a merge call a file that its first parent has renamed: `path` is
    /// its name in the merge. Parents that have a file of this name call it so.
    ///
    /// # Errors
    /// Where a tree or a file cannot be read.
    pub fn names_before_merge(
        &self,
        merge: &Commit,
        path: &RepoPath,
        is_page: IsPage<'_>,
    ) -> Result<Vec<RepoPath>> {
        let mut names = Vec::new();
        let mut pages = PageCheck::new(is_page);
        for parent in merge.parents.iter().skip(1) {
            let tree = self.read_commit(*parent)?.tree;
            let differences = self.compare_trees(Some(tree), Some(merge.tree))?;
            let (removed, added) = removed_and_added(&differences);
            let Some(at) = added.iter().position(|file| file.path == *path) else { continue };
            let pairs = pair_renamed_files(self, &removed, &added, &mut pages)?;
            let before = pairs.iter().find(|(_, to)| *to == at);
            let before = before.and_then(|(from, _)| removed.get(*from));
            names.extend(before.map(|file| file.path.clone()));
        }
        Ok(names)
    }
}
