//! From where on a branch is news.

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Branch, Junction, Repository, Revision, Span};
use crate::report::Rewritten;

/// From where on.
pub(super) enum Start {
    /// Nobody looked before: only the place is noted.
    Now,
    /// After the commit up to which everything was reported, if any.
    After(Box<Base>),
}

/// A commit up to which everything was reported.
#[derive(Default)]
pub(super) struct Base {
    /// None where everything is news.
    pub(super) commit: Option<Revision>,
    /// What was reported, or was old at the first run, and may come again under other commits.
    pub(super) replaced: Option<Span>,
    /// Told where history was rewritten.
    pub(super) rewritten: Option<Rewritten>,
}

/// What the user asked for.
pub(super) struct Asked<'a> {
    pub(super) since: Option<&'a str>,
    pub(super) from_start: bool,
}

impl Start {
    fn after(base: Base) -> Self {
        Self::After(Box::new(base))
    }

    /// By the cursors of earlier runs, newest first.
    pub(super) fn of(
        repository: &Repository,
        branch: &Branch,
        cursors: &[String],
        asked: &Asked<'_>,
    ) -> Result<Self> {
        if asked.from_start {
            return Ok(Self::After(Box::default()));
        }
        if let Some(since) = asked.since {
            let base = repository.revision(since)?;
            let commit = at(repository, &base, branch)?;
            return Ok(Self::after(Base { commit, ..Base::default() }));
        }
        let Some(newest) = cursors.first() else { return Ok(Self::Now) };
        let Some(known) = cursors.iter().find(|cursor| repository.holds(cursor)) else {
            return Err(gone(repository, newest, branch));
        };
        if known != newest && repository.is_shallow() {
            return Err(gone(repository, newest, branch));
        }
        let known = repository.revision(known)?;
        let junction = repository.junction(&known, &branch.tip)?;
        if junction == Junction::OnLine && known.name == *newest {
            return Ok(Self::after(Base { commit: Some(known), ..Base::default() }));
        }
        let base = match junction {
            Junction::OnLine => Some(known.clone()),
            Junction::Fork(id) => Some(Revision { name: id.to_string(), commit: id }),
            Junction::Nowhere => None,
        };
        let replaced = match (&base, junction) {
            (_, Junction::OnLine) => None,
            (Some(base), _) => Some(format!("{}..{}", base.commit, known.commit)),
            (None, _) => Some(known.commit.to_string()),
        };
        let replaced = replaced.map(|span| repository.span(Some(&span))).transpose()?;
        let rewritten = Rewritten {
            was: newest.clone(),
            now: branch.tip.commit.to_string(),
            base: base.as_ref().map(|base| base.commit.to_string()),
        };
        Ok(Self::after(Base { commit: base, replaced, rewritten: Some(rewritten) }))
    }
}

/// The commit itself, or where the branch left its line.
fn at(repository: &Repository, base: &Revision, branch: &Branch) -> Result<Option<Revision>> {
    Ok(match repository.junction(base, &branch.tip)? {
        Junction::OnLine => Some(base.clone()),
        Junction::Fork(id) => Some(Revision { name: id.to_string(), commit: id }),
        Junction::Nowhere => None,
    })
}

fn gone(repository: &Repository, cursor: &str, branch: &Branch) -> Error {
    let cursor = cursor.get(..8).unwrap_or(cursor);
    let branch = branch.short();
    if repository.is_shallow() {
        let message = format!(
            "the commit {cursor}, up to which {branch} was reported, is not in this shallow clone"
        );
        return Error::new(ErrorKind::Incomplete, message)
            .hint("fetch the rest with `git fetch --unshallow` (in CI: fetch-depth: 0)");
    }
    let message =
        format!("the commit {cursor}, up to which {branch} was reported, no longer exists");
    Error::new(ErrorKind::Incomplete, message).hint(
        "the history was rewritten; name the commit to continue from: respdiff alert --since REV",
    )
}
