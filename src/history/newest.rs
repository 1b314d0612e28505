//! The newest version of a page, with the commit that introduced it and the version that it
//! replaced: enough to judge a page as it stands, without a walk through its whole history.

use super::path_tracker::PathTracker;
use super::{
    Commit, ContentKey, File, FileHistory, FilePair, Id, IsPage, Mainline, PageIncludes, Point,
    RepoPath, Repository, VersionOrigin,
};
use crate::error::Result;
use crate::model::Sides;

/// How the newest version of a file came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    /// The mainline commit that brought it; none where it is not committed.
    pub brought: Option<Commit>,
    /// What the mainline had before; none where the file was not there.
    pub before: Option<File>,
    /// The files that it included then.
    pub included_before: PageIncludes,
}

impl Repository {
    /// How the files of a point came to be, in their order, through renames.
    ///
    /// # Errors
    /// If the history cannot be read, or is cut off too early.
    pub fn newest_versions(
        &self,
        point: &Point,
        files: &[File],
        is_page: IsPage<'_>,
    ) -> Result<Vec<Newest>> {
        let (ends, line) = self.whole_line(point)?;
        let pairs = new_files(files);
        let all_histories =
            self.file_histories_back(&ends, &line, &pairs, None, is_page, Some(2))?;
        let newest = all_histories.into_iter().map(|file_history| {
            let mut versions = file_history.versions.into_iter().rev();
            let brought = versions.next().and_then(|version| match version.origin {
                VersionOrigin::Commit(commit) => Some(commit),
                VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded => None,
            });
            let before = versions.next();
            let included_before =
                before.as_ref().map(|version| version.included.clone()).unwrap_or_default();
            Newest { brought, before: before.and_then(|version| version.file), included_before }
        });
        Ok(newest.collect())
    }

    /// The newest versions of the files of a point, in their order, through renames: at most so many
    /// of each, oldest first, and as far as a shallow clone holds them. A `companion` is the name of
    /// a file that a page's meaning depends on.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn recent_versions(
        &self,
        point: &Point,
        files: &[File],
        companion: &str,
        is_page: IsPage<'_>,
        most: usize,
    ) -> Result<Vec<FileHistory>> {
        let (ends, line) = self.whole_line(point)?;
        let line = Mainline { cut: false, ..line };
        let (pairs, enough) = (new_files(files), Some(most));
        let mut all_histories =
            self.file_histories_back(&ends, &line, &pairs, Some(companion), is_page, enough)?;
        for history in &mut all_histories {
            let older = history.versions.len().saturating_sub(most);
            history.versions.drain(..older);
        }
        Ok(all_histories)
    }

    /// Those of some files of a point that were a page in a commit along first parents, under the same
    /// path. At most so many older contents are looked at, the newest first.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn were_pages(
        &self,
        point: &Point,
        files: &[File],
        is_page: IsPage<'_>,
        most: usize,
    ) -> Result<Vec<RepoPath>> {
        let mut next = match point.commit_id() {
            Some(id) => Some(id),
            None if self.is_unborn() => None,
            None => Some(self.find_revision("HEAD")?.commit),
        };
        let mut tracker = PathTracker::new(files.iter().map(|file| &file.path));
        let mut last: Vec<Option<Id>> = files.iter().map(|file| Some(file.blob)).collect();
        let mut found: Vec<(usize, ContentKey)> = Vec::new();
        while let Some(id) = next.filter(|_| found.len() < most) {
            let commit = self.read_commit(id)?;
            if tracker.look_at_tree(self, Some(commit.tree))? {
                for (slot, (file, last)) in files.iter().zip(&mut last).enumerate() {
                    let blob = tracker.tracked_blob(slot);
                    if let Some(blob) = blob.filter(|blob| *last != Some(*blob)) {
                        found.push((slot, (blob, file.path.format())));
                    }
                    *last = blob;
                }
            }
            next = if commit.cut { None } else { commit.parents.first().copied() };
        }
        found.truncate(most);
        // a file's contents one after the other: each is stored as its difference from the last
        found.sort_by_key(|(slot, _)| *slot);
        let keys: Vec<ContentKey> = found.iter().map(|(_, key)| *key).collect();
        let answers = self.are_pages(&keys, is_page)?;
        let mut were = vec![false; files.len()];
        for ((slot, _), is_page) in found.iter().zip(answers) {
            if let Some(was) = were.get_mut(*slot) {
                *was |= is_page;
            }
        }
        let were = files.iter().zip(were).filter(|(_, was)| *was);
        Ok(were.map(|(file, _)| file.path.clone()).collect())
    }

    /// The newest commit along first parents in which the file at a path has a content that is
    /// wanted, and the short id of that content.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn newest_with_content(
        &self,
        point: &Point,
        path: &RepoPath,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Option<(Commit, String)>> {
        let mut next = point.commit_id();
        let mut tracker = PathTracker::new([path]);
        while let Some(id) = next {
            let commit = self.read_commit(id)?;
            if tracker.look_at_tree(self, Some(commit.tree))?
                && let Some(blob) = tracker.tracked_blob(0).map(|blob| blob.short())
                && is_wanted(&blob)
            {
                return Ok(Some((commit, blob)));
            }
            next = if commit.cut { None } else { commit.parents.first().copied() };
        }
        Ok(None)
    }
}

/// Files of the new end that have no counterpart at the old one.
fn new_files(files: &[File]) -> Vec<FilePair> {
    let pair = |file: &File| FilePair {
        path: file.path.clone(),
        file: Sides::new(None, Some(file.clone())),
    };
    files.iter().map(pair).collect()
}
