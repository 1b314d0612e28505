//! Duties that a commit took from one page to another: each page by itself tells them as removed
//! and added.

use std::collections::HashMap;

use super::pages::Pages;
use crate::diff::{self, DocumentPair};
use crate::error::Result;
use crate::history::{Biographies, Origin, Version};
use crate::model::{Change, Introduced, Kind, Place, Sides};
use crate::report::PageLog;

/// A duty that went to another page.
#[derive(Clone, Debug)]
struct Departure {
    path: Sides<String>,
    /// As it stands with the page that has it now.
    change: Change,
    /// Whether that page begins with it, so that its first edition tells no change.
    begins: bool,
}

/// All of a history, by commit.
#[derive(Debug, Default)]
pub(super) struct Departures(HashMap<String, Vec<Departure>>);

/// One page before and after a commit.
struct Step<'a> {
    old: Option<&'a Version>,
    new: &'a Version,
}

impl Departures {
    /// Compares all pages of each commit that changed more than one.
    pub(super) fn of(found: &Biographies, pages: &mut Pages<'_>) -> Result<Self> {
        let mut steps: HashMap<String, Vec<Step<'_>>> = HashMap::new();
        for biography in &found.pages {
            let versions = &biography.life.versions;
            for (at, new) in versions.iter().enumerate() {
                if let Origin::Commit(commit) = &new.origin {
                    let old = at.checked_sub(1).and_then(|at| versions.get(at));
                    steps.entry(commit.id.to_string()).or_default().push(Step { old, new });
                }
            }
        }
        let mut all = HashMap::new();
        for (commit, steps) in steps.into_iter().filter(|(_, steps)| steps.len() > 1) {
            let found = of_commit(&steps, pages)?;
            pages.forget();
            if !found.is_empty() {
                all.insert(commit, found);
            }
        }
        Ok(Self(all))
    }

    /// Tells in a page's editions what went to another page and came from one.
    pub(super) fn tell_in(&self, page: &mut PageLog) {
        if self.0.is_empty() {
            return;
        }
        for told in page.editions.iter_mut().map(|edition| &mut edition.told) {
            let old_path = told.old_path.clone().unwrap_or_else(|| told.path.clone());
            let changes = std::mem::take(&mut told.changes).into_iter();
            let mut changes: Vec<Change> =
                changes.filter_map(|change| self.told(change, &told.path, &old_path)).collect();
            changes.sort_by_key(|change| change.kind);
            told.changes = changes;
        }
    }

    /// What is told in the place of a change; nothing where the other page tells it.
    fn told(&self, change: Change, path: &str, old_path: &str) -> Option<Change> {
        let Some(introduced) = &change.introduced else { return Some(change) };
        let departures = self.0.get(&introduced.commit).map_or(&[][..], Vec::as_slice);
        let same = |one: &Option<Place>, other: &Option<Place>| match (one, other) {
            (Some(one), Some(other)) => one.text == other.text && one.task == other.task,
            (None, _) | (_, None) => false,
        };
        match change.kind {
            Kind::Removed => {
                let found = departures.iter().find(|departure| {
                    departure.path.old == old_path
                        && same(&departure.change.place.old, &change.place.old)
                });
                match found {
                    Some(departure) if departure.begins => {
                        Some(departure.from_the_old_page(introduced))
                    }
                    Some(_) => None,
                    None => Some(change),
                }
            }
            Kind::Added => {
                let found = departures.iter().find(|departure| {
                    departure.path.new == path
                        && same(&departure.change.place.new, &change.place.new)
                });
                let told = found.map(|departure| Change {
                    introduced: Some(introduced.clone()),
                    ..departure.change.clone()
                });
                Some(told.unwrap_or(change))
            }
            Kind::Moved | Kind::Reworded | Kind::Relocated => Some(change),
        }
    }
}

impl Departure {
    /// The change as it stands with the page that had it.
    fn from_the_old_page(&self, introduced: &Introduced) -> Change {
        let mut change = self.change.clone();
        change.introduced = Some(introduced.clone());
        if let Some(place) = &mut change.place.old {
            place.path = None;
        }
        if let Some(place) = &mut change.place.new {
            place.path = Some(self.path.new.clone());
        }
        change
    }
}

fn of_commit(steps: &[Step<'_>], pages: &mut Pages<'_>) -> Result<Vec<Departure>> {
    let mut ends = Vec::new();
    for step in steps {
        let mut side = |version: Option<&Version>| -> Result<_> {
            let Some(version) = version else { return Ok(None) };
            Ok(Some(pages.of(version)?).filter(|page| page.document.is_responsibility_page()))
        };
        ends.push(Sides::new(side(step.old)?, side(Some(step.new))?));
    }
    let path = |version: &Version| version.file.as_ref().map(|file| file.path.to_string());
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
    let mut found = Vec::new();
    for (document, comparison) in documents.iter().zip(diff::compare_all(&documents)) {
        for change in comparison.changes {
            let from = change.place.old.as_ref().and_then(|place| place.path.clone());
            if let (Some(old), Some(new)) = (from, document.path.new.clone()) {
                let begins = document.page.old.is_none();
                found.push(Departure { path: Sides::new(old, new), change, begins });
            }
        }
    }
    Ok(found)
}
