//! Where a file came from that is not there yet one station further back.

use super::changed::Differences;
use super::page_check::PageCheck;
use super::rename;
use super::{Ends, File, Id, Mainline, RepoPath, Repository};
use crate::error::Result;

/// A move that was published in two steps, first the copy, then the removal, has at most this many
/// mainline commits in between, or this many days. After that, both pages are kept: a copy.
const STEPS: usize = 3;
const DAYS: i64 = 90;

/// The search at one station of the walk.
pub(super) struct OriginSearch<'a> {
    repo: &'a Repository,
    ends: &'a Ends,
    line: &'a Mainline,
    at: usize,
    renames: Option<Vec<(RepoPath, RepoPath)>>,
}

impl<'a> OriginSearch<'a> {
    pub(super) fn new(repo: &'a Repository, ends: &'a Ends, line: &'a Mainline, at: usize) -> Self {
        Self { repo, ends, line, at, renames: None }
    }

    /// The path here of a file that begins at the next newer station; none where it is new.
    /// `ended` is where the comparison of the ends says that it was.
    pub(super) fn find(
        &mut self,
        file: &File,
        ended: Option<&RepoPath>,
        pages: &mut PageCheck<'_>,
    ) -> Result<Option<RepoPath>> {
        let Some(tree) = self.line.tree_at(self.at) else { return Ok(None) };
        let known = match self.renames.take() {
            Some(known) => known,
            None => self.find_renames(tree, pages)?,
        };
        let source = known.iter().find(|(_, to)| *to == file.path).map(|(from, _)| from.clone());
        self.renames = Some(known);
        if source.is_some() {
            return Ok(source);
        }
        let source = self.in_steps(tree, file, pages)?;
        if source.is_some() {
            return Ok(source);
        }
        let Some(path) = ended else { return Ok(None) };
        Ok(self.repo.blob_in_tree(tree, path)?.map(|_| path.clone()))
    }

    /// The renames of one step: from here to the next newer station.
    fn find_renames(
        &self,
        tree: Id,
        pages: &mut PageCheck<'_>,
    ) -> Result<Vec<(RepoPath, RepoPath)>> {
        let found = match self.at.checked_sub(1).and_then(|newer| self.line.tree_at(newer)) {
            Some(newer) => self.repo.tree_differences(Some(tree), Some(newer))?,
            None => self.repo.differences(Some(tree), &self.ends.points.new)?,
        };
        pair_renames(self.repo, &found, pages)
    }

    /// A rename in two steps: the original is still there when the copy comes, and gone soon.
    fn in_steps(
        &self,
        tree: Id,
        file: &File,
        pages: &mut PageCheck<'_>,
    ) -> Result<Option<RepoPath>> {
        let (line, repo) = (self.line, self.repo);
        let Some(came) = self.at.checked_sub(1) else { return Ok(None) };
        let soon = |newer: &usize| match (line.commits().get(*newer), line.commits().get(came)) {
            (Some(then), Some(now)) => {
                came - newer <= STEPS || (then.time - now.time).num_days() <= DAYS
            }
            _ => false,
        };
        let gone = (0..came).rev().take_while(soon).last().and_then(|newer| line.tree_at(newer));
        let (Some(gone), Some(now)) = (gone, line.tree_at(came)) else { return Ok(None) };
        let mut removed = repo.tree_differences(Some(tree), Some(gone))?.removed;
        let here: Vec<RepoPath> = removed.iter().map(|file| file.path.clone()).collect();
        let there = repo.blobs_in(now, &here)?;
        let mut still = there.iter().map(Option::is_some);
        removed.retain(|_| still.next() == Some(true));
        let added = std::slice::from_ref(file);
        let Some((from, _)) = rename::pair_renamed_files(repo, &removed, added, pages)?.pop()
        else {
            return Ok(None);
        };
        let source = removed.swap_remove(from).path;
        Ok((!self.moved_on(&source, came, pages)?).then_some(source))
    }

    /// Whether a file that goes after `came` goes to yet another place, so that what came
    /// then was a copy after all.
    fn moved_on(&self, path: &RepoPath, came: usize, pages: &mut PageCheck<'_>) -> Result<bool> {
        for newer in (0..came).rev() {
            let (Some(old), Some(new)) = (self.line.tree_at(newer + 1), self.line.tree_at(newer))
            else {
                return Ok(false);
            };
            if old != new && self.repo.blob_in_tree(new, path)?.is_none() {
                let found = self.repo.tree_differences(Some(old), Some(new))?;
                let renames = pair_renames(self.repo, &found, pages)?;
                return Ok(renames.iter().any(|(from, _)| from == path));
            }
        }
        Ok(false)
    }
}

fn pair_renames(
    repo: &Repository,
    found: &Differences,
    pages: &mut PageCheck<'_>,
) -> Result<Vec<(RepoPath, RepoPath)>> {
    let Differences { removed, added, .. } = found;
    let pairs = rename::pair_renamed_files(repo, removed, added, pages)?;
    let paths = |(from, to): (usize, usize)| (removed[from].path.clone(), added[to].path.clone());
    Ok(pairs.into_iter().map(paths).collect())
}
