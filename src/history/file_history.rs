//! Every content that the files of a range had between its ends: one walk for all of them.

use std::collections::BTreeMap;

use super::included::{Finder, Included, PageIncludes};
use super::origins::OriginSearch;
use super::page_check::PageCheck;
use super::path_tracker::PathTracker;
use super::{
    Ends, File, FilePair, Id, IsPage, Mainline, Point, RepoPath, Repository, VersionOrigin, fault,
};
use crate::error::Result;
use crate::model::Format;

/// One content of a file; none where the file was not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVersion {
    /// Where it comes from.
    pub origin: VersionOrigin,
    /// The file.
    pub file: Option<File>,
    /// Its companions as they were then, the root's first.
    pub companions: Vec<File>,
    /// The files that it includes, as they were then, by the paths that it gives them.
    pub included: PageIncludes,
}

/// All versions of one file of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileHistory {
    /// Oldest first. The first is what the old end has, the last what the new end has;
    /// neighbours differ.
    pub versions: Vec<FileVersion>,
}

/// What one file is at one station of the walk.
#[derive(Clone)]
struct FileState {
    path: RepoPath,
    blob: Option<Id>,
    companions: Vec<File>,
    included: PageIncludes,
}

/// One file on the walk back.
struct TrackedFile<'a> {
    pair: &'a FilePair,
    path: RepoPath,
    /// The files that it includes at this station.
    included: Included,
    /// Its content when these were found, and theirs.
    included_of: Option<Vec<Option<Id>>>,
    /// What it is at the station before, which is the next newer one.
    state: Option<FileState>,
    /// The version that only the working tree or the index may have.
    unrecorded: Option<FileVersion>,
    /// Newest first.
    versions: Vec<FileVersion>,
}

struct HistoryWalk<'a, 'r> {
    /// How many versions of each file are enough; none where all are wanted.
    enough: Option<usize>,
    repo: &'r Repository,
    ends: &'a Ends,
    pages: PageCheck<'a>,
    is_page: IsPage<'a>,
    companion: Option<&'a str>,
    travellers: Vec<TrackedFile<'a>>,
}

impl Repository {
    /// The versions of each pair, by one walk back along the mainline, through renames.
    /// A `companion` is the name of a file that a page's meaning depends on (a table of names),
    /// at the root or in the page's own folder; its changes make versions, too.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn file_histories(
        &self,
        ends: &Ends,
        line: &Mainline,
        pairs: &[FilePair],
        companion: Option<&str>,
        is_page: IsPage<'_>,
    ) -> Result<Vec<FileHistory>> {
        self.file_histories_back(ends, line, pairs, companion, is_page, None)
    }

    /// The same, but only as far back as `enough` versions of each pair, if that is given; the
    /// older part of a history is then meaningless.
    pub(super) fn file_histories_back(
        &self,
        ends: &Ends,
        line: &Mainline,
        pairs: &[FilePair],
        companion: Option<&str>,
        is_page: IsPage<'_>,
        enough: Option<usize>,
    ) -> Result<Vec<FileHistory>> {
        let travellers = pairs.iter().map(|pair| TrackedFile {
            pair,
            path: pair.path.clone(),
            included: Included::default(),
            included_of: None,
            state: None,
            unrecorded: None,
            versions: Vec::new(),
        });
        let mut walk = HistoryWalk {
            enough,
            repo: self,
            ends,
            pages: PageCheck::new(is_page),
            is_page,
            companion,
            travellers: travellers.collect(),
        };
        walk.run(line)?;
        if line.cut && !walk.has_enough() {
            return Err(fault::cut_short(
                ends.tip.as_ref().map_or("HEAD", |tip| tip.name.as_str()),
                line.commits.len(),
            ));
        }
        walk.finish(line)
    }
}

impl HistoryWalk<'_, '_> {
    fn run(&mut self, line: &Mainline) -> Result<()> {
        let new = &self.ends.points.new;
        if !matches!(new, Point::Commit(_)) {
            let mut known = KnownCompanions::default();
            for one in &mut self.travellers {
                let companions = known.companions_at(
                    self.repo,
                    new,
                    &companion_paths(&one.path, self.companion),
                )?;
                let included = match &one.pair.file.new {
                    Some(file) => self.repo.included_at(new, file, self.is_page)?,
                    None => PageIncludes::default(),
                };
                one.start_with(companions, included);
            }
        }
        let mut watch = self.path_tracker();
        let mut newer: Option<usize> = None;
        for at in 0..=line.commits.len() {
            let tree = line.tree_at(at);
            // Most commits touch other pages; the watch finds out without reading much.
            if watch.look_at_tree(self.repo, tree)? || newer.is_none() {
                if self.follow_renames(&watch, line, at)? {
                    watch = self.path_tracker();
                    watch.look_at_tree(self.repo, tree)?;
                }
                if self.find_included(&watch, tree)? {
                    watch = self.path_tracker();
                    watch.look_at_tree(self.repo, tree)?;
                }
                self.record_versions(&watch, newer.map(|at| line.origin_at(at)).as_ref());
                if self.has_enough() {
                    break;
                }
            }
            newer = Some(at);
        }
        Ok(())
    }

    fn has_enough(&self) -> bool {
        self.enough
            .is_some_and(|count| self.travellers.iter().all(|one| one.versions.len() >= count))
    }

    fn path_tracker(&self) -> PathTracker {
        let paths: Vec<RepoPath> =
            self.travellers.iter().flat_map(|one| one.watched_paths(self.companion)).collect();
        PathTracker::new(&paths)
    }

    /// Follows files that are not there yet at a station to where they came from. Whether any
    /// path changed.
    fn follow_renames(&mut self, watch: &PathTracker, line: &Mainline, at: usize) -> Result<bool> {
        let mut origins = OriginSearch::new(self.repo, self.ends, line, at);
        let mut changed = false;
        let mut slot = 0;
        for one in &mut self.travellers {
            let own = slot;
            slot += one.watched_paths(self.companion).len();
            let Some(file) = one.previous_file().filter(|_| watch.tracked_blob(own).is_none())
            else {
                continue;
            };
            let ended = one.pair.old_path().filter(|path| **path != one.path);
            if let Some(source) = origins.find(&file, ended, &mut self.pages)? {
                one.path = source;
                changed = true;
            }
        }
        Ok(changed)
    }

    /// Finds the files that pages include in a tree. Whether other paths are watched since.
    fn find_included(&mut self, watch: &PathTracker, tree: Option<Id>) -> Result<bool> {
        let (repo, companion, is_page) = (self.repo, self.companion, self.is_page);
        let mut finder = Finder::of_tree(repo, tree);
        let (mut slot, mut changed) = (0, false);
        for one in &mut self.travellers {
            let count = one.watched_paths(companion).len();
            let blobs: Vec<Option<Id>> =
                (slot..slot + count).map(|slot| watch.tracked_blob(slot)).collect();
            slot += count;
            if one.path.format() != Format::AsciiDoc || one.included_of.as_ref() == Some(&blobs) {
                continue;
            }
            let found = match blobs.first().copied().flatten() {
                Some(blob) => {
                    let page = File { path: one.path.clone(), blob, disk: None };
                    repo.included_by(&page, &mut |path| finder.find(path), is_page)?
                }
                None => Included::default(),
            };
            changed |= found.paths != one.included.paths;
            one.included_of = (found.paths == one.included.paths).then_some(blobs);
            one.included = found;
        }
        Ok(changed)
    }

    /// Notes what is at a station; `newer` is the origin of what was at the one before.
    fn record_versions(&mut self, watch: &PathTracker, newer: Option<&VersionOrigin>) {
        let mut slot = 0;
        for one in &mut self.travellers {
            let watched = one.watched_paths(self.companion);
            let included = one.included.paths.len();
            let mut found = watched.into_iter().map(|path| {
                slot += 1;
                watch.tracked_blob(slot - 1).map(|blob| File { path, blob, disk: None })
            });
            let blob = found.next().flatten().map(|file| file.blob);
            let mut companions: Vec<Option<File>> = found.collect();
            companions.truncate(companions.len() - included);
            let companions = companions.into_iter().flatten().collect();
            let included = one.included.found.clone();
            let state = FileState { path: one.path.clone(), blob, companions, included };
            one.record_state(state, newer);
        }
    }

    /// Adds what the old end has below every history.
    fn finish(self, line: &Mainline) -> Result<Vec<FileHistory>> {
        let old = &self.ends.points.old;
        let mut known = KnownCompanions::default();
        let mut all_histories = Vec::new();
        for mut one in self.travellers {
            if let Some(state) = one.state.take() {
                one.versions.push(state.into_version(line.origin_at(line.commits.len())));
            }
            if line.is_off() {
                let file = one.pair.file.old.clone();
                let path = file.as_ref().map_or(&one.pair.path, |file| &file.path);
                let companions =
                    known.companions_at(self.repo, old, &companion_paths(path, self.companion))?;
                let included = match &file {
                    Some(file) => self.repo.included_at(old, file, self.is_page)?,
                    None => PageIncludes::default(),
                };
                one.versions.push(FileVersion {
                    origin: VersionOrigin::OldEnd,
                    file,
                    companions,
                    included,
                });
            } else if let (Some(last), Some(file)) = (one.versions.last_mut(), &one.pair.file.old) {
                last.file = Some(file.clone());
            }
            one.versions.reverse();
            one.versions.dedup_by(|newer, older| newer.is_like(older));
            all_histories.push(FileHistory { versions: one.versions });
        }
        Ok(all_histories)
    }
}

impl TrackedFile<'_> {
    /// The file and its companions, as they are watched.
    fn watched_paths(&self, companion: Option<&str>) -> Vec<RepoPath> {
        let beside = companion_paths(&self.path, companion);
        let included = self.included.paths.iter().cloned();
        std::iter::once(self.path.clone()).chain(beside).chain(included).collect()
    }

    /// The file at the station before, where it was there.
    fn previous_file(&self) -> Option<File> {
        let state = self.state.as_ref()?;
        let unrecorded = self.unrecorded.as_ref().and_then(|version| version.file.clone());
        let recorded = || Some(File { path: self.path.clone(), blob: state.blob?, disk: None });
        unrecorded.or_else(recorded)
    }

    /// Begins with what the working tree or the index holds.
    fn start_with(&mut self, companions: Vec<File>, included: PageIncludes) {
        let file = self.pair.file.new.clone();
        let blob = file.as_ref().map(|file| file.blob);
        let path = self.path.clone();
        let (beside, within) = (companions.clone(), included.clone());
        let state = FileState { path, blob, companions: beside, included: within };
        self.unrecorded =
            Some(FileVersion { origin: VersionOrigin::Unrecorded, file, companions, included });
        self.state = Some(state);
    }

    fn record_state(&mut self, state: FileState, newer: Option<&VersionOrigin>) {
        let unrecorded = self.unrecorded.take();
        if let Some(before) = self.state.replace(state).filter(|before| !self.is_still(before)) {
            let recorded = newer.map(|origin| before.into_version(origin.clone()));
            self.versions.extend(unrecorded.or(recorded));
        }
    }

    fn is_still(&self, before: &FileState) -> bool {
        self.state.as_ref().is_some_and(|now| {
            now.blob == before.blob
                && blob_ids(&now.companions).eq(blob_ids(&before.companions))
                && now.included.content_ids() == before.included.content_ids()
        })
    }
}

impl FileState {
    fn into_version(self, origin: VersionOrigin) -> FileVersion {
        let Self { path, blob, companions, included } = self;
        let file = blob.map(|blob| File { path, blob, disk: None });
        FileVersion { origin, file, companions, included }
    }
}

/// Companions at one end, looked up once.
#[derive(Default)]
struct KnownCompanions(BTreeMap<RepoPath, Option<File>>);

impl KnownCompanions {
    fn companions_at(
        &mut self,
        repo: &Repository,
        point: &Point,
        paths: &[RepoPath],
    ) -> Result<Vec<File>> {
        let mut found = Vec::new();
        for path in paths {
            if !self.0.contains_key(path) {
                self.0.insert(path.clone(), repo.file_at(point, path)?);
            }
            found.extend(self.0.get(path).cloned().flatten());
        }
        Ok(found)
    }
}

/// Where the companions of a page may be: at the root, and in its own folder.
pub(super) fn companion_paths(page: &RepoPath, name: Option<&str>) -> Vec<RepoPath> {
    let Some(name) = name else { return Vec::new() };
    let mut paths = vec![RepoPath::from(name)];
    if let Some(folder) = page.folder() {
        paths.push(RepoPath::join(folder, name.as_bytes()));
    }
    paths
}

fn blob_ids(files: &[File]) -> impl Iterator<Item = Id> {
    files.iter().map(|file| file.blob)
}

impl FileVersion {
    fn is_like(&self, other: &Self) -> bool {
        let blob = |version: &Self| version.file.as_ref().map(|file| file.blob);
        blob(self) == blob(other)
            && blob_ids(&self.companions).eq(blob_ids(&other.companions))
            && self.included.content_ids() == other.included.content_ids()
    }
}
