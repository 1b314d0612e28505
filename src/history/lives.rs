//! Every content that the files of a range had between its ends: one walk for all of them.

use std::collections::BTreeMap;

use super::rename::{self, PageCheck};
use super::watch::Watch;
use super::{Commit, Ends, File, FilePair, Id, IsPage, Mainline, Point, RepoPath, Repository};
use crate::error::Result;

/// Where a version comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is what the old end has.
    OldEnd,
    /// It is what the mainline had where it left the old end's line. What differs from the
    /// old end, the old end's own side brought.
    Fork,
    /// A commit of the mainline brought it.
    Commit(Commit),
    /// It is only in the working tree or the index.
    Unrecorded,
}

/// One content of a file; none where the file was not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where it comes from.
    pub origin: Origin,
    /// The file.
    pub file: Option<File>,
    /// Its companions as they were then, the root's first.
    pub companions: Vec<File>,
}

/// All versions of one file of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Oldest first. The first is what the old end has, the last what the new end has;
    /// neighbours differ.
    pub versions: Vec<Version>,
}

/// What one file is at one station of the walk.
#[derive(Clone)]
struct State {
    path: RepoPath,
    blob: Option<Id>,
    companions: Vec<File>,
}

/// One file on the walk back.
struct Traveller<'a> {
    pair: &'a FilePair,
    path: RepoPath,
    /// What it is at the station before, which is the next newer one.
    state: Option<State>,
    /// The version that only the working tree or the index may have.
    unrecorded: Option<Version>,
    /// Newest first.
    versions: Vec<Version>,
}

struct Walk<'a, 'r> {
    repo: &'r Repository,
    ends: &'a Ends,
    pages: PageCheck<'a>,
    companion: Option<&'a str>,
    travellers: Vec<Traveller<'a>>,
}

impl Repository {
    /// The versions of each pair, by one walk back along the mainline, through renames.
    /// A `companion` is the name of a file that a page's meaning depends on (a table of names),
    /// at the root or in the page's own folder; its changes make versions, too.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn lives(
        &self,
        ends: &Ends,
        line: &Mainline,
        pairs: &[FilePair],
        companion: Option<&str>,
        is_page: IsPage<'_>,
    ) -> Result<Vec<Life>> {
        let travellers = pairs.iter().map(|pair| Traveller {
            pair,
            path: pair.path.clone(),
            state: None,
            unrecorded: None,
            versions: Vec::new(),
        });
        let mut walk = Walk {
            repo: self,
            ends,
            pages: PageCheck::new(is_page),
            companion,
            travellers: travellers.collect(),
        };
        walk.run(line)?;
        walk.finish(line)
    }
}

impl Walk<'_, '_> {
    fn run(&mut self, line: &Mainline) -> Result<()> {
        let new = &self.ends.points.new;
        if !matches!(new, Point::Commit(_)) {
            let mut known = Known::default();
            for one in &mut self.travellers {
                one.start(known.at(self.repo, new, &companions(&one.path, self.companion))?);
            }
        }
        let mut watch = self.watch();
        let mut newer: Option<usize> = None;
        for at in 0..=line.commits.len() {
            let tree = line.tree(at);
            // Most commits touch other pages; the watch finds out without reading much.
            if watch.look(self.repo, tree)? || newer.is_none() {
                if self.follow(&watch, tree, newer.and_then(|at| line.tree(at)))? {
                    watch = self.watch();
                    watch.look(self.repo, tree)?;
                }
                self.arrive(&watch, newer.map(|at| line.origin(at)).as_ref());
            }
            newer = Some(at);
        }
        Ok(())
    }

    fn watch(&self) -> Watch {
        let paths: Vec<RepoPath> =
            self.travellers.iter().flat_map(|one| one.watched(self.companion)).collect();
        Watch::new(&paths)
    }

    /// Follows files that are not there yet at an older station to where they came from.
    /// Whether any path changed. `newer` is the tree of the station before, if there was one.
    fn follow(&mut self, watch: &Watch, tree: Option<Id>, newer: Option<Id>) -> Result<bool> {
        let Some(tree) = tree else { return Ok(false) };
        let mut renames: Option<Vec<(RepoPath, RepoPath)>> = None;
        let mut changed = false;
        let mut slot = 0;
        for one in &mut self.travellers {
            let own = slot;
            slot += one.watched(self.companion).len();
            let began = one.state.as_ref().is_some_and(|state| state.blob.is_some());
            if !began || watch.blob(own).is_some() {
                continue;
            }
            let known = match renames.take() {
                Some(known) => known,
                None => renames_between(self.repo, tree, newer, self.ends, &mut self.pages)?,
            };
            let source = known.iter().find(|(_, to)| *to == one.path).map(|(from, _)| from.clone());
            renames = Some(known);
            // A copy whose original was removed later is a rename that took two commits.
            let ended = || one.pair.old_path().filter(|path| **path != one.path).cloned();
            let source = match source {
                Some(source) => Some(source),
                None => match ended() {
                    Some(path) => self.repo.lookup(tree, &path)?.map(|_| path),
                    None => None,
                },
            };
            if let Some(source) = source {
                one.path = source;
                changed = true;
            }
        }
        Ok(changed)
    }

    /// Notes what is at a station; `newer` is the origin of what was at the one before.
    fn arrive(&mut self, watch: &Watch, newer: Option<&Origin>) {
        let mut slot = 0;
        for one in &mut self.travellers {
            let mut found = one.watched(self.companion).into_iter().map(|path| {
                slot += 1;
                watch.blob(slot - 1).map(|blob| File { path, blob, disk: None })
            });
            let blob = found.next().flatten().map(|file| file.blob);
            let companions = found.flatten().collect();
            let state = State { path: one.path.clone(), blob, companions };
            one.arrive(state, newer);
        }
    }

    /// Lays what the old end has under every life.
    fn finish(self, line: &Mainline) -> Result<Vec<Life>> {
        let old = &self.ends.points.old;
        let mut known = Known::default();
        let mut lives = Vec::new();
        for mut one in self.travellers {
            if let Some(state) = one.state.take() {
                one.versions.push(state.version(line.origin(line.commits.len())));
            }
            if line.is_off() {
                let file = one.pair.file.old.clone();
                let path = file.as_ref().map_or(&one.pair.path, |file| &file.path);
                let companions = known.at(self.repo, old, &companions(path, self.companion))?;
                one.versions.push(Version { origin: Origin::OldEnd, file, companions });
            } else if let (Some(last), Some(file)) = (one.versions.last_mut(), &one.pair.file.old) {
                last.file = Some(file.clone());
            }
            one.versions.reverse();
            one.versions.dedup_by(|newer, older| newer.is_like(older));
            lives.push(Life { versions: one.versions });
        }
        Ok(lives)
    }
}

impl Traveller<'_> {
    /// The file and its companions, as they are watched.
    fn watched(&self, companion: Option<&str>) -> Vec<RepoPath> {
        std::iter::once(self.path.clone()).chain(companions(&self.path, companion)).collect()
    }

    /// Begins with what the working tree or the index holds.
    fn start(&mut self, companions: Vec<File>) {
        let file = self.pair.file.new.clone();
        let blob = file.as_ref().map(|file| file.blob);
        let state = State { path: self.path.clone(), blob, companions: companions.clone() };
        self.unrecorded = Some(Version { origin: Origin::Unrecorded, file, companions });
        self.state = Some(state);
    }

    fn arrive(&mut self, state: State, newer: Option<&Origin>) {
        let unrecorded = self.unrecorded.take();
        if let Some(before) = self.state.replace(state).filter(|before| !self.is_still(before)) {
            let recorded = newer.map(|origin| before.version(origin.clone()));
            self.versions.extend(unrecorded.or(recorded));
        }
    }

    fn is_still(&self, before: &State) -> bool {
        self.state.as_ref().is_some_and(|now| {
            now.blob == before.blob && blobs(&now.companions).eq(blobs(&before.companions))
        })
    }
}

impl State {
    fn version(self, origin: Origin) -> Version {
        let Self { path, blob, companions } = self;
        Version { origin, file: blob.map(|blob| File { path, blob, disk: None }), companions }
    }
}

/// Companions at one end, looked up once.
#[derive(Default)]
struct Known(BTreeMap<RepoPath, Option<File>>);

impl Known {
    fn at(&mut self, repo: &Repository, point: &Point, paths: &[RepoPath]) -> Result<Vec<File>> {
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
pub(super) fn companions(page: &RepoPath, name: Option<&str>) -> Vec<RepoPath> {
    let Some(name) = name else { return Vec::new() };
    let mut paths = vec![RepoPath::from(name)];
    if let Some(folder) = page.folder() {
        paths.push(RepoPath::join(folder, name.as_bytes()));
    }
    paths
}

fn blobs(files: &[File]) -> impl Iterator<Item = Id> {
    files.iter().map(|file| file.blob)
}

impl Version {
    fn is_like(&self, other: &Self) -> bool {
        let blob = |version: &Self| version.file.as_ref().map(|file| file.blob);
        blob(self) == blob(other) && blobs(&self.companions).eq(blobs(&other.companions))
    }
}

/// The renames between a tree and the next newer one (or what is not committed yet).
fn renames_between(
    repo: &Repository,
    old: Id,
    newer: Option<Id>,
    ends: &Ends,
    pages: &mut PageCheck<'_>,
) -> Result<Vec<(RepoPath, RepoPath)>> {
    let found = match newer {
        Some(newer) => repo.tree_differences(old, newer)?,
        None => repo.differences(old, &ends.points.new)?,
    };
    let pairs = rename::pair(repo, &found.removed, &found.added, pages)?;
    let path = |files: &[File], at: usize| files[at].path.clone();
    Ok(pairs
        .into_iter()
        .map(|(from, to)| (path(&found.removed, from), path(&found.added, to)))
        .collect())
}
