//! From the version that made a change to the commits that stand for it.

use std::collections::HashMap;

use super::attribution::{self, FirstShown};
use super::page_test::PageTest;
use super::pages::{PageContent, Pages};
use super::version_chain::VersionChain;
use crate::error::Result;
use crate::history::{Commit, FileHistory, Id, Inside, RepoPath, Repository, VersionOrigin};
use crate::model::{Change, Introduced};

/// Names the commits on one page's way, and looks into each merge once.
pub(super) struct IntroductionFinder<'r> {
    repo: &'r Repository,
    insides: HashMap<Id, Inside<'r>>,
}

impl<'r> IntroductionFinder<'r> {
    pub(super) fn new(repo: &'r Repository) -> Self {
        Self { repo, insides: HashMap::new() }
    }

    /// Says of a change which commit on one page's way brought it, and since which commit an added
    /// duty has its words and its party. The version that first shows it, where one does.
    pub(super) fn date_change(
        &mut self,
        pages: &mut Pages<'_>,
        (file_history, chain): (&FileHistory, &VersionChain),
        change: &mut Change,
    ) -> Result<Option<usize>> {
        let mut commit_of = |found: Option<FirstShown>| match found {
            Some(found) => self.introduced_by(pages, file_history, chain, found),
            None => Ok(None),
        };
        let found = attribution::find(chain, change);
        if found.is_some() {
            change.introduced = commit_of(found)?;
        }
        change.worded = commit_of(attribution::find_wording(chain, change))?;
        change.assigned = commit_of(attribution::find_assignment(chain, change))?;
        Ok(found.map(|found| found.version))
    }

    /// The commit that introduced what was found on one page's way, and who wrote it.
    pub(super) fn introduced_by(
        &mut self,
        pages: &mut Pages<'_>,
        file_history: &FileHistory,
        chain: &VersionChain,
        found: FirstShown,
    ) -> Result<Option<Introduced>> {
        let Some(version) = file_history.versions.get(found.version) else { return Ok(None) };
        let VersionOrigin::Commit(commit) = &version.origin else { return Ok(None) };
        let author = if commit.is_merge() {
            self.author_in_merge(pages, file_history, chain, found, commit)?
        } else {
            None
        };
        let stamp = chain.pages.get(found.version).map(|page| &page.document.stamp);
        Ok(Some(Introduced {
            commit: commit.id.to_string(),
            time: commit.time,
            last_updated: stamp.and_then(|stamp| stamp.last_updated),
            author_commit: author.map(|id| id.to_string()),
        }))
    }

    /// The commit inside a merge that wrote it: the first that states the duty as often as
    /// the merge does (or, where it went, no more often).
    fn author_in_merge(
        &mut self,
        pages: &mut Pages<'_>,
        file_history: &FileHistory,
        chain: &VersionChain,
        found: FirstShown,
        merge: &Commit,
    ) -> Result<Option<Id>> {
        let FirstShown { version, key, came } = found;
        let (Some(after), Some(before)) =
            (chain.pages.get(version), version.checked_sub(1).and_then(|at| chain.pages.get(at)))
        else {
            return Ok(None);
        };
        let count = |page: &PageContent| page.counts_by_key().count_of(key);
        let (wanted, was) = (count(after), count(before));
        if (came && wanted <= was) || (!came && wanted >= was) {
            return Ok(None);
        }
        let neighbours = file_history.versions.get(version - 1..=version).unwrap_or_default();
        let mut paths: Vec<RepoPath> = Vec::new();
        for file in neighbours.iter().rev().filter_map(|version| version.file.as_ref()) {
            if !paths.contains(&file.path) {
                paths.push(file.path.clone());
            }
        }
        let Some(newer) = neighbours.iter().rev().find(|version| version.file.is_some()) else {
            return Ok(None);
        };
        // what an included file brought, no commit of the page's own did
        if neighbours.iter().any(|version| version.included != newer.included) {
            return Ok(None);
        }
        let inside = match self.insides.entry(merge.id) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                // the branch may have the page under the name that it had before
                if let Some(path) = paths.first() {
                    let test = PageTest::new(&[], pages.names_of());
                    paths.extend(self.repo.names_before_merge(merge, path, &test)?);
                }
                entry.insert(self.repo.inside_merge(merge, paths)?)
            }
        };
        inside.author_commit(&mut |blob| {
            let found = count(&*pages.of_blob(blob, newer)?);
            Ok(if came { found >= wanted } else { found <= wanted })
        })
    }
}
