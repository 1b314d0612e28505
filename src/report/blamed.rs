//! Who holds each duty since when, and how it came to be what it is: all that `blame` shows.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::model::{Document, Duty, Kind, Matrix, Party, Place, Row, Sides, Stamp};

use super::ShownPage;

/// One page with its duties in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct BlamedPage {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// `subcollection` of its front matter.
    pub subcollection: Option<String>,
    /// What it says of its own version.
    pub stamp: Stamp,
    /// The duties that it states now.
    pub duties: Vec<BlamedDuty>,
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
        Self { path, title, subcollection, stamp, duties }
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

/// Something that happened to a duty.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyEvent {
    /// What.
    pub kind: Kind,
    /// Who had it and who got it; none before it was added.
    pub party: Sides<Option<Party>>,
    /// What it said before and since.
    pub text: Sides<Option<String>>,
    /// What brought it about.
    pub brought: Brought,
}

/// The mainline commit that brought something about, and the edition that it made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The commit and its time; none where it is not committed.
    pub commit: Option<(String, DateTime<FixedOffset>)>,
    /// `lastupdated` of the version that it brought.
    pub last_updated: Option<NaiveDate>,
    /// Where the commit is a merge, the commit inside it that wrote it.
    pub author_commit: Option<String>,
}
