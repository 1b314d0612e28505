//! From what is new to the events of one target.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::deliver::outbox::{Delivery, Outbox, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Change;
use crate::render::{alert, json};
use crate::report::{
    Alert, AlertContent, AlertLinks, DocumentReport, EditionTold, LinkBase, Rewritten,
};

use super::filter::TargetFilter;
use super::topics::PageTopics;

/// Part of every id, so that a new recipe makes new ids.
const RECIPE: &str = "respdiff.event/1";

/// Where news are from.
#[derive(Clone, Debug)]
pub(super) struct EventOrigin {
    /// What messages call the repository.
    pub(super) name: String,
    /// Its lasting name.
    pub(super) identity: String,
    /// The branch's full name.
    pub(super) branch: String,
    /// What messages call the branch.
    pub(super) shown_branch: String,
    /// The branch's newest commit.
    pub(super) tip: String,
    /// When it was looked at.
    pub(super) time: DateTime<Utc>,
    /// What a commit's id makes the address of the commit.
    pub(super) commits: Option<String>,
    /// Where its pages are published.
    pub(super) base: Option<LinkBase>,
}

/// A message for a target, with its place in the outbox.
pub(super) struct OutboxEvent {
    pub(super) alert: Alert,
    pub(super) delivery: Delivery,
}

/// The events for a target: what passes its filters and was not sent before.
pub(super) fn events_for(
    origin: &EventOrigin,
    (editions, topics): (&[DocumentReport], &PageTopics),
    wanted: &TargetFilter<'_>,
    outbox: &Outbox,
) -> Result<Vec<OutboxEvent>> {
    let mut events = Vec::new();
    for edition in editions.iter().filter(|edition| wanted.wants_page(&edition.path)) {
        let mut document = edition.clone();
        let mut shown = Vec::new();
        for change in &edition.changes {
            let unit = unit_of(&edition.path, change);
            let old = outbox.was_sent(&wanted.target.name, &origin.identity, &unit)?;
            shown.push(old || !wanted.wants_change(change));
        }
        let mut shown = shown.into_iter();
        document.changes.retain(|_| shown.next() != Some(true));
        let mut heard = true;
        for unit in outage_units(&edition.path, edition) {
            heard &= outbox.was_sent(&wanted.target.name, &origin.identity, &unit)?;
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
        let topic = topics.get(&edition.path).cloned();
        let shown = EditionTold::new(document, topic, grown);
        let whole = alert_for(origin, wanted, AlertContent::Edition(Box::new(shown)));
        for part in alert::split_to_fit(whole)? {
            events.push(finish_event(origin, wanted, &edition.path, part)?);
        }
    }
    Ok(events)
}

/// The event for rewritten history.
pub(super) fn of_rewriting(
    origin: &EventOrigin,
    rewritten: &Rewritten,
    wanted: &TargetFilter<'_>,
) -> Result<OutboxEvent> {
    let whole = alert_for(origin, wanted, AlertContent::Rewritten(rewritten.clone()));
    let fitted = alert::split_to_fit(whole.clone())?.into_iter().next();
    finish_event(origin, wanted, "", fitted.unwrap_or(whole))
}

/// A change of the page at a path, as it is remembered.
pub(super) fn unit_of(path: &str, change: &Change) -> Unit {
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
    let date = version.and_then(|version| version.stamp.written_date()).unwrap_or_default();
    let codes: BTreeSet<&str> = edition.notices.iter().map(|notice| notice.code.name()).collect();
    let unit = |code: &str| Unit {
        document: path.to_owned(),
        change: format!("{code}:{date}:{path}"),
        commit: commit.clone().unwrap_or_default(),
    };
    codes.into_iter().map(unit).collect()
}

fn alert_for(origin: &EventOrigin, wanted: &TargetFilter<'_>, shown: AlertContent) -> Alert {
    Alert {
        // as long as the real one
        id: event_id(origin, &wanted.target.name, &[]),
        time: origin.time,
        repository: origin.name.clone(),
        branch: origin.shown_branch.clone(),
        links: match &shown {
            AlertContent::Edition(shown) => {
                AlertLinks::for_page(origin.commits.as_deref(), origin.base.as_ref(), shown)
            }
            AlertContent::Rewritten(_) => AlertLinks::default(),
        },
        content: shown,
    }
}

fn finish_event(
    origin: &EventOrigin,
    wanted: &TargetFilter<'_>,
    path: &str,
    mut alert: Alert,
) -> Result<OutboxEvent> {
    let (units, parts) = match &alert.content {
        AlertContent::Edition(shown) => {
            let changes = shown.document.changes.iter();
            let mut units: Vec<Unit> = changes.map(|change| unit_of(path, change)).collect();
            if shown.part == 1 {
                units.extend(outage_units(path, &shown.document));
            }
            let part =
                |unit: &Unit| [&unit.document, &unit.change, &unit.commit].map(String::clone);
            let parts = units.iter().flat_map(part).collect::<Vec<_>>();
            (units, parts)
        }
        AlertContent::Rewritten(Rewritten { was, now, .. }) => {
            (Vec::new(), vec![origin.branch.clone(), was.clone(), now.clone()])
        }
    };
    alert.id = event_id(origin, &wanted.target.name, &parts);
    let body = String::from_utf8(json::render_alert(&alert)?).map_err(|error| {
        Error::new(ErrorKind::Output, "an event is not valid UTF-8").with_source(error)
    })?;
    let target = wanted.target.name.clone();
    let delivery = Delivery { id: alert.id.clone(), target, body, units };
    Ok(OutboxEvent { alert, delivery })
}

/// The same for the same news to the same target, whenever it is found.
fn event_id(origin: &EventOrigin, target: &str, parts: &[String]) -> String {
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
