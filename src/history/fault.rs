//! What git's library reports, in words that say what to do.

use std::path::Path;

use git2::{ErrorClass, ErrorCode};

use super::{Id, replaced};
use crate::error::{Error, ErrorKind};
use crate::model::{counted, short_revision};

/// What to do outside of every repository.
pub(super) const NO_REPOSITORY: &str =
    "run inside a clone, name one with -C DIR, or compare two files with --no-index OLD NEW";

/// Why a repository cannot be opened.
pub(super) fn open(dir: &Path, error: git2::Error) -> Error {
    let place = dir.display();
    let text = error.message().to_lowercase();
    let fail =
        |message: String, hint: String| Error::new(ErrorKind::Repository, message).with_hint(hint);
    if error.code() == ErrorCode::Owner {
        // The library names the folder that counts, which may be one further up.
        let quoted = error.message().split_once('\'').and_then(|(_, rest)| rest.rsplit_once('\''));
        let owned = quoted.map_or_else(|| place.to_string(), |(path, _)| path.to_owned());
        let owned = owned.trim_end_matches('/');
        return fail(
            format!("the repository at {owned} belongs to another user, so git does not trust it"),
            format!("if you do, run `git config --global --add safe.directory {owned}`"),
        );
    }
    if error.code() == ErrorCode::NotFound && !text.contains("object") {
        return fail(
            format!("no git repository at {place} or in any folder above it"),
            NO_REPOSITORY.into(),
        );
    }
    if text.contains("graft") {
        return fail(
            format!("the repository at {place}: info/grafts cannot be read: {}", error.message()),
            replaced::GRAFTS.into(),
        );
    }
    if let Some((_, name)) = text.split_once("unsupported extension name extensions.") {
        let (message, hint) = extension_fault(dir, name);
        return fail(message, hint).with_source(error);
    }
    if text.contains("repository version") || text.contains("object format") {
        return fail(
            format!("the repository at {place} cannot be read: {}", error.message()),
            "clone it again with git's default settings".into(),
        );
    }
    fail(
        format!("cannot open the repository at {place}: {}", error.message()),
        "run `git status` there for details".into(),
    )
    .with_source(error)
}

/// Why an extension of git's format keeps a repository from being opened, and the way out. git's
/// library refuses some that it need not understand.
fn extension_fault(dir: &Path, name: &str) -> (String, String) {
    let place = dir.display();
    let folder = git2::Repository::discover_path(dir, std::iter::empty::<&Path>());
    let config = folder.and_then(|folder| git2::Config::open(&folder.join("config")));
    let value = config.and_then(|config| config.get_string(&format!("extensions.{name}")));
    let value = value.unwrap_or_default();
    match (name, value.as_str()) {
        ("refstorage", "reftable") => (
            format!("the repository at {place} stores its references as reftables"),
            format!("run respdiff in a copy: `git clone --ref-format=files {place} COPY`"),
        ),
        ("refstorage", "files") | ("noop-v1", _) => (
            format!("the repository at {place} sets extensions.{name}, which libgit2 refuses"),
            format!("it changes nothing: remove it with `git config --unset extensions.{name}`"),
        ),
        ("partialclone", _) => (
            format!("the repository at {place} is a partial clone of an old kind"),
            "clone it again without --filter".to_owned(),
        ),
        _ => (
            format!("the repository at {place} needs extensions.{name}, which libgit2 cannot read"),
            format!("run respdiff in a copy with git's default format: `git clone {place} COPY`"),
        ),
    }
}

/// Any other failure of git's library while doing what `doing` says.
pub(super) fn library_fault(doing: &str, error: git2::Error) -> Error {
    let message = format!("cannot {doing}: {}", error.message());
    let objects = [ErrorClass::Odb, ErrorClass::Zlib, ErrorClass::Object, ErrorClass::Tree];
    let hint = if objects.contains(&error.class()) {
        FSCK
    } else {
        "run `git status` in the same place for details"
    };
    Error::new(ErrorKind::Repository, message).with_hint(hint).with_source(error)
}

pub(super) const FSCK: &str = "the repository may be damaged: check it with `git fsck`";

/// An object that is not what it has to be.
pub(super) fn damaged_object(what: &str, id: Id) -> Error {
    Error::new(ErrorKind::Repository, format!("{what} ({id}) cannot be read")).with_hint(FSCK)
}

/// An object's file that is there and cannot be read.
pub(super) fn unreadable_object(what: &str, id: Id, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Repository, format!("{what} ({id}) cannot be read: {error}"))
        .with_hint("make the repository's files readable")
        .with_source(error)
}

/// A tree that no checkout could hold.
pub(super) fn too_deep() -> Error {
    Error::new(ErrorKind::Repository, "a path in the repository has more than 4096 bytes")
        .with_hint("limit the comparison to commits without it")
}

/// Trees that hold more than any checkout could.
pub(super) fn too_many() -> Error {
    let message = "the folders of a commit contain more files than can be read: they refer to the same content over and over";
    Error::new(ErrorKind::Repository, message)
        .with_hint("limit the comparison to commits without it")
}

/// What kind of clone an object is missing from, which decides what to do about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clone {
    /// Its history is cut off.
    pub(super) shallow: bool,
    /// Objects were left out on purpose, to be fetched when needed.
    pub(super) partial: bool,
}

/// An object that is not there.
pub(super) fn missing_object(what: &str, id: Id, clone: Clone) -> Error {
    if clone.partial {
        return Error::new(
            ErrorKind::Incomplete,
            format!("{what} ({id}) is not in this partial clone"),
        )
        .with_hint(
            "fetch everything with `git fetch --refetch --no-filter`, or clone again without \
             --filter",
        );
    }
    if clone.shallow {
        return Error::new(
            ErrorKind::Incomplete,
            format!("{what} ({id}) is not in this shallow clone"),
        )
        .with_hint(UNSHALLOW);
    }
    Error::new(ErrorKind::Repository, format!("{what} ({id}) is missing")).with_hint(FSCK)
}

/// What to do about a history that is cut off.
pub(super) const UNSHALLOW: &str =
    "fetch the rest with `git fetch --unshallow` (in CI: fetch-depth: 0)";

/// A history that ends before the old end is reached.
pub(super) fn cut_off(old: &str, new: &str, known: usize) -> Error {
    incomplete_history(&format!("between {old} and {new}"), known)
}

/// A history that ends before its beginning is reached.
pub(super) fn cut_short(tip: &str, known: usize) -> Error {
    incomplete_history(&format!("of {}", short_revision(tip)), known)
}

fn incomplete_history(what: &str, known: usize) -> Error {
    let commits = counted(known, "commit");
    Error::new(
        ErrorKind::Incomplete,
        format!("the history {what} is cut off: this shallow clone holds only {commits} of it"),
    )
    .with_hint(UNSHALLOW)
}
