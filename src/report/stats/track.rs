//! How the duties of one group went.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Party, Sides};
use crate::report::{CommitReport, PartyCount, Summary};

/// The number of duties after a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Point")]
pub struct StatsPoint {
    /// The commit.
    #[serde(flatten)]
    pub commit: CommitReport,
    /// `lastupdated` of the pages in the commit; null if they have none or several.
    pub last_updated: Option<NaiveDate>,
    /// Its duties by party, those without any too.
    pub duties: BTreeMap<String, usize>,
    /// The same, as rows.
    pub duty_counts: Vec<PartyCount>,
}

/// The duties of one group over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Track {
    /// The heading or the path of the document; empty for the totals.
    pub name: String,
    /// The document's title.
    pub title: Option<String>,
    /// How many duties each party (`ibm`, `customer`, `shared`, `other:<name>`) has at the start
    /// and at the end.
    #[schemars(with = "BTreeMap<String, CountEnds>")]
    pub parties: BTreeMap<String, Sides<usize>>,
    /// The same, as rows.
    pub party_counts: Vec<PartyEnds>,
    /// How many more changes shift work to the customer than to IBM.
    pub shift: i64,
    /// The changes between editions. In `total`, they do not include those in `between_pages`: add
    /// both to get the numbers that the text shows.
    pub summary: Summary,
    /// The counts after each commit with an edition; for an area, after each commit that changed
    /// them.
    pub points: Vec<StatsPoint>,
}

/// The number of duties of a party at the start and at the end.
#[derive(JsonSchema)]
#[schemars(rename = "Ends")]
#[expect(dead_code, reason = "the schema of both numbers")]
struct CountEnds {
    from: usize,
    to: usize,
}

/// The number of duties of a party at the start and at the end, as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyEnds {
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    pub party: Party,
    /// Both numbers.
    #[serde(flatten)]
    pub duties: Sides<usize>,
}
