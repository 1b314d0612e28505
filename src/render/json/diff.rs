//! `respdiff.diff/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Change, Introduced, Place};
use crate::report::{DocumentReport, DocumentVersion, End, Report, Status, Summary};

use super::common::{IncludedWire, NoticeWire, StampWire, is_false};

/// A comparison of the responsibility pages of two versions.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.diff/1")]
pub(super) struct DiffWire<'a> {
    #[schemars(extend("const" = "respdiff.diff/1"))]
    schema: &'static str,
    from: EndWire<'a>,
    to: EndWire<'a>,
    documents: Vec<DocumentWire<'a>>,
    summary: SummaryWire,
    /// Notices about the comparison as a whole.
    notices: Vec<NoticeWire<'a>>,
    /// How many of the files that differ are responsibility pages, in each version.
    pages_read: PagesWire,
}

impl<'a> DiffWire<'a> {
    pub(super) fn from_report(report: &'a Report) -> Self {
        Self {
            schema: "respdiff.diff/1",
            from: EndWire::from_end(&report.ends.old),
            to: EndWire::from_end(&report.ends.new),
            documents: report.documents.iter().map(DocumentWire::from_document).collect(),
            summary: SummaryWire::from_summary(&report.summary()),
            notices: NoticeWire::from_notices(&report.notices),
            pages_read: PagesWire { from: report.pages_read.old, to: report.pages_read.new },
        }
    }
}

/// One end of the comparison.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "End")]
#[serde(untagged)]
pub(super) enum EndWire<'a> {
    /// A revision as it was named, and its commit; both are null for the working tree, the index
    /// and the empty tree.
    Revision {
        rev: Option<&'a str>,
        commit: Option<&'a str>,
        /// `true` for the working tree.
        #[serde(skip_serializing_if = "is_false")]
        working_tree: bool,
        /// `true` for the index.
        #[serde(skip_serializing_if = "is_false")]
        index: bool,
        /// `true` for the empty tree, before a first commit.
        #[serde(skip_serializing_if = "is_false")]
        empty_tree: bool,
    },
    /// A file outside any repository.
    File { path: &'a str },
}

impl<'a> EndWire<'a> {
    pub(super) fn from_end(end: &'a End) -> Self {
        let named = match end {
            End::Commit { rev, commit } => Some((rev.as_str(), commit.as_str())),
            End::WorkingTree | End::Index | End::Empty => None,
            End::File { path } => return Self::File { path },
        };
        Self::Revision {
            rev: named.map(|(rev, _)| rev),
            commit: named.map(|(_, commit)| commit),
            working_tree: *end == End::WorkingTree,
            index: *end == End::Index,
            empty_tree: *end == End::Empty,
        }
    }
}

/// One document with changes or notices.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub(super) struct DocumentWire<'a> {
    path: &'a str,
    old_path: Option<&'a str>,
    status: StatusWire,
    title: &'a str,
    subcollection: Option<&'a str>,
    from: Option<VersionWire<'a>>,
    to: Option<VersionWire<'a>>,
    changes: Vec<ChangeWire<'a>>,
    notices: Vec<NoticeWire<'a>>,
}

impl<'a> DocumentWire<'a> {
    pub(super) fn from_document(document: &'a DocumentReport) -> Self {
        Self {
            path: &document.path,
            old_path: document.old_path.as_deref(),
            status: StatusWire::from_status(document.status),
            title: &document.title,
            subcollection: document.subcollection.as_deref(),
            from: document.version.old.as_ref().map(VersionWire::from_version),
            to: document.version.new.as_ref().map(VersionWire::from_version),
            changes: document.changes.iter().map(ChangeWire::from_change).collect(),
            notices: NoticeWire::from_notices(&document.notices),
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Status")]
#[serde(rename_all = "lowercase")]
pub(super) enum StatusWire {
    Modified,
    Added,
    Removed,
    Renamed,
}

impl StatusWire {
    pub(super) const fn from_status(status: Status) -> Self {
        match status {
            Status::Modified => Self::Modified,
            Status::Added => Self::Added,
            Status::Removed => Self::Removed,
            Status::Renamed => Self::Renamed,
        }
    }
}

/// One version of a document.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Version")]
struct VersionWire<'a> {
    commit: Option<&'a str>,
    #[serde(flatten)]
    stamp: StampWire<'a>,
}

impl<'a> VersionWire<'a> {
    fn from_version(version: &'a DocumentVersion) -> Self {
        Self { commit: version.commit.as_deref(), stamp: StampWire::from_stamp(&version.stamp) }
    }
}

/// One change of a duty.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Change")]
pub(in crate::render) struct ChangeWire<'a> {
    /// The id of the change. It stays the same when lines shift, other rows change or the file is
    /// renamed.
    id: &'a str,
    #[schemars(extend("enum" = ["moved", "added", "removed", "reworded", "relocated"]))]
    kind: &'static str,
    /// The party before: `ibm`, `customer`, `shared` or `other:<name>`; null for an added duty.
    from: Option<String>,
    /// The party now: `ibm`, `customer`, `shared` or `other:<name>`; null for a removed duty.
    to: Option<String>,
    #[schemars(extend("enum" = ["boundary", "scope", "wording"]))]
    level: &'static str,
    /// The party that the change shifts work to.
    #[schemars(extend("enum" = ["customer", "ibm", "none"]))]
    burden: &'static str,
    /// How much of both texts is the same words in the same order, from 0 to 1; null if one side is
    /// absent.
    similarity: Option<f64>,
    old: Option<PlaceWire<'a>>,
    new: Option<PlaceWire<'a>>,
    introduced: Option<IntroducedWire<'a>>,
    /// For an added duty that was reworded later: the commit that gave it its present words.
    #[serde(skip_serializing_if = "Option::is_none")]
    worded: Option<IntroducedWire<'a>>,
    /// For an added duty that went to another party later: the commit that gave it to the party that
    /// has it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned: Option<IntroducedWire<'a>>,
    /// Which important words differ: `strength` (must, should), `negation`, `quantity`.
    emphasis: Vec<&'static str>,
    /// `true` if the text only points elsewhere ("See ..."), which assigns no work.
    #[serde(skip_serializing_if = "is_false")]
    reference: bool,
    /// The controls that the policy maps the duty's places to; omitted if there are none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    controls: &'a [String],
    /// The name that the policy gives the party `ibm`; omitted for IBM.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'a str>,
}

impl<'a> ChangeWire<'a> {
    pub(in crate::render) fn from_change(change: &'a Change) -> Self {
        Self {
            id: &change.id,
            kind: change.kind.name(),
            from: change.party.old.as_ref().map(ToString::to_string),
            to: change.party.new.as_ref().map(ToString::to_string),
            level: change.level.name(),
            burden: change.burden.name(),
            similarity: change.similarity.map(two_decimals),
            old: change.place.old.as_ref().map(PlaceWire::from_place),
            new: change.place.new.as_ref().map(PlaceWire::from_place),
            introduced: change.introduced.as_ref().map(IntroducedWire::from_introduced),
            worded: change.worded.as_ref().map(IntroducedWire::from_introduced),
            assigned: change.assigned.as_ref().map(IntroducedWire::from_introduced),
            emphasis: change.emphasis.iter().map(|emphasis| emphasis.name()).collect(),
            reference: change.reference,
            controls: &change.controls,
            provider: change.provider.as_deref(),
        }
    }
}

fn two_decimals(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A duty in one of the two versions.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Duty")]
struct PlaceWire<'a> {
    section: &'a [String],
    area: &'a str,
    task: &'a str,
    text: &'a str,
    line: usize,
    /// The path of the document, if it differs from the document of the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// The line in an included file, if the duty is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    included: Option<IncludedWire<'a>>,
}

impl<'a> PlaceWire<'a> {
    fn from_place(place: &'a Place) -> Self {
        Self {
            section: &place.section,
            area: &place.area,
            task: &place.task,
            text: &place.text,
            line: place.line,
            path: place.path.as_deref(),
            included: IncludedWire::from_line(place.included.as_ref()),
        }
    }
}

/// The first commit with the change, along first parents.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Introduced")]
struct IntroducedWire<'a> {
    commit: &'a str,
    /// The time, in RFC 3339.
    time: String,
    last_updated: Option<String>,
    /// If the commit is a merge: the commit in the merged branch that made the change.
    author_commit: Option<&'a str>,
}

impl<'a> IntroducedWire<'a> {
    fn from_introduced(introduced: &'a Introduced) -> Self {
        Self {
            commit: &introduced.commit,
            time: introduced.time.to_rfc3339(),
            last_updated: introduced.last_updated.map(|date| date.to_string()),
            author_commit: introduced.author_commit.as_deref(),
        }
    }
}

/// How many changes there are of each kind. Except in `respdiff.stats/1`, they include changes of
/// references, which assign no duty: subtract `references` to count duties.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Summary")]
pub(super) struct SummaryWire {
    moved: usize,
    added: usize,
    removed: usize,
    reworded: usize,
    relocated: usize,
    burden: BurdenWire,
    /// How many of these changes are of references. References never move.
    references: ReferenceCountsWire,
}

/// How many references changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReferenceCounts")]
pub(super) struct ReferenceCountsWire {
    added: usize,
    removed: usize,
    reworded: usize,
    relocated: usize,
}

/// How many changes shift work to each party.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Burden")]
pub(super) struct BurdenWire {
    customer: usize,
    ibm: usize,
}

impl BurdenWire {
    pub(super) const fn from_summary(summary: &Summary) -> Self {
        Self { customer: summary.burden_customer, ibm: summary.burden_ibm }
    }
}

impl SummaryWire {
    pub(super) const fn from_summary(summary: &Summary) -> Self {
        Self {
            moved: summary.moved,
            added: summary.added,
            removed: summary.removed,
            reworded: summary.reworded,
            relocated: summary.relocated,
            burden: BurdenWire::from_summary(summary),
            references: ReferenceCountsWire {
                added: summary.references.added,
                removed: summary.references.removed,
                reworded: summary.references.reworded,
                relocated: summary.references.relocated,
            },
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PagesRead")]
struct PagesWire {
    from: usize,
    to: usize,
}
