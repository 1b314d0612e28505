//! The history of pages: all that renderers of `log` see.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::model::{Change, Kind, Notice, Party, Phrase, Side, Sides, Stamp};

use super::other_page::OtherPage;
use super::published::rfc3339;
use super::schemas::with_its_name;
use super::{DocumentReport, ReadCounts, Summary};

/// A commit along first parents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Commit")]
pub struct CommitReport {
    /// Its id, 40 hex digits (64 in a SHA-256 repository).
    pub commit: String,
    /// The time, in RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    #[schemars(with = "String")]
    pub time: DateTime<FixedOffset>,
}

/// How a page ceased to say who has which duty. What is published of it is where its parties cannot
/// be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Unread", description = "A version of a page whose parties cannot be read.")]
pub struct Gone {
    /// The commit after which it did not.
    #[serde(flatten)]
    pub commit: CommitReport,
    /// The stamp of the file where it is still there, but its parties cannot be read.
    #[serde(rename = "last_updated", serialize_with = "date_alone")]
    #[schemars(with = "Option<String>", description = "`lastupdated` of that version.")]
    pub stamp: Option<Stamp>,
    /// Where and why the parties cannot be read. Empty if the page was removed.
    #[serde(rename = "notices")]
    #[schemars(description = "Where and why the parties cannot be read.")]
    pub unread: Vec<Notice>,
    /// Of a page that was removed: the version since which its parties could not be read, where that is
    /// older.
    #[serde(skip)]
    pub unread_since: Option<Box<Gone>>,
    /// Whether the file is still there, where it assigns nothing any more.
    #[serde(skip)]
    pub file_stays: bool,
    /// How many of its duties went to which other page in that commit, by path.
    #[serde(skip)]
    pub went_to: BTreeMap<String, usize>,
    /// The page that has most of its duties, too, where it was removed and another page has them.
    #[serde(skip)]
    pub also_in: Option<OtherPage>,
}

impl Gone {
    /// The version since which the parties could not be read, whether the page was removed later or
    /// not.
    #[must_use]
    pub fn unread_version(&self) -> Option<&Self> {
        if self.unread.is_empty() { self.unread_since.as_deref() } else { Some(self) }
    }
}

#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
fn date_alone<S: Serializer>(stamp: &Option<Stamp>, to: S) -> Result<S::Ok, S::Error> {
    stamp.as_ref().and_then(|stamp| stamp.last_updated).serialize(to)
}

/// The duties of one party under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaCount {
    /// The heading (an owner grid's column heading).
    pub area: Phrase,
    /// Whose they are.
    pub party: Party,
    /// How many there were in the edition before, and are now.
    pub duties: Sides<usize>,
}

/// What readers saw under one stamp.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// The day of the stamp, or of the commit (UTC) where the stamp has none.
    pub day: NaiveDate,
    /// The commits that gave the page its versions, newest first; never none.
    pub commits: Vec<CommitReport>,
    /// Where the page was when the edition began.
    pub first_path: String,
    /// What ended it, where no other edition did.
    pub gone: Option<Gone>,
    /// How many duties each party had in the edition before and has now, in the order of parties.
    pub duties: Vec<(Party, Sides<usize>)>,
    /// The same by heading, in the order of headings and parties.
    pub areas: Vec<AreaCount>,
    /// What differs from the edition before.
    pub report: DocumentReport,
    /// Of a first edition, which has none before it: the changes of duties that came from another
    /// page or went to one.
    pub between_pages: Vec<Change>,
    /// Of an edition of several commits, what changed within it: of a first edition all that later
    /// commits changed since its first version, of another the moves of duties that it added, which
    /// `report` has as added to whom they moved.
    pub changes_within: Vec<Change>,
    /// Of a first edition of several commits: the duties of its first version.
    pub first_version: Option<FirstVersion>,
    /// The tables that can no longer be read after it, beside others that can: nobody can tell what
    /// changed in them.
    pub unread_tables: UnreadTables,
}

/// How many duties the first version of a page had, counted as those of an [`Edition`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstVersion {
    /// The duties of each party.
    pub duties: Vec<(Party, Sides<usize>)>,
    /// The same by heading.
    pub areas: Vec<AreaCount>,
}

impl Edition {
    /// Its stamp.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.report.version.new.as_ref().map(|version| version.stamp.clone()).unwrap_or_default()
    }

    /// The stamp of the edition before.
    #[must_use]
    pub fn stamp_before(&self) -> Option<&Stamp> {
        self.report.version.old.as_ref().map(|version| &version.stamp)
    }

    /// Whether it began before the history that was read, of which only its end is reported.
    #[must_use]
    pub fn only_ends(&self) -> bool {
        let ended_in = self.gone.as_ref().map(|gone| &gone.commit);
        ended_in.is_some() && self.commits.first() == ended_in
    }

    /// How many duties went with the page, where it was removed after this edition; those that went
    /// to another page did not.
    #[must_use]
    pub fn removed_duties(&self) -> Option<usize> {
        let gone = self.gone.as_ref().filter(|gone| gone.unread.is_empty())?;
        Some(self.all_duties().saturating_sub(gone.went_to.values().sum()))
    }

    /// Whether the file is still there where the page went after this edition.
    #[must_use]
    pub fn file_stays(&self) -> bool {
        self.gone.as_ref().is_some_and(|gone| gone.file_stays)
    }

    /// The page that has most of its duties, too, where the page was removed with them.
    #[must_use]
    pub fn also_in(&self) -> Option<&OtherPage> {
        self.gone.as_ref()?.also_in.as_ref()
    }

    /// How many duties nobody can read any more after this edition.
    #[must_use]
    pub fn unread_duties(&self) -> Option<usize> {
        self.gone.as_ref().filter(|gone| !gone.unread.is_empty()).map(|_| self.all_duties())
    }

    /// Whether some of its tables can no longer be read.
    #[must_use]
    pub fn has_unread_tables(&self) -> bool {
        !self.unread_tables.notices.is_empty()
    }

    /// How many duties all parties have after it.
    #[must_use]
    pub fn all_duties(&self) -> usize {
        self.duties.iter().map(|(_, count)| count.new).sum()
    }

    /// Its changes, those between the page and others, and those inside a first edition.
    pub fn all_changes(&self) -> impl Iterator<Item = &Change> {
        let first = self.between_pages.iter().chain(&self.changes_within);
        self.report.changes.iter().chain(first)
    }

    /// Its changes without the moves of duties that it added: to readers of the edition before these
    /// are new, whoever had them for a while.
    pub fn changes_for_readers(&self) -> impl Iterator<Item = &Change> {
        let is_first = self.stamp_before().is_none();
        let within = self.changes_within.iter().filter(move |_| is_first);
        self.report.changes.iter().chain(&self.between_pages).chain(within)
    }

    /// What it changed in its page one after the other: what it added for one party and gave to
    /// another was added for the first, and moved.
    pub fn changes_in_turn(&self) -> impl Iterator<Item = Cow<'_, Change>> {
        let is_first = self.stamp_before().is_none();
        let duty = |change: &'_ Change| {
            change.place.new.as_ref().map(|place| (place.path.clone(), place.duty))
        };
        let moved = move |change: &Change| {
            let within = self.changes_within.iter().filter(|_| !is_first);
            within.filter(|_| change.kind == Kind::Added).find(|moved| duty(moved) == duty(change))
        };
        let as_added = move |change| match moved(change) {
            Some(moved) => {
                let party = Sides::new(None, moved.party.old.clone());
                Cow::Owned(Change { party, ..change.clone() })
            }
            None => Cow::Borrowed(change),
        };
        self.report
            .changes
            .iter()
            .map(as_added)
            .chain(self.changes_within.iter().map(Cow::Borrowed))
    }

    /// Whether anything changed in it, in this page or between it and another.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.all_changes().next().is_some()
    }

    /// Keeps only some of its changes.
    pub fn retain_changes(&mut self, is_kept: impl Fn(&Change) -> bool) {
        self.report.changes.retain(&is_kept);
        self.between_pages.retain(&is_kept);
        self.changes_within.retain(&is_kept);
    }

    /// Whether nothing in it is of interest to who asks for changes of duties: the page stayed, no
    /// duty changed, and all that is to be noticed is its dates, or was there before.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let follows = self.stamp_before().is_some() && self.report.old_path.is_none();
        follows
            && self.gone.is_none()
            && !self.has_changes()
            && self.report.ignored == 0
            && self.report.notices.iter().all(|notice| self.is_minor(notice))
    }

    fn is_minor(&self, notice: &Notice) -> bool {
        let on = |side| {
            let same = |other: &&Notice| {
                other.side == Some(side)
                    && other.code == notice.code
                    && other.message == notice.message
            };
            self.report.notices.iter().filter(same).count()
        };
        notice.code.is_of_stamp() || (notice.side.is_some() && on(Side::Old) == on(Side::New))
    }

    /// What its changes come to.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of_changes(&self.report.changes).with_ignored(self.report.ignored)
    }
}

/// One page with its editions.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub struct PageLog {
    /// The newest path of the page.
    pub path: String,
    /// Its newest title.
    pub title: String,
    /// Its editions, newest first, or as they are asked for.
    pub editions: Vec<Edition>,
    /// How many editions it has in the span that was read, those left out included.
    #[serde(skip)]
    pub all_editions: usize,
    /// What of a page that can be read cannot be read in the end, although an edition could be.
    #[serde(skip)]
    pub unread_tables: UnreadTables,
}

/// Tables of a page that lost the names of their parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreadTables {
    /// How many duties each party had in them.
    pub duties: BTreeMap<Party, usize>,
    /// Where they are, and why nobody can tell who has their duties.
    pub notices: Vec<Notice>,
}

impl UnreadTables {
    /// How many duties they had.
    #[must_use]
    pub fn all_duties(&self) -> usize {
        self.duties.values().sum()
    }
}

impl PageLog {
    /// How many duties its first edition has from other pages.
    #[must_use]
    pub fn arrived_duties(&self) -> usize {
        self.arrived_changes().count()
    }

    /// What became of the duties that its first edition has from other pages.
    pub fn arrived_changes(&self) -> impl Iterator<Item = &Change> {
        let first = self.editions.iter().filter(|edition| edition.stamp_before().is_none());
        let is_from_elsewhere = |change: &&Change| {
            let old = change.place.old.as_ref();
            !change.reference && old.is_some_and(|place| place.path.is_some())
        };
        first.flat_map(|edition| &edition.between_pages).filter(is_from_elsewhere)
    }

    /// Where the duties come from with which the page began, in a first edition; none of a later one.
    #[must_use]
    pub fn began_with(&self, edition: &Edition) -> Option<DutySources> {
        if edition.stamp_before().is_some() {
            return None;
        }
        let first = edition.first_version.as_ref().map_or(&edition.duties, |first| &first.duties);
        let all: usize = first.iter().map(|(_, count)| count.new).sum();
        // later commits of the edition bring duties, too
        let began = edition.commits.last().map(|first| &first.commit);
        let commit = |change: &Change| change.introduced.as_ref().map(|it| it.commit.clone());
        let came = self.arrived_changes().filter(|change| commit(change).as_ref() == began);
        let from_pages = came.count().min(all);
        Some(DutySources { new: all - from_pages, from_pages })
    }

    /// How many duties went with the page, where it was removed in the end.
    #[must_use]
    pub fn removed_duties(&self) -> Option<usize> {
        self.editions.first()?.removed_duties()
    }

    /// How many of them another page has, too.
    #[must_use]
    pub fn duties_also_elsewhere(&self) -> usize {
        let newest = self.editions.first();
        newest.and_then(Edition::also_in).map_or(0, |page| page.duties)
    }

    /// How many more of them another page has, but gives to another party.
    #[must_use]
    pub fn duties_given_to_others(&self) -> usize {
        let newest = self.editions.first();
        newest.and_then(Edition::also_in).map_or(0, |page| page.given_to_others.len())
    }

    /// How many duties cannot be read in the end, in tables beside others that can.
    #[must_use]
    pub fn duties_in_unread_tables(&self) -> Option<usize> {
        Some(self.unread_tables.all_duties()).filter(|duties| *duties > 0)
    }

    /// How many duties nobody can read any more at the end.
    #[must_use]
    pub fn unread_duties(&self) -> Option<usize> {
        self.editions.first()?.unread_duties()
    }
}

/// Where the duties of a new page come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutySources {
    /// How many were on no page before.
    pub new: usize,
    /// How many came from other pages.
    pub from_pages: usize,
}

/// The history of responsibility pages, newest edition first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "schema", rename = "respdiff.log/1")]
#[schemars(rename = "LogWire", title = "respdiff.log/1", transform = with_its_name)]
pub struct LogReport {
    /// Its pages, by path.
    #[serde(rename = "documents")]
    pub pages: Vec<PageLog>,
    /// How many commits were read, along first parents.
    #[serde(rename = "commits_walked")]
    pub commits: usize,
    /// What was read of it, asked for or not.
    #[serde(skip)]
    pub read: ReadCounts,
}
