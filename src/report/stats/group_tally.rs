//! The duties of one group while they are counted.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::page_numbers::{CountEvent, Counts, Numbers};
use super::track::{StatsPoint, Track};
use crate::model::{Party, Sides};
use crate::report::{CommitReport, Summary};

pub(super) fn grow_counts(counts: &mut Counts, more: &Counts) {
    for (party, count) in more {
        *counts.entry(party.clone()).or_default() += count;
    }
}

/// A group while it is counted.
#[derive(Debug, Default)]
pub(super) struct GroupTally {
    name: String,
    title: Option<String>,
    pub(super) begun: Counts,
    pub(super) now: Counts,
    points: Vec<(CommitReport, Option<NaiveDate>, Counts)>,
    pub(super) summary: Summary,
}

impl GroupTally {
    /// The newest spelling counts, and a document is known by its title, too.
    pub(super) fn set_name(&mut self, group: Option<&str>, page: &Numbers) {
        let Some(group) = group else { return };
        if group == page.path {
            self.title = Some(page.title.clone());
        }
        let heading = page.headings.get(group).cloned();
        self.name = heading.unwrap_or_else(|| group.to_owned());
    }

    /// One page's part of it changes; `every` keeps a point although the counts are the same.
    pub(super) fn apply_step(
        &mut self,
        was: Option<&Counts>,
        is: Option<&Counts>,
        event: &CountEvent,
        every: bool,
    ) {
        let before = self.now.clone();
        for (party, count) in was.into_iter().flatten() {
            let now = self.now.entry(party.clone()).or_default();
            *now = now.saturating_sub(*count);
        }
        grow_counts(&mut self.now, is.unwrap_or(&Counts::new()));
        if !every && !self.points.is_empty() && self.now == before {
            return;
        }
        let mut date = event.last_updated;
        if let Some((last, reported, _)) = self.points.last()
            && last.commit == event.commit.commit
        {
            date = date.filter(|date| *reported == Some(*date));
            self.points.pop();
        }
        self.points.push((event.commit.clone(), date, self.now.clone()));
    }

    pub(super) fn into_track(self) -> Track {
        let counted = self.points.iter().flat_map(|(_, _, counts)| counts.keys());
        let mut parties: BTreeSet<Party> = BTreeSet::new();
        // the first stays, by the name that the pages' policy has for it
        for party in self.begun.keys().chain(counted) {
            parties.insert(party.clone());
        }
        for party in [Party::Ibm, Party::Shared, Party::Customer] {
            parties.insert(party);
        }
        let of = |counts: &Counts, party: &Party| counts.get(party).copied().unwrap_or(0);
        let point = |(commit, last_updated, counts): (CommitReport, _, Counts)| StatsPoint {
            commit,
            last_updated,
            duties: parties.iter().map(|party| (party.clone(), of(&counts, party))).collect(),
        };
        let both = |party: &Party| Sides::new(of(&self.begun, party), of(&self.now, party));
        Track {
            name: self.name,
            title: self.title,
            parties: parties.iter().map(|party| (party.clone(), both(party))).collect(),
            points: self.points.into_iter().map(point).collect(),
            summary: self.summary,
        }
    }
}
