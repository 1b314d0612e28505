//! `respdiff.blame/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::common::{IncludedWire, StampWire};
use crate::report::{BlamedDuty, BlamedPage, Brought, DutyEvent};

/// Who has each duty, since when, and what happened to it before.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.blame/1")]
pub(super) struct BlameWire<'a> {
    #[schemars(extend("const" = "respdiff.blame/1"))]
    schema: &'static str,
    documents: Vec<BlameDocumentWire<'a>>,
}

impl<'a> BlameWire<'a> {
    pub(super) fn from_pages(pages: &'a [BlamedPage]) -> Self {
        Self {
            schema: "respdiff.blame/1",
            documents: pages.iter().map(BlameDocumentWire::from_page).collect(),
        }
    }
}

/// One page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct BlameDocumentWire<'a> {
    path: &'a str,
    title: &'a str,
    duties: Vec<BlamedDutyWire<'a>>,
    subcollection: Option<&'a str>,
    stamp: StampWire<'a>,
}

impl<'a> BlameDocumentWire<'a> {
    fn from_page(page: &'a BlamedPage) -> Self {
        Self {
            path: &page.path,
            title: &page.title,
            duties: page.duties.iter().map(BlamedDutyWire::from_duty).collect(),
            subcollection: page.subcollection.as_deref(),
            stamp: StampWire::from_stamp(&page.stamp),
        }
    }
}

/// One duty with its history.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Duty")]
struct BlamedDutyWire<'a> {
    /// The id of the duty. It stays the same when the duty is reworded or moved, or its task or
    /// file is renamed.
    id: &'a str,
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: String,
    section: &'a [String],
    area: &'a str,
    task: &'a str,
    text: &'a str,
    /// The line in the file, from 1.
    line: usize,
    /// The commit that gave the duty to its party.
    since: BroughtWire<'a>,
    /// What happened to the duty, newest first. The last event is its addition.
    history: Vec<EventWire<'a>>,
    /// `true` if the text only points elsewhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reference: bool,
    /// The controls that the policy maps the place to; omitted if there are none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    controls: &'a [String],
    /// The line in an included file, if the duty is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    included: Option<IncludedWire<'a>>,
}

impl<'a> BlamedDutyWire<'a> {
    fn from_duty(duty: &'a BlamedDuty) -> Self {
        let place = &duty.place;
        Self {
            id: &duty.id,
            party: duty.party.to_string(),
            section: &place.section,
            area: &place.area,
            task: &place.task,
            text: &place.text,
            line: place.line,
            since: BroughtWire::from_brought(&duty.since),
            history: duty.history.iter().map(EventWire::from_event).collect(),
            reference: duty.reference,
            controls: &duty.controls,
            included: IncludedWire::from_line(place.included.as_ref()),
        }
    }
}

/// A commit and the edition that it belongs to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Since")]
struct BroughtWire<'a> {
    /// The commit; null if it is not committed.
    commit: Option<&'a str>,
    /// The time, in RFC 3339; null if it is not committed.
    time: Option<String>,
    last_updated: Option<String>,
    /// If the commit is a merge: the commit in the merged branch that made the change.
    author_commit: Option<&'a str>,
}

impl<'a> BroughtWire<'a> {
    fn from_brought(brought: &'a Brought) -> Self {
        Self {
            commit: brought.commit.as_ref().map(|(commit, _)| commit.as_str()),
            time: brought.commit.as_ref().map(|(_, time)| time.to_rfc3339()),
            last_updated: brought.last_updated.map(|date| date.to_string()),
            author_commit: brought.author_commit.as_deref(),
        }
    }
}

/// Something that happened to a duty.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Event")]
struct EventWire<'a> {
    #[schemars(extend("enum" = ["added", "moved", "reworded", "relocated"]))]
    kind: &'static str,
    /// The party before; null if the duty was added.
    from: Option<String>,
    /// The party since then.
    to: Option<String>,
    #[serde(flatten)]
    brought: BroughtWire<'a>,
    /// The text of the duty since then.
    text: Option<&'a str>,
}

impl<'a> EventWire<'a> {
    fn from_event(event: &'a DutyEvent) -> Self {
        Self {
            kind: event.kind.name(),
            from: event.party.old.as_ref().map(ToString::to_string),
            to: event.party.new.as_ref().map(ToString::to_string),
            brought: BroughtWire::from_brought(&event.brought),
            text: event.text.new.as_deref(),
        }
    }
}
