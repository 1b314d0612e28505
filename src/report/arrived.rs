//! Changes of duties that went from one page to another: the page that has the duty now tells them.

use std::collections::HashSet;

use super::log::{Edition, PageLog};
use crate::model::Change;

/// Such changes, by commit and id.
pub(super) struct ArrivedChanges<'a>(HashSet<(&'a str, &'a str)>);

impl<'a> ArrivedChanges<'a> {
    /// Those that pages have with duties that came to them.
    pub(super) fn of_logs(pages: &'a [PageLog]) -> Self {
        let editions = pages.iter().flat_map(|page| &page.editions);
        let changes = editions.flat_map(Edition::all_changes);
        let came = changes
            .filter(|change| change.place.old.as_ref().is_some_and(|place| place.path.is_some()));
        Self(came.filter_map(change_key).collect())
    }

    /// Whether a change stands with the page that had the duty, and with the one that has it, too.
    pub(super) fn has_elsewhere(&self, change: &Change) -> bool {
        let is_away = change.place.new.as_ref().is_some_and(|place| place.path.is_some());
        is_away && change_key(change).is_some_and(|key| self.0.contains(&key))
    }
}

fn change_key(change: &Change) -> Option<(&str, &str)> {
    Some((change.introduced.as_ref()?.commit.as_str(), change.id.as_str()))
}
