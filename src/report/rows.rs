//! One duty per row, with all that a spreadsheet or a database joins it by.

use super::{BlamedDuty, BlamedPage, Brought, DutyEvent};

/// One duty with where it stands, who holds it since when, and what happened to it last.
#[derive(Clone, Copy, Debug)]
pub struct DutyRow<'a> {
    /// The repository as it was named; empty where there is only one.
    pub repository: &'a str,
    /// The page.
    pub page: &'a BlamedPage,
    /// The duty.
    pub duty: &'a BlamedDuty,
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

/// When something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// The commit; none where it is not committed, or outside a repository.
    pub commit: Option<String>,
    /// The time of the commit, RFC 3339.
    pub time: Option<String>,
    /// `lastupdated` of the version that the commit brought.
    pub edition: Option<String>,
}

/// The duties of all pages, in their order.
pub fn duty_rows<'a>(
    repository: &'a str,
    pages: &'a [BlamedPage],
) -> impl Iterator<Item = DutyRow<'a>> {
    pages.iter().flat_map(move |page| {
        page.duties.iter().map(move |duty| DutyRow { repository, page, duty })
    })
}

impl DutyRow<'_> {
    /// The date that its page gives, with its letter.
    #[must_use]
    pub fn edition(&self) -> Option<String> {
        self.page.stamp.written_date()
    }

    /// What gave the duty to its party.
    #[must_use]
    pub fn since(&self) -> Happened {
        Happened::from_brought(&self.duty.since)
    }

    /// What happened to it last; none outside a repository.
    #[must_use]
    pub fn last_change(&self) -> Option<&DutyEvent> {
        self.duty.history.first()
    }
}

impl Happened {
    /// The commit, its time and its edition.
    #[must_use]
    pub fn from_brought(brought: &Brought) -> Self {
        let commit = brought.commit.as_ref();
        Self {
            commit: commit.map(|(id, _)| id.clone()),
            time: commit.map(|(_, time)| time.to_rfc3339()),
            edition: brought.last_updated.map(|day| day.to_string()),
        }
    }
}
