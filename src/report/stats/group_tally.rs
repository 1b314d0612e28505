//! The duties of one group while they are counted.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::page_numbers::{CountEvent, Counts, Numbers};
use super::track::{PartyEnds, StatsPoint, Track};
use crate::model::{Party, Sides};
use crate::report::loads::counts_by_name;
use crate::report::{CommitReport, PartyCount, Summary};

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
        let point = |(commit, last_updated, counts): (CommitReport, _, Counts)| {
            let row =
                |party: &Party| PartyCount { party: party.clone(), count: of(&counts, party) };
            let duty_counts: Vec<PartyCount> = parties.iter().map(row).collect();
            StatsPoint { commit, last_updated, duties: counts_by_name(&duty_counts), duty_counts }
        };
        let ends = |party: &Party| PartyEnds {
            party: party.clone(),
            duties: Sides::new(of(&self.begun, party), of(&self.now, party)),
        };
        let party_counts: Vec<PartyEnds> = parties.iter().map(ends).collect();
        Track {
            name: self.name,
            title: self.title,
            parties: party_counts.iter().map(|row| (row.party.to_string(), row.duties)).collect(),
            party_counts,
            shift: self.summary.net_shift(),
            points: self.points.into_iter().map(point).collect(),
            summary: self.summary,
        }
    }
}
