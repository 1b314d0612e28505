//! What the gate found: every change judged, and what it was judged by.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Burden, Change, Code, Level, Notice, Side, Sides};

use super::published::OldNew;
use super::{End, Status};

/// What becomes of a change at the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// At or above the gate, and nobody acknowledged it.
    Fails,
    /// Below the gate.
    Passes,
    /// At or above the gate, and acknowledged.
    Acknowledged,
    /// The policy leaves it out.
    Off,
}

impl Verdict {
    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Passes => "passes",
            Self::Acknowledged => "acknowledged",
            Self::Off => "off",
        }
    }
}

/// Who accepts a change, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Acknowledgement")]
pub struct Acknowledged {
    /// Its change's id.
    pub id: String,
    /// Its author.
    pub by: String,
    /// Its reason.
    pub reason: String,
    /// The last day on which the acknowledgement counts.
    pub until: Option<NaiveDate>,
}

/// A change with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "JudgedChange")]
pub struct Judged {
    /// The change, at the level that the policy gives it.
    #[serde(flatten)]
    pub change: Change,
    /// Its fate at the gate.
    #[schemars(with = "String", extend("enum" = ["fails", "passes", "acknowledged", "off"]))]
    pub verdict: Verdict,
    /// Its acknowledgement, where that counts.
    #[serde(rename = "acknowledged")]
    pub ack: Option<Acknowledged>,
}

/// One page with changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub struct CheckedDocument {
    /// Its path (the old one for a removed page).
    pub path: String,
    /// Its old path where that differs.
    pub old_path: Option<String>,
    /// Its fate.
    pub status: Status,
    /// Its title.
    pub title: String,
    /// Its changes in the order of the comparison.
    pub changes: Vec<Judged>,
    /// Differences that exist only because this version of respdiff reads the accepted page better.
    #[serde(rename = "re_read")]
    pub reread: Vec<Change>,
    /// All notices of `diff`, such as removed and added duties that may be one moved duty
    /// (`possible-move`), and duties that another page gives to another party (`disagrees`).
    /// `check` never fails because of them.
    pub notices: Vec<Notice>,
    /// Where the parties can no longer be read in the new version.
    pub unread: Vec<Notice>,
    /// Whether these are about some of its tables or lists, and others can be read.
    #[serde(skip)]
    pub reads_rest: bool,
}

impl CheckedDocument {
    /// The notices that do not stand on both sides alike.
    pub fn fresh_notices(&self) -> impl Iterator<Item = &Notice> {
        let on = |side: Side, notice: &Notice| {
            let same = |other: &&Notice| {
                other.side == Some(side)
                    && (other.code, &other.message) == (notice.code, &notice.message)
            };
            self.notices.iter().filter(same).count()
        };
        self.notices.iter().filter(move |notice| {
            let (old, new) = (on(Side::Old, notice), on(Side::New, notice));
            notice.side.is_none() || old != new
        })
    }

    /// Why the new version may say something else than what was read of it, where the old one left
    /// less doubt of the kind.
    pub fn doubts(&self) -> impl Iterator<Item = &Notice> {
        Notice::more_on_new_side(&self.notices, Code::leaves_doubt)
    }
}

/// An acknowledgement that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Accepted {
    /// The acknowledgement.
    #[serde(flatten)]
    pub ack: Acknowledged,
    /// Its change's page.
    pub path: String,
    /// Whether the acknowledgement is new in the checked version.
    pub is_new: bool,
    /// Whether the description in the file does not match the change.
    pub tells_otherwise: bool,
}

/// Why an acknowledgement does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stale {
    /// No change has its id.
    Gone,
    /// Its last day passed.
    Expired,
    /// It is on the new side only, and those do not count.
    NotMerged,
}

impl Stale {
    /// Why, for people.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Gone => "no change in this range has this id",
            Self::Expired => "it has expired",
            Self::NotMerged => "it does not count until it is merged (--acks base)",
        }
    }
}

/// An acknowledgement without effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Stale")]
pub struct StaleAck {
    /// The acknowledgement.
    #[serde(flatten)]
    pub ack: Acknowledged,
    /// Its reason.
    #[schemars(with = "String", extend("enum" = ["gone", "expired", "not-merged"]))]
    pub why: Stale,
}

/// A difference in policy or acknowledgements between the two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// Its file.
    pub file: String,
    /// Its key in the file (`gate.fail-on`, an ack's id).
    pub what: String,
    /// Before and after, for people; none where it was not there.
    #[serde(flatten, serialize_with = "OldNew::serialize")]
    #[schemars(with = "OldNew<Option<String>>")]
    pub value: Sides<Option<String>>,
    /// Its effect, for people: from when on it counts.
    pub effect: &'static str,
}

/// All that the gate found.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckReport {
    /// The two ends; the old one of a baseline is the folder.
    pub ends: Sides<End>,
    /// The folder of a baseline, where the pages are held against one.
    pub baseline: Option<String>,
    /// From which level on a change fails.
    pub fail_on: Level,
    /// Who says so, for people.
    pub fail_on_from: String,
    /// The pages with changes, by path.
    pub documents: Vec<CheckedDocument>,
    /// Acknowledgements that count, by id.
    pub accepted: Vec<Accepted>,
    /// Acknowledgements that do nothing, by id.
    pub stale: Vec<StaleAck>,
    /// What changed in the policy and the acknowledgements.
    pub edits: Vec<Edit>,
    /// Responsibility pages read at each end.
    pub pages_read: Sides<usize>,
    /// Whether a page that can no longer be read is no fault, as the policy says.
    pub unreadable_passes: bool,
}

/// How many changes there are of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Tally", description = "")]
pub struct VerdictCounts {
    /// Its changes that fail.
    pub fails: usize,
    /// Its changes below the gate.
    pub passes: usize,
    /// Its acknowledged changes.
    pub acknowledged: usize,
    /// Its changes that the policy leaves out.
    pub off: usize,
    /// Its differences that exist only because pages are read better.
    #[serde(rename = "re_read")]
    pub reread: usize,
}

impl CheckReport {
    /// Whether any change fails.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.tally().fails > 0
    }

    /// What could not be known: where pages can no longer be read, or may say something else than
    /// what was read of them.
    pub fn incomplete_notices(&self) -> impl Iterator<Item = (&CheckedDocument, &Notice)> {
        let documents = self.documents.iter().filter(|_| !self.unreadable_passes);
        documents.flat_map(|document| {
            let doubts = document.doubts();
            document.unread.iter().chain(doubts).map(move |found| (document, found))
        })
    }

    /// Whether a notice makes the answer about a page incomplete, so that the check does not pass.
    #[must_use]
    pub fn is_incomplete_by(&self, document: &CheckedDocument, notice: &Notice) -> bool {
        let is_doubt = || document.doubts().any(|doubt| doubt == notice);
        !self.unreadable_passes && (document.unread.contains(notice) || is_doubt())
    }

    /// How many changes there are of each verdict.
    #[must_use]
    pub fn tally(&self) -> VerdictCounts {
        let mut tally = VerdictCounts::default();
        for document in &self.documents {
            tally.reread += document.reread.len();
            for judged in &document.changes {
                match judged.verdict {
                    Verdict::Fails => tally.fails += 1,
                    Verdict::Passes => tally.passes += 1,
                    Verdict::Acknowledged => tally.acknowledged += 1,
                    Verdict::Off => tally.off += 1,
                }
            }
        }
        tally
    }

    /// All changes with their pages that the policy does not leave out, worst first: by verdict,
    /// level, whose load grew, and place.
    #[must_use]
    pub fn worst_first(&self) -> Vec<(&CheckedDocument, &Judged)> {
        let mut all: Vec<_> = self
            .documents
            .iter()
            .flat_map(|document| document.changes.iter().map(move |judged| (document, judged)))
            .filter(|(_, judged)| judged.verdict != Verdict::Off)
            .collect();
        all.sort_by_key(|(document, judged)| {
            let burden = match judged.change.burden {
                Burden::Customer => 0,
                Burden::None => 1,
                Burden::Ibm => 2,
            };
            let line = judged.change.shown_place().map_or(0, |place| place.line);
            let level = std::cmp::Reverse(judged.change.level);
            (judged.verdict, level, burden, document.path.clone(), line, judged.change.kind)
        });
        all
    }
}
