//! One duty per row, with all that a spreadsheet or a database joins it by.

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::published::maybe_rfc3339;
use super::schemas::with_its_name;
use super::{BlamedDuty, BlamedPage};
use crate::model::{Kind, Party};

/// One duty of a responsibility page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "schema", rename = "respdiff.duty/1")]
#[schemars(title = "respdiff.duty/1", transform = with_its_name)]
pub struct DutyRow<'a> {
    /// The repository as it was named; empty if there is only one.
    pub repository: &'a str,
    /// The path of the page.
    pub document: &'a str,
    /// Its page's title.
    pub title: &'a str,
    /// Its page's subcollection.
    pub subcollection: Option<&'a str>,
    /// `lastupdated` of the page with its letter; null if it is missing or unreadable.
    pub edition: Option<String>,
    /// Its headings, outermost first.
    pub section: &'a [String],
    /// Its nearest heading (an owner grid's column heading).
    pub area: &'a str,
    /// Its row's label.
    pub task: &'a str,
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    pub party: &'a Party,
    /// Its text.
    pub text: &'a str,
    /// Whether the text only points elsewhere.
    pub reference: bool,
    /// The line in the file, from 1.
    pub line: usize,
    /// The id of the duty. It stays the same when the duty is reworded or moved, or its task or
    /// file is renamed. Empty for a file outside a repository.
    pub duty_id: &'a str,
    /// The commit that gave the duty to its party; null if it is not committed.
    pub since_commit: Option<&'a str>,
    /// The time, in RFC 3339.
    #[serde(serialize_with = "maybe_rfc3339")]
    #[schemars(with = "Option<String>")]
    pub since_time: Option<DateTime<FixedOffset>>,
    /// Its edition since that commit.
    pub since_edition: Option<NaiveDate>,
    /// What happened to the duty last: `added`, `moved`, `reworded` or `relocated`.
    pub last_change: Option<Kind>,
    /// Its last change's commit.
    pub last_change_commit: Option<&'a str>,
    /// Its last change's edition.
    pub last_change_edition: Option<NaiveDate>,
    /// The controls that the policy maps the place to.
    pub controls: &'a [String],
    /// Its last change's time, in RFC 3339.
    #[serde(serialize_with = "maybe_rfc3339")]
    #[schemars(with = "Option<String>")]
    pub last_change_time: Option<DateTime<FixedOffset>>,
}

/// The duties of all pages, in their order.
pub fn duty_rows<'a>(
    repository: &'a str,
    pages: &'a [BlamedPage],
) -> impl Iterator<Item = DutyRow<'a>> {
    pages.iter().flat_map(move |page| {
        page.duties.iter().map(move |duty| DutyRow::of_duty(repository, page, duty))
    })
}

impl<'a> DutyRow<'a> {
    fn of_duty(repository: &'a str, page: &'a BlamedPage, duty: &'a BlamedDuty) -> Self {
        let (place, since, last) = (&duty.place, &duty.since, duty.history.first());
        Self {
            repository,
            document: &page.path,
            title: &page.title,
            subcollection: page.subcollection.as_deref(),
            edition: page.stamp.written_date(),
            section: &place.section,
            area: &place.area,
            task: &place.task,
            party: &duty.party,
            text: &place.text,
            reference: duty.reference,
            line: place.line,
            duty_id: &duty.id,
            since_commit: since.commit.as_deref(),
            since_time: since.time,
            since_edition: since.last_updated,
            last_change: last.map(|event| event.kind),
            last_change_commit: last.and_then(|event| event.brought.commit.as_deref()),
            last_change_edition: last.and_then(|event| event.brought.last_updated),
            controls: &duty.controls,
            last_change_time: last.and_then(|event| event.brought.time),
        }
    }
}

/// What a set of OSCAL documents is made from.
#[derive(Clone, Debug)]
pub struct OscalSource {
    /// What its documents are called: a token.
    pub name: String,
    /// The commit, or what stands in for one.
    pub version: String,
    /// The pages, by path; never none.
    pub pages: Vec<BlamedPage>,
}
