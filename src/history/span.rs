//! Which part of a mainline a history is asked of: all that leads to a revision, or a range.

use super::mainline::Base;
use super::{Commit, Ends, Id, Repository, Request, Revision, fault};
use crate::error::{Error, ErrorKind, Result};

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

    /// Whether it begins where the history does.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.ends.is_none()
    }
}

/// One commit on the way back, and the tree that it was made from.
pub(super) struct Station {
    pub(super) commit: Commit,
    /// None where nothing is older.
    pub(super) before: Option<Id>,
}

impl Repository {
    /// Reads what the user named: nothing or `REV` (all that leads there), `A..B`, `A...B`.
    ///
    /// # Errors
    /// Where an end does not exist.
    pub fn span(&self, revision: Option<&str>) -> Result<Span> {
        let name = revision.unwrap_or("HEAD");
        if !name.contains("..") {
            return Ok(Span { tip: self.revision(name)?, ends: None });
        }
        let request = Request { revisions: vec![name.to_owned()], cached: false };
        let ends = self.ends(&request)?;
        Ok(Span { tip: ends.tip.clone(), ends: Some(ends) })
    }

    /// The first commit of the mainline that leads to a revision.
    ///
    /// # Errors
    /// Where there is none: in a shallow clone it is not there.
    pub fn root(&self, revision: &str) -> Result<Id> {
        let span = Span { tip: self.revision(revision)?, ends: None };
        let mut root = span.tip.commit;
        self.all_stations(&span, &mut |station| {
            root = station.commit.id;
            Ok(())
        })?;
        Ok(root)
    }

    /// Hands over the commits of a span, newest first, and none of them is kept: histories are
    /// long, and few of their commits matter. How many there were.
    pub(super) fn stations(
        &self,
        span: &Span,
        visit: &mut dyn FnMut(Station) -> Result<()>,
    ) -> Result<usize> {
        let Some(ends) = &span.ends else { return self.all_stations(span, visit) };
        let line = self.mainline(ends)?;
        let base = match &line.base {
            Base::Old(commit) | Base::Fork(commit) => Some(commit.tree),
            Base::Nothing | Base::Root => None,
        };
        for (at, commit) in line.commits.iter().enumerate() {
            let before = line.commits.get(at + 1).map(|older| older.tree).or(base);
            visit(Station { commit: commit.clone(), before })?;
        }
        Ok(line.commits.len())
    }

    fn all_stations(
        &self,
        span: &Span,
        visit: &mut dyn FnMut(Station) -> Result<()>,
    ) -> Result<usize> {
        let mut commit = self.commit(span.tip.commit)?;
        let mut count = 1;
        while let Some(parent) = commit.parents.first() {
            let older = self.commit(*parent)?;
            let before = Some(older.tree);
            visit(Station { commit, before })?;
            commit = older;
            count += 1;
        }
        if commit.cut {
            return Err(Error::new(
                ErrorKind::Incomplete,
                format!(
                    "the history of {} is cut off: this shallow clone holds only {count} commits \
                     of it",
                    span.tip.name
                ),
            )
            .hint(format!("{}, or name a range that it holds: A..B", fault::UNSHALLOW)));
        }
        visit(Station { commit, before: None })?;
        Ok(count)
    }
}
