//! Duties of a page that can be read, in a table that cannot.

use std::collections::BTreeSet;

use super::edition_runs::EditionRun;
use super::editions::EditionBuilder;
use super::neighbours::compare_pair;
use super::outage;
use super::pages::Pages;
use crate::diff::{self, Comparison, lost_matrices};
use crate::error::Result;
use crate::model::{Notice, Side, Sides};
use crate::report::UnreadTables;

impl EditionBuilder<'_> {
    /// Those that an edition reports as removed, by their position in the edition before (or in the
    /// first version, if there is none), and what to report about that, if the comparison with the
    /// edition before does not.
    pub(super) fn unread_in_edition(
        &self,
        comparison: &Comparison,
        run: &EditionRun,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<(BTreeSet<usize>, Vec<Notice>)> {
        let nothing = (BTreeSet::new(), Vec::new());
        let (Some(start), Some(end)) = (base.or(run.at.first().copied()), run.at.last()) else {
            return Ok(nothing);
        };
        let (Some(old), Some(new), Some(version)) =
            (self.page_at(start), self.page_at(*end), self.file_history.versions.get(*end))
        else {
            return Ok(nothing);
        };
        let both = (&old.document, &new.document);
        if base.is_some() {
            if comparison.unread.iter().all(|notice| notice.side != Some(Side::New)) {
                return Ok(nothing);
            }
            return Ok((outage::unread_duties(pages, version, both, comparison)?, Vec::new()));
        }
        let inside = compare_pair(old, new).comparison;
        let lost = lost_matrices(both.0, &inside, Side::Old);
        let notices = outage::unread_of(pages, version, both.1, &lost, Side::New)?;
        if notices.is_empty() {
            return Ok(nothing);
        }
        Ok((outage::unread_duties(pages, version, both, &inside)?, notices))
    }

    /// The tables that cannot be read in the newest version, although these versions could be.
    pub(super) fn unread_in_the_end(
        &self,
        readable: &[usize],
        pages: &mut Pages<'_>,
    ) -> Result<UnreadTables> {
        let mut unread = UnreadTables::default();
        let Some(end) = self.file_history.versions.len().checked_sub(1) else {
            return Ok(unread);
        };
        let (Some(new), Some(version)) = (self.page_at(end), self.file_history.versions.get(end))
        else {
            return Ok(unread);
        };
        for old in readable.iter().filter_map(|at| self.page_at(*at)) {
            let both = (&old.document, &new.document);
            let comparison = diff::compare_pages(Sides::new(both.0, both.1));
            let lost = lost_matrices(both.0, &comparison, Side::Old);
            let mut found = outage::unread_of(pages, version, both.1, &lost, Side::New)?;
            found.retain(|one| unread.notices.iter().all(|known| known.line != one.line));
            if !found.is_empty() {
                let duties: Vec<_> = both.0.duties().collect();
                let lost = outage::unread_duties(pages, version, both, &comparison)?;
                let lost = lost.iter().filter_map(|at| duties.get(*at));
                unread.duties += lost.filter(|(_, _, duty)| !duty.reference).count();
                unread.notices.extend(found);
            }
        }
        Ok(unread)
    }
}
