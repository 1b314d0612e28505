//! Which commits of a span touched pages, and what each did to them.
//!
//! Here every markdown file is looked at once, in each of its contents, batch by batch. Files
//! that are named in full are watched instead (see [`follow`](super::follow)).

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::id::is_page_name;
use super::page_check::PageCheck;
use super::rename;
use super::span::{Span, WalkCommit};
use super::steps::Steps;
use super::tree::Difference;
use super::{Commit, ContentKey, File, Id, IsPage, RepoPath, Repository};
use crate::error::Result;
use crate::model::is_included_name;

/// So many contents are looked at together: enough for neighbours in history to be read one
/// after the other, few enough to be held.
const BATCH: usize = 16_384;

/// Told now and then how many commits were passed.
pub type WalkProgress<'a> = &'a (dyn Fn(usize) + Sync);

/// What one commit did to the files that matter.
pub(super) struct CommitChanges {
    pub(super) commit: Commit,
    pub(super) differences: Vec<Difference>,
    /// From where to where files went, of those that matter.
    pub(super) renames: Vec<(RepoPath, RepoPath)>,
}

/// What was found on the way.
#[derive(Default)]
pub(super) struct Collected {
    /// Newest first.
    pub(super) steps: Vec<CommitChanges>,
    /// Commits passed.
    pub(super) commits: usize,
    /// Changes of companions and of files that pages may include, newest first.
    pub(super) companions: HashMap<RepoPath, Vec<CompanionChange>>,
    /// The number of each step's commit on the way.
    pub(super) numbers: Vec<usize>,
}

/// What a commit did to a companion.
pub(super) struct CompanionChange {
    /// The number of the commit on the way.
    pub(super) number: usize,
    pub(super) commit: Id,
    pub(super) old: Option<Id>,
    pub(super) new: Option<Id>,
}

impl Collected {
    pub(super) fn note_companion(&mut self, number: usize, commit: Id, found: Difference) {
        let Difference { path, old, new } = found;
        let changes = self.companions.entry(path).or_default();
        changes.push(CompanionChange { number, commit, old, new });
    }

    /// The tables of names that were found, each content at each path once.
    pub(super) fn companion_files(&self) -> Vec<File> {
        let is_table = |path: &RepoPath| path.name() == super::COMPANION.as_bytes();
        let tables = self.companions.iter().filter(|(path, _)| is_table(path));
        let contents = tables.flat_map(|(path, changes)| {
            let blobs = changes.iter().flat_map(|change| [change.old, change.new]).flatten();
            blobs.map(move |blob| (path, blob))
        });
        let contents: BTreeSet<(&RepoPath, Id)> = contents.collect();
        let file = |(path, blob): (&RepoPath, Id)| File { path: path.clone(), blob, disk: None };
        contents.into_iter().map(file).collect()
    }
}

/// What a walk needs to know.
pub(super) struct PageSearch<'a> {
    pub(super) repo: &'a Repository,
    pub(super) span: &'a Span,
    pub(super) companion: &'static str,
    pub(super) is_page: IsPage<'a>,
    pub(super) progress: WalkProgress<'a>,
}

/// A commit whose files are yet to be looked at.
struct Pending {
    number: usize,
    before: Option<Id>,
    commit: Id,
    differences: Vec<Difference>,
}

impl PageSearch<'_> {
    /// Every page that ever was, found by content.
    pub(super) fn collect_all(&self) -> Result<Collected> {
        let mut found = Collected::default();
        let mut sorter = Sorter::new(self);
        let tip = self.repo.read_commit(self.span.tip().commit)?.tree;
        // a plain function, since trees are compared by one; this is the only companion
        let wanted = |name: &[u8]| {
            is_page_name(name) || name == super::COMPANION.as_bytes() || is_included_name(name)
        };
        let mut steps = Steps::new(self.repo, Some(tip), wanted)?;
        let mut number = 0;
        let companion = self.companion.as_bytes();
        let commits =
            self.repo.walk_commits(self.span, &mut |WalkCommit { commit, before, .. }| {
                let mut differences = steps.differences_to(self.repo, before)?;
                differences.retain(|difference| {
                    let name = difference.path.name();
                    if name == companion || is_included_name(name) {
                        found.note_companion(number, commit, difference.clone());
                    }
                    is_page_name(name)
                });
                if !differences.is_empty() {
                    sorter
                        .add_pending(Pending { number, before, commit, differences }, &mut found)?;
                }
                number += 1;
                (self.progress)(number);
                Ok(())
            })?;
        sorter.settle_waiting(&mut found)?;
        found.commits = commits;
        Ok(found)
    }

    /// Where files came from, between a commit and what it was made from.
    pub(super) fn find_renames(
        &self,
        removed: &[File],
        added: &[File],
        pages: &mut PageCheck<'_>,
    ) -> Result<Vec<(RepoPath, RepoPath)>> {
        if removed.is_empty() || added.is_empty() {
            return Ok(Vec::new());
        }
        let pairs = rename::pair_renamed_files(self.repo, removed, added, pages)?;
        let path = |files: &[File], at: usize| files.get(at).map(|file| file.path.clone());
        Ok(pairs
            .into_iter()
            .filter_map(|(from, to)| Some((path(removed, from)?, path(added, to)?)))
            .collect())
    }
}

/// Looks at all contents, a batch at a time, and keeps the commits that touched pages.
struct Sorter<'a> {
    search: &'a PageSearch<'a>,
    pending: Vec<Pending>,
    waiting: usize,
    /// What each path held in the oldest commit looked at.
    last: HashMap<RepoPath, (Id, bool)>,
    pages: PageCheck<'a>,
}

impl<'a> Sorter<'a> {
    fn new(search: &'a PageSearch<'a>) -> Self {
        let pages = PageCheck::new(search.is_page);
        Self { search, pending: Vec::new(), waiting: 0, last: HashMap::new(), pages }
    }

    fn add_pending(&mut self, pending: Pending, found: &mut Collected) -> Result<()> {
        self.waiting += pending.differences.len();
        self.pending.push(pending);
        if self.waiting < BATCH { Ok(()) } else { self.settle_waiting(found) }
    }

    fn settle_waiting(&mut self, found: &mut Collected) -> Result<()> {
        let known = self.check_contents()?;
        for one in std::mem::take(&mut self.pending) {
            let pages = |found: &&Difference| found.content_keys().any(|key| known.contains(&key));
            let mut kept: Vec<Difference> = one.differences.iter().filter(pages).cloned().collect();
            if kept.is_empty() {
                continue;
            }
            let begins = kept.iter().any(|found| found.old.is_none() || found.new.is_none());
            let mut renames = Vec::new();
            if begins && one.before.is_some() {
                let (removed, added) = removed_and_added(&one.differences);
                renames = self.search.find_renames(&removed, &added, &mut self.pages)?;
                keep_renamed(&mut kept, &mut renames, &one.differences);
            }
            found.numbers.push(one.number);
            let commit = self.search.repo.read_commit(one.commit)?;
            found.steps.push(CommitChanges { commit, differences: kept, renames });
        }
        self.waiting = 0;
        Ok(())
    }

    /// Looks at every content that is waiting, and says which are pages.
    fn check_contents(&mut self) -> Result<HashSet<ContentKey>> {
        let mut ids: Vec<(&RepoPath, usize, ContentKey)> = Vec::new();
        let mut known: HashMap<ContentKey, bool> = HashMap::new();
        let mut seen = HashSet::new();
        let mut order = 0;
        for found in self.pending.iter().flat_map(|pending| &pending.differences) {
            for id in found.content_keys() {
                let before = self.last.get(&found.path).filter(|last| last.0 == id.0);
                if let Some((_, page)) = before {
                    known.insert(id, *page);
                } else if seen.insert(id) {
                    ids.push((&found.path, order, id));
                    order += 1;
                }
            }
        }
        ids.retain(|(_, _, id)| !known.contains_key(id));
        // A file's contents one after the other: each is stored as its difference from the last.
        ids.sort_unstable();
        let ids: Vec<ContentKey> = ids.into_iter().map(|(_, _, id)| id).collect();
        let answers = self.search.repo.are_pages(&ids, self.search.is_page)?;
        known.extend(ids.into_iter().zip(answers));
        for found in self.pending.iter().flat_map(|pending| &pending.differences) {
            match found.old {
                Some(old) => {
                    let key = (old, found.path.format());
                    let page = known.get(&key).copied().unwrap_or_default();
                    self.last.insert(found.path.clone(), (old, page));
                }
                None => drop(self.last.remove(&found.path)),
            }
        }
        Ok(known.into_iter().filter(|(_, page)| *page).map(|(id, _)| id).collect())
    }
}

/// Keeps the renames of kept files, with what a page became that cannot be read as one any more.
pub(super) fn keep_renamed(
    kept: &mut Vec<Difference>,
    renames: &mut Vec<(RepoPath, RepoPath)>,
    all: &[Difference],
) {
    let holds = |kept: &[Difference], path: &RepoPath| kept.iter().any(|found| found.path == *path);
    renames.retain(|(from, to)| holds(kept, from) || holds(kept, to));
    let is_target = |found: &&Difference| {
        found.old.is_none()
            && renames.iter().any(|(_, to)| *to == found.path)
            && !holds(kept, &found.path)
    };
    let targets: Vec<Difference> = all.iter().filter(is_target).cloned().collect();
    kept.extend(targets);
}

pub(super) fn removed_and_added(differences: &[Difference]) -> (Vec<File>, Vec<File>) {
    let file = |path: &RepoPath, blob| File { path: path.clone(), blob, disk: None };
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for found in differences {
        match (found.old, found.new) {
            (Some(old), None) => removed.push(file(&found.path, old)),
            (None, Some(new)) => added.push(file(&found.path, new)),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
    (removed, added)
}

impl Repository {
    /// Asks of contents whether they are pages; threads share the work, each with a handle of
    /// its own.
    pub(super) fn are_pages(&self, ids: &[ContentKey], is_page: IsPage<'_>) -> Result<Vec<bool>> {
        let share = ids.len().div_ceil(4 * rayon::current_num_threads()).max(8);
        let mut handles = Vec::new();
        for _ in ids.chunks(share) {
            handles.push(self.open_again()?);
        }
        let answers: Result<Vec<Vec<bool>>> = ids
            .par_chunks(share)
            .zip(handles)
            .map(|(ids, repo)| {
                let mut check = is_page.successive_check();
                let ask = |(id, format): &ContentKey| Ok(check(*format, &repo.read_blob(*id)?));
                ids.iter().map(ask).collect()
            })
            .collect();
        Ok(answers?.concat())
    }
}
