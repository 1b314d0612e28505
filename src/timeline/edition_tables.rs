//! Tables of a page that cannot be read in an edition, or can be read again.

use std::borrow::Cow;

use super::complete_versions::{known_before, tables_now_unread, tables_readable_again};
use super::edition_runs::{EditionRun, commit_of};
use super::editions::EditionBuilder;
use super::known_comparisons::pair_key;
use super::pages::PageContent;
use crate::diff::Comparison;
use crate::model::{Document, Sides};
use crate::report::UnreadTables;

impl EditionBuilder<'_> {
    /// Adds which tables can be read again since the edition before (or the first version, if there
    /// is none), and which can no longer be read at the end of this one. The latter.
    pub(super) fn note_tables(
        &self,
        comparison: &mut Comparison,
        run: &EditionRun,
        base: Option<usize>,
    ) -> UnreadTables {
        let way = run.versions_since(base);
        let pages: Vec<_> = way.iter().filter_map(|at| self.page_at(*at)).collect();
        for pair in pages.windows(2) {
            if let [old, new] = pair
                && let Some(step) = self.pairs.get(&pair_key(old, new))
            {
                let found = tables_readable_again(Sides::new(old, new), &step.comparison);
                comparison.notices.extend(found);
            }
        }
        let (Some(old), Some(new)) = (pages.first(), pages.last()) else {
            return UnreadTables::default();
        };
        let unread = tables_now_unread(old, new);
        comparison.notices.extend(unread.notices.iter().cloned());
        comparison.unread.extend(unread.notices.iter().cloned());
        unread
    }

    /// What the page before an edition has, without what cannot be read in the edition either. Before
    /// a range, what can be read again in the range counts.
    pub(super) fn known_before(
        &self,
        base: Option<usize>,
        page: &PageContent,
    ) -> Option<Cow<'_, Document>> {
        let base = base?;
        let begins = commit_of(self.file_history, base).is_none();
        let newest = self.contents.last().and_then(Option::as_deref);
        let later = newest.filter(|_| begins).unwrap_or(page);
        self.page_at(base).map(|old| known_before(old, later))
    }

    /// The tables that cannot be read in the newest version, although they could be in an older one.
    pub(super) fn unread_in_the_end(&self) -> UnreadTables {
        let first = self.contents.iter().flatten().next();
        match (first, self.contents.last()) {
            (Some(old), Some(Some(new))) => tables_now_unread(old, new),
            (_, _) => UnreadTables::default(),
        }
    }
}
