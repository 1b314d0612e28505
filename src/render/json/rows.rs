//! `respdiff.duty/1`: one duty per line, as flat as a table.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{DutyRow, Happened};

/// One duty of a responsibility page.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.duty/1")]
pub(super) struct DutyRowWire<'a> {
    #[schemars(extend("const" = "respdiff.duty/1"))]
    schema: &'static str,
    /// The repository as it was named; empty if there is only one.
    repository: &'a str,
    /// The path of the page.
    document: &'a str,
    title: &'a str,
    subcollection: Option<&'a str>,
    /// `lastupdated` of the page with its letter; null if it is missing or unreadable.
    edition: Option<String>,
    section: &'a [String],
    area: &'a str,
    task: &'a str,
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: String,
    text: &'a str,
    /// Whether the text only points elsewhere.
    reference: bool,
    /// The line in the file, from 1.
    line: usize,
    /// The id of the duty. It stays the same when the duty is reworded or moved, or its task or
    /// file is renamed. Empty for a file outside a repository.
    duty_id: &'a str,
    /// The commit that gave the duty to its party; null if it is not committed.
    since_commit: Option<String>,
    /// The time, in RFC 3339.
    since_time: Option<String>,
    since_edition: Option<String>,
    /// What happened to the duty last: `added`, `moved`, `reworded` or `relocated`.
    last_change: Option<&'static str>,
    last_change_commit: Option<String>,
    last_change_edition: Option<String>,
    /// The controls that the policy maps the place to.
    controls: &'a [String],
}

impl<'a> DutyRowWire<'a> {
    pub(super) fn from_row(row: &DutyRow<'a>) -> Self {
        let (page, duty, place) = (row.page, row.duty, &row.duty.place);
        let since = row.since();
        let last = row.last_change();
        let happened = last.map(|event| Happened::from_brought(&event.brought)).unwrap_or_default();
        Self {
            schema: "respdiff.duty/1",
            repository: row.repository,
            document: &page.path,
            title: &page.title,
            subcollection: page.subcollection.as_deref(),
            edition: row.edition(),
            section: &place.section,
            area: &place.area,
            task: &place.task,
            party: duty.party.to_string(),
            text: &place.text,
            reference: duty.reference,
            line: place.line,
            duty_id: &duty.id,
            since_commit: since.commit,
            since_time: since.time,
            since_edition: since.edition,
            last_change: last.map(|event| event.kind.name()),
            last_change_commit: happened.commit,
            last_change_edition: happened.edition,
            controls: &duty.controls,
        }
    }
}
