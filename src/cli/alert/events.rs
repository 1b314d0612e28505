//! From what is new to the events of one target.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::deliver::outbox::{Delivery, Outbox, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Change;
use crate::render::{alert, json};
use crate::report::{Alert, AlertLinks, DocumentReport, EditionTold, LinkBase, Rewritten, Told};

use super::filter::Wanted;

/// Part of every id, so that a new recipe makes new ids.
const RECIPE: &str = "respdiff.event/1";

/// Where news are from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// What messages call the repository.
    pub(super) name: String,
    /// Its lasting name.
    pub(super) identity: String,
    /// The branch's full name.
    pub(super) branch: String,
    /// What messages call the branch.
    pub(super) shown_branch: String,
    /// When it was looked at.
    pub(super) time: DateTime<Utc>,
    /// What a commit's id makes the address of the commit.
    pub(super) commits: Option<String>,
    /// Where its pages are published.
    pub(super) base: Option<LinkBase>,
}

/// A message for a target, with its place in the outbox.
pub(super) struct Event {
    pub(super) alert: Alert,
    pub(super) delivery: Delivery,
}

/// The events for a target: what passes its filters and was not sent before.
pub(super) fn of(
    origin: &Origin,
    editions: &[DocumentReport],
    wanted: &Wanted<'_>,
    outbox: &Outbox,
) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for edition in editions.iter().filter(|edition| wanted.wants_page(&edition.path)) {
        let mut document = edition.clone();
        let mut told = Vec::new();
        for change in &edition.changes {
            let unit = unit(&edition.path, change);
            let old = outbox.is_told(&wanted.target.name, &origin.identity, &unit)?;
            told.push(old || !wanted.wants(change));
        }
        let mut told = told.into_iter();
        document.changes.retain(|_| told.next() != Some(true));
        let mut heard = true;
        for unit in outage_units(&edition.path, edition) {
            heard &= outbox.is_told(&wanted.target.name, &origin.identity, &unit)?;
        }
        if heard {
            document.notices.clear();
            document.unread.clear();
        }
        if document.changes.is_empty() && document.notices.is_empty() {
            continue;
        }
        let stamps = document.version.as_ref().map(|v| v.as_ref().map(|v| &v.stamp));
        let grown = stamps.old.is_some() && stamps.old == stamps.new;
        let told = EditionTold { document, grown, part: 1, parts: 1, cut: false };
        let whole = event(origin, wanted, Told::Edition(Box::new(told)));
        for part in alert::fitted(whole)? {
            events.push(finished(origin, wanted, &edition.path, part)?);
        }
    }
    Ok(events)
}

/// The event for rewritten history.
pub(super) fn of_rewriting(
    origin: &Origin,
    rewritten: &Rewritten,
    wanted: &Wanted<'_>,
) -> Result<Event> {
    let whole = event(origin, wanted, Told::Rewritten(rewritten.clone()));
    let fitted = alert::fitted(whole.clone())?.into_iter().next();
    finished(origin, wanted, "", fitted.unwrap_or(whole))
}

/// A change of the page at a path, as it is remembered.
pub(super) fn unit(path: &str, change: &Change) -> Unit {
    let commit = change.introduced.as_ref().map(|introduced| introduced.commit.clone());
    Unit {
        document: path.to_owned(),
        change: change.id.clone(),
        commit: commit.unwrap_or_default(),
    }
}

/// Marks the beginning or the end of an outage among the units that were sent. It is identified by
/// its edition, so it stays the same under other commits, and differs from every other outage.
pub(super) fn outage_units(path: &str, edition: &DocumentReport) -> Vec<Unit> {
    let version = edition.version.new.as_ref();
    let commit = version.and_then(|version| version.commit.clone());
    let date = version.and_then(|version| version.stamp.date()).unwrap_or_default();
    let codes: BTreeSet<&str> = edition.notices.iter().map(|notice| notice.code.name()).collect();
    let unit = |code: &str| Unit {
        document: path.to_owned(),
        change: format!("{code}:{date}:{path}"),
        commit: commit.clone().unwrap_or_default(),
    };
    codes.into_iter().map(unit).collect()
}

fn event(origin: &Origin, wanted: &Wanted<'_>, told: Told) -> Alert {
    Alert {
        // as long as the real one
        id: id(origin, &wanted.target.name, &[]),
        time: origin.time,
        repository: origin.name.clone(),
        branch: origin.shown_branch.clone(),
        links: match &told {
            Told::Edition(told) => {
                AlertLinks::of(origin.commits.as_deref(), origin.base.as_ref(), &told.document)
            }
            Told::Rewritten(_) => AlertLinks::default(),
        },
        told,
    }
}

fn finished(origin: &Origin, wanted: &Wanted<'_>, path: &str, mut alert: Alert) -> Result<Event> {
    let (units, parts) = match &alert.told {
        Told::Edition(told) => {
            let changes = told.document.changes.iter();
            let mut units: Vec<Unit> = changes.map(|change| unit(path, change)).collect();
            if told.part == 1 {
                units.extend(outage_units(path, &told.document));
            }
            let part =
                |unit: &Unit| [&unit.document, &unit.change, &unit.commit].map(String::clone);
            let parts = units.iter().flat_map(part).collect::<Vec<_>>();
            (units, parts)
        }
        Told::Rewritten(Rewritten { was, now, .. }) => {
            (Vec::new(), vec![origin.branch.clone(), was.clone(), now.clone()])
        }
    };
    alert.id = id(origin, &wanted.target.name, &parts);
    let body = String::from_utf8(json::alert(&alert)?).map_err(|error| {
        Error::new(ErrorKind::Output, "an event is not valid UTF-8").because(error)
    })?;
    let target = wanted.target.name.clone();
    let delivery = Delivery { id: alert.id.clone(), target, body, units };
    Ok(Event { alert, delivery })
}

/// The same for the same news to the same target, whenever it is found.
fn id(origin: &Origin, target: &str, parts: &[String]) -> String {
    let mut hash = Sha256::new();
    hash.update(RECIPE);
    let own = [origin.identity.as_str(), target];
    for part in own.into_iter().chain(parts.iter().map(String::as_str)) {
        hash.update([0]);
        hash.update(part);
    }
    let digest = hash.finalize();
    digest.iter().take(16).fold("evt_".to_owned(), |id, byte| id + &format!("{byte:02x}"))
}
