//! Histories that git shows otherwise than they were recorded (`git replace`, grafts).
//!
//! git's library reads what was recorded. Such a repository is refused until the user chooses:
//! otherwise the report would silently show a history that nobody else sees.

use std::fs;
use std::path::Path;

use crate::error::{Error, ErrorKind};

/// What to do about grafted parents.
pub(super) const GRAFTS: &str = "to read the history as it was recorded, move the file away; to \
     keep it as grafted, rewrite it with `git filter-repo --force`";

/// Why a repository's history is not reported, if so.
pub(super) fn replacement_fault(git: &git2::Repository, place: &Path) -> Option<Error> {
    let common = git.commondir();
    let place = place.display();
    if has_grafts(common) {
        let message = format!("the repository at {place} has parents grafted in (info/grafts)");
        return Some(Error::new(ErrorKind::Repository, message).with_hint(GRAFTS));
    }
    let recorded = std::env::var_os("GIT_NO_REPLACE_OBJECTS").is_some()
        || git.config().and_then(|config| config.get_bool("core.useReplaceRefs")).ok()
            == Some(false);
    if !recorded && has_replacements(common) {
        let message = format!("the repository at {place} replaces objects (refs/replace)");
        return Some(Error::new(ErrorKind::Repository, message).with_hint(
            "to read the history as it was recorded, set GIT_NO_REPLACE_OBJECTS=1; to keep it as \
             replaced, rewrite it with `git filter-repo --force`",
        ));
    }
    None
}

fn has_grafts(common: &Path) -> bool {
    let text = fs::read_to_string(common.join("info/grafts")).unwrap_or_default();
    text.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

fn has_replacements(common: &Path) -> bool {
    let loose =
        fs::read_dir(common.join("refs/replace")).is_ok_and(|mut entries| entries.next().is_some());
    loose || {
        let packed = fs::read(common.join("packed-refs")).unwrap_or_default();
        memchr::memmem::find(&packed, b" refs/replace/").is_some()
    }
}
