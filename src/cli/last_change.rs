//! When a duty changed last before a revision: what a range without a change is answered with.

use std::ffi::OsString;
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::error::Result;
use crate::history::{Id, Point, RepoPath, Repository, Revision, Span, TouchingCommit};
use crate::model::{counted, short_revision};
use crate::policy;
use crate::render::safe;
use crate::report::{Edition, Gone, PageLog, Selection};
use crate::timeline::{self, NamesTable, QuietCommits};

use super::keyrefs::Keyrefs;
use super::policy::EffectivePolicy;
use super::shell::command_in;

/// So many commits are looked through for those that touch a page.
const MOST_COMMITS: usize = 60;

/// So many commits that touch a page are compared, one by one, so that none hides another: whoever
/// compares two versions does not wait for the whole history. Those that certainly changed nothing
/// are passed over.
const MOST_COMPARED: usize = 12;

/// The history of so many of them is read at once: the last change is mostly among the first.
const AT_ONCE: usize = 4;

/// When a duty changed last before a revision.
pub(super) enum LastChange {
    /// In an edition of a page.
    Edition { path: String, day: NaiveDate, commit: String },
    /// A page went, or nobody can tell any more who has which duty on it.
    Ended(PageEnd),
    /// Not in the commits that were read; the revision that they lead to.
    NotIn { commits: usize, revision: String },
    /// In no commit that leads to the revision; and whether the policy leaves out pages that may
    /// have had one.
    Never { by_sources: bool },
    /// The history could not be read.
    Unknown,
}

/// What ended a page.
pub(super) struct PageEnd {
    path: String,
    /// The commit that removed it, or made it unreadable.
    commit: String,
    is_removed: bool,
    /// Where it was removed: the older commit since which it could not be read.
    unread_since: Option<String>,
}

impl PageEnd {
    fn from_gone(edition: &Edition, gone: &Gone) -> Self {
        Self {
            path: edition.report.path.clone(),
            commit: gone.commit.commit.clone(),
            is_removed: gone.unread.is_empty(),
            unread_since: gone.unread_since.as_ref().map(|since| since.commit.commit.clone()),
        }
    }

    fn text(&self) -> String {
        let (path, short) = (safe::make_visible(&self.path), short_revision(&self.commit));
        if !self.is_removed {
            return format!(
                "since commit {short}, respdiff cannot tell who has which duty in {path}"
            );
        }
        let removed = format!("the last change is in commit {short}, which removed {path}");
        match self.unread_since.as_deref().map(short_revision) {
            Some(since) => format!(
                "{removed}; from commit {since} until then, respdiff could not tell who had which \
                 duty in it"
            ),
            None => removed,
        }
    }

    /// What compares the page with what became of it.
    fn range(&self) -> String {
        let short = short_revision(&self.commit);
        match self.unread_since.as_deref().map(short_revision) {
            Some(since) => format!("{since}^..{short}"),
            None => format!("{short}^!"),
        }
    }
}

impl LastChange {
    /// Looks through the commits that lead to a revision, the newest first.
    pub(super) fn before(
        folder: &Path,
        revision: &str,
        paths: &[OsString],
        keyrefs: &Keyrefs,
    ) -> Self {
        Self::matching_before(folder, revision, (paths, &Selection::default()), keyrefs)
    }

    /// The same for the changes that were asked for.
    pub(super) fn matching_before(
        folder: &Path,
        revision: &str,
        asked: (&[OsString], &Selection),
        keyrefs: &Keyrefs,
    ) -> Self {
        Self::search(folder, revision, asked, keyrefs).unwrap_or(Self::Unknown)
    }

    fn search(
        folder: &Path,
        revision: &str,
        asked: (&[OsString], &Selection),
        keyrefs: &Keyrefs,
    ) -> Result<Self> {
        let repository = Repository::open(folder)?;
        let stretch = |newer: usize, older: usize| {
            repository.parse_span(Some(&format!("{revision}~{older}..{revision}~{newer}")))
        };
        let all = stretch(0, MOST_COMMITS);
        let is_whole = all.is_err();
        let all = all.or_else(|_| repository.parse_span(Some(revision)))?;
        let all_tip = all.tip().commit;
        let at_tip = in_force(&repository, &all, keyrefs)?;
        let filter = at_tip.path_filter(&repository, asked.0)?;
        let (touching, mut commits) = repository.touching_commits(&all, &filter)?;
        // before the first commit there is nothing
        let from = |newer: usize, older: usize| {
            let newest = || repository.parse_span(Some(&format!("{revision}~{newer}")));
            stretch(newer, older).or_else(|_| newest())
        };
        let names_of = |tables: &[NamesTable]| at_tip.names_with(tables);
        for group in touching[..touching.len().min(MOST_COMPARED)].chunks(AT_ONCE) {
            let [TouchingCommit { newer: first, .. }, ..] = group else { break };
            let last = group.last().map_or(*first, |commit| commit.newer);
            let span = from(*first, last + 1)?;
            let mut quiet = QuietCommits::of_span(&repository, &span, &filter, &names_of)?;
            for TouchingCommit { newer, id } in group {
                if is_in_force_at(&at_tip, &repository, (all_tip, *id))? && quiet.is_quiet(*id)? {
                    continue;
                }
                let span = from(*newer, newer + 1)?;
                let change = newest_change(&repository, &span, asked, keyrefs)?;
                if let Some(change) = change
                    && !change.is_undone(&repository, all.tip())?
                {
                    let later = || newest_change(&repository, &from(0, newer + 1)?, asked, keyrefs);
                    return change.or_removal(&repository, all.tip(), later);
                }
            }
        }
        match touching.get(MOST_COMPARED) {
            Some(next) => commits = next.newer,
            None if is_whole => {
                let by_sources = !at_tip.policy.policy.sources.is_empty();
                return Ok(Self::Never { by_sources });
            }
            None => {}
        }
        Ok(Self::NotIn { commits, revision: revision.to_owned() })
    }

    /// Whether a page that went, or could not be read, is again what it was before.
    fn is_undone(&self, repository: &Repository, tip: &Revision) -> Result<bool> {
        let Self::Ended(PageEnd { path, commit, .. }) = self else { return Ok(false) };
        let path = RepoPath::from(path.as_str());
        let blob_at = |revision: Revision| {
            let file = repository.file_at(&Point::Commit(revision), &path)?;
            Ok::<_, crate::error::Error>(file.map(|file| file.blob))
        };
        let before = blob_at(repository.find_revision(&format!("{commit}^"))?)?;
        Ok(before.is_some() && blob_at(tip.clone())? == before)
    }

    /// The removal of a page that could not be read any more before, where the tip lacks the page;
    /// `later` reads the history from here to the tip.
    fn or_removal(
        self,
        repository: &Repository,
        tip: &Revision,
        later: impl FnOnce() -> Result<Option<Self>>,
    ) -> Result<Self> {
        let Some(page) = self.unread_page() else { return Ok(self) };
        if repository.file_at(&Point::Commit(tip.clone()), &RepoPath::from(page))?.is_some() {
            return Ok(self);
        }
        let removal = later()?.filter(|found| match found {
            Self::Ended(end) => end.is_removed && end.path == page,
            Self::Edition { .. } | Self::NotIn { .. } | Self::Never { .. } | Self::Unknown => false,
        });
        Ok(removal.unwrap_or(self))
    }

    /// Whether it is known.
    pub(super) const fn is_found(&self) -> bool {
        matches!(self, Self::Edition { .. } | Self::Ended(_))
    }

    /// The page that nobody can read any more, if that is the last change.
    pub(super) fn unread_page(&self) -> Option<&str> {
        match self {
            Self::Ended(PageEnd { path, is_removed: false, .. }) => Some(path),
            Self::Ended(_)
            | Self::Edition { .. }
            | Self::NotIn { .. }
            | Self::Never { .. }
            | Self::Unknown => None,
        }
    }

    /// Which commit removed a page or made it unreadable, if that is the last change.
    pub(super) fn ended_text(&self) -> Option<String> {
        let Self::Ended(end) = self else { return None };
        Some(end.text())
    }

    /// The answer as a note that stands below the output, and how to see more.
    pub(super) fn note_text(&self, folder: &Path) -> Option<String> {
        self.matching_note_text(folder, &Selection::default())
    }

    /// The same about the changes that were asked for.
    pub(super) fn matching_note_text(
        &self,
        folder: &Path,
        selection: &Selection,
    ) -> Option<String> {
        let command = command_in(folder);
        let is_for_some = selection.is_for_changes();
        let (matching, none_changed) =
            if is_for_some { ("matching ", "no matching change") } else { ("", "no duty changed") };
        let text = match self {
            Self::Edition { path, day, commit } => {
                let (path, short) = (safe::make_visible(path), short_revision(commit));
                format!(
                    "the last {matching}change is in edition {day} of {path}: \
                     `{command} {short}^!` shows it"
                )
            }
            Self::Ended(end) => {
                format!("{}: `{command} {}` shows it", end.text(), end.range())
            }
            Self::NotIn { commits, revision } => {
                let commits = counted(*commits, "commit");
                let revision = safe::make_visible(short_revision(revision)).into_owned();
                format!(
                    "{none_changed} in the last {commits} up to {revision}; \
                     `{command} log {revision}` shows older changes"
                )
            }
            Self::Never { by_sources: false } if is_for_some => {
                "no matching change in any earlier commit either".to_owned()
            }
            Self::Never { by_sources: false } => {
                "no duty has changed since its page was added".to_owned()
            }
            Self::Never { by_sources: true } => format!(
                "{none_changed} in any earlier commit on a page that `sources` includes; \
                 `{command} log` also shows where such a page was before"
            ),
            Self::Unknown => return None,
        };
        Some(format!("note: {text}"))
    }
}

/// What holds at the newest commit of a span.
fn in_force(repository: &Repository, span: &Span, keyrefs: &Keyrefs) -> Result<Keyrefs> {
    keyrefs.in_force(repository, &Point::Commit(span.tip().clone()))
}

/// Whether what holds at a commit holds at an older one, too; no where that takes more than to look at
/// the policy's own file.
fn is_in_force_at(
    keyrefs: &Keyrefs,
    repository: &Repository,
    (commit, older): (Id, Id),
) -> Result<bool> {
    let EffectivePolicy { policy: in_force, is_given, .. } = &keyrefs.policy;
    if *is_given {
        return Ok(true);
    }
    if !in_force.keyrefs.is_empty() || !in_force.pages.attribute_files.is_empty() {
        return Ok(false);
    }
    let policy_at = |commit: Id| {
        let point = Point::Commit(Revision { name: commit.to_string(), commit });
        let file = repository.file_at(&point, &RepoPath::from(policy::FILE))?;
        Ok(file.map(|file| file.blob))
    };
    Ok(policy_at(commit)? == policy_at(older)?)
}

/// The newest change of a duty in a span of commits.
fn newest_change(
    repository: &Repository,
    span: &Span,
    (paths, selection): (&[OsString], &Selection),
    keyrefs: &Keyrefs,
) -> Result<Option<LastChange>> {
    let keyrefs = in_force(repository, span, keyrefs)?;
    let filter = keyrefs.path_filter(repository, paths)?;
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    let mut last: Option<(DateTime<FixedOffset>, LastChange)> = None;
    let mut take = |page: PageLog| {
        for edition in &page.editions {
            if let Some(gone) = &edition.gone
                && !selection.is_for_changes()
                && last.as_ref().is_none_or(|(time, _)| gone.commit.time > *time)
            {
                let end = PageEnd::from_gone(edition, gone);
                last = Some((gone.commit.time, LastChange::Ended(end)));
            }
            let asked = edition.all_changes().filter(|change| selection.asks_for(change));
            let newest = asked.filter_map(|change| change.introduced.as_ref());
            let Some(newest) = newest.max_by_key(|introduced| introduced.time) else {
                continue;
            };
            if last.as_ref().is_none_or(|(time, _)| newest.time > *time) {
                let (path, commit) = (edition.report.path.clone(), newest.commit.clone());
                last = Some((newest.time, LastChange::Edition { path, day: edition.day, commit }));
            }
        }
        Ok(())
    };
    timeline::log_pages(repository, span, &filter, &names_of, &|_| (), &mut take)?;
    Ok(last.map(|(_, change)| change))
}
