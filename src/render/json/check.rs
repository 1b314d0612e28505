//! `respdiff.check/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::model::{Level, Sides};
use crate::report::{Accepted, CheckReport, CheckedDocument, Edit, End, StaleAck, VerdictCounts};

/// The result of `check`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.check/1")]
pub struct CheckWire<'a> {
    #[schemars(extend("const" = "respdiff.check/1"))]
    schema: &'static str,
    #[serde(flatten)]
    ends: &'a Sides<End>,
    /// The folder of accepted snapshots that the pages were compared with.
    baseline: Option<&'a str>,
    /// `failed` is exit code 1; `incomplete` is exit code 2: a page can no longer be read.
    #[schemars(extend("enum" = ["failed", "passed", "incomplete"]))]
    verdict: &'static str,
    /// The lowest level at which `check` fails.
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

impl Published for CheckReport {
    type Json<'a> = CheckWire<'a>;

    fn to_json(&self) -> CheckWire<'_> {
        CheckWire {
            schema: "respdiff.check/1",
            ends: &self.ends,
            baseline: self.baseline.as_deref(),
            verdict: match (self.incomplete_notices().next(), self.fails()) {
                (Some(_), _) => "incomplete",
                (None, true) => "failed",
                (None, false) => "passed",
            },
            fail_on: self.fail_on,
            fail_on_from: &self.fail_on_from,
            documents: &self.documents,
            acknowledgements: &self.accepted,
            stale: &self.stale,
            edits: &self.edits,
            summary: self.tally(),
            pages_read: self.pages_read,
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
