//! `respdiff.stats/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Party, Sides};
use crate::report::{StatsPoint, StatsReport, Track};

use super::common::PartyCountWire;
use super::diff::SummaryWire;

/// Who has how much to do, and how that went.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.stats/1")]
pub(super) struct StatsWire<'a> {
    #[schemars(extend("const" = "respdiff.stats/1"))]
    schema: &'static str,
    /// What the groups are.
    #[schemars(extend("enum" = ["party", "area", "document"]))]
    by: &'static str,
    /// Whether it begins at an edition before (a range, a day); else each page begins with its
    /// first edition.
    bounded: bool,
    /// All together.
    total: TrackWire<'a>,
    /// Each area or document; empty by party.
    groups: Vec<TrackWire<'a>>,
    /// How many pages have an edition in it.
    pages: usize,
    editions: usize,
    /// How many commits of the mainline were walked.
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
            pages: report.pages,
            editions: report.editions,
            commits_walked: report.commits,
        }
    }
}

/// How the duties of one group went.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Track")]
struct TrackWire<'a> {
    /// The heading or the document's path; empty where all is counted together.
    name: &'a str,
    /// The document's title.
    title: Option<&'a str>,
    /// How many duties each party (`ibm`, `customer`, `shared`, `other:<name>`) had and has.
    parties: BTreeMap<String, EndsWire>,
    /// The same as rows.
    party_counts: Vec<PartyEndsWire>,
    /// By how many more changes the customer's load grew than IBM's.
    shift: i64,
    /// What the changes between editions come to.
    summary: SummaryWire,
    /// The counts after each commit that brought an edition; of an area, where they changed.
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

/// A party's duties to begin with and in the end.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Ends")]
struct EndsWire {
    from: usize,
    to: usize,
}

/// A party's duties to begin with and in the end, as a row.
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

/// The counts after a commit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Point")]
struct PointWire<'a> {
    commit: &'a str,
    /// RFC 3339.
    time: String,
    /// Null where the pages that the commit brought tell none or several.
    last_updated: Option<String>,
    duties: BTreeMap<String, usize>,
    /// The same as rows.
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
