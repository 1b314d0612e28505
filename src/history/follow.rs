//! Which commits of a span touched some files that are named in full: the trees are only
//! searched for these names, by all threads at once. Where a file begins, the one that it
//! came from is followed from there on.

use std::collections::BTreeSet;
use std::sync::Mutex;

use rayon::prelude::*;

use super::collect::{Collected, CommitChanges, PageSearch, removed_and_added};
use super::page_check::PageCheck;
use super::path_tracker::PathTracker;
use super::span::WalkCommit;
use super::tree::Difference;
use super::{Commit, Id, RepoPath, Repository};
use crate::error::Result;

/// A thread looks at this many commits in a row.
const ROW: usize = 1_024;

impl PageSearch<'_> {
    /// The pages at these paths and at those they came from or went to.
    pub(super) fn of_files(&self, files: &[RepoPath]) -> Result<Collected> {
        let mut files: BTreeSet<RepoPath> = files.iter().cloned().collect();
        let (places, mut touched) = self.touching_commits(&self.watched_paths(&files))?;
        let mut pages = PageCheck::new(self.is_page);
        loop {
            let mut walk = Followed::new(self, files.clone());
            walk.run(self, &places, touched, &mut pages)?;
            walk.found.commits = places.len();
            // A file that was renamed has its newer history there, which this walk has passed.
            let known = files.len();
            files.append(&mut walk.later);
            if files.len() == known {
                return Ok(walk.found);
            }
            touched = self.touched_from(&self.watched_paths(&files), &places, 0)?;
        }
    }

    /// All commits, and the numbers of those that touched any of the paths: this thread reads
    /// commits, the others look at the trees of those that were read.
    fn touching_commits(&self, paths: &[RepoPath]) -> Result<(Vec<WalkCommit>, Vec<usize>)> {
        let mut places: Vec<WalkCommit> = Vec::new();
        let found: Mutex<Vec<(usize, Result<Vec<usize>>)>> = Mutex::default();
        rayon::in_place_scope(|scope| -> Result<()> {
            let mut row = Vec::with_capacity(ROW);
            let hand_over = |row: &mut Vec<WalkCommit>, first: usize| -> Result<()> {
                let (repo, found) = (self.repo.open_again()?, &found);
                let row = std::mem::take(row);
                scope.spawn(move |_| {
                    let touched = touched_in_row(&repo, paths, &row, first);
                    if let Ok(mut found) = found.lock() {
                        found.push((first, touched));
                    }
                });
                Ok(())
            };
            self.repo.walk_commits(self.span, &mut |place| {
                places.push(place);
                row.push(place);
                (self.progress)(places.len());
                let full = row.len() == ROW;
                if full { hand_over(&mut row, places.len() - ROW) } else { Ok(()) }
            })?;
            let first = places.len() - row.len();
            hand_over(&mut row, first)
        })?;
        let mut found = found.into_inner().unwrap_or_default();
        found.sort_by_key(|(first, _)| *first);
        let touched: Result<Vec<Vec<usize>>> =
            found.into_iter().map(|(_, touched)| touched).collect();
        Ok((places, touched?.concat()))
    }

    /// Files and the companions that each may have.
    fn watched_paths(&self, files: &BTreeSet<RepoPath>) -> Vec<RepoPath> {
        let companions = |path| super::file_history::companion_paths(path, Some(self.companion));
        let beside = files.iter().flat_map(companions);
        let all: BTreeSet<RepoPath> = files.iter().cloned().chain(beside).collect();
        all.into_iter().collect()
    }

    /// The numbers of the commits, from one on, that touched any of the paths.
    fn touched_from(
        &self,
        paths: &[RepoPath],
        places: &[WalkCommit],
        from: usize,
    ) -> Result<Vec<usize>> {
        let rows = places.get(from..).unwrap_or_default().chunks(ROW);
        let mut shares = Vec::new();
        for (at, row) in rows.enumerate() {
            shares.push((from + at * ROW, row, self.repo.open_again()?));
        }
        let found: Result<Vec<Vec<usize>>> = shares
            .into_par_iter()
            .map(|(first, row, repo)| touched_in_row(&repo, paths, row, first))
            .collect();
        Ok(found?.concat())
    }
}

/// The numbers of the commits of a row, counted from `first`, that touched any of the paths.
fn touched_in_row(
    repo: &Repository,
    paths: &[RepoPath],
    row: &[WalkCommit],
    first: usize,
) -> Result<Vec<usize>> {
    let mut watch = PathTracker::new(paths).for_one_pass();
    watch.look_at_tree(repo, row.first().map(|place| place.tree))?;
    let mut touched = Vec::new();
    for (at, place) in row.iter().enumerate() {
        if watch.look_at_tree(repo, place.before)? {
            touched.push(first + at);
        }
    }
    Ok(touched)
}

/// The walk that follows some files.
struct Followed {
    files: BTreeSet<RepoPath>,
    /// In the order of their slots; the companions are among them.
    paths: Vec<RepoPath>,
    watch: PathTracker,
    /// Where followed files went, in commits that were passed without knowing.
    later: BTreeSet<RepoPath>,
    found: Collected,
}

impl Followed {
    fn new(search: &PageSearch<'_>, files: BTreeSet<RepoPath>) -> Self {
        let paths = search.watched_paths(&files);
        let watch = PathTracker::new(&paths);
        Self { files, paths, watch, later: BTreeSet::new(), found: Collected::default() }
    }

    fn run(
        &mut self,
        search: &PageSearch<'_>,
        places: &[WalkCommit],
        touched: Vec<usize>,
        pages: &mut PageCheck<'_>,
    ) -> Result<()> {
        let mut touched = touched.into_iter();
        while let Some(number) = touched.next() {
            let Some(place) = places.get(number) else { continue };
            if self.pass_commit(search, number, place, pages)? {
                // there is more to follow from here on
                touched = search.touched_from(&self.paths, places, number + 1)?.into_iter();
            }
        }
        Ok(())
    }

    /// Notes what a commit did. Whether more files are followed since.
    fn pass_commit(
        &mut self,
        search: &PageSearch<'_>,
        number: usize,
        place: &WalkCommit,
        pages: &mut PageCheck<'_>,
    ) -> Result<bool> {
        self.watch.look_at_tree(search.repo, Some(place.tree))?;
        let newer: Vec<Option<Id>> =
            (0..self.paths.len()).map(|slot| self.watch.tracked_blob(slot)).collect();
        self.watch.look_at_tree(search.repo, place.before)?;
        let mut differences = Vec::new();
        for ((slot, path), new) in self.paths.iter().enumerate().zip(newer) {
            let old = self.watch.tracked_blob(slot);
            if old != new {
                differences.push(Difference { path: path.clone(), old, new });
            }
        }
        let companion = search.companion.as_bytes();
        let (aside, differences): (Vec<_>, Vec<_>) =
            differences.into_iter().partition(|found| found.path.name() == companion);
        for found in aside {
            self.found.note_companion(number, place.commit, found);
        }
        if differences.is_empty() {
            return Ok(false);
        }
        let commit = search.repo.read_commit(place.commit)?;
        self.note_changes(search, number, (commit, place.before), differences, pages)
    }

    fn note_changes(
        &mut self,
        search: &PageSearch<'_>,
        number: usize,
        (commit, before): (Commit, Option<Id>),
        mut differences: Vec<Difference>,
        pages: &mut PageCheck<'_>,
    ) -> Result<bool> {
        let known = self.files.len();
        let mut renames = Vec::new();
        let begins = differences.iter().any(|found| found.old.is_none() || found.new.is_none());
        if let Some(tree) = before.filter(|_| begins) {
            let all = search.repo.compare_trees(Some(tree), Some(commit.tree))?;
            let (removed, added) = removed_and_added(&all);
            renames = search.find_renames(&removed, &added, pages)?;
            renames.retain(|(from, to)| self.files.contains(from) || self.files.contains(to));
            let to = renames.iter().map(|(_, to)| to);
            self.later.extend(to.filter(|to| !self.files.contains(*to)).cloned());
            let come = |found: &Difference| {
                let mut from = renames.iter().map(|(from, _)| from);
                from.any(|from| *from == found.path) && !self.files.contains(&found.path)
            };
            differences.extend(all.into_iter().filter(come));
            differences.sort_by(|a, b| a.path.cmp(&b.path));
            self.files.extend(renames.iter().map(|(from, _)| from.clone()));
            if self.files.len() > known {
                self.paths = search.watched_paths(&self.files);
                self.watch = PathTracker::new(&self.paths);
            }
        }
        self.found.numbers.push(number);
        self.found.steps.push(CommitChanges { commit, differences, renames });
        Ok(self.files.len() > known)
    }
}
