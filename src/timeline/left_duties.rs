//! What an edition did to duties that it gave to another page later on: no comparison of the ends of
//! the edition shows it.

use super::edition_runs::EditionRun;
use super::editions::EditionBuilder;
use super::pages::Pages;
use crate::error::Result;
use crate::model::{Change, Kind, Place};

impl EditionBuilder<'_> {
    /// Adds the changes of duties between the edition before (or the first version, if there is
    /// none) and the commit that took them to another page. They stand where the duty is now.
    pub(super) fn add_changes_before_leaving(
        &self,
        changes: &mut Vec<Change>,
        run: &EditionRun,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        let way: Vec<usize> = base.into_iter().chain(run.at.iter().copied()).collect();
        let Some((start, later)) = way.split_first() else { return Ok(()) };
        for (count, pair) in later.windows(2).enumerate() {
            let [before, at] = pair else { continue };
            let left = self.left_in(*at);
            let (Some(old), Some(new)) = (self.page_at(*start), self.page_at(*before)) else {
                continue;
            };
            if left.is_empty() {
                continue;
            }
            let mut comparison = self.compare_versions(old, new);
            let at = later.iter().take(count + 1).copied().collect();
            let until = EditionRun { stamp: run.stamp.clone(), day: run.day, at };
            self.date_changes(&mut comparison, &until, Some(*start), pages)?;
            self.show_arrivals(&mut comparison.changes, &until, Some(*start), pages)?;
            for mut change in comparison.changes {
                let Some(place) = &mut change.place.new else { continue };
                if let Some((_, there)) = left.iter().find(|(duty, _)| *duty == place.duty) {
                    let there = Place { text: place.text.clone(), ..there.clone() };
                    let here = std::mem::replace(place, there);
                    if let Some(old) = change.place.old.as_ref().filter(|old| old.path.is_none()) {
                        update_removed_duty(changes, old.duty, here);
                    }
                    changes.push(change);
                }
            }
        }
        changes.sort_by_key(|change| change.kind);
        Ok(())
    }
}

/// Gives a duty that counts as removed the words and the place that it had when it left: these are
/// what the other page has.
fn update_removed_duty(changes: &mut [Change], duty: usize, before_leaving: Place) {
    let is_it = |change: &&mut Change| {
        let old = change.place.old.as_ref();
        change.kind == Kind::Removed && old.is_some_and(|old| old.duty == duty)
    };
    if let Some(removed) = changes.iter_mut().find(is_it) {
        removed.place.old = Some(before_leaving);
    }
}
