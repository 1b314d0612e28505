//! What git's environment says about where a repository is. Hooks learn from it which index a
//! commit is made from, and where a push keeps its objects. It is read as git reads it, and what
//! is not supported is refused.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use git2::RepositoryOpenFlags;

use super::{fault, loose, trust};
use crate::error::{Error, ErrorKind, Result};

const DIR: &str = "GIT_DIR";
const WORK_TREE: &str = "GIT_WORK_TREE";
const COMMON: &str = "GIT_COMMON_DIR";
const INDEX: &str = "GIT_INDEX_FILE";
const OBJECTS: &str = "GIT_OBJECT_DIRECTORY";
const ALTERNATES: &str = "GIT_ALTERNATE_OBJECT_DIRECTORIES";
const CEILINGS: &str = "GIT_CEILING_DIRECTORIES";

/// Variables that name or change one repository. `GIT_NAMESPACE` is not one of them: git uses it
/// only to serve others.
const NAMING: [&str; 6] = [DIR, WORK_TREE, COMMON, INDEX, OBJECTS, ALTERNATES];
/// What would change the history that is read, and what git's library knows nothing of.
const UNKNOWN: [&str; 3] = ["GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE"];

/// Refuses an environment that names one repository, for a run that is about those in a list.
///
/// # Errors
/// Where it does: for the others it would be wrong.
pub fn names_none() -> Result<()> {
    match NAMING.iter().find(|name| env::var_os(name).is_some()) {
        None => Ok(()),
        Some(name) => Err(Error::new(
            ErrorKind::Usage,
            format!("{name} is set to one repository, but you asked for several"),
        )
        .with_hint(
            "unset the variables that git sets for hooks: unset $(git rev-parse --local-env-vars)",
        )),
    }
}

/// Whether an error says that a folder is in no repository.
#[must_use]
pub fn is_no_repository(error: &Error) -> bool {
    error.advice() == Some(fault::NO_REPOSITORY)
}

/// A repository, found and opened.
pub(super) struct Opened {
    pub(super) git: git2::Repository,
    /// The index that git would use, where that is not the repository's own.
    pub(super) index: Option<PathBuf>,
    /// Where its objects are, and those that it borrows.
    pub(super) objects: Vec<PathBuf>,
}

/// Opens the repository that git would take, run in `folder`.
pub(super) fn open(folder: &Path) -> Result<Opened> {
    let base = standing(folder)?;
    if let Some(name) = UNKNOWN.iter().find(|name| env::var_os(name).is_some_and(|v| !v.is_empty()))
    {
        return Err(refusal(name, "is set, and respdiff does not support it"));
    }
    let [dir, work_tree, common, index, objects, alternates] = NAMING.map(env::var_os);
    for (name, value) in NAMING.iter().zip([&dir, &work_tree, &common, &index, &objects]) {
        if value.as_ref().is_some_and(|value| value.is_empty()) {
            return Err(refusal(name, "is set, but empty"));
        }
    }
    let git = repository(&base, dir.as_ref(), work_tree.as_ref(), common.is_some())?;
    set_work_tree(&git, &base, dir.is_some(), work_tree.as_ref())?;
    // it would hide references from us that `git log` shows
    git.remove_namespace().map_err(|error| fault::open(&base, error))?;
    if common.is_some_and(|common| !is_same(&base.join(common), git.commondir())) {
        return Err(refusal(COMMON, "names a folder other than the repository itself"));
    }
    // git goes to the top of its working tree, and reads these from there
    let top = top_folder(&git, &base);
    let default = git.commondir().join("objects");
    let own = objects.as_ref().map_or(default, |named| top.join(named));
    let mut folders = loose::object_folders(own);
    if objects.is_some() || alternates.is_some() {
        for place in listed_folders(alternates.as_ref())? {
            let more = loose::object_folders(top.join(place));
            folders.extend(more);
        }
        let name = if objects.is_some() { OBJECTS } else { ALTERNATES };
        read_objects_at(&git, &folders, name)?;
    }
    Ok(Opened { index: index.map(|index| top.join(index)), objects: folders, git })
}

/// The folder that a run is about, from the root of the file system.
fn standing(folder: &Path) -> Result<PathBuf> {
    let gone = |error: std::io::Error| {
        Error::new(ErrorKind::Repository, format!("the current folder cannot be read: {error}"))
            .with_hint("it may have been removed; change to another folder")
            .with_source(error)
    };
    let here =
        if folder.is_absolute() { PathBuf::new() } else { env::current_dir().map_err(gone)? };
    let is_here = folder.as_os_str().is_empty() || folder == Path::new(".");
    let place = if is_here { here } else { here.join(folder) };
    let fault = |what: String| {
        let message = format!("no git repository at {}: {what}", folder.display());
        Err(Error::new(ErrorKind::Repository, message).with_hint(
            "`-C DIR` names a folder, `--repos FILE` a list of folders; paths go after --",
        ))
    };
    match place.metadata() {
        Ok(found) if found.is_dir() => Ok(place),
        Ok(_) => fault("not a directory".into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let message = format!("no such folder: {}", folder.display());
            Err(Error::new(ErrorKind::Repository, message).with_hint(
                "`-C DIR` names a folder, `--repos FILE` a list of folders; paths go after --",
            ))
        }
        Err(error) => fault(error.to_string()),
    }
}

fn repository(
    base: &Path,
    dir: Option<&OsString>,
    work_tree: Option<&OsString>,
    is_split: bool,
) -> Result<git2::Repository> {
    let mut flags = RepositoryOpenFlags::empty();
    // The library then reads GIT_CONFIG_GLOBAL and its like, but also these two, and otherwise
    // than git does.
    if !is_split && work_tree.is_none_or(|named| Path::new(named).is_absolute()) {
        flags |= RepositoryOpenFlags::FROM_ENV;
    }
    let ceilings = env::var_os(CEILINGS).unwrap_or_default();
    let ceilings: Vec<PathBuf> = env::split_paths(&ceilings).collect();
    let Some(dir) = dir else {
        let opened = git2::Repository::open_ext(base, flags, &ceilings);
        return match opened {
            Ok(git) if work_tree.is_none() => bare_by_place(git, base),
            Ok(git) => Ok(git),
            Err(error) if error.code() == git2::ErrorCode::Owner => {
                trust::open_trusted(base, None, &ceilings, error)
            }
            Err(error) => Err(fault::open(base, error)),
        };
    };
    flags |= RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT;
    let place = base.join(dir);
    match git2::Repository::open_ext(&place, flags, std::iter::empty::<&Path>()) {
        Ok(git) => Ok(git),
        Err(error) if error.code() == git2::ErrorCode::Owner => {
            trust::open_trusted(base, Some(dir), &ceilings, error)
        }
        Err(error) if error.code() == git2::ErrorCode::NotFound => {
            let what = format!("names {}, which is not a git repository", place.display());
            Err(refusal(DIR, &what).with_source(error))
        }
        Err(error) => Err(fault::open(&place, error)),
    }
}

/// A git folder that no `.git` leads to has no working tree, whatever its configuration leaves
/// out; nor has one that respdiff runs inside and that says nothing about it. git's library takes
/// the folder around it for one, in which every file may be gone.
fn bare_by_place(git: git2::Repository, base: &Path) -> Result<git2::Repository> {
    let is_set = |key: &str| git.config().is_ok_and(|config| config.get_string(key).is_ok());
    let is_led_to = git.workdir().is_none_or(|top| top.join(".git").exists());
    let is_silent = || is_inside(base, git.path()) && !is_set("core.bare");
    if is_led_to && !is_silent() || is_set("core.worktree") {
        return Ok(git);
    }
    git2::Repository::open_bare(git.path()).map_err(|error| fault::open(base, error))
}

/// Where git is given the repository, it takes the current folder as the top of the working tree,
/// unless that is given, too.
fn set_work_tree(
    git: &git2::Repository,
    base: &Path,
    is_named: bool,
    work_tree: Option<&OsString>,
) -> Result<()> {
    let configured = |key: &str| git.config().is_ok_and(|config| config.get_string(key).is_ok());
    let top = match work_tree {
        Some(named) => {
            let top = base.join(named);
            if !top.is_dir() {
                let what = format!("names {}, which is not a folder", top.display());
                return Err(refusal(WORK_TREE, &what));
            }
            top
        }
        None if is_named && !git.is_bare() && !configured("core.worktree") => base.to_owned(),
        None => return Ok(()),
    };
    git.set_workdir(&top, false).map_err(|error| fault::open(base, error))
}

fn top_folder(git: &git2::Repository, base: &Path) -> PathBuf {
    let inside = || {
        let root = git.workdir()?.canonicalize().ok()?;
        base.canonicalize().ok()?.starts_with(&root).then_some(root)
    };
    inside().unwrap_or_else(|| base.to_owned())
}

/// Folders as git lists them in its environment.
fn listed_folders(value: Option<&OsString>) -> Result<Vec<PathBuf>> {
    let folders: Vec<PathBuf> = value
        .into_iter()
        .flat_map(env::split_paths)
        .filter(|path| !path.as_os_str().is_empty())
        .collect();
    if folders.iter().any(|path| path.as_os_str().as_encoded_bytes().starts_with(b"\"")) {
        return Err(refusal(ALTERNATES, "has a quoted path, which respdiff does not support"));
    }
    Ok(folders)
}

/// Reads objects from these folders, and from no others.
fn read_objects_at(git: &git2::Repository, folders: &[PathBuf], name: &str) -> Result<()> {
    let fail = |error| fault::library_fault("read objects", error);
    let odb = git2::Odb::new_ext(git.object_format()).map_err(fail)?;
    for folder in folders {
        let text = folder.to_str().filter(|_| folder.is_dir());
        let Some(text) = text else {
            let what = format!("points to {}, which cannot be read", folder.display());
            return Err(refusal(name, &what));
        };
        odb.add_disk_alternate(text).map_err(fail)?;
    }
    git.set_odb(&odb).map_err(fail)
}

/// Whether a folder is another or lies in it.
pub(super) fn is_inside(folder: &Path, outer: &Path) -> bool {
    let real = folder.canonicalize().ok().zip(outer.canonicalize().ok());
    real.is_some_and(|(folder, outer)| folder.starts_with(outer))
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
}

fn refusal(name: &str, what: &str) -> Error {
    Error::new(ErrorKind::Repository, format!("{name} {what}"))
        .with_hint(format!("unset it (env -u {name} ...), or set it to a value that git accepts"))
}
