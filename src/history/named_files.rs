//! Two files as git names them: `REV:PATH`, `:PATH` in the index, `REV:PATH..REV:PATH`, and a file of
//! the working tree after one of these.

use std::path::Path;

use super::pathspec::resolve_path;
use super::range::old_point;
use super::{Ends, Point, RepoPath, Repository, file_history::companion_paths};
use super::{FileVersion, IsPage, VersionOrigin};
use crate::error::Result;
use crate::model::Sides;

/// A file at a commit, in the index or in the working tree, whether it is there or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Where it is looked for.
    pub point: Point,
    /// Its path from the root.
    pub path: RepoPath,
}

impl Repository {
    /// The two files that these words name; none where they name something else.
    #[must_use]
    pub fn named_files(&self, words: &[String]) -> Option<Sides<NamedFile>> {
        match words {
            [span] => span.match_indices("..").find_map(|(at, dots)| {
                let (old, new) = (&span[..at], &span[at + dots.len()..]);
                Some(Sides::new(self.named_file(old)?, self.named_file(new)?))
            }),
            [old, new] => {
                let old = self.named_file(old)?;
                let new = self.named_file(new).or_else(|| self.working_file(new))?;
                Some(Sides::new(old, new))
            }
            _ => None,
        }
    }

    /// The file that `REV:PATH` or `:PATH` names, if there is such a revision.
    fn named_file(&self, word: &str) -> Option<NamedFile> {
        let (revision, path) = word.split_once(':')?;
        if revision.is_empty() {
            // a search for a commit, or a pathspec with magic
            let path = path.strip_prefix("0:").unwrap_or(path);
            let is_path = !path.starts_with(['/', '!', '^', '(', ':']);
            return Some(NamedFile { point: Point::Index, path: self.path_of(path)? })
                .filter(|_| is_path);
        }
        let path = self.path_of(path)?;
        Some(NamedFile { point: Point::Commit(self.find_revision(revision).ok()?), path })
    }

    /// As in git, a path begins at the root unless it begins with a dot.
    fn path_of(&self, text: &str) -> Option<RepoPath> {
        let is_relative = text.starts_with("./") || text.starts_with("../");
        joined_path(&if is_relative { self.prefix() } else { Vec::new() }, text)
    }

    /// A file on the disk, where its name is no revision.
    fn working_file(&self, word: &str) -> Option<NamedFile> {
        if !self.is_on_disk(Path::new(word)) || self.find_revision(word).is_ok() {
            return None;
        }
        let path = joined_path(&self.prefix(), word)?;
        Some(NamedFile { point: Point::WorkingTree, path })
    }

    /// The ends of a comparison of two files.
    pub(super) fn ends_of_files(&self, files: Sides<NamedFile>) -> Result<Ends> {
        let Sides { old, new } = files;
        for point in [&old.point, &new.point] {
            if *point == Point::Index {
                self.require_index()?;
            }
        }
        let revision = |point: &Point| match point {
            Point::Commit(revision) => Some(revision.clone()),
            Point::Index | Point::WorkingTree | Point::Empty => None,
        };
        let commit = revision(&old.point);
        let tip = match revision(&new.point) {
            None if !self.is_unborn() => Some(self.find_revision("HEAD")?),
            found => found,
        };
        let old_end = if commit.is_some() { old_point(commit.as_ref()) } else { old.point };
        let points = Sides::new(old_end, new.point);
        Ok(Ends { points, old: commit, tip, files: Some(Sides::new(old.path, new.path)) })
    }

    /// A file as it is at a point, with all that it is read with; none where it is not there.
    ///
    /// # Errors
    /// Where the point cannot be read.
    pub fn version_at(
        &self,
        point: &Point,
        path: &RepoPath,
        companion: Option<&str>,
        is_page: IsPage<'_>,
    ) -> Result<Option<FileVersion>> {
        let Some(file) = self.file_at(point, path)? else { return Ok(None) };
        let mut companions = Vec::new();
        for path in companion_paths(path, companion) {
            companions.extend(self.file_at(point, &path)?);
        }
        let included = self.included_at(point, &file, is_page)?;
        let origin = VersionOrigin::Unrecorded;
        Ok(Some(FileVersion { origin, file: Some(file), companions, included }))
    }
}

fn joined_path(start: &[u8], text: &str) -> Option<RepoPath> {
    let parts = resolve_path(start, text.as_bytes())?;
    let path = parts.iter().map(|(part, _)| *part).collect::<Vec<_>>().join(&b'/');
    (!path.is_empty()).then(|| RepoPath::new(path))
}
