//! Inside a merge: which of its commits wrote what the merge published.

use std::cell::RefCell;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, FixedOffset};

use super::caches::MergedCommits;
use super::path_tracker::PathTracker;
use super::{Commit, Id, RepoPath, Repository};
use crate::error::Result;

/// A look into a merge for one file.
pub struct Inside<'r> {
    repo: &'r Repository,
    merge: Commit,
    merged: Arc<MergedCommits>,
    paths: Vec<RepoPath>,
    blobs: RefCell<HashMap<Id, Option<Id>>>,
}

const BROUGHT: u8 = 1;
const KNOWN: u8 = 2;

impl Repository {
    /// Looks into a merge, for a file that was at the first of `paths` that is there.
    ///
    /// # Errors
    /// Where a commit cannot be read.
    pub fn inside_merge(&self, merge: &Commit, paths: Vec<RepoPath>) -> Result<Inside<'_>> {
        // many pages may have come with one merge
        let known = self.merged.borrow().get(&merge.id).map(Arc::clone);
        let merged = if let Some(merged) = known {
            merged
        } else {
            let members = self.brought_by(merge)?;
            let merged = Arc::new(MergedCommits { members, touching: OnceLock::new() });
            self.merged.borrow_mut().insert(merge.id, Arc::clone(&merged));
            merged
        };
        let merge = merge.clone();
        Ok(Inside { repo: self, merge, merged, paths, blobs: RefCell::default() })
    }

    /// Which commits of a merge touched which files.
    fn commits_touching(
        &self,
        members: &HashMap<Id, Commit>,
    ) -> Result<HashMap<RepoPath, HashSet<Id>>> {
        let mut touching: HashMap<RepoPath, HashSet<Id>> = HashMap::new();
        let mut commits: Vec<&Commit> = members.values().collect();
        // neighbours in history one after the other, since trees are kept for a while
        commits.sort_by_key(|commit| (commit.time, commit.id));
        for commit in commits {
            let parent = match commit.parents.first() {
                Some(id) => match members.get(id) {
                    Some(parent) => Some(parent.tree),
                    None => Some(self.read_commit(*id)?.tree),
                },
                None => None,
            };
            for difference in self.compare_trees(parent, Some(commit.tree))? {
                touching.entry(difference.path).or_default().insert(commit.id);
            }
        }
        Ok(touching)
    }

    /// Paints what each parent contains, newest commits first, until only commits are left
    /// that the first parent contains.
    fn brought_by(&self, merge: &Commit) -> Result<HashMap<Id, Commit>> {
        let mut known: HashMap<Id, (Commit, u8)> = HashMap::new();
        let mut queue: BinaryHeap<(DateTime<FixedOffset>, Id, u8)> = BinaryHeap::new();
        let mut undecided = 0_usize;
        let mut open: Vec<(Id, u8)> = merge
            .parents
            .iter()
            .enumerate()
            .map(|(at, id)| (*id, if at == 0 { KNOWN } else { BROUGHT }))
            .collect();
        loop {
            for (id, paint) in open.drain(..) {
                let (commit, own) = match known.entry(id) {
                    std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                    std::collections::hash_map::Entry::Vacant(entry) => {
                        entry.insert((self.read_commit(id)?, 0))
                    }
                };
                let painted = *own | paint;
                if painted != *own {
                    *own = painted;
                    undecided += usize::from(painted == BROUGHT);
                    queue.push((commit.time, id, painted));
                }
            }
            if undecided == 0 {
                break;
            }
            let Some((_, id, paint)) = queue.pop() else { break };
            undecided -= usize::from(paint == BROUGHT);
            if let Some((commit, own)) = known.get(&id) {
                open.extend(commit.parents.iter().map(|parent| (*parent, *own)));
            }
        }
        let brought = known.into_iter().filter(|(_, (_, paint))| *paint == BROUGHT);
        Ok(brought.map(|(id, (commit, _))| (id, commit)).collect())
    }
}

impl Inside<'_> {
    /// The earliest commit that shows what `shows` looks for, and from which on it stays up
    /// to the merge, through merges inside the merge. None where the merge itself wrote it.
    /// `shows` gets the file's blob, none where the file is not there.
    ///
    /// # Errors
    /// Those of `shows`, and where a tree cannot be read.
    pub fn author_commit(
        &self,
        shows: &mut dyn FnMut(Option<Id>) -> Result<bool>,
    ) -> Result<Option<Id>> {
        let mut current = &self.merge;
        loop {
            let mut brought = None;
            for parent in
                current.parents.iter().skip(1).filter_map(|id| self.merged.members.get(id))
            {
                if shows(self.blob_at(parent)?)? {
                    brought = Some(parent);
                    break;
                }
            }
            let Some(start) = brought else {
                return Ok((current.id != self.merge.id).then_some(current.id));
            };
            let Some(first) = self.first_of(start, shows)? else { return Ok(None) };
            if !first.is_merge() {
                return Ok(Some(first.id));
            }
            current = first;
        }
    }

    /// The first commit of a line that shows it without a break; none where the line began
    /// with it, so that nobody inside wrote it.
    fn first_of<'a>(
        &'a self,
        mut commit: &'a Commit,
        shows: &mut dyn FnMut(Option<Id>) -> Result<bool>,
    ) -> Result<Option<&'a Commit>> {
        while let Some(id) = commit.parents.first() {
            let Some(parent) = self.merged.members.get(id) else {
                let before = self.repo.read_commit(*id)?;
                return Ok((!shows(self.blob_at(&before)?)?).then_some(commit));
            };
            if !self.touches_file(commit)? {
                commit = parent;
                continue;
            }
            if !shows(self.blob_at(parent)?)? {
                break;
            }
            commit = parent;
        }
        Ok(Some(commit))
    }

    /// Whether the file is not the same before a commit.
    fn touches_file(&self, commit: &Commit) -> Result<bool> {
        let merged = &self.merged;
        let touching = if let Some(touching) = merged.touching.get() {
            touching
        } else {
            let found = self.repo.commits_touching(&merged.members)?;
            merged.touching.get_or_init(|| found)
        };
        let mut commits = self.paths.iter().filter_map(|path| touching.get(path));
        Ok(commits.any(|commits| commits.contains(&commit.id)))
    }

    fn blob_at(&self, commit: &Commit) -> Result<Option<Id>> {
        if let Some(known) = self.blobs.borrow().get(&commit.tree) {
            return Ok(*known);
        }
        let mut watch = PathTracker::new(&self.paths);
        watch.look_at_tree(self.repo, Some(commit.tree))?;
        let blob = (0..self.paths.len()).find_map(|slot| watch.tracked_blob(slot));
        self.blobs.borrow_mut().insert(commit.tree, blob);
        Ok(blob)
    }
}
