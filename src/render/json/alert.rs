//! The events of `alert`: the body of a webhook, as Standard Webhooks has it.

use chrono::{DateTime, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{Alert, AlertContent, EditionTold, Rewritten, Summary, TargetQueue};

use super::diff::{DocumentWire, SummaryWire};

/// One event: the changes in an edition of a page, or a rewritten history.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.alert/1")]
pub(super) struct AlertWire<'a> {
    /// `respdiff.changes` or `respdiff.history-rewritten`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// When respdiff found the event, in RFC 3339.
    timestamp: String,
    data: DataWire<'a>,
}

/// The content of the event.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Data")]
struct DataWire<'a> {
    #[schemars(extend("const" = "respdiff.alert/1"))]
    schema: &'static str,
    /// The id of the event, the same on every attempt.
    id: &'a str,
    repository: &'a str,
    branch: &'a str,
    links: LinksWire<'a>,
    /// With `respdiff.changes`.
    #[serde(flatten)]
    edition: Option<AlertEditionWire<'a>>,
    /// Only in `respdiff.history-rewritten`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rewritten: Option<RewrittenWire<'a>>,
}

/// Links to the page and its commits.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AlertLinks")]
struct LinksWire<'a> {
    /// The page.
    page: Option<&'a str>,
    /// Put a commit id behind this to get the commit's address.
    commits: Option<&'a str>,
}

/// Changes that an edition of a page brought.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EditionTold")]
struct AlertEditionWire<'a> {
    /// The page as in `respdiff.diff/1`, with the changes that this event reports.
    document: DocumentWire<'a>,
    /// The id of the page's title, which the address of the published page contains.
    topic: Option<&'a str>,
    summary: SummaryWire,
    /// Whether changes of this edition were reported before.
    grown: bool,
    /// Which part of a long edition, from 1.
    part: usize,
    /// The number of parts.
    parts: usize,
    /// Whether a text was cut because it was too long.
    cut: bool,
}

/// A history that was rewritten after it was reported.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rewritten")]
struct RewrittenWire<'a> {
    /// The commit up to which changes were reported.
    was: &'a str,
    /// The newest commit of the branch now.
    now: &'a str,
    /// The newest commit that both histories have.
    base: Option<&'a str>,
}

impl<'a> AlertWire<'a> {
    pub(super) fn from_alert(alert: &'a Alert) -> Self {
        let (kind, edition, rewritten) = match &alert.content {
            AlertContent::Edition(shown) => {
                ("respdiff.changes", Some(AlertEditionWire::from_told(shown)), None)
            }
            AlertContent::Rewritten(Rewritten { was, now, base }) => {
                let wire = RewrittenWire { was, now, base: base.as_deref() };
                ("respdiff.history-rewritten", None, Some(wire))
            }
        };
        Self {
            kind,
            timestamp: time_text(alert.time),
            data: DataWire {
                schema: "respdiff.alert/1",
                id: &alert.id,
                repository: &alert.repository,
                branch: &alert.branch,
                links: LinksWire {
                    page: alert.links.page.as_deref(),
                    commits: alert.links.commits.as_deref(),
                },
                edition,
                rewritten,
            },
        }
    }
}

impl<'a> AlertEditionWire<'a> {
    fn from_told(shown: &'a EditionTold) -> Self {
        Self {
            document: DocumentWire::from_document(&shown.document),
            topic: shown.topic.as_deref(),
            summary: SummaryWire::from_summary(&Summary::of_changes(&shown.document.changes)),
            grown: shown.grown,
            part: shown.part,
            parts: shown.parts,
            cut: shown.cut,
        }
    }
}

fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The queue of each target of `alert`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.alert-status/1")]
pub(super) struct AlertStatusWire<'a> {
    schema: &'static str,
    targets: Vec<QueueWire<'a>>,
}

/// A target and its events. Times are in UTC.
#[derive(Serialize, JsonSchema)]
struct QueueWire<'a> {
    name: &'a str,
    /// Whether the configuration still names the target.
    configured: bool,
    /// Events waiting for delivery.
    pending: u32,
    /// Events that respdiff gave up on.
    dead: u32,
    /// Events delivered in the last 90 days.
    delivered: u32,
    /// When the oldest undelivered event was found.
    oldest: Option<String>,
    /// When the next attempt is due.
    next_attempt: Option<String>,
    /// When an event was last delivered.
    last_delivery: Option<String>,
    /// The last error.
    last_error: Option<&'a str>,
    /// Why the target gets no more events: it answered that it is gone (410).
    disabled: Option<&'a str>,
}

impl<'a> AlertStatusWire<'a> {
    pub(super) fn from_queues(queues: &'a [TargetQueue]) -> Self {
        let wire = |queue: &'a TargetQueue| QueueWire {
            name: &queue.name,
            configured: queue.configured,
            pending: queue.pending,
            dead: queue.dead,
            delivered: queue.delivered,
            oldest: queue.oldest.map(time_text),
            next_attempt: queue.next_attempt.map(time_text),
            last_delivery: queue.last_delivery.map(time_text),
            last_error: queue.last_error.as_deref(),
            disabled: queue.disabled.as_deref(),
        };
        let targets = queues.iter().map(wire).collect();
        Self { schema: "respdiff.alert-status/1", targets }
    }
}
