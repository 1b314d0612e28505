//! The events of `alert`: the body of a webhook, as Standard Webhooks has it.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::report::{
    Alert, AlertContent, AlertLinks, EditionTold, Rewritten, TargetQueue, event_time_text,
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
    edition: Option<&'a EditionTold>,
    /// Only in `respdiff.history-rewritten`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rewritten: Option<&'a Rewritten>,
}

impl<'a> AlertWire<'a> {
    pub(super) fn from_alert(alert: &'a Alert) -> Self {
        let (kind, edition, rewritten) = match &alert.content {
            AlertContent::Edition(shown) => ("respdiff.changes", Some(&**shown), None),
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
