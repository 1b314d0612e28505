//! `respdiff.log/1`, whole or an edition a line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{CommitReport, Edition, Gone, LogReport, PageLog};

use super::common::{NoticeWire, PartyCountWire, StampWire};
use super::diff::{BurdenWire, ChangeWire};

/// The history of responsibility pages, newest edition first.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.log/1")]
pub(super) struct LogWire<'a> {
    #[schemars(extend("const" = "respdiff.log/1"))]
    schema: &'static str,
    documents: Vec<LogDocumentWire<'a>>,
    /// How many commits were read, along first parents.
    commits_walked: usize,
}

impl<'a> LogWire<'a> {
    pub(super) fn from_report(report: &'a LogReport) -> Self {
        Self {
            schema: "respdiff.log/1",
            documents: report.pages.iter().map(LogDocumentWire::from_page).collect(),
            commits_walked: report.commits,
        }
    }
}

/// One page with its editions.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct LogDocumentWire<'a> {
    /// The newest path of the page.
    path: &'a str,
    title: &'a str,
    editions: Vec<EditionWire<'a>>,
}

impl<'a> LogDocumentWire<'a> {
    fn from_page(page: &'a PageLog) -> Self {
        let editions = page.editions.iter().map(EditionWire::from_edition).collect();
        Self { path: &page.path, title: &page.title, editions }
    }
}

/// One edition of a page: consecutive versions with the same date and copyright years.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edition")]
struct EditionWire<'a> {
    #[serde(flatten)]
    stamp: StampWire<'a>,
    /// The commits of the edition, newest first.
    commits: Vec<CommitWire<'a>>,
    /// The changes since the previous edition; empty for the first.
    changes: Vec<ChangeWire<'a>>,
    /// For the first edition: the changes of duties that came from another page or went to one (the
    /// side in the other page has a `path`).
    between_pages: Vec<ChangeWire<'a>>,
    /// For a first edition of several commits: what the later ones changed since its first version.
    since_first_version: Vec<ChangeWire<'a>>,
    /// For any other edition: the moves of duties that it added. `changes` has each as added to the
    /// party that has it now.
    moved_after_adding: Vec<ChangeWire<'a>>,
    notices: Vec<NoticeWire<'a>>,
    /// The path of the page at that time.
    path: &'a str,
    title: &'a str,
    /// The commit that removed the page after this edition.
    removed: Option<CommitWire<'a>>,
    /// How many duties went to other pages in that commit, by path.
    went_to: Option<&'a BTreeMap<String, usize>>,
    /// How many of the duties of the removed page another page has, too, by path.
    also_in: Option<BTreeMap<&'a str, usize>>,
    /// The commit since which the parties of the page cannot be read.
    unread: Option<UnreadWire<'a>>,
    /// How many duties each party has (`ibm`, `customer`, `shared`, `other:<name>`).
    duties: BTreeMap<String, usize>,
    /// The same, as rows.
    duty_counts: Vec<PartyCountWire>,
    /// How many changes shift work to each party.
    burden: BurdenWire,
}

impl<'a> EditionWire<'a> {
    fn from_edition(edition: &'a Edition) -> Self {
        let summary = edition.summary();
        let within = edition.changes_within.iter().map(ChangeWire::from_change);
        let is_first = edition.stamp_before().is_none();
        let (since_first_version, moved_after_adding) = within.partition(|_| is_first);
        let shown = &edition.report;
        let gone = edition.gone.as_ref();
        Self {
            stamp: StampWire::of_version(shown.version.new.as_ref()),
            commits: edition.commits.iter().map(CommitWire::from_commit).collect(),
            changes: shown.changes.iter().map(ChangeWire::from_change).collect(),
            between_pages: edition.between_pages.iter().map(ChangeWire::from_change).collect(),
            since_first_version,
            moved_after_adding,
            notices: NoticeWire::from_notices(&shown.notices),
            path: &shown.path,
            title: &shown.title,
            removed: gone
                .filter(|gone| gone.unread.is_empty())
                .map(|g| CommitWire::from_commit(&g.commit)),
            went_to: gone.map(|gone| &gone.went_to),
            also_in: edition
                .also_in()
                .map(|page| BTreeMap::from([(page.path.as_str(), page.duties)])),
            unread: gone.filter(|gone| !gone.unread.is_empty()).map(UnreadWire::from_gone),
            duties: edition.duties.iter().map(|(party, n)| (party.to_string(), n.new)).collect(),
            duty_counts: edition
                .duties
                .iter()
                .map(|(party, n)| PartyCountWire::of_party(party, n.new))
                .collect(),
            burden: BurdenWire::from_summary(&summary),
        }
    }
}

/// A version of a page whose parties cannot be read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Unread")]
struct UnreadWire<'a> {
    #[serde(flatten)]
    commit: CommitWire<'a>,
    /// `lastupdated` of that version.
    last_updated: Option<String>,
    /// Where and why the parties cannot be read.
    notices: Vec<NoticeWire<'a>>,
}

impl<'a> UnreadWire<'a> {
    fn from_gone(gone: &'a Gone) -> Self {
        let date = gone.stamp.as_ref().and_then(|stamp| stamp.last_updated);
        Self {
            commit: CommitWire::from_commit(&gone.commit),
            last_updated: date.map(|date| date.to_string()),
            notices: NoticeWire::from_notices(&gone.unread),
        }
    }
}

/// A commit along first parents.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Commit")]
struct CommitWire<'a> {
    commit: &'a str,
    /// The time, in RFC 3339.
    time: String,
}

impl<'a> CommitWire<'a> {
    fn from_commit(commit: &'a CommitReport) -> Self {
        Self { commit: &commit.commit, time: commit.time.to_rfc3339() }
    }
}

/// One edition with all that a line needs to stand alone.
#[derive(Serialize)]
pub(super) struct EditionLineWire<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a str>,
    document: &'a str,
    #[serde(flatten)]
    edition: EditionWire<'a>,
}

impl<'a> EditionLineWire<'a> {
    pub(super) fn of_page(
        page: &'a PageLog,
        repository: Option<&'a str>,
    ) -> impl Iterator<Item = Self> {
        page.editions.iter().map(move |edition| Self {
            schema: "respdiff.log/1",
            repository,
            document: &page.path,
            edition: EditionWire::from_edition(edition),
        })
    }
}
