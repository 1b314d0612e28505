//! Opening a repository.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use git2::ObjectFormat;
use gix_hash::Kind;

use super::caches::{MergedCommits, Trees};
use super::environment::{self, Opened};
use super::loose::LooseObjects;
use super::{Commit, Id, checksums, fault, replaced};
use crate::error::Result;

/// A repository, open for reading. Nothing is ever written to it.
pub struct Repository {
    pub(super) git: git2::Repository,
    given: PathBuf,
    pub(super) dir: PathBuf,
    /// The index that git's environment names.
    pub(super) index: Option<PathBuf>,
    pub(super) shallow: HashSet<Id>,
    pub(super) trees: RefCell<Trees>,
    /// Commits that were read last, by their ids.
    pub(super) commits: RefCell<HashMap<Id, Commit>>,
    pub(super) loose: LooseObjects,
    /// What merges brought, by their ids.
    pub(super) merged: RefCell<HashMap<Id, Arc<MergedCommits>>>,
    partial: bool,
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Repository {
    /// Opens the repository that `dir` is in: a working tree, any folder of one, a linked
    /// worktree, or a bare repository. `GIT_DIR` and its companions count as they do for git
    /// that is run in `dir`.
    ///
    /// # Errors
    /// If there is no repository, or it cannot be read or trusted.
    pub fn open(dir: &Path) -> Result<Self> {
        let repository = Self::open_at(dir)?;
        checksums::check_packs(repository.loose.folders(), repository.hash_kind())?;
        Ok(repository)
    }

    /// The same repository once more, for another thread.
    pub(super) fn open_again(&self) -> Result<Self> {
        Self::open_at(&self.dir)
    }

    fn open_at(dir: &Path) -> Result<Self> {
        // Objects are not hashed again when they are read. A damaged one is still noticed,
        // since packs and loose objects carry checksums of their own.
        git2::opts::strict_hash_verification(false);
        // Nor are they kept: we read each once, and keep what we need ourselves.
        git2::opts::enable_caching(false);
        let Opened { git, index, objects } = environment::open(dir)?;
        let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_path_buf());
        if let Some(error) = replaced::replacement_fault(&git, &absolute) {
            return Err(error);
        }
        let shallow = read_shallow(&git);
        let partial = is_partial(&git);
        let loose = LooseObjects::new(objects);
        let trees = RefCell::default();
        let commits = RefCell::default();
        let merged = RefCell::default();
        let given = dir.to_path_buf();
        Ok(Self {
            git,
            given,
            dir: absolute,
            index,
            shallow,
            trees,
            commits,
            loose,
            merged,
            partial,
        })
    }

    /// Looks for damage where git's library would not, before it walks from commit to commit.
    pub(super) fn check_before_walk(&self) -> Result<()> {
        self.loose.check_all()?;
        checksums::check_commits(self.loose.folders(), self.hash_kind())
    }

    /// The hash that its ids are made with.
    pub(super) fn hash_kind(&self) -> Kind {
        match self.git.object_format() {
            ObjectFormat::Sha1 => Kind::Sha1,
            ObjectFormat::Sha256 => Kind::Sha256,
        }
    }

    /// How many bytes an id has in a tree.
    pub(super) fn id_length(&self) -> usize {
        self.hash_kind().len_in_bytes()
    }

    /// The folder that it was opened at, as the user named it.
    #[must_use]
    pub fn given_folder(&self) -> &Path {
        &self.given
    }

    /// Where it is, for messages: its working tree, or the bare repository itself.
    #[must_use]
    pub fn shown_path(&self) -> &Path {
        self.git.workdir().unwrap_or_else(|| self.git.path())
    }

    /// Whether it has no working tree.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.git.workdir().is_none()
    }

    /// Whether a path, as seen from the folder that was opened, is a file on disk.
    #[must_use]
    pub fn is_on_disk(&self, path: &Path) -> bool {
        !self.is_bare() && self.dir.join(path).is_file()
    }

    /// Whether a path, as seen from the folder that was opened, is a symbolic link on disk.
    #[must_use]
    pub fn is_link(&self, path: &Path) -> bool {
        !self.is_bare() && self.dir.join(path).is_symlink()
    }

    /// Whether a path, as seen from the folder that was opened, is a file on disk that git ignores.
    #[must_use]
    pub fn is_ignored(&self, path: &Path) -> bool {
        let Some(root) = self.git.workdir().filter(|_| self.is_on_disk(path)) else { return false };
        let place = self.dir.join(path).canonicalize();
        let below = place.ok().zip(root.canonicalize().ok());
        let below = below.and_then(|(place, root)| Some(place.strip_prefix(root).ok()?.to_owned()));
        below.is_some_and(|path| self.git.is_path_ignored(path).unwrap_or(false))
    }

    /// Whether its history is cut off.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    pub(super) fn clone_kind(&self) -> fault::Clone {
        fault::Clone { shallow: self.is_shallow(), partial: self.partial }
    }

    /// Whether it was opened in a folder below the root of the working tree.
    #[must_use]
    pub fn is_below_root(&self) -> bool {
        !self.prefix().is_empty()
    }

    /// The folder it was opened at, relative to the working tree: what pathspecs start from. The
    /// git folder itself is no part of the working tree.
    pub(super) fn prefix(&self) -> Vec<u8> {
        if environment::is_inside(&self.dir, self.git.path()) {
            return Vec::new();
        }
        let inside = || {
            let root = self.git.workdir()?.canonicalize().ok()?;
            let dir = self.dir.canonicalize().ok()?;
            Some(bytes_of(dir.strip_prefix(root).ok()?))
        };
        inside().unwrap_or_default()
    }
}

/// A path of this machine as a path inside a repository.
fn bytes_of(path: &Path) -> Vec<u8> {
    let parts: Vec<&[u8]> =
        path.components().map(|part| part.as_os_str().as_encoded_bytes()).collect();
    parts.join(&b'/')
}

/// The commits at which a shallow clone was cut.
fn read_shallow(git: &git2::Repository) -> HashSet<Id> {
    let text = std::fs::read_to_string(git.commondir().join("shallow")).unwrap_or_default();
    text.lines().filter_map(|line| Id::from_hex(line.trim())).collect()
}

/// Whether objects were left out when it was cloned (`--filter`).
fn is_partial(git: &git2::Repository) -> bool {
    let Ok(config) = git.config() else { return false };
    let Ok(mut entries) =
        config.entries(Some("^(remote\\..*\\.promisor|extensions\\.partialclone)$"))
    else {
        return false;
    };
    matches!(entries.next(), Some(Ok(_)))
}
