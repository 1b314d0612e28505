//! `respdiff.check/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Change;
use crate::report::{
    Accepted, Acknowledged, CheckReport, CheckedDocument, Edit, Judged, StaleAck, VerdictCounts,
};

use super::common::NoticeWire;
use super::diff::{ChangeWire, EndWire, StatusWire};

/// The result of `check`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.check/1")]
pub(super) struct CheckWire<'a> {
    #[schemars(extend("const" = "respdiff.check/1"))]
    schema: &'static str,
    from: EndWire<'a>,
    to: EndWire<'a>,
    /// The folder of accepted snapshots that the pages were compared with.
    baseline: Option<&'a str>,
    /// `failed` is exit code 1; `incomplete` is exit code 2: a page can no longer be read.
    #[schemars(extend("enum" = ["failed", "passed", "incomplete"]))]
    verdict: &'static str,
    /// The lowest level at which a change fails.
    #[schemars(extend("enum" = ["boundary", "scope", "wording"]))]
    fail_on: &'static str,
    /// Where the level comes from: an option, a policy, or `default`.
    fail_on_from: &'a str,
    documents: Vec<CheckDocumentWire<'a>>,
    /// Acknowledgements that count.
    acknowledgements: Vec<AcceptedWire<'a>>,
    /// Acknowledgements without effect.
    stale: Vec<StaleWire<'a>>,
    /// What changed in the policy and the acknowledgements.
    edits: Vec<EditWire<'a>>,
    summary: TallyWire,
    pages_read: PagesReadWire,
}

impl<'a> CheckWire<'a> {
    pub(super) fn from_report(report: &'a CheckReport) -> Self {
        Self {
            schema: "respdiff.check/1",
            from: EndWire::from_end(&report.ends.old),
            to: EndWire::from_end(&report.ends.new),
            baseline: report.baseline.as_deref(),
            verdict: match (report.incomplete_notices().next(), report.fails()) {
                (Some(_), _) => "incomplete",
                (None, true) => "failed",
                (None, false) => "passed",
            },
            fail_on: report.fail_on.name(),
            fail_on_from: &report.fail_on_from,
            documents: report.documents.iter().map(CheckDocumentWire::from_document).collect(),
            acknowledgements: report.accepted.iter().map(AcceptedWire::from_accepted).collect(),
            stale: report.stale.iter().map(StaleWire::from_stale).collect(),
            edits: report.edits.iter().map(EditWire::from_edit).collect(),
            summary: TallyWire::from_tally(report.tally()),
            pages_read: PagesReadWire { from: report.pages_read.old, to: report.pages_read.new },
        }
    }
}

/// One page with changes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct CheckDocumentWire<'a> {
    path: &'a str,
    old_path: Option<&'a str>,
    status: StatusWire,
    title: &'a str,
    changes: Vec<JudgedWire<'a>>,
    /// Differences that exist only because this version of respdiff reads the accepted page better.
    re_read: Vec<ChangeWire<'a>>,
    /// All notices of `diff`, such as removed and added duties that may be one moved duty
    /// (`possible-move`), and duties that another page gives to another party (`disagrees`).
    /// `check` never fails because of them.
    notices: Vec<NoticeWire<'a>>,
    /// Where the parties can no longer be read in the new version.
    unread: Vec<NoticeWire<'a>>,
}

impl<'a> CheckDocumentWire<'a> {
    fn from_document(document: &'a CheckedDocument) -> Self {
        let reread: &[Change] = &document.reread;
        Self {
            path: &document.path,
            old_path: document.old_path.as_deref(),
            status: StatusWire::from_status(document.status),
            title: &document.title,
            changes: document.changes.iter().map(JudgedWire::from_judged).collect(),
            re_read: reread.iter().map(ChangeWire::from_change).collect(),
            notices: NoticeWire::from_notices(&document.notices),
            unread: NoticeWire::from_notices(&document.unread),
        }
    }
}

/// A change with its verdict.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JudgedChange")]
struct JudgedWire<'a> {
    #[serde(flatten)]
    change: ChangeWire<'a>,
    #[schemars(extend("enum" = ["fails", "passes", "acknowledged", "off"]))]
    verdict: &'static str,
    acknowledged: Option<AckWire<'a>>,
}

impl<'a> JudgedWire<'a> {
    fn from_judged(judged: &'a Judged) -> Self {
        Self {
            change: ChangeWire::from_change(&judged.change),
            verdict: judged.verdict.name(),
            acknowledged: judged.ack.as_ref().map(AckWire::from_ack),
        }
    }
}

/// Who accepts a change, and why.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Acknowledgement")]
struct AckWire<'a> {
    id: &'a str,
    by: &'a str,
    reason: &'a str,
    /// The last day on which the acknowledgement counts.
    until: Option<String>,
}

impl<'a> AckWire<'a> {
    fn from_ack(ack: &'a Acknowledged) -> Self {
        let Acknowledged { id, by, reason, until } = ack;
        Self { id, by, reason, until: until.map(|day| day.to_string()) }
    }
}

/// An acknowledgement that counts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Accepted")]
struct AcceptedWire<'a> {
    #[serde(flatten)]
    ack: AckWire<'a>,
    path: &'a str,
    /// Whether the acknowledgement is new in the checked version.
    is_new: bool,
    /// Whether the description in the file does not match the change.
    tells_otherwise: bool,
}

impl<'a> AcceptedWire<'a> {
    fn from_accepted(accepted: &'a Accepted) -> Self {
        Self {
            ack: AckWire::from_ack(&accepted.ack),
            path: &accepted.path,
            is_new: accepted.is_new,
            tells_otherwise: accepted.tells_otherwise,
        }
    }
}

/// An acknowledgement without effect.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Stale")]
struct StaleWire<'a> {
    #[serde(flatten)]
    ack: AckWire<'a>,
    #[schemars(extend("enum" = ["gone", "expired", "not-merged"]))]
    why: &'static str,
}

impl<'a> StaleWire<'a> {
    fn from_stale(stale: &'a StaleAck) -> Self {
        Self { ack: AckWire::from_ack(&stale.ack), why: stale.why.name() }
    }
}

/// A difference in policy or acknowledgements between the two versions.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct EditWire<'a> {
    file: &'a str,
    what: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    effect: &'static str,
}

impl<'a> EditWire<'a> {
    fn from_edit(edit: &'a Edit) -> Self {
        Self {
            file: &edit.file,
            what: &edit.what,
            old: edit.value.old.as_deref(),
            new: edit.value.new.as_deref(),
            effect: edit.effect,
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Tally")]
struct TallyWire {
    fails: usize,
    passes: usize,
    acknowledged: usize,
    off: usize,
    re_read: usize,
}

impl TallyWire {
    const fn from_tally(tally: VerdictCounts) -> Self {
        let VerdictCounts { fails, passes, acknowledged, off, reread } = tally;
        Self { fails, passes, acknowledged, off, re_read: reread }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PagesRead")]
struct PagesReadWire {
    from: usize,
    to: usize,
}
