//! When a file was removed that was a page once, but could not be read as one any more.

use super::collect::PageSearch;
use super::included::PageIncludes;
use super::{FileVersion, RepoPath, VersionOrigin};
use crate::error::Result;

impl PageSearch<'_> {
    /// The number of the commit that removed the file at a path, and the version without it. `None`
    /// if the tip has the file, or if it was renamed.
    pub(super) fn later_removal(&self, path: &RepoPath) -> Result<Option<(usize, FileVersion)>> {
        let tip = self.repo.read_commit(self.span.tip().commit)?.tree;
        if self.repo.blob_in_tree(tip, path)?.is_some() {
            return Ok(None);
        }
        let silent = PageSearch { progress: &|_| (), ..*self };
        let found = silent.of_files(std::slice::from_ref(path))?;
        for (step, number) in found.steps.into_iter().zip(found.numbers) {
            let mut differences = step.differences.iter();
            if differences.any(|difference| difference.path == *path && difference.new.is_none()) {
                let is_renamed = step.renames.iter().any(|(from, _)| from == path);
                let version = FileVersion {
                    origin: VersionOrigin::Commit(step.commit),
                    file: None,
                    companions: Vec::new(),
                    included: PageIncludes::default(),
                };
                return Ok((!is_renamed).then_some((number, version)));
            }
        }
        Ok(None)
    }
}
