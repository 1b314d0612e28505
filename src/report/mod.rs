//! Puts changes, versions and notices in their final order. Renderers see nothing else.

mod alert;
mod arrived;
mod assemble;
mod blamed;
mod checked;
pub mod control_chars;
mod dossier;
mod edition_wire;
mod end;
mod explained;
pub mod feed;
mod figures;
mod findings;
mod links;
mod loads;
mod log;
pub mod marks;
mod noted_pages;
mod notes;
mod other_page;
mod published;
mod read_counts;
mod rows;
pub mod schemas;
mod select;
mod sheet;
mod side_by_side;
mod stats;
mod summary;
mod tags;

pub(crate) use alert::event_time_text;
pub use alert::{Alert, AlertContent, AlertLinks, EditionTold, Rewritten, TargetQueue};
pub(crate) use assemble::is_reported;
pub use assemble::{Compared, assemble_report};
pub use blamed::{BlamedDuty, BlamedPage, Brought, DutyEvent};
pub use checked::{
    Accepted, Acknowledged, CheckReport, CheckedDocument, Edit, Judged, Stale, StaleAck, Verdict,
    VerdictCounts,
};
pub use dossier::{Dossier, DossierScope, WholePage, pages_read};
pub use edition_wire::EditionLine;
pub use end::End;
pub(crate) use end::{end_name, lasting_name};
pub use explained::{
    CountedWord, ExplainedCandidate, ExplainedChange, FoundBy, PairContext, Weighed, Weighing,
    WordsThatCount, explain_changes,
};
pub use findings::{Finding, LintReport, LintedPage, OtherPlace};
pub(crate) use links::percent_encoded;
pub use links::{LinkBase, PageLinks};
pub use loads::{PageLoads, PartyCount, duties_by_party};
pub use log::{
    AreaCount, CommitReport, DutySources, Edition, FirstVersion, Gone, LogReport, PageLog,
    UnreadTables,
};
pub use noted_pages::{NotesPage, PageTitles, RemovedPage};
pub use notes::{Notes, NotesBy, NotesEntry, NotesSection, Topic};
pub use other_page::{GivenDuty, OtherPage};
pub use read_counts::ReadCounts;
pub use rows::{DutyRow, OscalSource, duty_rows};
pub use select::{EditionTime, Selection};
pub use sheet::{Balance, DutyPair, HeldDuty, MatrixPair, RowPair, Sheet};
pub use side_by_side::{DutyBeside, PageBeside, RowBeside, TableBeside, side_by_side};
pub use stats::{Grouping, PageTotals, PartyEnds, Stats, StatsPoint, StatsReport, Track};
pub use summary::{BurdenCounts, CountsByHolder, Summary};

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;
use crate::model::{Change, Code, Document, Notice, Party, Side, Sides, Stamp};

/// What became of a document as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(with = "String", description = "", extend("enum" = ["modified", "added", "removed", "renamed"]))]
pub enum Status {
    /// At the same path on both sides.
    Modified,
    /// Only on the new side.
    Added,
    /// Only on the old side.
    Removed,
    /// At another path.
    Renamed,
}

/// One version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Version")]
pub struct DocumentVersion {
    /// Its commit; none for the working tree, the index and files.
    pub commit: Option<String>,
    /// What the page says of itself.
    #[serde(flatten)]
    pub stamp: Stamp,
}

/// One document with changes or notices.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub struct DocumentReport {
    /// Its path on the new side (the old one for a removed document).
    pub path: String,
    /// Its path on the old side where it differs.
    pub old_path: Option<String>,
    /// Its fate.
    pub status: Status,
    /// Its title (the new side's, if there is one).
    pub title: String,
    /// Its subcollection.
    pub subcollection: Option<String>,
    /// The version on each side; none where it was not there.
    #[serde(flatten)]
    pub version: Sides<Option<DocumentVersion>>,
    /// Its changes in final order.
    pub changes: Vec<Change>,
    /// Its notices: those of both pages and of the comparison.
    pub notices: Vec<Notice>,
    /// Of these, where duties stand whose parties can be read on the other side only.
    #[serde(skip)]
    pub unread: Vec<Notice>,
    /// Whether the file of a removed page is still there, but assigns nothing any more.
    #[serde(skip)]
    pub file_stays: bool,
    /// Whether the new side has tables or lists whose parties can be read.
    #[serde(skip)]
    pub reads_rest: bool,
    /// How many of its changes the policy leaves out (`level: off`).
    #[serde(rename = "ignored_by_policy", skip_serializing_if = "published::is_zero")]
    pub ignored: usize,
}

impl DocumentReport {
    /// A page that is the same on both sides; `commit` is the id of both.
    #[must_use]
    pub fn unchanged(path: String, page: &Document, commit: Option<String>) -> Self {
        let version = DocumentVersion { commit, stamp: page.stamp.clone() };
        Self {
            path,
            old_path: None,
            status: Status::Modified,
            title: page.title.clone(),
            subcollection: page.subcollection.clone(),
            version: Sides::new(Some(version.clone()), Some(version)),
            changes: Vec::new(),
            notices: Vec::new(),
            unread: Vec::new(),
            file_stays: false,
            reads_rest: page.is_responsibility_page(),
            ignored: 0,
        }
    }

    /// Why what is said of the changes may be wrong: new in the new version is a duty without an owner,
    /// or what respdiff may have misread.
    pub fn doubts(&self) -> impl Iterator<Item = &Notice> {
        let is_doubt = |code: Code| code == Code::Orphan || code.leaves_doubt();
        Notice::more_on_new_side(&self.notices, is_doubt)
    }

    /// Where the new side's parties can no longer be read.
    pub fn lost_notices(&self) -> impl Iterator<Item = &Notice> {
        self.unread.iter().filter(|notice| notice.side == Some(Side::New))
    }
}

/// A whole comparison.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Report {
    /// The two ends.
    pub ends: Sides<End>,
    /// The documents that differ in meaning or have something to notice, by path.
    pub documents: Vec<DocumentReport>,
    /// How many duties each party has in these documents.
    pub loads: Vec<PageLoads>,
    /// The documents in which nothing changed but that duties of theirs are in other ones now,
    /// where the change is reported.
    pub givers: Vec<DocumentReport>,
    /// Responsibility pages read at each end among the files that differ.
    pub pages_read: Sides<usize>,
    /// What concerns the comparison as a whole (one sentence each).
    pub notices: Vec<Notice>,
    /// How many changes the policy leaves out (`level: off`), of all pages.
    pub ignored: usize,
    /// Whether only some kinds of changes were asked for.
    pub for_changes: bool,
    /// Whether changes were chosen by kind or area, while the duties that are counted were not.
    pub counts_whole_pages: bool,
    /// Whether neither end has a responsibility page, where that was found out.
    pub has_no_page: bool,
    /// Whether only some paths were asked for.
    pub for_paths: bool,
}

impl Report {
    /// How many duties each party has in one of its documents, as far as they were asked for.
    #[must_use]
    pub fn loads_of(&self, document: &DocumentReport) -> &[(Party, Sides<usize>)] {
        let is_it = |loads: &&PageLoads| {
            (&loads.path, &loads.old_path) == (&document.path, &document.old_path)
        };
        self.loads.iter().find(is_it).map_or(&[], |loads| &loads.duties)
    }
}

/// One page as it stands, for `show`.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownPage {
    /// Its path.
    pub path: String,
    /// Its content.
    pub document: Document,
    /// The user's own controls that the policy maps each duty to, by the duty's position; empty
    /// where the policy maps none.
    pub controls: Vec<Vec<String>>,
}

impl ShownPage {
    /// A page whose duties belong to no controls.
    #[must_use]
    pub const fn new(path: String, document: Document) -> Self {
        Self { path, document, controls: Vec::new() }
    }
}

/// What several repositories gave, each as it was named, in the order in which they were asked.
pub type Several<'a, T> = Vec<(&'a str, Result<&'a T, &'a Error>)>;
