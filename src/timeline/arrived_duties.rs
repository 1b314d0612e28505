//! What an edition did to duties that came from another page: the comparison of its ends shows them
//! as added, or not at all if they were removed again.

use super::edition_runs::{EditionRun, commit_of};
use super::editions::EditionBuilder;
use super::pages::Pages;
use super::version_chain::VersionChain;
use crate::error::Result;
use crate::history::Commit;
use crate::model::{Change, Introduced, Kind, Place};

impl EditionBuilder<'_> {
    /// Shows the added duties that came from another page as what they are, and adds what later
    /// commits of the edition did to them. `base` is the last version of the edition before; without
    /// one, the changes are those since the first version.
    pub(super) fn show_arrivals(
        &self,
        changes: &mut Vec<Change>,
        run: &EditionRun,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        if self.transfers.arriving.is_empty() {
            return Ok(());
        }
        let at = run.versions_since(base);
        let way = EditionRun { stamp: run.stamp.clone(), day: run.day, at };
        for begin in 1..way.at.len() {
            let Some((first, later)) = way.split_from(begin) else { continue };
            let Some(commit) = commit_of(self.file_history, first) else { continue };
            let Some(arrivals) = self.transfers.arriving.get(&commit.id.to_string()) else {
                continue;
            };
            let since = self.changes_since(first, &later, pages)?;
            let (_, chain) = self.way_through(&later, Some(first));
            for arrival in arrivals {
                self.show_arrival(changes, (arrival, commit), &since, (&later, &chain));
            }
        }
        changes.sort_by_key(|change| change.kind);
        Ok(())
    }

    /// Shows one duty that came with a commit, by what changed since in the edition.
    fn show_arrival(
        &self,
        changes: &mut Vec<Change>,
        (arrival, commit): (&Change, &Commit),
        since: &[Change],
        (later, chain): (&EditionRun, &VersionChain),
    ) {
        let Some(duty) = duty_of(arrival.place.new.as_ref()) else { return };
        let Some(end) = chain.follow_forth(duty).stops.last().copied() else { return };
        let change_of_it =
            since.iter().find(|change| duty_of(change.place.old.as_ref()) == Some(duty));
        if end.version == chain.last() {
            let is_it = |change: &&mut Change| {
                change.kind == Kind::Added && duty_of(change.place.new.as_ref()) == Some(end.duty)
            };
            let Some(added) = changes.iter_mut().find(is_it) else { return };
            let (introduced, here) = (added.introduced.take(), added.place.new.take());
            *added = Change { introduced, ..arrival.clone() };
            if let (Some(place), Some(here)) = (&mut added.place.new, here) {
                (place.duty, place.line) = (here.duty, here.line);
            }
            changes.extend(change_of_it.filter(|change| change.kind != Kind::Removed).cloned());
            return;
        }
        let has_left = later
            .at
            .get(end.version)
            .is_some_and(|next| self.left_in(*next).iter().any(|(left, _)| *left == end.duty));
        if let (false, Some(removed)) = (has_left, change_of_it) {
            let introduced = Some(Introduced {
                commit: commit.id.to_string(),
                time: commit.time,
                last_updated: later.stamp.last_updated,
                author_commit: None,
            });
            changes.push(Change { introduced, ..arrival.clone() });
            changes.push(removed.clone());
        }
    }
}

fn duty_of(place: Option<&Place>) -> Option<usize> {
    place.map(|place| place.duty)
}
