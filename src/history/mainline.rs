//! The published line between two ends: first parents, from the new end back to the old.

use std::collections::{HashMap, HashSet};

use super::{Commit, Ends, Id, Point, Repository, Revision, VersionOrigin, fault};
use crate::error::Result;
use crate::model::Sides;

/// The mainline commits of a range.
#[derive(Clone, Debug)]
pub struct Mainline {
    /// Those that the old end does not contain, newest first.
    pub(super) commits: Vec<Commit>,
    /// What the oldest of them was made from.
    pub(super) base: MainlineBase,
    /// Whether a shallow clone cuts it off before its beginning.
    pub(super) cut: bool,
}

/// Where a mainline meets the old end.
#[derive(Clone, Debug)]
pub(super) enum MainlineBase {
    /// At the old end itself.
    Old(Commit),
    /// At the newest mainline commit that the old end contains.
    Fork(Commit),
    /// Nowhere: the histories have nothing in common.
    Nothing,
    /// At the beginning of all: there is no old end.
    Root,
}

impl Mainline {
    /// The commits, newest first.
    #[must_use]
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// Whether the old end is not on the new end's mainline.
    #[must_use]
    pub fn is_off(&self) -> bool {
        !matches!(self.base, MainlineBase::Old(_) | MainlineBase::Root)
    }
}

impl Mainline {
    /// The tree of a commit by its position, and past the last that of the base.
    pub(super) fn tree_at(&self, at: usize) -> Option<Id> {
        let base = match &self.base {
            MainlineBase::Old(commit) | MainlineBase::Fork(commit) => Some(commit),
            MainlineBase::Nothing | MainlineBase::Root => None,
        };
        self.commits.get(at).or(base).map(|commit| commit.tree)
    }

    /// How what is at a position came to be.
    pub(super) fn origin_at(&self, at: usize) -> VersionOrigin {
        match (self.commits.get(at), &self.base) {
            (Some(commit), _) => VersionOrigin::Commit(commit.clone()),
            (None, MainlineBase::Old(_) | MainlineBase::Root) => VersionOrigin::OldEnd,
            (None, MainlineBase::Fork(_) | MainlineBase::Nothing) => VersionOrigin::Fork,
        }
    }
}

impl Repository {
    /// Walks from the new end (HEAD for the working tree and the index) back to the old one.
    /// Where that is not on the way, it goes back to the first commit that the old end contains.
    ///
    /// # Errors
    /// Where the clone does not hold the whole way.
    pub fn walk_mainline(&self, ends: &Ends) -> Result<Mainline> {
        let old = ends.old.as_ref().map(|old| old.commit);
        let mut commits: Vec<Commit> = Vec::new();
        let mut next = ends.tip.as_ref().map(|tip| tip.commit);
        while let Some(id) = next {
            let commit = self.read_commit(id)?;
            if Some(id) == old {
                return Ok(Mainline { commits, base: MainlineBase::Old(commit), cut: false });
            }
            next = commit.parents.first().copied();
            commits.push(commit);
        }
        let is_cut = commits.last().is_some_and(|oldest| oldest.cut);
        let tip = ends.tip.as_ref().map_or("HEAD", |tip| tip.name.as_str());
        let Some(old) = &ends.old else {
            if is_cut {
                return Err(fault::cut_short(tip, commits.len()));
            }
            return Ok(Mainline { commits, base: MainlineBase::Root, cut: false });
        };
        if let Some(at) = self.newest_contained(&commits, old.commit)? {
            let fork = commits.swap_remove(at);
            commits.truncate(at);
            return Ok(Mainline { commits, base: MainlineBase::Fork(fork), cut: false });
        }
        if is_cut || self.is_shallow() {
            return Err(fault::cut_off(&old.name, tip, commits.len()));
        }
        Ok(Mainline { commits, base: MainlineBase::Nothing, cut: false })
    }

    /// The whole line of first parents that leads to a point, and its ends: its first commit and
    /// the point. Where a shallow clone cuts it off, walking it to the end is an error.
    ///
    /// # Errors
    /// Where a commit of it cannot be read.
    pub fn whole_line(&self, point: &Point) -> Result<(Ends, Mainline)> {
        let tip = match point {
            Point::Commit(revision) => Some(revision.clone()),
            Point::Index | Point::WorkingTree | Point::Empty if self.is_unborn() => None,
            Point::Index | Point::WorkingTree | Point::Empty => Some(self.find_revision("HEAD")?),
        };
        let mut commits: Vec<Commit> = Vec::new();
        let mut next = tip.as_ref().map(|tip| tip.commit);
        let mut cut = false;
        while let Some(id) = next {
            let commit = self.read_commit(id)?;
            next = commit.parents.first().copied();
            cut = commit.cut;
            commits.push(commit);
        }
        let first = commits.last().map(|commit| commit.id);
        let old = first.map(|first| Revision { name: first.short(), commit: first });
        let points = Sides::new(old.clone().map_or(Point::Empty, Point::Commit), point.clone());
        Ok((
            Ends { points, old, tip, files: None },
            Mainline { commits, base: MainlineBase::Root, cut },
        ))
    }

    /// The number of the parent by which a merge (its whole id) joined a history that has nothing
    /// in common with its own line; none where it joined none.
    ///
    /// # Errors
    /// Where a commit on the way cannot be read.
    pub fn unrelated_parent(&self, merge: &str) -> Result<Option<usize>> {
        let Some(id) = Id::from_hex(merge) else { return Ok(None) };
        let commit = self.read_commit(id)?;
        let Some((first, others)) = commit.parents.split_first() else { return Ok(None) };
        if others.is_empty() || self.is_shallow() {
            return Ok(None);
        }
        self.check_before_walk()?;
        for (at, other) in others.iter().enumerate() {
            match self.git.merge_base(first.0, other.0) {
                Ok(_) => {}
                Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(Some(at + 2)),
                Err(error) => return Err(fault::library_fault("find the merge base", error)),
            }
        }
        Ok(None)
    }

    /// The position of the newest of `line` that is an ancestor of `from`, by a search from
    /// there that stops where it meets the line: times, which may lie, play no part.
    fn newest_contained(&self, line: &[Commit], from: Id) -> Result<Option<usize>> {
        let places: HashMap<Id, usize> =
            line.iter().enumerate().map(|(at, commit)| (commit.id, at)).collect();
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        let mut newest = None;
        while let Some(id) = open.pop() {
            if let Some(at) = places.get(&id) {
                newest = Some(newest.map_or(*at, |known: usize| known.min(*at)));
                continue;
            }
            open.extend(self.read_commit(id)?.parents.into_iter().filter(|id| seen.insert(*id)));
        }
        Ok(newest)
    }
}
