//! Which files differ between two ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::id::is_page_name;
use super::page_check::PageCheck;
use super::rename;
use super::tree::{Difference, NameFilter};
use super::{Commit, Ends, File, Filter, Id, IsPage, Point, RepoPath, Repository};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Sides;

/// One file of a comparison, followed through a rename; at least one side is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePair {
    /// Its path on the new side (the old one of a removed file).
    pub path: RepoPath,
    /// The file at each end; none where it is not there.
    pub file: Sides<Option<File>>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// At the same path on both sides.
    Modified,
    /// Only on the new side.
    Added,
    /// Only on the old side.
    Removed,
    /// At another path.
    Renamed,
}

impl FilePair {
    /// What became of the file.
    #[must_use]
    pub fn status(&self) -> FileStatus {
        match (&self.file.old, &self.file.new) {
            (None, _) => FileStatus::Added,
            (_, None) => FileStatus::Removed,
            (Some(old), Some(new)) if old.path == new.path => FileStatus::Modified,
            (Some(_), Some(_)) => FileStatus::Renamed,
        }
    }

    /// The old path, where it differs.
    #[must_use]
    pub fn old_path(&self) -> Option<&RepoPath> {
        self.file.old.as_ref().map(|file| &file.path).filter(|path| **path != self.path)
    }
}

/// The markdown files that differ between two points, apart from renames.
#[derive(Default)]
pub(super) struct Differences {
    pub(super) modified: Vec<Sides<File>>,
    pub(super) removed: Vec<File>,
    pub(super) added: Vec<File>,
}

impl Differences {
    fn push(&mut self, old: Option<File>, new: Option<File>) {
        match (old, new) {
            (Some(old), Some(new)) if old.blob == new.blob => {}
            (Some(old), Some(new)) => self.modified.push(Sides::new(old, new)),
            (Some(old), None) => self.removed.push(old),
            (None, Some(new)) => self.added.push(new),
            (None, None) => {}
        }
    }
}

impl Repository {
    /// The files named like pages that a commit changed or removed, as they were before it.
    ///
    /// # Errors
    /// Where a tree cannot be read.
    pub fn files_before(&self, commit: &Commit) -> Result<Vec<File>> {
        let Some(parent) = commit.parents.first() else { return Ok(Vec::new()) };
        let parent = self.read_commit(*parent)?;
        let differences = self.compare_trees(Some(parent.tree), Some(commit.tree))?.into_iter();
        let before = differences
            .filter_map(|Difference { path, old, .. }| Some(File { path, blob: old?, disk: None }));
        Ok(before.collect())
    }

    /// The pages that differ between the ends, by path. A pair is included where either side is
    /// a page and either path was asked for; its blobs are read once. Copies are not followed.
    ///
    /// # Errors
    /// Where anything that has to be read cannot be.
    pub fn changed_pages(
        &self,
        ends: &Ends,
        filter: &Filter,
        is_page: IsPage<'_>,
    ) -> Result<Vec<FilePair>> {
        self.check_merged(&ends.points.new, filter)?;
        let old = ends.old.as_ref().map(|old| self.read_commit(old.commit)).transpose()?;
        let old = old.map(|commit| commit.tree);
        let found = self.differences(old, &ends.points.new)?;
        let mut pages = PageCheck::new(is_page);
        let mut pairs = Vec::new();
        for both in found.modified {
            if filter.matches(&both.new.path) {
                pairs.push(Sides::new(Some(both.old), Some(both.new)));
            }
        }
        let (removed, added) = (found.removed, found.added);
        let mut asked = removed.iter().chain(&added).map(|file| filter.matches(&file.path));
        if asked.any(|asked| asked) {
            let renames = rename::pair_renamed_files(self, &removed, &added, &mut pages)?;
            pairs.extend(join(removed, added, &renames).into_iter().filter(|pair| {
                let asked = |file: &Option<File>| {
                    file.as_ref().is_some_and(|file| filter.matches(&file.path))
                };
                asked(&pair.old) || asked(&pair.new)
            }));
        }
        pages.check_pairs(self, &pairs)?;
        let mut reported = Vec::new();
        for file in pairs {
            let mut page = false;
            for side in [&file.new, &file.old].into_iter().flatten() {
                if pages.is_pointer(side) {
                    return Err(kept_elsewhere(side));
                }
                page = page || pages.is_page(self, side)?;
            }
            let path = file.new.as_ref().or(file.old.as_ref()).map(|file| file.path.clone());
            if let Some(path) = path.filter(|_| page) {
                reported.push(FilePair { path, file });
            }
        }
        reported.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(reported)
    }

    /// The files named like pages that differ between the ends and are there at the new one, pages
    /// or not, as far as they were asked for.
    ///
    /// # Errors
    /// Where an end cannot be read.
    pub fn differing_files(&self, ends: &Ends, filter: &Filter) -> Result<Vec<File>> {
        let old = ends.old.as_ref().map(|old| self.read_commit(old.commit)).transpose()?;
        let found = self.differences(old.map(|commit| commit.tree), &ends.points.new)?;
        let modified = found.modified.into_iter().map(|both| both.new);
        let mut files: Vec<File> = modified.chain(found.added).collect();
        files.retain(|file| filter.matches(&file.path));
        Ok(files)
    }

    /// All markdown files at a point that were asked for, by path.
    ///
    /// # Errors
    /// Where the point cannot be read.
    pub fn page_files(&self, point: &Point, filter: &Filter) -> Result<Vec<File>> {
        self.check_merged(point, filter)?;
        let mut files = self.files_named(point, is_page_name)?;
        files.retain(|file| filter.matches(&file.path));
        Ok(files)
    }

    /// The paths of all regular files at a point, pages or not.
    ///
    /// # Errors
    /// Where the point cannot be read.
    pub fn all_paths(&self, point: &Point) -> Result<Vec<RepoPath>> {
        Ok(self.files_named(point, |_| true)?.into_iter().map(|file| file.path).collect())
    }

    /// The files at a point whose names are wanted, by path.
    pub(super) fn files_named(&self, point: &Point, wanted: NameFilter) -> Result<Vec<File>> {
        match point {
            Point::Commit(revision) => {
                self.tree_files(Some(self.read_commit(revision.commit)?.tree), wanted)
            }
            Point::Index | Point::WorkingTree => self.tracked_files(point, wanted),
            Point::Empty => Ok(Vec::new()),
        }
    }

    /// One file at a point, page or not; none where it is not there.
    ///
    /// # Errors
    /// Where the point cannot be read.
    pub fn file_at(&self, point: &Point, path: &RepoPath) -> Result<Option<File>> {
        match point {
            Point::Commit(revision) => {
                let tree = self.read_commit(revision.commit)?.tree;
                let blob = self.blob_in_tree(tree, path)?;
                Ok(blob.map(|blob| File { path: path.clone(), blob, disk: None }))
            }
            Point::Index | Point::WorkingTree => self.tracked_at(point, path),
            Point::Empty => Ok(None),
        }
    }

    /// The content of a file.
    ///
    /// # Errors
    /// Where it is missing (a partial clone) or damaged.
    pub fn read_file(&self, file: &File) -> Result<Arc<[u8]>> {
        if let Some(content) = &file.disk {
            return Ok(Arc::clone(content));
        }
        self.blob_of(file.blob, &|| format!("the content of {}", file.path)).map(Arc::from)
    }

    /// What differs between a tree and a point.
    pub(super) fn differences(&self, old: Option<Id>, new: &Point) -> Result<Differences> {
        let mut found = Differences::default();
        match new {
            Point::Commit(revision) => {
                let new = self.read_commit(revision.commit)?.tree;
                return self.tree_differences(old, Some(new));
            }
            Point::Empty => return self.tree_differences(old, None),
            Point::Index | Point::WorkingTree => {
                let by_path = |files: Vec<File>| -> BTreeMap<RepoPath, File> {
                    files.into_iter().map(|file| (file.path.clone(), file)).collect()
                };
                let mut new = by_path(self.tracked_files(new, is_page_name)?);
                for (path, file) in by_path(self.tree_files(old, is_page_name)?) {
                    found.push(Some(file), new.remove(&path));
                }
                for file in new.into_values() {
                    found.push(None, Some(file));
                }
            }
        }
        Ok(found)
    }

    /// What differs between two trees.
    pub(super) fn tree_differences(&self, old: Option<Id>, new: Option<Id>) -> Result<Differences> {
        let mut found = Differences::default();
        for difference in self.compare_trees(old, new)? {
            let file = |blob: Option<Id>| {
                blob.map(|blob| File { path: difference.path.clone(), blob, disk: None })
            };
            found.push(file(difference.old), file(difference.new));
        }
        Ok(found)
    }

    fn tree_files(&self, tree: Option<Id>, wanted: NameFilter) -> Result<Vec<File>> {
        let all = self.compare_trees_by(None, tree, wanted)?;
        let file = |path, blob| File { path, blob, disk: None };
        Ok(all.into_iter().filter_map(|found| Some(file(found.path, found.new?))).collect())
    }
}

/// Whether it is a page, and what it says, cannot be known.
fn kept_elsewhere(file: &File) -> Error {
    let message = format!("{} differs, but only Git LFS has its content", file.path);
    Error::new(ErrorKind::Incomplete, message).with_hint(
        "run `git lfs pull`, and then compare the files with --no-index; or name other paths after --",
    )
}

fn join(
    removed: Vec<File>,
    added: Vec<File>,
    renames: &[(usize, usize)],
) -> Vec<Sides<Option<File>>> {
    let mut removed: Vec<Option<File>> = removed.into_iter().map(Some).collect();
    let mut added: Vec<Option<File>> = added.into_iter().map(Some).collect();
    let mut pairs: Vec<Sides<Option<File>>> = renames
        .iter()
        .map(|(from, to)| Sides::new(removed[*from].take(), added[*to].take()))
        .collect();
    pairs.extend(removed.into_iter().flatten().map(|old| Sides::new(Some(old), None)));
    pairs.extend(added.into_iter().flatten().map(|new| Sides::new(None, Some(new))));
    pairs
}
