//! `respdiff.check/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Level, Sides};
use crate::report::{Accepted, CheckReport, CheckedDocument, Edit, End, StaleAck, VerdictCounts};

/// The result of `check`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.check/1")]
pub(super) struct CheckWire<'a> {
    #[schemars(extend("const" = "respdiff.check/1"))]
    schema: &'static str,
    #[serde(flatten)]
    ends: &'a Sides<End>,
    /// The folder of accepted snapshots that the pages were compared with.
    baseline: Option<&'a str>,
    /// `failed` is exit code 1; `incomplete` is exit code 2: a page can no longer be read.
    #[schemars(extend("enum" = ["failed", "passed", "incomplete"]))]
    verdict: &'static str,
    /// The lowest level at which a change fails.
    #[schemars(extend("enum" = ["boundary", "scope", "wording"]))]
    fail_on: Level,
    /// Where the level comes from: an option, a policy, or `default`.
    fail_on_from: &'a str,
    documents: &'a [CheckedDocument],
    /// Acknowledgements that count.
    acknowledgements: &'a [Accepted],
    /// Acknowledgements without effect.
    stale: &'a [StaleAck],
    /// What changed in the policy and the acknowledgements.
    edits: &'a [Edit],
    summary: VerdictCounts,
    #[schemars(with = "CheckedPages")]
    pages_read: Sides<usize>,
}

impl<'a> CheckWire<'a> {
    pub(super) fn from_report(report: &'a CheckReport) -> Self {
        Self {
            schema: "respdiff.check/1",
            ends: &report.ends,
            baseline: report.baseline.as_deref(),
            verdict: match (report.incomplete_notices().next(), report.fails()) {
                (Some(_), _) => "incomplete",
                (None, true) => "failed",
                (None, false) => "passed",
            },
            fail_on: report.fail_on,
            fail_on_from: &report.fail_on_from,
            documents: &report.documents,
            acknowledgements: &report.accepted,
            stale: &report.stale,
            edits: &report.edits,
            summary: report.tally(),
            pages_read: report.pages_read,
        }
    }
}

#[derive(JsonSchema)]
#[schemars(rename = "PagesRead")]
#[expect(dead_code, reason = "the schema of `pages_read`")]
struct CheckedPages {
    from: usize,
    to: usize,
}
