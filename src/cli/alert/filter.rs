//! The filters of a target.

use crate::error::Result;
use crate::history::{Filter, RepoPath, Repository};
use crate::model::{Change, Level, Party, Place};
use crate::policy::alert::{Filters, TargetConfig};
use crate::report::DocumentReport;

use super::super::log;

/// A target's filters for one repository.
pub(super) struct TargetFilter<'a> {
    pub(super) target: &'a TargetConfig,
    parties: Vec<Party>,
    areas: Vec<String>,
    documents: Filter,
}

/// How many of the changes that are new pass the filters of a target.
pub(super) struct FilteredChanges {
    pub(super) target: String,
    /// The level that the target asks for.
    pub(super) level: Level,
    /// All of them.
    pub(super) changes: usize,
    /// Those that pass.
    pub(super) passed: usize,
    /// Those that would pass at a lower level.
    pub(super) below: usize,
    /// The highest level of these.
    pub(super) next_level: Option<Level>,
}

impl<'a> TargetFilter<'a> {
    /// None where the target does not want to know of this repository.
    pub(super) fn for_target(
        target: &'a TargetConfig,
        repository: &Repository,
        names: [&str; 2],
    ) -> Result<Option<Self>> {
        let Filters { party, area, document, repository: asked, .. } = &target.filters;
        let holds = |asked: &String| Self::is_part_of_a_name(asked, names);
        if !asked.is_empty() && !asked.iter().any(holds) {
            return Ok(None);
        }
        Ok(Some(Self {
            target,
            parties: party.iter().map(|name| log::parse_party(name)).collect(),
            areas: area.iter().map(|area| area.to_lowercase()).collect(),
            documents: repository.path_filter(document).map_err(|error| {
                error.with_subject(&format!("target {}: `filters.document`", target.name))
            })?,
        }))
    }

    /// Whether a repository of these names is meant.
    pub(super) fn is_part_of_a_name(asked: &str, names: [&str; 2]) -> bool {
        let asked = asked.to_lowercase();
        names.iter().any(|name| name.to_lowercase().contains(&asked))
    }

    /// Whether pages at this path matter.
    pub(super) fn wants_page(&self, path: &str) -> bool {
        self.documents.is_empty() || self.documents.matches(&RepoPath::from(path))
    }

    /// How many of these changes pass.
    pub(super) fn count_changes(&self, editions: &[DocumentReport]) -> FilteredChanges {
        let changes = || editions.iter().flat_map(|edition| &edition.changes);
        let duties = || changes().filter(|change| !change.reference);
        let level = self.target.filters.level.to_level();
        let below =
            || duties().filter(|change| change.level < level && self.wants_at_any_level(change));
        FilteredChanges {
            target: self.target.name.clone(),
            level,
            changes: duties().count(),
            passed: duties().filter(|change| self.wants_change(change)).count(),
            below: below().count(),
            next_level: below().map(|change| change.level).max(),
        }
    }

    /// Whether a change passes.
    pub(super) fn wants_change(&self, change: &Change) -> bool {
        change.level >= self.target.filters.level.to_level() && self.wants_at_any_level(change)
    }

    /// Whether a change passes all filters but the level. References are no duties, so nobody is
    /// notified of them.
    fn wants_at_any_level(&self, change: &Change) -> bool {
        let holders = || [&change.party.old, &change.party.new].into_iter().flatten();
        let is_asked = |party: &Party| self.parties.iter().any(|asked| party.is_called(asked));
        let places = || [&change.place.old, &change.place.new].into_iter().flatten();
        !change.reference
            && (self.parties.is_empty() || holders().any(is_asked))
            && (self.areas.is_empty() || places().any(|place| self.is_under(place)))
    }

    fn is_under(&self, place: &Place) -> bool {
        let mut headings = place.section.iter().chain([&place.area]);
        headings.any(|heading| {
            let heading = heading.to_lowercase();
            self.areas.iter().any(|area| heading.contains(area))
        })
    }
}
