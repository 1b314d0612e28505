//! What holds at a point of a repository: the policy there, the names and sources that it sets, the levels of changes.

use std::ffi::OsString;

use crate::error::Result;
use crate::history::{Filter, Point, Repository};
use crate::model::{Change, Document, Place};

use super::keyrefs::Keyrefs;
use super::overlooked;
use super::policy::{EffectivePolicy, sources_filter};

impl Keyrefs {
    /// The names and the policy that hold at a point of a repository.
    pub(super) fn in_force(&self, repository: &Repository, point: &Point) -> Result<Self> {
        let policy = if self.policy.is_given {
            self.policy.clone()
        } else {
            EffectivePolicy::of_repository(repository, point)?
        };
        Ok(self.under_policy(policy, repository).at_point(point))
    }

    /// The paths that were asked for, within the policy's sources.
    pub(super) fn path_filter(
        &self,
        repository: &Repository,
        paths: &[OsString],
    ) -> Result<Filter> {
        let filter = repository.path_filter(paths)?;
        Ok(match sources_filter(repository, &self.policy.policy)? {
            Some(sources) => filter.within_any(vec![sources]),
            None => filter,
        })
    }

    /// The same, with a word about what is passed over for the settings at these points.
    pub(super) fn reported_filter(
        &self,
        repository: &Repository,
        points: &[&Point],
        paths: &[OsString],
    ) -> Result<Filter> {
        let filter = self.path_filter(repository, paths)?;
        if !self.policy.is_given
            && let Some(newest) = points.last()
        {
            overlooked::warn_of_misnamed(repository, newest)?;
        }
        let asked = repository.path_filter(paths)?;
        let sides = (&asked, &filter);
        overlooked::report_sources(
            repository,
            points,
            &self.policy.policy,
            sides,
            &self.names_with(&[]),
        )?;
        if let Some(Point::WorkingTree) = points.last() {
            overlooked::report_untracked(repository, &filter, &self.names_with(&[]));
        }
        Ok(filter)
    }

    /// Gives changes of a page the levels that the policy says, and leaves out what is off. How many
    /// changes that are.
    pub(super) fn relevel(&self, changes: &mut Vec<Change>, path: &str) -> usize {
        let before = changes.len();
        changes.retain_mut(|change| match self.policy.policy.level_of(change, path) {
            Some(level) => {
                change.level = level;
                true
            }
            None => false,
        });
        let ignored = before - changes.len();
        self.policy.count_left_out(ignored);
        self.assign_controls(changes, path);
        ignored
    }

    /// Says of changes of a page which controls they belong to.
    pub(super) fn assign_controls(&self, changes: &mut [Change], path: &str) {
        for change in changes {
            change.controls = self.policy.policy.controls_of_change(change, path);
        }
    }

    /// The controls of each duty of a page, by its position; empty where the policy maps none.
    pub(super) fn controls_of(&self, document: &Document, path: &str) -> Vec<Vec<String>> {
        let policy = &self.policy.policy;
        if policy.controls.is_empty() {
            return Vec::new();
        }
        let places = document.duties().enumerate().map(|(at, duty)| Place::of_duty(at, duty));
        places.map(|place| policy.controls_at(&place, path)).collect()
    }
}
