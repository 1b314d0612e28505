//! What changed within an edition of several commits.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attribution;
use super::counts::{duties_by_area, duties_by_party};
use super::edition_runs::EditionRun;
use super::editions::EditionBuilder;
use super::known_comparisons::pair_key;
use super::neighbours::compare_pair;
use super::pages::{PageContent, Pages};
use crate::diff::Comparison;
use crate::error::Result;
use crate::model::{Change, Kind};
use crate::report::FirstVersion;

impl EditionBuilder<'_> {
    /// How many duties the first version had; none where it is the only one.
    pub(super) fn first_version(&self, run: &EditionRun) -> Option<FirstVersion> {
        let (first, later) = run.at.split_first()?;
        let page = self.page_at(*first).filter(|_| !later.is_empty())?;
        Some(FirstVersion {
            duties: duties_by_party(None, &page.document),
            areas: duties_by_area(None, &page.document),
        })
    }

    /// What the later versions of a first edition changed since its first.
    pub(super) fn changes_inside(
        &self,
        run: &EditionRun,
        pages: &mut Pages<'_>,
    ) -> Result<Vec<Change>> {
        let Some((first, later)) = run.split_from(0) else { return Ok(Vec::new()) };
        self.changes_since(first, &later, pages)
    }

    /// The comparison of two versions; a known one where they are neighbours.
    pub(super) fn compare_versions(
        &self,
        old: &Arc<PageContent>,
        new: &Arc<PageContent>,
    ) -> Comparison {
        let comparison = match self.pairs.get(&pair_key(old, new)) {
            Some(pair) => Arc::clone(&pair.comparison),
            None => compare_pair(old, new).comparison,
        };
        Arc::unwrap_or_clone(comparison)
    }

    /// What the last of some versions changed since an earlier one.
    pub(super) fn changes_since(
        &self,
        first: usize,
        later: &EditionRun,
        pages: &mut Pages<'_>,
    ) -> Result<Vec<Change>> {
        let ends = (self.page_at(first), later.at.last().and_then(|last| self.page_at(*last)));
        let (Some(old), Some(new)) = ends else { return Ok(Vec::new()) };
        let mut comparison = self.compare_versions(old, new);
        self.date_changes(&mut comparison, later, Some(first), pages)?;
        Ok(comparison.changes)
    }

    /// The moves of duties that an edition added, each since the version that added it. The
    /// comparison with the edition before has them as added to the parties that they moved to.
    pub(super) fn moves_of_added(
        &self,
        run: &EditionRun,
        base: usize,
        comparison: &Comparison,
        pages: &mut Pages<'_>,
    ) -> Result<Vec<Change>> {
        if run.at.len() < 2 {
            return Ok(Vec::new());
        }
        let (_, chain) = self.way_through(run, Some(base));
        let mut moved: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for change in comparison.changes.iter().filter(|change| !change.reference) {
            // the way has the edition before as its first version
            let begun = attribution::added_for_another_at(&chain, change);
            let begun = begun.and_then(|version| version.checked_sub(1));
            if let (Some(begun), Some(place)) = (begun, &change.place.new) {
                moved.entry(begun).or_default().push(place.duty);
            }
        }
        let mut changes = Vec::new();
        for (begun, duties) in moved {
            let Some((first, later)) = run.split_from(begun) else { continue };
            let is_asked = |change: &Change| {
                let new = change.place.new.as_ref();
                change.kind == Kind::Moved && new.is_some_and(|new| duties.contains(&new.duty))
            };
            let within = self.changes_since(first, &later, pages)?.into_iter();
            changes.extend(within.filter(is_asked));
        }
        Ok(changes)
    }
}
