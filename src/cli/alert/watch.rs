//! Looks at each repository and finds what is new for whom.

use std::collections::{BTreeSet, HashMap};
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::deliver::outbox::{Batch, Delivery, Outbox, Unit};
use crate::deliver::{Clock, Progress, process};
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Branch, Repository, Span};
use crate::report::{DocumentReport, Rewritten};
use crate::timeline::{self, NamesTable};

use super::super::args::AlertArgs;
use super::super::keyrefs::Keyrefs;
use super::events::{self, Event, Origin};
use super::filter::Wanted;
use super::settings::{Settings, Watched};
use super::start::{Asked, Base, Start};
use super::targets;

/// A remote that does not answer is given up after this.
const FETCH: Duration = Duration::from_secs(600);

/// One look at all repositories.
pub(super) struct Watch<'a> {
    pub(super) args: &'a AlertArgs,
    pub(super) settings: &'a Settings,
    pub(super) keyrefs: &'a Keyrefs,
    pub(super) clock: Clock,
}

/// What one look at one repository found.
pub(super) struct Found {
    pub(super) origin: Origin,
    /// The branch's newest commit.
    pub(super) commit: String,
    /// Whether nobody looked before.
    pub(super) first: bool,
    pub(super) rewritten: Option<Rewritten>,
    pub(super) events: Vec<Event>,
}

impl Found {
    /// Writes it down, together with how far it goes.
    pub(super) fn store(&self, outbox: &Outbox, at: DateTime<Utc>) -> Result<()> {
        let deliveries: Vec<Delivery> =
            self.events.iter().map(|event| event.delivery.clone()).collect();
        outbox.store(&Batch {
            repository: &self.origin.identity,
            branch: &self.origin.branch,
            commit: &self.commit,
            at,
            deliveries: &deliveries,
        })
    }
}

impl Watch<'_> {
    /// All repositories by their names, whatever becomes of the others.
    pub(super) fn all(&self, outbox: &Outbox) -> Vec<(String, Result<Found>)> {
        let mut seen = BTreeSet::new();
        let places = self.settings.places.iter();
        places.map(|place| (place.name.clone(), self.one(place, outbox, &mut seen))).collect()
    }

    fn one(
        &self,
        place: &Watched,
        outbox: &Outbox,
        seen: &mut BTreeSet<(String, String)>,
    ) -> Result<Found> {
        if self.settings.fetch && !self.args.dry_run {
            self.fetch(place)?;
        }
        let repository = Repository::open(&place.folder)?;
        let branch = repository.branch(place.branch.as_deref(), self.settings.fetch)?;
        let identity = place.identity.clone().unwrap_or_else(|| repository.identity());
        if !seen.insert((identity.clone(), branch.name.clone())) {
            return Err(Error::new(ErrorKind::Usage, format!("{identity} is watched twice"))
                .hint("give each its own `name` under `repositories`, or leave one away"));
        }
        let origin = Origin {
            name: place.name.clone(),
            branch: branch.name.clone(),
            shown_branch: branch.short().to_owned(),
            time: self.clock.now(),
            identity,
        };
        let mut cursors = outbox.cursors(&origin.identity, &branch.name)?;
        if let Some(twin) = branch.twin.as_deref().filter(|_| cursors.is_empty()) {
            cursors = outbox.cursors(&origin.identity, twin)?;
        }
        let asked = Asked { since: self.args.since.as_deref(), from_start: self.args.from_start };
        let commit = branch.tip.commit.to_string();
        match Start::of(&repository, &branch, &cursors, &asked)? {
            Start::Now => {
                Ok(Found { origin, commit, first: true, rewritten: None, events: Vec::new() })
            }
            Start::After(base) => {
                let editions = self.editions(&repository, &branch, &base, outbox, &origin)?;
                let rewritten = base.rewritten.clone();
                let events =
                    self.events(&repository, &origin, &editions, rewritten.as_ref(), outbox)?;
                Ok(Found { origin, commit, first: false, rewritten, events })
            }
        }
    }

    /// The user's own `git fetch`, which gets none of our secrets.
    fn fetch(&self, place: &Watched) -> Result<()> {
        let mut git = Command::new("git");
        git.arg("-C").arg(&place.folder).args(["fetch", "--quiet"]);
        git.env("GIT_TERMINAL_PROMPT", "0");
        for name in targets::secret_names(self.settings) {
            git.env_remove(name);
        }
        process::run_at_terminal(&mut git, FETCH).map_err(|reason| {
            Error::new(ErrorKind::Incomplete, format!("git fetch: {reason}"))
                .hint("`git fetch` there tells more; what is new is found when it works again")
        })
    }

    /// What came after the base, at the levels that count, without what replaces what was told.
    fn editions(
        &self,
        repository: &Repository,
        branch: &Branch,
        base: &Base,
        outbox: &Outbox,
        origin: &Origin,
    ) -> Result<Vec<DocumentReport>> {
        let tip = branch.tip.commit;
        let span = match &base.commit {
            Some(base) => format!("{}..{tip}", base.commit),
            None => tip.to_string(),
        };
        let mut editions = self.news(repository, &repository.span(Some(&span))?)?;
        if base.rewritten.is_some() {
            let mut known = match &base.replaced {
                Some(replaced) => units(&self.news(repository, replaced)?),
                None => BTreeSet::new(),
            };
            let told = outbox.told(&origin.identity)?.into_iter();
            known.extend(told.filter(|unit| !repository.leads_to(&unit.commit, &branch.tip)));
            leave_out(&mut editions, known);
        }
        for edition in &mut editions {
            let path = edition.path.clone();
            self.keyrefs.relevel(&mut edition.changes, &path);
        }
        Ok(editions)
    }

    fn news(&self, repository: &Repository, span: &Span) -> Result<Vec<DocumentReport>> {
        let keyrefs = self.keyrefs.of_repository(repository);
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.passed(count);
        let filter = self.keyrefs.filter(repository, &[])?;
        timeline::news(repository, span, &filter, &names_of, &passed)
    }

    fn events(
        &self,
        repository: &Repository,
        origin: &Origin,
        editions: &[DocumentReport],
        rewritten: Option<&Rewritten>,
        outbox: &Outbox,
    ) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        for target in &self.settings.config.targets {
            let names = [origin.name.as_str(), &origin.identity];
            let Some(wanted) = Wanted::of(target, repository, names)? else { continue };
            if let Some(rewritten) = rewritten {
                events.push(events::of_rewriting(origin, rewritten, &wanted)?);
            }
            events.extend(events::of(origin, editions, &wanted, outbox)?);
        }
        Ok(events)
    }
}

fn units(editions: &[DocumentReport]) -> BTreeSet<Unit> {
    editions
        .iter()
        .flat_map(|edition| edition.changes.iter().map(|c| events::unit(edition, c)))
        .collect()
}

/// Takes out, for each change that was known under a commit that is gone, one that is the same.
fn leave_out(editions: &mut [DocumentReport], known: BTreeSet<Unit>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for unit in known {
        *counts.entry(unit.change).or_default() += 1;
    }
    for edition in editions {
        edition.changes.retain(|change| match counts.get_mut(&change.id) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            Some(_) | None => true,
        });
    }
}
