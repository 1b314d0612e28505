//! Which editions, and which of their changes, somebody asked for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diff::Comparison;
use crate::model::{Change, Kind, Party, Place};

use super::Report;
use super::log::{Edition, PageLog};

/// What an edition's time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditionTime {
    /// The day of its stamp.
    #[default]
    Stamp,
    /// The days (UTC) of its commits.
    Commit,
}

/// What was asked for; the default asks for all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Not before this day.
    pub since: Option<NaiveDate>,
    /// Not after this day.
    pub until: Option<NaiveDate>,
    /// What the days are held against.
    pub by: EditionTime,
    /// Only changes of these kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// Only changes that give a duty to one of these parties or take it away; empty for all.
    pub parties: Vec<Party>,
    /// Only changes under a heading or task that contains this text, in any case.
    pub area: Option<String>,
    /// At most this many editions of each page.
    pub number: Option<usize>,
    /// Oldest first.
    pub reverse: bool,
}

impl Selection {
    /// What is left of a page; none where nothing is.
    #[must_use]
    pub fn select_from(&self, page: PageLog) -> Option<PageLog> {
        let PageLog { path, title, editions, all_editions, unread_tables } = page;
        let mut kept: Vec<Edition> = editions
            .into_iter()
            .filter(|edition| self.is_in_time(edition))
            .filter_map(|edition| self.of_edition(edition))
            .take(self.number.unwrap_or(usize::MAX))
            .collect();
        if self.reverse {
            kept.reverse();
        }
        (!kept.is_empty()).then_some(PageLog {
            path,
            title,
            editions: kept,
            all_editions,
            unread_tables,
        })
    }

    /// Whether it asks for some changes only, and not just for a time.
    #[must_use]
    pub fn is_for_changes(&self) -> bool {
        !(self.kinds.is_empty() && self.parties.is_empty() && self.area.is_none())
    }

    /// The commits of the time that was asked for which changed duties of an edition that is not in
    /// it by its date: the page kept the date that it had, or its next one has another.
    #[must_use]
    pub fn commits_under_other_dates<'p>(&self, page: &'p PageLog) -> BTreeSet<&'p str> {
        let editions = page.editions.iter().filter(|edition| !self.is_in_time(edition));
        let changes = editions.flat_map(Edition::all_changes);
        let asked = changes.filter(|change| !change.reference && self.asks_for(change));
        let origins = asked.flat_map(|change| [&change.introduced, &change.assigned]).flatten();
        let in_time = origins.filter(|origin| self.holds_day(origin.time.to_utc().date_naive()));
        in_time.map(|origin| origin.commit.as_str()).collect()
    }

    fn is_in_time(&self, edition: &Edition) -> bool {
        match self.by {
            EditionTime::Stamp => self.holds_day(edition.day),
            EditionTime::Commit => edition
                .commits
                .iter()
                .any(|commit| self.holds_day(commit.time.to_utc().date_naive())),
        }
    }

    fn holds_day(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    /// The edition with the changes that were asked for; none where it has none of them.
    fn of_edition(&self, mut edition: Edition) -> Option<Edition> {
        if !self.is_for_changes() {
            return Some(edition);
        }
        edition.retain_changes(|change| self.asks_for(change));
        let removed = self.kinds.is_empty() || self.kinds.contains(&Kind::Removed);
        let is_unread = edition.gone.as_ref().is_some_and(|gone| gone.unread_version().is_some());
        // what can no longer be read may hide any change
        let ended = is_unread || edition.has_unread_tables() || removed && edition.gone.is_some();
        (ended || edition.has_changes()).then_some(edition)
    }

    /// Leaves of a comparison the changes that were asked for. Every other duty counts as one that
    /// stayed.
    pub fn keep_asked(&self, comparison: &mut Comparison) {
        if !self.is_for_changes() {
            return;
        }
        comparison.changes.retain(|change| self.asks_for(change));
        let duty = |change: &Change| {
            let place = change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty));
            (place.old, place.new)
        };
        let kept: BTreeSet<_> = comparison.changes.iter().map(duty).collect();
        for link in &mut comparison.links {
            link.kind = link.kind.filter(|_| kept.contains(&(link.duty.old, link.duty.new)));
        }
    }

    /// A report of the changes that were asked for, without the pages that have none of them and can
    /// still be read. Where parties were asked for, only their duties are counted.
    #[must_use]
    pub fn of_report(&self, mut report: Report) -> Report {
        if self.is_for_changes() {
            report.for_changes = true;
            report.counts_whole_pages = !self.kinds.is_empty() || self.area.is_some();
            // what can no longer be read may hide any change
            report.documents.retain(|document| {
                !document.changes.is_empty() || document.lost_notices().next().is_some()
            });
            let changes = report.documents.iter().flat_map(|document| &document.changes);
            let left = changes.filter_map(|change| change.place.old.as_ref()?.path.clone());
            let left: BTreeSet<String> = left.collect();
            report.givers.retain(|document| left.contains(&document.path));
            for loads in &mut report.loads {
                loads.duties.retain(|(party, _)| self.asks_for_party(party));
            }
        }
        report
    }

    /// Whether a change is one that was asked for.
    #[must_use]
    pub fn asks_for(&self, change: &Change) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&change.kind);
        let holders = [&change.party.old, &change.party.new].into_iter().flatten();
        let party =
            self.parties.is_empty() || holders.into_iter().any(|party| self.asks_for_party(party));
        let places = [&change.place.old, &change.place.new].into_iter().flatten();
        let area = self.area.as_ref().is_none_or(|area| {
            let area = area.to_lowercase();
            places.into_iter().any(|place| is_under(place, &area))
        });
        kind && party && area
    }
}

impl Selection {
    fn asks_for_party(&self, party: &Party) -> bool {
        self.parties.is_empty() || self.parties.iter().any(|asked| party.is_called(asked))
    }
}

fn is_under(place: &Place, area: &str) -> bool {
    let mut labels = place.section.iter().chain([&place.area, &place.task]);
    labels.any(|label| label.to_lowercase().contains(area))
}
