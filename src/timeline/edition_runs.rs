//! Which versions of a page make an edition: runs of one stamp.

use std::sync::Arc;

use chrono::NaiveDate;

use super::pages::PageContent;
use crate::history::{Commit, FileHistory, VersionOrigin};
use crate::model::Stamp;

/// A run of versions with one stamp, by their positions; those without a page are left out.
pub(super) struct EditionRun {
    pub(super) stamp: Stamp,
    pub(super) day: NaiveDate,
    pub(super) at: Vec<usize>,
}

impl EditionRun {
    /// Its versions, behind the last one of the edition before.
    pub(super) fn versions_since(&self, base: Option<usize>) -> Vec<usize> {
        base.into_iter().chain(self.at.iter().copied()).collect()
    }

    /// One of its versions, and those that follow it; none where it has no such version.
    pub(super) fn split_from(&self, begin: usize) -> Option<(usize, Self)> {
        let (first, later) = self.at.get(begin..)?.split_first()?;
        Some((*first, Self { stamp: self.stamp.clone(), day: self.day, at: later.to_vec() }))
    }
}

/// The commit of a version; none for what was there before a range.
pub(super) fn commit_of(file_history: &FileHistory, at: usize) -> Option<&Commit> {
    match &file_history.versions.get(at)?.origin {
        VersionOrigin::Commit(commit) => Some(commit),
        VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded => None,
    }
}

pub(super) fn commit_day(commit: &Commit) -> NaiveDate {
    commit.time.to_utc().date_naive()
}

/// A stamp without a date takes its commit's day. The state before a range is a run of its own.
pub(super) fn edition_runs(
    file_history: &FileHistory,
    contents: &[Option<Arc<PageContent>>],
) -> Vec<EditionRun> {
    let mut runs: Vec<EditionRun> = Vec::new();
    let mut in_range = false;
    for (at, page) in contents.iter().enumerate() {
        let Some(page) = page else { continue };
        let stamp = page.document.stamp.clone();
        let commit = commit_of(file_history, at);
        let day = stamp.last_updated.or_else(|| commit.map(commit_day)).unwrap_or_default();
        let goes_on = in_range == commit.is_some();
        in_range = commit.is_some();
        match runs.last_mut().filter(|run| goes_on && run.stamp == stamp && run.day == day) {
            Some(run) => run.at.push(at),
            None => runs.push(EditionRun { stamp, day, at: vec![at] }),
        }
    }
    runs
}
