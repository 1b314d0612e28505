//! What the gate found: every change judged, and what it was judged by.

use chrono::NaiveDate;

use crate::model::{Burden, Change, Code, Level, Notice, Place, Side, Sides};

use super::{End, Status};

/// What becomes of a change at the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The change's id.
    pub id: String,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The last day on which it counts.
    pub until: Option<NaiveDate>,
}

/// A change with what the gate makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The change, at the level that the policy gives it.
    pub change: Change,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Who accepted it, where that counts.
    pub ack: Option<Acknowledged>,
}

impl Judged {
    /// The side by which it is found: the new one, if it is there.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.change.place.new.as_ref().or(self.change.place.old.as_ref())
    }
}

/// A page with changes.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedDocument {
    /// Its path (the old one for a removed page).
    pub path: String,
    /// Its old path where that differs.
    pub old_path: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Its title.
    pub title: String,
    /// Its changes in the order of the comparison.
    pub changes: Vec<Judged>,
    /// How many differences there are only because respdiff reads the accepted page better now.
    pub reread: Vec<Change>,
    /// All that is to be noticed, as `diff` reports it.
    pub notices: Vec<Notice>,
    /// Of these, where the parties of the new side can no longer be read.
    pub unread: Vec<Notice>,
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
    /// less doubt of the kind. The words do not count: a baseline does not know why a file could
    /// not be read.
    pub fn doubts(&self) -> impl Iterator<Item = &Notice> {
        let count = |code: Code, side: Side| {
            let same = |other: &&Notice| other.code == code && other.side == Some(side);
            self.notices.iter().filter(same).count()
        };
        self.notices.iter().filter(move |notice| {
            let code = notice.code;
            code.leaves_doubt()
                && notice.side == Some(Side::New)
                && count(code, Side::New) > count(code, Side::Old)
        })
    }

    /// Whether a notice makes the answer about the page incomplete.
    #[must_use]
    pub fn is_incomplete_by(&self, notice: &Notice) -> bool {
        self.unread.contains(notice) || self.doubts().any(|doubt| doubt == notice)
    }
}

/// An acknowledgement that counts, with the page whose change it accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The acknowledgement.
    pub ack: Acknowledged,
    /// Whether it is new in what is checked.
    pub is_new: bool,
    /// Whether its file has other words than the change.
    pub tells_otherwise: bool,
    /// The page.
    pub path: String,
}

/// Why an acknowledgement does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stale {
    /// No change has its id.
    Gone,
    /// Its last day passed.
    Expired,
    /// It is on the new side only, and those do not count.
    NotMerged,
}

impl Stale {
    /// The name that JSON uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Expired => "expired",
            Self::NotMerged => "not-merged",
        }
    }

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

/// An acknowledgement that does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleAck {
    /// The acknowledgement.
    pub ack: Acknowledged,
    /// Why it does nothing.
    pub why: Stale,
}

/// Something that differs between the policy or the acknowledgements of both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: String,
    /// What of it (`gate.fail-on`, an ack's id).
    pub what: String,
    /// Before and after, for people; none where it was not there.
    pub value: Sides<Option<String>>,
    /// From when on it counts, for people.
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// That fail.
    pub fails: usize,
    /// Below the gate.
    pub passes: usize,
    /// Acknowledged.
    pub acknowledged: usize,
    /// Left out.
    pub off: usize,
    /// Read better.
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
            let line = judged.place().map_or(0, |place| place.line);
            let level = std::cmp::Reverse(judged.change.level);
            (judged.verdict, level, burden, document.path.clone(), line, judged.change.kind)
        });
        all
    }
}
