//! Duties that a commit took from one page to another: each page alone shows them as removed
//! or added.

use std::collections::{BTreeMap, HashMap};

use super::pages::Pages;
use crate::diff::{self, DocumentPair};
use crate::error::Result;
use crate::history::{FileVersion, PageHistories, VersionOrigin};
use crate::model::{Change, Introduced, Kind, Place, Sides};
use crate::report::{Edition, PageLog};

/// A duty that went to another page.
#[derive(Clone, Debug)]
struct Departure {
    /// The pages, by their positions in the history.
    page: Sides<usize>,
    /// The path that the duty has now.
    path: String,
    /// As it stands with the page that has it now.
    change: Change,
    /// Whether that page begins with it, so that its first edition has no change.
    begins: bool,
}

/// The duties that left a page or came to it, by the commit that took them.
#[derive(Debug, Default)]
pub(super) struct PageTransfers {
    /// Each with its position in the version before, and where it is since.
    pub(super) leaving: HashMap<String, Vec<(usize, Place)>>,
    /// Each as it stands with this page.
    pub(super) arriving: HashMap<String, Vec<Change>>,
}

/// All of a history, by commit.
#[derive(Debug, Default)]
pub(super) struct Departures(HashMap<String, Vec<Departure>>);

/// One page before and after a commit.
struct PageAtCommit<'a> {
    /// Which page, by position.
    page: usize,
    old: Option<&'a FileVersion>,
    new: &'a FileVersion,
}

impl Departures {
    /// Compares all pages of each commit that changed more than one.
    pub(super) fn find_all(found: &PageHistories, pages: &mut Pages<'_>) -> Result<Self> {
        let mut steps: HashMap<String, Vec<PageAtCommit<'_>>> = HashMap::new();
        for (page, page_history) in found.pages.iter().enumerate() {
            let versions = &page_history.file_history.versions;
            for (at, new) in versions.iter().enumerate() {
                if let VersionOrigin::Commit(commit) = &new.origin {
                    let old = at.checked_sub(1).and_then(|at| versions.get(at));
                    steps.entry(commit.id.to_string()).or_default().push(PageAtCommit {
                        page,
                        old,
                        new,
                    });
                }
            }
        }
        let mut all = HashMap::new();
        for (commit, steps) in steps.into_iter().filter(|(_, steps)| steps.len() > 1) {
            let found = of_commit(&steps, pages)?;
            pages.forget_unused();
            if !found.is_empty() {
                all.insert(commit, found);
            }
        }
        Ok(Self(all))
    }

    /// Reports in the editions of the page at a position what went to another page and came from
    /// one.
    pub(super) fn add_to_editions(&self, page: usize, log: &mut PageLog) {
        if self.0.is_empty() {
            return;
        }
        for edition in &mut log.editions {
            for changes in [&mut edition.report.changes, &mut edition.changes_within] {
                let alone = std::mem::take(changes).into_iter();
                changes.extend(alone.filter_map(|change| self.change_to_show(change, page)));
                changes.sort_by_key(|change| change.kind);
            }
            if let Some(gone) = &mut edition.gone {
                let since = gone.unread_since.as_ref().map(|since| since.commit.commit.as_str());
                let commits = since.into_iter().chain([gone.commit.commit.as_str()]);
                gone.went_to = self.destinations(page, commits);
            }
            if edition.stamp_before().is_none() {
                edition.between_pages = self.of_first_edition(page, edition);
                let is_same = |one: &Change, other: &Change| {
                    let commit =
                        |change: &Change| change.introduced.as_ref().map(|it| it.commit.clone());
                    one.id == other.id && commit(one) == commit(other)
                };
                let between = &edition.between_pages;
                edition.changes_within.retain(|change| {
                    !change.is_between_pages() || !between.iter().any(|one| is_same(one, change))
                });
            }
        }
    }

    /// The duties that left the page at a position, and those that came to it.
    pub(super) fn of_page(&self, page: usize) -> PageTransfers {
        let mut transfers = PageTransfers::default();
        for (commit, departures) in &self.0 {
            for Departure { page: pages, path, change, .. } in departures {
                if let (true, Some(old), Some(new)) =
                    (pages.old == page, &change.place.old, &change.place.new)
                {
                    let there = Place { path: Some(path.clone()), ..new.clone() };
                    transfers.leaving.entry(commit.clone()).or_default().push((old.duty, there));
                }
                if pages.new == page {
                    transfers.arriving.entry(commit.clone()).or_default().push(change.clone());
                }
            }
        }
        transfers
    }

    /// How many duties of a page some commits took to which other page, by path; references are none.
    fn destinations<'a>(
        &self,
        page: usize,
        commits: impl Iterator<Item = &'a str>,
    ) -> BTreeMap<String, usize> {
        let mut paths: BTreeMap<String, usize> = BTreeMap::new();
        for departure in commits.filter_map(|commit| self.0.get(commit)).flatten() {
            if departure.page.old == page && !departure.change.reference {
                *paths.entry(departure.path.clone()).or_default() += 1;
            }
        }
        paths
    }

    /// The changes between a page and others that its first edition brought.
    fn of_first_edition(&self, page: usize, edition: &Edition) -> Vec<Change> {
        let mut changes = Vec::new();
        for commit in edition.commits.iter().rev() {
            let departures = self.0.get(&commit.commit).into_iter().flatten();
            for Departure { page: pages, path, change, .. } in departures {
                let introduced = Some(Introduced {
                    commit: commit.commit.clone(),
                    time: commit.time,
                    last_updated: edition.stamp().last_updated,
                    author_commit: None,
                });
                let change = Change { introduced, ..change.clone() };
                if pages.new == page {
                    changes.push(change);
                } else if pages.old == page {
                    changes.push(on_the_old_page(change, path));
                }
            }
        }
        changes.sort_by_key(|change| change.kind);
        changes
    }

    /// What replaces a change of a page; `None` where the other page shows it.
    fn change_to_show(&self, change: Change, page: usize) -> Option<Change> {
        let (Kind::Removed, Some(old), Some(introduced)) =
            (change.kind, &change.place.old, &change.introduced)
        else {
            return Some(change);
        };
        let went = |departure: &&Departure| {
            let left = departure.change.place.old.as_ref();
            departure.page.old == page
                && left.is_some_and(|left| left.text == old.text && left.task == old.task)
        };
        match self.0.get(&introduced.commit).and_then(|all| all.iter().find(went)) {
            Some(departure) if departure.begins => {
                let introduced = Some(introduced.clone());
                let change = Change { introduced, ..departure.change.clone() };
                Some(on_the_old_page(change, &departure.path))
            }
            Some(_) => None,
            None => Some(change),
        }
    }
}

/// A change as it stands with the page that had the duty.
fn on_the_old_page(mut change: Change, new_path: &str) -> Change {
    if let Some(place) = &mut change.place.old {
        place.path = None;
    }
    if let Some(place) = &mut change.place.new {
        place.path = Some(new_path.to_owned());
    }
    change
}

fn of_commit(steps: &[PageAtCommit<'_>], pages: &mut Pages<'_>) -> Result<Vec<Departure>> {
    let mut ends = Vec::new();
    for step in steps {
        let mut side = |version: Option<&FileVersion>| -> Result<_> {
            let Some(version) = version else { return Ok(None) };
            Ok(Some(pages.page_of(version)?).filter(|page| page.document.is_responsibility_page()))
        };
        ends.push(Sides::new(side(step.old)?, side(Some(step.new))?));
    }
    let path = |version: &FileVersion| version.file.as_ref().map(|file| file.path.to_string());
    let documents: Vec<DocumentPair<'_>> = steps
        .iter()
        .zip(&ends)
        .map(|(step, ends)| DocumentPair {
            path: Sides::new(
                step.old.and_then(path).filter(|_| ends.old.is_some()),
                path(step.new).filter(|_| ends.new.is_some()),
            ),
            page: ends.as_ref().map(|page| page.as_ref().map(|page| &page.document)),
        })
        .collect();
    let position = |path: &String| {
        let mut at = documents.iter().zip(steps);
        at.find(|(document, _)| document.path.old.as_ref() == Some(path)).map(|(_, step)| step.page)
    };
    let mut found = Vec::new();
    for ((document, step), comparison) in
        documents.iter().zip(steps).zip(diff::compare_all(&documents))
    {
        for change in comparison.changes {
            let from = change.place.old.as_ref().and_then(|place| place.path.as_ref());
            if let (Some(old), Some(path)) = (from.and_then(position), &document.path.new) {
                let begins = document.page.old.is_none();
                let page = Sides::new(old, step.page);
                found.push(Departure { page, path: path.clone(), change, begins });
            }
        }
    }
    Ok(found)
}
