//! Every content that the files of a range had between its ends: one walk for all of them.

use super::mainline::Base;
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
    /// The companion file as it was then.
    pub companion: Option<File>,
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
    companion: Option<Id>,
}

/// One file on the walk back.
struct Traveller<'a> {
    pair: &'a FilePair,
    /// The state at the station before (that is newer), and how that came to be.
    newer: Option<(State, Origin)>,
    path: RepoPath,
    versions: Vec<Version>,
}

/// A tree on the way, and how its content came to be.
struct Station {
    tree: Option<Id>,
    origin: Origin,
}

struct Walk<'a, 'r> {
    repo: &'r Repository,
    ends: &'a Ends,
    pages: PageCheck<'a>,
    companion: Option<&'a RepoPath>,
    travellers: Vec<Traveller<'a>>,
}

impl Repository {
    /// The versions of each pair, by one walk back along the mainline, through renames.
    /// A `companion` is a file that every page's meaning depends on (a table of names); its
    /// changes make versions, too.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn lives(
        &self,
        ends: &Ends,
        line: &Mainline,
        pairs: &[FilePair],
        companion: Option<&RepoPath>,
        is_page: IsPage<'_>,
    ) -> Result<Vec<Life>> {
        let travellers = pairs.iter().map(|pair| Traveller {
            pair,
            newer: None,
            path: pair.path.clone(),
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
            let companion = match self.companion {
                Some(path) => self.repo.file_at(new, path)?,
                None => None,
            };
            for one in &mut self.travellers {
                one.start(companion.as_ref());
            }
        }
        let mut stations: Vec<Station> = line
            .commits
            .iter()
            .map(|commit| Station {
                tree: Some(commit.tree),
                origin: Origin::Commit(commit.clone()),
            })
            .collect();
        stations.push(match &line.base {
            Base::Old(commit) => Station { tree: Some(commit.tree), origin: Origin::OldEnd },
            Base::Fork(commit) => Station { tree: Some(commit.tree), origin: Origin::Fork },
            Base::Nothing => Station { tree: None, origin: Origin::Fork },
        });
        let mut watch = self.watch();
        let mut newer = None;
        for station in stations {
            // Equal trees hold equal files; most commits of a repository touch other pages,
            // but nearly all touch its root, so the rest is for the watch to find out.
            watch.look(self.repo, station.tree)?;
            if self.follow(&watch, &station, newer)? {
                watch = self.watch();
                watch.look(self.repo, station.tree)?;
            }
            self.arrive(&watch, &station);
            newer = station.tree;
        }
        Ok(())
    }

    fn watch(&self) -> Watch {
        Watch::new(self.travellers.iter().map(|one| &one.path).chain(self.companion))
    }

    /// Follows files that are not there yet at an older station to where they came from.
    /// Whether any path changed. `newer` is the tree of the station before, if there was one.
    fn follow(&mut self, watch: &Watch, station: &Station, newer: Option<Id>) -> Result<bool> {
        let Some(tree) = station.tree else { return Ok(false) };
        let mut renames: Option<Vec<(RepoPath, RepoPath)>> = None;
        let mut changed = false;
        for (slot, one) in self.travellers.iter_mut().enumerate() {
            let began = one.newer.as_ref().is_some_and(|(state, _)| state.blob.is_some());
            if !began || watch.blob(slot).is_some() {
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

    fn arrive(&mut self, watch: &Watch, station: &Station) {
        let companion = self.companion.and_then(|_| watch.blob(self.travellers.len()));
        for (slot, one) in self.travellers.iter_mut().enumerate() {
            let state = State { path: one.path.clone(), blob: watch.blob(slot), companion };
            one.arrive(state, station.origin.clone(), self.companion);
        }
    }

    /// Lays what the old end has under every life.
    fn finish(self, line: &Mainline) -> Result<Vec<Life>> {
        let old = &self.ends.points.old;
        let companion = match (self.companion, line.is_off()) {
            (Some(path), true) => self.repo.file_at(old, path)?,
            _ => None,
        };
        let mut lives = Vec::new();
        for mut one in self.travellers {
            if let Some((state, origin)) = one.newer.take() {
                one.versions.push(state.version(origin, self.companion));
            }
            if line.is_off() {
                let file = one.pair.file.old.clone();
                one.versions.push(Version {
                    origin: Origin::OldEnd,
                    file,
                    companion: companion.clone(),
                });
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
    /// Begins with what the working tree or the index holds.
    fn start(&mut self, companion: Option<&File>) {
        let file = self.pair.file.new.clone();
        let state = State {
            path: self.path.clone(),
            blob: file.as_ref().map(|file| file.blob),
            companion: companion.map(|file| file.blob),
        };
        // Told now, since its content may be on disk only; taken back if it is committed.
        self.versions.push(Version {
            origin: Origin::Unrecorded,
            file,
            companion: companion.cloned(),
        });
        self.newer = Some((state, Origin::Unrecorded));
    }

    fn arrive(&mut self, state: State, origin: Origin, companion: Option<&RepoPath>) {
        if let Some((newer, came)) = self.newer.take() {
            let same = newer.blob == state.blob && newer.companion == state.companion;
            match (same, came == Origin::Unrecorded) {
                (true, true) => self.versions.clear(),
                (true, false) | (false, true) => {}
                (false, false) => self.versions.push(newer.version(came, companion)),
            }
        }
        self.newer = Some((state, origin));
    }
}

impl State {
    fn version(self, origin: Origin, companion: Option<&RepoPath>) -> Version {
        let file = |path: &RepoPath, blob| File { path: path.clone(), blob, disk: None };
        Version {
            origin,
            file: self.blob.map(|blob| file(&self.path, blob)),
            companion: companion.zip(self.companion).map(|(path, blob)| file(path, blob)),
        }
    }
}

impl Version {
    fn is_like(&self, other: &Self) -> bool {
        let blob = |file: &Option<File>| file.as_ref().map(|file| file.blob);
        blob(&self.file) == blob(&other.file) && blob(&self.companion) == blob(&other.companion)
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
