//! Pages that a range changed and changed back: the same at both ends, not so in between.

use std::collections::BTreeSet;

use super::id::is_page_name;
use super::page_check::PageCheck;
use super::{Ends, File, FilePair, Filter, Id, IsPage, Mainline, Point, RepoPath, Repository};
use crate::error::Result;
use crate::model::Sides;

impl Repository {
    /// The pages whose content is the same at both ends, but not at every commit between, by
    /// path. [`Repository::changed_pages`] does not include them.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn reverted_pages(
        &self,
        ends: &Ends,
        line: &Mainline,
        filter: &Filter,
        is_page: IsPage<'_>,
    ) -> Result<Vec<FilePair>> {
        let mut paths = self.files_touched_twice(line)?;
        paths.retain(|path| filter.matches(path));
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let paths: Vec<RepoPath> = paths.into_iter().collect();
        let old = self.blobs_at(&ends.points.old, &paths)?;
        let new = self.blobs_at(&ends.points.new, &paths)?;
        let mut pages = PageCheck::new(is_page);
        let mut found = Vec::new();
        for (path, (old, new)) in paths.into_iter().zip(old.into_iter().zip(new)) {
            let Some(blob) = old.filter(|_| old == new) else { continue };
            let file = File { path: path.clone(), blob, disk: None };
            if pages.is_page(self, &file)? {
                found.push(FilePair { path, file: Sides::new(Some(file.clone()), Some(file)) });
            }
        }
        Ok(found)
    }

    /// The markdown files that more than one commit of a line touched.
    fn files_touched_twice(&self, line: &Mainline) -> Result<BTreeSet<RepoPath>> {
        let (mut once, mut more) = (BTreeSet::new(), BTreeSet::new());
        for at in 0..line.commits().len() {
            let (newer, older) = (line.tree_at(at), line.tree_at(at + 1));
            // A first commit makes files, it does not change any.
            if older.is_some() {
                for found in self.compare_trees(older, newer)? {
                    if !once.insert(found.path.clone()) {
                        more.insert(found.path);
                    }
                }
            }
        }
        Ok(more)
    }

    fn blobs_at(&self, point: &Point, paths: &[RepoPath]) -> Result<Vec<Option<Id>>> {
        if let Point::Commit(revision) = point {
            return self.blobs_in(self.read_commit(revision.commit)?.tree, paths);
        }
        let files = self.tracked_files(point, is_page_name)?;
        let blob = |path: &RepoPath| {
            let at = files.binary_search_by(|file| file.path.cmp(path)).ok()?;
            files.get(at).map(|file| file.blob)
        };
        Ok(paths.iter().map(blob).collect())
    }
}
