//! The events of `alert`: the body of a webhook, as Standard Webhooks has it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Published;
use crate::report::{
    Alert, AlertContent, AlertLinks, DocumentReport, EditionTold, Rewritten, Summary, TargetQueue,
    event_time_text,
};

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
    links: &'a AlertLinks,
    /// With `respdiff.changes`.
    #[serde(flatten)]
    edition: Option<AlertEditionWire<'a>>,
    /// Only in `respdiff.history-rewritten`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rewritten: Option<&'a Rewritten>,
}

/// Changes that an edition of a page brought.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EditionTold")]
struct AlertEditionWire<'a> {
    /// The page as in `respdiff.diff/1`, with the changes that this event reports.
    document: &'a DocumentReport,
    /// The id of the page's title, which the address of the published page contains.
    topic: Option<&'a str>,
    summary: Summary,
    /// Whether changes of this edition were reported before.
    grown: bool,
    /// Which part of a long edition, from 1.
    part: usize,
    /// The number of parts.
    parts: usize,
    /// Whether a text was cut because it was too long.
    cut: bool,
}

impl<'a> AlertWire<'a> {
    pub(super) fn from_alert(alert: &'a Alert) -> Self {
        let (kind, edition, rewritten) = match &alert.content {
            AlertContent::Edition(shown) => {
                ("respdiff.changes", Some(AlertEditionWire::from_told(shown)), None)
            }
            AlertContent::Rewritten(rewritten) => {
                ("respdiff.history-rewritten", None, Some(rewritten))
            }
        };
        Self {
            kind,
            timestamp: event_time_text(alert.time),
            data: DataWire {
                schema: "respdiff.alert/1",
                id: &alert.id,
                repository: &alert.repository,
                branch: &alert.branch,
                links: &alert.links,
                edition,
                rewritten,
            },
        }
    }
}

impl<'a> AlertEditionWire<'a> {
    fn from_told(shown: &'a EditionTold) -> Self {
        Self {
            document: &shown.document,
            topic: shown.topic.as_deref(),
            summary: Summary::of_changes(&shown.document.changes),
            grown: shown.grown,
            part: shown.part,
            parts: shown.parts,
            cut: shown.cut,
        }
    }
}

/// The queue of each target of `alert`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.alert-status/1")]
pub struct AlertStatusWire<'a> {
    schema: &'static str,
    targets: &'a [TargetQueue],
}

impl Published for Vec<TargetQueue> {
    type Json<'a> = AlertStatusWire<'a>;

    fn to_json(&self) -> AlertStatusWire<'_> {
        AlertStatusWire { schema: "respdiff.alert-status/1", targets: self }
    }
}
