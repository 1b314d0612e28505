//! From where on a branch is news.

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Branch, Junction, Repository, Revision, Span};
use crate::model::short_id;
use crate::report::Rewritten;

/// From where on.
pub(super) enum Start {
    /// Nobody looked before: only the place is noted.
    Now,
    /// After the commit up to which everything was reported, if any.
    After(Box<StartBase>),
}

/// A commit up to which everything was reported.
#[derive(Default)]
pub(super) struct StartBase {
    /// None where everything is news.
    pub(super) commit: Option<Revision>,
    /// What was reported, or was old at the first run, and may come again under other commits.
    pub(super) replaced: Option<Span>,
    /// Told where history was rewritten.
    pub(super) rewritten: Option<Rewritten>,
}

/// What the user asked for.
pub(super) struct StartRequest<'a> {
    pub(super) since: Option<&'a str>,
    pub(super) from_start: bool,
}

impl Start {
    fn after_base(base: StartBase) -> Self {
        Self::After(Box::new(base))
    }

    /// By the cursors of earlier runs, newest first.
    pub(super) fn from_cursors(
        repository: &Repository,
        branch: &Branch,
        cursors: &[String],
        asked: &StartRequest<'_>,
    ) -> Result<Self> {
        if asked.from_start {
            if repository.is_shallow() {
                let whole = repository.root_commit(&branch.tip.commit.to_string());
                whole.map_err(|error| {
                    let advice = error.advice().unwrap_or_default();
                    let advice = format!("{advice}, or name a commit that it holds: --since REV");
                    error.with_hint(advice)
                })?;
            }
            return Ok(Self::After(Box::default()));
        }
        if let Some(since) = asked.since {
            let base = repository.find_revision(since)?;
            let commit = base_on_branch(repository, &base, branch)?;
            return Ok(Self::after_base(StartBase { commit, ..StartBase::default() }));
        }
        let Some(newest) = cursors.first() else { return Ok(Self::Now) };
        let Some(known) = cursors.iter().find(|cursor| repository.holds_commit(cursor)) else {
            return Err(cursor_gone(repository, newest, branch));
        };
        if known != newest && repository.is_shallow() {
            return Err(cursor_gone(repository, newest, branch));
        }
        let known = repository.find_revision(known)?;
        let junction = repository.find_junction(&known, &branch.tip)?;
        if junction == Junction::OnLine && known.name == *newest {
            return Ok(Self::after_base(StartBase { commit: Some(known), ..StartBase::default() }));
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
        let replaced = replaced.map(|span| repository.parse_span(Some(&span))).transpose()?;
        let rewritten = Rewritten {
            was: newest.clone(),
            now: branch.tip.commit.to_string(),
            base: base.as_ref().map(|base| base.commit.to_string()),
        };
        Ok(Self::after_base(StartBase { commit: base, replaced, rewritten: Some(rewritten) }))
    }
}

/// The commit itself, or where the branch left its line.
fn base_on_branch(
    repository: &Repository,
    base: &Revision,
    branch: &Branch,
) -> Result<Option<Revision>> {
    Ok(match repository.find_junction(base, &branch.tip)? {
        Junction::OnLine => Some(base.clone()),
        Junction::Fork(id) => Some(Revision { name: id.to_string(), commit: id }),
        Junction::Nowhere => None,
    })
}

fn cursor_gone(repository: &Repository, cursor: &str, branch: &Branch) -> Error {
    let cursor = short_id(cursor);
    let branch = branch.short_name();
    if repository.is_shallow() {
        let message = format!(
            "the commit {cursor}, up to which {branch} was reported, is not in this shallow clone"
        );
        return Error::new(ErrorKind::Incomplete, message)
            .with_hint("fetch the rest with `git fetch --unshallow` (in CI: fetch-depth: 0)");
    }
    let message =
        format!("the commit {cursor}, up to which {branch} was reported, no longer exists");
    Error::new(ErrorKind::Incomplete, message).with_hint(
        "the history was rewritten; name the commit to continue from: respdiff alert --since REV",
    )
}
