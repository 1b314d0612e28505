//! `respdiff.stats/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Party, Sides};
use crate::report::{StatsPoint, StatsReport, Track};

use super::common::PartyCountWire;
use super::diff::SummaryWire;

/// How many duties each party has over time.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.stats/1")]
pub(super) struct StatsWire<'a> {
    #[schemars(extend("const" = "respdiff.stats/1"))]
    schema: &'static str,
    /// What the duties are grouped by.
    #[schemars(extend("enum" = ["party", "area", "document"]))]
    by: &'static str,
    /// Whether the counts start before the range or day that was given; if not, each page starts
    /// with its first edition.
    bounded: bool,
    /// The totals.
    total: TrackWire<'a>,
    /// One group per area or document; empty with `party`.
    groups: Vec<TrackWire<'a>>,
    /// The changes of duties that came from another page, or went to one, in the first edition of a
    /// page. `total.summary` does not include them; the text adds both.
    between_pages: SummaryWire,
    /// How many duties are still there at the end, but respdiff can no longer tell who has them.
    unread_duties: usize,
    /// How many pages have an edition in the range.
    pages: usize,
    /// Pages that were there, but have no edition in the range, so that they are in no count.
    not_counted: NotCountedWire,
    editions: usize,
    /// How many commits were read, along first parents.
    commits_walked: usize,
}

impl<'a> StatsWire<'a> {
    pub(super) fn from_report(report: &'a StatsReport) -> Self {
        Self {
            schema: "respdiff.stats/1",
            by: report.by.name(),
            bounded: report.bounded,
            total: TrackWire::from_track(&report.total),
            groups: report.groups.iter().map(TrackWire::from_track).collect(),
            between_pages: SummaryWire::from_summary(&report.between_pages),
            unread_duties: report.unread.duties + report.unread_tables.duties,
            pages: report.pages,
            not_counted: NotCountedWire {
                pages: report.not_counted.pages,
                duties: report.not_counted.duties,
            },
            editions: report.editions,
            commits_walked: report.commits,
        }
    }
}

/// Pages that are in no count.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NotCounted")]
struct NotCountedWire {
    pages: usize,
    /// How many duties they have.
    duties: usize,
}

/// The duties of one group over time.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Track")]
struct TrackWire<'a> {
    /// The heading or the path of the document; empty for the totals.
    name: &'a str,
    /// The document's title.
    title: Option<&'a str>,
    /// How many duties each party (`ibm`, `customer`, `shared`, `other:<name>`) has at the start
    /// and at the end.
    parties: BTreeMap<String, EndsWire>,
    /// The same, as rows.
    party_counts: Vec<PartyEndsWire>,
    /// How many more changes shift work to the customer than to IBM.
    shift: i64,
    /// The changes between editions. In `total`, add `between_pages`.
    summary: SummaryWire,
    /// The counts after each commit with an edition; for an area, after each commit that changed
    /// them.
    points: Vec<PointWire<'a>>,
}

impl<'a> TrackWire<'a> {
    fn from_track(track: &'a Track) -> Self {
        let ends = |sides: &Sides<usize>| EndsWire { from: sides.old, to: sides.new };
        Self {
            name: &track.name,
            title: track.title.as_deref(),
            parties: track.parties.iter().map(|(p, sides)| (p.to_string(), ends(sides))).collect(),
            party_counts: track.parties.iter().map(PartyEndsWire::from_sides).collect(),
            shift: track.summary.net_shift(),
            summary: SummaryWire::from_summary(&track.summary),
            points: track.points.iter().map(PointWire::from_point).collect(),
        }
    }
}

/// The number of duties of a party at the start and at the end.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Ends")]
struct EndsWire {
    from: usize,
    to: usize,
}

/// The number of duties of a party at the start and at the end, as a row.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PartyEnds")]
struct PartyEndsWire {
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    party: String,
    from: usize,
    to: usize,
}

impl PartyEndsWire {
    fn from_sides((party, sides): &(Party, Sides<usize>)) -> Self {
        Self { party: party.to_string(), from: sides.old, to: sides.new }
    }
}

/// The number of duties after a commit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Point")]
struct PointWire<'a> {
    commit: &'a str,
    /// The time, in RFC 3339.
    time: String,
    /// `lastupdated` of the pages in the commit; null if they have none or several.
    last_updated: Option<String>,
    duties: BTreeMap<String, usize>,
    /// The same, as rows.
    duty_counts: Vec<PartyCountWire>,
}

impl<'a> PointWire<'a> {
    fn from_point(point: &'a StatsPoint) -> Self {
        Self {
            commit: &point.commit.commit,
            time: point.commit.time.to_rfc3339(),
            last_updated: point.last_updated.map(|date| date.to_string()),
            duties: point.duties.iter().map(|(party, n)| (party.to_string(), *n)).collect(),
            duty_counts: point
                .duties
                .iter()
                .map(|(party, n)| PartyCountWire::of_party(party, *n))
                .collect(),
        }
    }
}
