//! Files of the working tree that git does not track.

use super::id::is_page_name;
use super::{Filter, RepoPath, Repository, fault};
use crate::error::Result;

impl Repository {
    /// The untracked markdown files that a filter lets through, with their contents, without
    /// ignored files.
    ///
    /// # Errors
    /// Where the working tree cannot be read.
    pub fn untracked_pages(&self, filter: &Filter) -> Result<Vec<(RepoPath, Vec<u8>)>> {
        let Some(root) = self.git.workdir() else { return Ok(Vec::new()) };
        let mut options = git2::StatusOptions::new();
        options.show(git2::StatusShow::Workdir);
        options.include_untracked(true).recurse_untracked_dirs(true).exclude_submodules(true);
        let statuses = self.git.statuses(Some(&mut options));
        let statuses =
            statuses.map_err(|error| fault::library_fault("list untracked files", error))?;
        let mut found = Vec::new();
        for entry in statuses.iter().filter(|entry| entry.status() == git2::Status::WT_NEW) {
            let path = RepoPath::new(entry.path_bytes());
            if !is_page_name(path.as_bytes()) || !filter.matches(&path) {
                continue;
            }
            let file = root.join(path.to_string());
            // links are not followed, and a file that cannot be read is no page that anybody misses
            if let (false, Ok(content)) = (file.is_symlink(), std::fs::read(&file)) {
                found.push((path, content));
            }
        }
        found.sort();
        Ok(found)
    }
}
