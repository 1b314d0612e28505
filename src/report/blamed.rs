//! Who holds each duty since when, and how it came to be what it is: all that `blame` shows.

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::model::{Document, Duty, IncludedLine, Kind, Matrix, Party, Place, Row, Sides, Stamp};

use super::ShownPage;
use super::published::{maybe_rfc3339, published};

/// One page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub struct BlamedPage {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its duties, in their order.
    pub duties: Vec<BlamedDuty>,
    /// Its subcollection.
    pub subcollection: Option<String>,
    /// Its date and years.
    pub stamp: Stamp,
}

impl BlamedPage {
    /// A page outside a repository: nobody knows since when its duties are what they are.
    #[must_use]
    pub fn without_history(page: ShownPage) -> Self {
        let ShownPage { path, document, controls } = page;
        let duty = |(at, found): (usize, (&Matrix, &Row, &Duty))| BlamedDuty {
            id: String::new(),
            party: found.2.party.clone(),
            place: Place::of_duty(at, found),
            reference: found.2.reference,
            controls: controls.get(at).cloned().unwrap_or_default(),
            since: Brought::default(),
            history: Vec::new(),
        };
        let duties = document.duties().enumerate().map(duty).collect();
        let Document { title, subcollection, stamp, .. } = document;
        Self { path, title, duties, subcollection, stamp }
    }
}

/// One duty with its line of descent.
#[derive(Clone, Debug, PartialEq)]
pub struct BlamedDuty {
    /// Stays for life, through rewording, moves and renames.
    pub id: String,
    /// Who holds it.
    pub party: Party,
    /// Where it stands and what it says.
    pub place: Place,
    /// Whether it only points elsewhere.
    pub reference: bool,
    /// The user's own controls that the policy maps its place to.
    pub controls: Vec<String>,
    /// What gave it to this party.
    pub since: Brought,
    /// What happened to it, newest first; the last is that it was added.
    pub history: Vec<DutyEvent>,
}

/// One duty with its history.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Duty")]
struct BlamedDutyWire<'a> {
    /// The id of the duty. It stays the same when the duty is reworded or moved, or its task or
    /// file is renamed.
    id: &'a str,
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: &'a Party,
    section: &'a [String],
    area: &'a str,
    task: &'a str,
    text: &'a str,
    /// The line in the file, from 1.
    line: usize,
    /// The commit that gave the duty to its party.
    since: &'a Brought,
    /// What happened to the duty, newest first. The last event is its addition.
    history: &'a [DutyEvent],
    /// `true` if the text only points elsewhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reference: bool,
    /// The controls that the policy maps the place to; omitted if there are none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    controls: &'a [String],
    /// The line in an included file, if the duty is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    included: Option<&'a IncludedLine>,
}

published! {
    BlamedDuty as BlamedDutyWire<'_>: (duty, to) => BlamedDutyWire::from_duty(duty).serialize(to);
}

impl<'a> BlamedDutyWire<'a> {
    fn from_duty(duty: &'a BlamedDuty) -> Self {
        let place = &duty.place;
        Self {
            id: &duty.id,
            party: &duty.party,
            section: &place.section,
            area: &place.area,
            task: &place.task,
            text: &place.text,
            line: place.line,
            since: &duty.since,
            history: &duty.history,
            reference: duty.reference,
            controls: &duty.controls,
            included: place.included.as_ref(),
        }
    }
}

/// Something that happened to a duty.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Event")]
pub struct DutyEvent {
    /// Its kind.
    #[schemars(extend("enum" = ["added", "moved", "reworded", "relocated"]))]
    pub kind: Kind,
    /// Who had it and who got it; none before it was added.
    #[serde(flatten, serialize_with = "EventParty::serialize")]
    #[schemars(with = "EventParty")]
    pub party: Sides<Option<Party>>,
    /// What brought it about.
    #[serde(flatten)]
    pub brought: Brought,
    /// What it said before and since.
    #[serde(serialize_with = "new_text")]
    #[schemars(with = "Option<String>", description = "The text of the duty since then.")]
    pub text: Sides<Option<String>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(remote = "Sides<Option<Party>>")]
struct EventParty {
    /// The party before; null if the duty was added.
    #[serde(rename = "from")]
    old: Option<Party>,
    /// The party since then.
    #[serde(rename = "to")]
    new: Option<Party>,
}

fn new_text<S: Serializer>(text: &Sides<Option<String>>, to: S) -> Result<S::Ok, S::Error> {
    text.new.serialize(to)
}

/// A commit and the edition that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Since")]
pub struct Brought {
    /// The commit; null if it is not committed.
    pub commit: Option<String>,
    /// The time, in RFC 3339; null if it is not committed.
    #[serde(serialize_with = "maybe_rfc3339")]
    #[schemars(with = "Option<String>")]
    pub time: Option<DateTime<FixedOffset>>,
    /// Its edition: `lastupdated` of the version that it brought.
    pub last_updated: Option<NaiveDate>,
    /// If the commit is a merge: the commit in the merged branch that made the change.
    pub author_commit: Option<String>,
}
