//! `respdiff.log/1`, whole or an edition a line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{CommitReport, Edition, Gone, LogReport, PageLog};

use super::common::{NoticeWire, PartyCountWire, StampWire};
use super::diff::{BurdenWire, ChangeWire};

/// The life of responsibility pages, newest edition first.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.log/1")]
pub(super) struct LogWire<'a> {
    #[schemars(extend("const" = "respdiff.log/1"))]
    schema: &'static str,
    documents: Vec<DocumentWire<'a>>,
    /// How many commits of the mainline were walked.
    commits_walked: usize,
}

impl<'a> LogWire<'a> {
    pub(super) fn of(report: &'a LogReport) -> Self {
        Self {
            schema: "respdiff.log/1",
            documents: report.pages.iter().map(DocumentWire::of).collect(),
            commits_walked: report.commits,
        }
    }
}

/// One page with its editions.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct DocumentWire<'a> {
    /// Its newest path.
    path: &'a str,
    title: &'a str,
    editions: Vec<EditionWire<'a>>,
}

impl<'a> DocumentWire<'a> {
    fn of(page: &'a PageLog) -> Self {
        let editions = page.editions.iter().map(EditionWire::of).collect();
        Self { path: &page.path, title: &page.title, editions }
    }
}

/// What readers saw under one stamp.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edition")]
struct EditionWire<'a> {
    #[serde(flatten)]
    stamp: StampWire<'a>,
    /// The commits that gave the page its versions, newest first.
    commits: Vec<CommitWire<'a>>,
    /// What changed against the edition before; empty for the first.
    changes: Vec<ChangeWire<'a>>,
    /// Of the first edition: the changes of duties that came from another page or went to one
    /// (the side in the other page has a `path`).
    between_pages: Vec<ChangeWire<'a>>,
    notices: Vec<NoticeWire<'a>>,
    /// Where the page was then.
    path: &'a str,
    title: &'a str,
    /// The commit that took the page away after this edition.
    removed: Option<CommitWire<'a>>,
    /// The commit since which the page is there, but its parties cannot be read.
    unread: Option<UnreadWire<'a>>,
    /// How many duties each party has (`ibm`, `customer`, `shared`, `other:<name>`).
    duties: BTreeMap<String, usize>,
    /// The same as rows.
    duty_counts: Vec<PartyCountWire>,
    /// By how many of the changes whose load grew.
    burden: BurdenWire,
}

impl<'a> EditionWire<'a> {
    fn of(edition: &'a Edition) -> Self {
        let summary = edition.summary();
        let told = &edition.told;
        let gone = edition.gone.as_ref();
        Self {
            stamp: StampWire::of_version(told.version.new.as_ref()),
            commits: edition.commits.iter().map(CommitWire::of).collect(),
            changes: told.changes.iter().map(ChangeWire::of).collect(),
            between_pages: edition.between_pages.iter().map(ChangeWire::of).collect(),
            notices: NoticeWire::all(&told.notices),
            path: &told.path,
            title: &told.title,
            removed: gone.filter(|gone| gone.unread.is_empty()).map(|g| CommitWire::of(&g.commit)),
            unread: gone.filter(|gone| !gone.unread.is_empty()).map(UnreadWire::of),
            duties: edition.duties.iter().map(|(party, n)| (party.to_string(), n.new)).collect(),
            duty_counts: edition
                .duties
                .iter()
                .map(|(party, n)| PartyCountWire::of(party, n.new))
                .collect(),
            burden: BurdenWire::of(&summary),
        }
    }
}

/// A version of a page that is there, but does not say who has which duty.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Unread")]
struct UnreadWire<'a> {
    #[serde(flatten)]
    commit: CommitWire<'a>,
    /// `lastupdated` of that version.
    last_updated: Option<String>,
    /// Where and why.
    notices: Vec<NoticeWire<'a>>,
}

impl<'a> UnreadWire<'a> {
    fn of(gone: &'a Gone) -> Self {
        let date = gone.stamp.as_ref().and_then(|stamp| stamp.last_updated);
        Self {
            commit: CommitWire::of(&gone.commit),
            last_updated: date.map(|date| date.to_string()),
            notices: NoticeWire::all(&gone.unread),
        }
    }
}

/// A commit of the mainline.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Commit")]
struct CommitWire<'a> {
    commit: &'a str,
    /// RFC 3339.
    time: String,
}

impl<'a> CommitWire<'a> {
    fn of(commit: &'a CommitReport) -> Self {
        Self { commit: &commit.commit, time: commit.time.to_rfc3339() }
    }
}

/// One edition with all that a line needs to stand alone.
#[derive(Serialize)]
pub(super) struct LineWire<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'a str>,
    document: &'a str,
    #[serde(flatten)]
    edition: EditionWire<'a>,
}

impl<'a> LineWire<'a> {
    pub(super) fn all(
        page: &'a PageLog,
        repository: Option<&'a str>,
    ) -> impl Iterator<Item = Self> {
        page.editions.iter().map(move |edition| Self {
            schema: "respdiff.log/1",
            repository,
            document: &page.path,
            edition: EditionWire::of(edition),
        })
    }
}
