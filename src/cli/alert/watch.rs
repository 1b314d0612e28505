//! Looks at each repository and finds what is new for each target.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::deliver::outbox::{Batch, Delivery, Outbox, Unit};
use crate::deliver::{Clock, Progress};
use crate::error::{Error, ErrorKind, Result};
use crate::history::git_config::commit_pages;
use crate::history::{Branch, Point, Repository, Span};
use crate::report::{DocumentReport, Rewritten};
use crate::timeline::{self, NamesTable};

use super::super::args::AlertArgs;
use super::super::keyrefs::Keyrefs;
use super::super::pages::PagesAt;
use super::super::{left_out, nothing_found};
use super::events::{self, EventOrigin, OutboxEvent};
use super::filter::{FilteredChanges, TargetFilter};
use super::limit;
use super::remote::{self, RemoteBranches};
use super::settings::{AlertSettings, WatchedRepository};
use super::start::{Start, StartBase, StartRequest};
use super::topics;
use super::unmatched::{self, FilterMatches, FilterSearch};

/// One look at all repositories; threads share what it needs.
#[derive(Clone)]
pub(super) struct RepositoryWatch {
    pub(super) args: Arc<AlertArgs>,
    pub(super) settings: Arc<AlertSettings>,
    pub(super) keyrefs: Arc<Keyrefs>,
    /// The user's own names, without those of a watched repository.
    pub(super) own_names: Arc<Keyrefs>,
    pub(super) clock: Clock,
}

/// What one look at one repository found.
pub(super) struct News {
    pub(super) origin: EventOrigin,
    /// The branch's newest commit.
    pub(super) commit: String,
    /// Whether nobody looked before.
    pub(super) first: bool,
    pub(super) rewritten: Option<Rewritten>,
    /// The branch that the repository was watched at before, if that is another one.
    pub(super) left: Option<LeftBranch>,
    /// Whether remotes were fetched from, and none of them has to do with the branch.
    pub(super) is_unfetched: bool,
    /// Whether the branch has no responsibility page, so that nothing is ever found.
    pub(super) has_no_page: bool,
    /// A file that would be one if its parties were known, and what is wrong with it.
    pub(super) unread: Option<UnreadFile>,
    /// What the targets' filters match.
    pub(super) filter_matches: FilterMatches,
    pub(super) events: Vec<OutboxEvent>,
    /// How much of what is new passes the filters of each target.
    pub(super) filtered: Vec<FilteredChanges>,
}

/// A file that is not read as a page, and why.
pub(super) struct UnreadFile {
    pub(super) reason: String,
    /// Whether an earlier commit has it as a page.
    pub(super) was_page: bool,
}

/// A branch that was watched before and is not any more.
pub(super) struct LeftBranch {
    /// Its full name.
    pub(super) name: String,
    /// The point up to which everything was reported.
    pub(super) commit: String,
    /// Whether it is not there any more, so that what is watched now goes on from there.
    pub(super) is_gone: bool,
}

impl News {
    /// Writes it down, together with how far it goes.
    pub(super) fn store_in(&self, outbox: &Outbox, at: DateTime<Utc>) -> Result<()> {
        let deliveries: Vec<Delivery> =
            self.events.iter().map(|event| event.delivery.clone()).collect();
        outbox.store_batch(&Batch {
            repository: &self.origin.identity,
            branch: &self.origin.branch,
            commit: &self.commit,
            switched: self.left.is_some(),
            at,
            deliveries: &deliveries,
        })
    }
}

/// The repositories and branches that were looked at.
type Seen = Arc<Mutex<BTreeSet<(String, String)>>>;

impl RepositoryWatch {
    /// Runs over all repositories by name, whatever becomes of the others; each result is handed
    /// over as soon as the repository was read. Gives the warnings of filters that match nothing.
    pub(super) fn watch_each(
        &self,
        outbox: &Arc<Outbox>,
        mut tell: impl FnMut(&str, Result<News>),
    ) -> String {
        let seen = Seen::default();
        let mut filters = FilterSearch::over(&self.settings, self.args.dry_run);
        for place in &self.settings.places {
            let found = self.fetch_within_limit(place).and_then(|branches| {
                let (watch, outbox, seen) = (self.clone(), Arc::clone(outbox), Arc::clone(&seen));
                let of_thread = place.clone();
                let look = move || watch.watch_one(&of_thread, branches.as_ref(), &outbox, &seen);
                limit::within_limit(place.timeout, look)
            });
            filters.add(found.as_ref().ok().map(|news| &news.filter_matches));
            tell(&place.name, found);
        }
        filters.warnings()
    }

    fn is_fetching(&self) -> bool {
        self.settings.fetch && !self.args.dry_run
    }

    /// What the remote has after a fetch, which has a limit of its own.
    fn fetch_within_limit(&self, place: &WatchedRepository) -> Result<Option<RemoteBranches>> {
        if self.is_fetching() { remote::fetch_remote(place, &self.settings) } else { Ok(None) }
    }

    fn watch_one(
        &self,
        place: &WatchedRepository,
        branches: Option<&RemoteBranches>,
        outbox: &Outbox,
        seen: &Seen,
    ) -> Result<News> {
        let repository = place.open_repository()?;
        let branch = repository.find_branch(place.branch.as_deref(), self.settings.fetch)?;
        let is_unfetched = self.is_fetching() && branches.is_none() && repository.has_remotes();
        let identity = place.identity.clone().unwrap_or_else(|| repository.identity());
        refuse_twice(seen, &identity, &branch.name)?;
        let origin = EventOrigin {
            name: place.name.clone(),
            branch: branch.name.clone(),
            shown_branch: branch.short_name().to_owned(),
            time: self.clock.now(),
            tip: branch.tip.commit.to_string(),
            commits: commit_pages(&place.folder),
            base: place.parse_link_base()?,
            identity,
        };
        let watch = self.with_names_of(&repository, &branch)?;
        let (cursors, left) =
            watch.known_cursors((&repository, &branch), branches, &origin.identity, outbox)?;
        let asked =
            StartRequest { since: watch.args.since.as_deref(), from_start: watch.args.from_start };
        let (mut first, mut rewritten) = (true, None);
        let mut editions = Vec::new();
        if let Start::After(base) = Start::from_cursors(&repository, &branch, &cursors, &asked)? {
            first = false;
            editions = watch.new_editions(&repository, &branch, &base, outbox, &origin)?;
            rewritten.clone_from(&base.rewritten);
        }
        let (events, filtered) =
            watch.build_events(&repository, &origin, &editions, rewritten.as_ref(), outbox)?;
        let tip = Point::Commit(branch.tip.clone());
        let (targets, names) = (&watch.settings.config.targets, (&*origin.name, &*origin.identity));
        let (has_page, filter_matches) =
            unmatched::search_pages(&repository, &tip, &watch.keyrefs, targets, names)?;
        let has_no_page = events.is_empty() && !has_page;
        let unread =
            has_no_page.then(|| watch.unread_page(&repository, &tip)).transpose()?.flatten();
        Ok(News {
            commit: origin.tip.clone(),
            origin,
            first,
            rewritten,
            left,
            is_unfetched,
            has_no_page,
            unread,
            filter_matches,
            events,
            filtered,
        })
    }

    /// The same with the names by which the repository reads its pages.
    fn with_names_of(&self, repository: &Repository, branch: &Branch) -> Result<Self> {
        let tip = Point::Commit(branch.tip.clone());
        self.keyrefs.policy.warn_of_unused_parties(repository, &tip);
        let policy = self.keyrefs.policy.with_names_of(repository, &tip)?;
        let keyrefs = Arc::new(self.keyrefs.under_policy(policy, repository).at_point(&tip));
        Ok(Self { keyrefs, ..self.clone() })
    }

    /// A file that would be a page if its parties were known, and what is wrong with it.
    fn unread_page(&self, repository: &Repository, tip: &Point) -> Result<Option<UnreadFile>> {
        let filter = self.keyrefs.path_filter(repository, &[])?;
        let at = PagesAt::new(repository, tip, &self.keyrefs);
        let former = left_out::first_former(at, &filter)?;
        if let Some(reason) = former {
            return Ok(Some(UnreadFile { reason, was_page: true }));
        }
        let reason = nothing_found::first_unread(at, &filter)?;
        Ok(reason.map(|reason| UnreadFile { reason, was_page: false }))
    }

    /// Up to where a branch was reported, newest first, and the branch that was watched before it.
    fn known_cursors(
        &self,
        (repository, branch): (&Repository, &Branch),
        branches: Option<&RemoteBranches>,
        identity: &str,
        outbox: &Outbox,
    ) -> Result<(Vec<String>, Option<LeftBranch>)> {
        let mut cursors = outbox.cursors(identity, &branch.name)?;
        if let Some(twin) = branch.twin.as_deref().filter(|_| cursors.is_empty()) {
            cursors = outbox.cursors(identity, twin)?;
        }
        let left = self.left_branch(branch, identity, outbox)?;
        let left = left.map(|(name, commit)| {
            let is_gone = match (repository.followed_branch(Some(&name)), branches) {
                (Some(followed), Some(branches)) => !branches.has_branch(&followed.there),
                (_, _) => repository.reference_tip(&name).is_none(),
            };
            LeftBranch { name, commit, is_gone }
        });
        if let Some(gone) = left.as_ref().filter(|left| left.is_gone && cursors.is_empty()) {
            cursors = outbox.cursors(identity, &gone.name)?;
        }
        Ok((cursors, left))
    }

    /// The branch that was looked at last, and up to where, if that is another one and nobody else
    /// watches it.
    fn left_branch(
        &self,
        branch: &Branch,
        identity: &str,
        outbox: &Outbox,
    ) -> Result<Option<(String, String)>> {
        let Some((name, commit)) = outbox.newest_cursor(identity)? else { return Ok(None) };
        let is_named = |asked: &str| {
            asked == name
                || ["refs/heads/", "refs/remotes/"]
                    .iter()
                    .any(|kind| name.strip_prefix(kind) == Some(asked))
        };
        let twin = branch.twin.as_deref();
        let mut others = self.settings.places.iter();
        let is_watched = others.any(|other| other.branch.as_deref().is_some_and(is_named));
        let is_same = name == branch.name || twin == Some(name.as_str());
        if is_same || is_watched || self.is_watched_in_clone(&name, identity) {
            return Ok(None);
        }
        Ok(Some((name, commit)))
    }

    /// Whether another clone of the same repository is at a branch.
    fn is_watched_in_clone(&self, branch: &str, identity: &str) -> bool {
        self.settings.places.iter().any(|place| {
            let Ok(repository) = place.open_repository() else { return false };
            let own = place.identity.clone().unwrap_or_else(|| repository.identity());
            let watched = repository.find_branch(place.branch.as_deref(), self.settings.fetch);
            own == identity
                && watched.is_ok_and(|watched| {
                    watched.name == branch || watched.twin.as_deref() == Some(branch)
                })
        })
    }

    /// What came after the base, at the levels that count, without replacements of what was
    /// reported.
    fn new_editions(
        &self,
        repository: &Repository,
        branch: &Branch,
        base: &StartBase,
        outbox: &Outbox,
        origin: &EventOrigin,
    ) -> Result<Vec<DocumentReport>> {
        let tip = branch.tip.commit;
        let span = match &base.commit {
            Some(base) => format!("{}..{tip}", base.commit),
            None => tip.to_string(),
        };
        let mut editions =
            self.editions_of_span(repository, &repository.parse_span(Some(&span))?)?;
        if let Some(base) = &base.commit {
            editions.splice(0..0, self.editions_readable_again(repository, base, &branch.tip)?);
        }
        if base.rewritten.is_some() {
            // all that the replaced commits brought was reported, or was known when they came
            let known = if let Some(replaced) = &base.replaced {
                units_of(&self.editions_of_span(repository, replaced)?)
            } else {
                let is_gone = |unit: &Unit| !repository.leads_to(&unit.commit, branch.tip.commit);
                outbox.told_units(&origin.identity)?.into_iter().filter(is_gone).collect()
            };
            leave_out(&mut editions, known);
        }
        for edition in &mut editions {
            let path = edition.path.clone();
            edition.ignored = self.keyrefs.relevel(&mut edition.changes, &path);
        }
        Ok(editions)
    }

    fn editions_of_span(
        &self,
        repository: &Repository,
        span: &Span,
    ) -> Result<Vec<DocumentReport>> {
        let keyrefs = self.keyrefs.of_repository(repository);
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.add_passed(count);
        let filter = self.keyrefs.path_filter(repository, &[])?;
        timeline::editions_with_changes(repository, span, &filter, &names_of, &passed)
    }

    fn build_events(
        &self,
        repository: &Repository,
        origin: &EventOrigin,
        editions: &[DocumentReport],
        rewritten: Option<&Rewritten>,
        outbox: &Outbox,
    ) -> Result<(Vec<OutboxEvent>, Vec<FilteredChanges>)> {
        let (mut events, mut filtered) = (Vec::new(), Vec::new());
        let tip = Point::Commit(repository.find_revision(&origin.tip)?);
        let topics = topics::page_topics(repository, &tip, editions, &self.keyrefs)?;
        for target in &self.settings.config.targets {
            let names = [origin.name.as_str(), &origin.identity];
            let Some(wanted) = TargetFilter::for_target(target, repository, names)? else {
                continue;
            };
            if let Some(rewritten) = rewritten {
                events.push(events::of_rewriting(origin, rewritten, &wanted)?);
            }
            events.extend(events::events_for(origin, (editions, &topics), &wanted, outbox)?);
            filtered.push(wanted.count_changes(editions));
        }
        Ok((events, filtered))
    }
}

/// Refuses a branch that was looked at before in this run.
fn refuse_twice(seen: &Seen, identity: &str, branch: &str) -> Result<()> {
    let mut all_seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    if all_seen.insert((identity.to_owned(), branch.to_owned())) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Usage, format!("{identity} is watched twice"))
        .with_hint("give each its own `name` under `repositories`, or remove one"))
}

fn units_of(editions: &[DocumentReport]) -> BTreeSet<Unit> {
    editions
        .iter()
        .flat_map(|edition| {
            let changes = edition.changes.iter();
            let changes = changes.map(|change| events::unit_of(&edition.path, change));
            changes.chain(events::outage_units(&edition.path, edition)).collect::<Vec<_>>()
        })
        .collect()
}

/// Takes out, for each change that was known under a commit that is gone, one that is the same.
fn leave_out(editions: &mut [DocumentReport], known: BTreeSet<Unit>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for unit in known {
        *counts.entry(unit.change).or_default() += 1;
    }
    let mut is_new = |change: &str| match counts.get_mut(change) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        Some(_) | None => true,
    };
    for edition in editions {
        edition.changes.retain(|change| is_new(&change.id));
        let outages = events::outage_units(&edition.path, edition);
        let known = outages.iter().filter(|unit| !is_new(&unit.change)).count();
        if known == outages.len() {
            edition.notices.clear();
            edition.unread.clear();
        }
    }
}
