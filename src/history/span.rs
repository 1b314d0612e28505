//! Which part of a mainline a history is asked of: all that leads to a revision, or a range.

use std::collections::BTreeMap;

use super::graph::{FirstParents, GraphCommit};
use super::id::is_page_name;
use super::mainline::MainlineBase;
use super::steps::Steps;
use super::tree::Difference;
use super::{Ends, File, Filter, Id, RepoPath, Repository, Request, Revision, fault, is_span};
use crate::error::Result;

/// A stretch of the mainline, newest commit first.
#[derive(Clone, Debug)]
pub struct Span {
    tip: Revision,
    ends: Option<Ends>,
}

impl Span {
    /// The newest commit, as it was named.
    #[must_use]
    pub fn tip(&self) -> &Revision {
        &self.tip
    }

    /// The commit after which it begins; none where it begins with the history.
    #[must_use]
    pub fn base(&self) -> Option<&Revision> {
        self.ends.as_ref()?.old.as_ref()
    }

    /// Whether it begins where the history does.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.ends.is_none()
    }
}

/// A commit of a span that changes a file of interest.
#[derive(Clone, Copy, Debug)]
pub struct TouchingCommit {
    /// How many commits of the span are newer.
    pub newer: usize,
    /// Its id.
    pub id: Id,
}

/// One commit on the way back, as little of it as will do.
#[derive(Clone, Copy)]
pub(super) struct WalkCommit {
    pub(super) commit: Id,
    pub(super) tree: Id,
    /// The tree that it was made from; none where nothing is older.
    pub(super) before: Option<Id>,
}

impl Repository {
    /// Reads what the user named: nothing or `REV` (all that leads there), `A..B`, `A...B`, `A^!`.
    ///
    /// # Errors
    /// Where an end does not exist.
    pub fn parse_span(&self, revision: Option<&str>) -> Result<Span> {
        let name = revision.unwrap_or("HEAD");
        if !is_span(name) {
            return Ok(Span { tip: self.find_revision(name)?, ends: None });
        }
        let request = Request { revisions: vec![name.to_owned()], cached: false };
        let ends = self.resolve_ends(&request)?;
        ends.refuse_files(name)?;
        let tip = ends.tip.clone().map_or_else(|| self.find_revision("HEAD"), Ok)?;
        Ok(Span { tip, ends: Some(ends) })
    }

    /// The stretch between two ends that are known; none where no commit leads to the new one.
    #[must_use]
    pub fn span_between(&self, ends: &Ends) -> Option<Span> {
        Some(Span { tip: ends.tip.clone()?, ends: Some(ends.clone()) })
    }

    /// Every content that a companion (see [`COMPANION`](super::COMPANION)) has at some commit of
    /// a span, or just before it, once each.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn companion_files(&self, span: &Span) -> Result<Vec<File>> {
        let wanted = |name: &[u8]| name == super::COMPANION.as_bytes();
        let tip = self.read_commit(span.tip.commit)?.tree;
        let mut steps = Steps::new(self, Some(tip), wanted)?;
        let mut found: BTreeMap<(RepoPath, Id), File> = BTreeMap::new();
        let mut note = |differences: Vec<Difference>| {
            for Difference { path, old, new } in differences {
                for blob in [old, new].into_iter().flatten() {
                    let file = File { path: path.clone(), blob, disk: None };
                    found.insert((path.clone(), blob), file);
                }
            }
        };
        self.walk_commits(span, &mut |station| {
            note(steps.differences_to(self, station.before)?);
            Ok(())
        })?;
        note(steps.differences_to(self, None)?);
        Ok(found.into_values().collect())
    }

    /// The commits of a span, newest first, that change a file that a filter lets through or a
    /// companion (see [`COMPANION`](super::COMPANION)), and how many commits the span has.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn touching_commits(
        &self,
        span: &Span,
        filter: &Filter,
    ) -> Result<(Vec<TouchingCommit>, usize)> {
        let wanted = |name: &[u8]| is_page_name(name) || name == super::COMPANION.as_bytes();
        let tip = self.read_commit(span.tip.commit)?.tree;
        let mut steps = Steps::new(self, Some(tip), wanted)?;
        let (mut touching, mut commits) = (Vec::new(), 0);
        self.walk_commits(span, &mut |station| {
            let changed = steps.differences_to(self, station.before)?;
            let mut paths = changed.iter().map(|difference| &difference.path);
            if paths.any(|path| !is_page_name(path.name()) || filter.matches(path)) {
                touching.push(TouchingCommit { newer: commits, id: station.commit });
            }
            commits += 1;
            Ok(())
        })?;
        Ok((touching, commits))
    }

    /// The first commit of the mainline that leads to a revision.
    ///
    /// # Errors
    /// If there is none: a shallow clone does not have it.
    pub fn root_commit(&self, revision: &str) -> Result<Id> {
        let span = Span { tip: self.find_revision(revision)?, ends: None };
        let mut root = span.tip.commit;
        // no range helps: it would have the same first commit
        self.all_walk_commits(&span, fault::UNSHALLOW, &mut |station| {
            root = station.commit;
            Ok(())
        })?;
        Ok(root)
    }

    /// Hands over the commits of a span, newest first, and none of them is kept: histories are
    /// long, and few of their commits matter. How many there were.
    pub(super) fn walk_commits(
        &self,
        span: &Span,
        visit: &mut dyn FnMut(WalkCommit) -> Result<()>,
    ) -> Result<usize> {
        let Some(ends) = &span.ends else {
            let advice = format!("{}, or name a range that it holds: A..B", fault::UNSHALLOW);
            return self.all_walk_commits(span, &advice, visit);
        };
        let line = self.walk_mainline(ends)?;
        let base = match &line.base {
            MainlineBase::Old(commit) | MainlineBase::Fork(commit) => Some(commit.tree),
            MainlineBase::Nothing | MainlineBase::Root => None,
        };
        for (at, commit) in line.commits.iter().enumerate() {
            let before = line.commits.get(at + 1).map(|older| older.tree).or(base);
            visit(WalkCommit { commit: commit.id, tree: commit.tree, before })?;
        }
        Ok(line.commits.len())
    }

    /// The same without a range; `advice` says what to do if the history is cut off.
    fn all_walk_commits(
        &self,
        span: &Span,
        advice: &str,
        visit: &mut dyn FnMut(WalkCommit) -> Result<()>,
    ) -> Result<usize> {
        let mut links = FirstParents::new(self);
        let mut newer = links.commit_at(span.tip.commit)?;
        let mut count = 1;
        while let Some(parent) = newer.parent {
            let older = links.commit_at(parent)?;
            let GraphCommit { commit, tree, .. } = newer;
            visit(WalkCommit { commit, tree, before: Some(older.tree) })?;
            newer = older;
            count += 1;
        }
        if newer.cut {
            return Err(fault::cut_short(&span.tip.name, count).with_hint(advice));
        }
        visit(WalkCommit { commit: newer.commit, tree: newer.tree, before: None })?;
        Ok(count)
    }
}
