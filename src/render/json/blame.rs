//! `respdiff.blame/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::common::{IncludedWire, StampWire};
use crate::report::{BlamedDuty, BlamedPage, Brought, DutyEvent};

/// Who holds each duty of responsibility pages since when, and its line of descent.
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

/// One duty as it stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Duty")]
struct BlamedDutyWire<'a> {
    /// Stays for life, through rewording, moves and renames.
    id: &'a str,
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: String,
    section: &'a [String],
    area: &'a str,
    task: &'a str,
    text: &'a str,
    /// Line of the file, from 1.
    line: usize,
    /// The commit that gave it to this party.
    since: BroughtWire<'a>,
    /// What happened to it, newest first; the last is that it was added.
    history: Vec<EventWire<'a>>,
    /// `true` where it only points elsewhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reference: bool,
    /// The controls that the policy maps its place to; left out where there is none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    controls: &'a [String],
    /// Where it is written, if that is in a file that the page includes.
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

/// A commit and the edition that it made.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Since")]
struct BroughtWire<'a> {
    /// Null where it is not committed.
    commit: Option<&'a str>,
    /// RFC 3339; null where it is not committed.
    time: Option<String>,
    last_updated: Option<String>,
    /// Where the commit is a merge, the commit inside it that wrote it.
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
    /// Who had it; null where it was added.
    from: Option<String>,
    /// Who got or kept it.
    to: Option<String>,
    #[serde(flatten)]
    brought: BroughtWire<'a>,
    /// What it says since then.
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
