//! How the duties of one group went.

use chrono::NaiveDate;

use crate::model::{Party, Sides};
use crate::report::{CommitReport, Summary};

/// The duties after a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsPoint {
    /// The commit.
    pub commit: CommitReport,
    /// `lastupdated` of the pages that it changed; `None` where they give no date or several.
    pub last_updated: Option<NaiveDate>,
    /// How many duties each party has, in the order of parties; those without any too.
    pub duties: Vec<(Party, usize)>,
}

/// How the duties of one group went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The heading or the document's path; empty where all is counted together.
    pub name: String,
    /// The document's title.
    pub title: Option<String>,
    /// How many duties each party had to begin with, and has in the end.
    pub parties: Vec<(Party, Sides<usize>)>,
    /// The counts after each commit that brought an edition (of an area, one that changed them).
    pub points: Vec<StatsPoint>,
    /// What the changes between editions come to.
    pub summary: Summary,
}
