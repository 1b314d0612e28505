//! What a first edition of several commits says of its first version.

use super::counts::{duties_by_area, duties_by_party};
use super::edition_runs::EditionRun;
use super::editions::EditionBuilder;
use super::neighbours::compare_pair;
use super::pages::Pages;
use crate::error::Result;
use crate::model::Change;
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

    /// What the later versions of an edition changed since its first.
    pub(super) fn changes_inside(
        &self,
        run: &EditionRun,
        pages: &mut Pages<'_>,
    ) -> Result<Vec<Change>> {
        let Some((first, later)) = run.at.split_first() else { return Ok(Vec::new()) };
        let ends = (self.page_at(*first), later.last().and_then(|last| self.page_at(*last)));
        let (Some(old), Some(new)) = ends else { return Ok(Vec::new()) };
        let mut comparison = compare_pair(old, new).comparison;
        let later = EditionRun { stamp: run.stamp.clone(), day: run.day, at: later.to_vec() };
        self.date_changes(&mut comparison, &later, Some(*first), pages)?;
        Ok(comparison.changes)
    }
}
