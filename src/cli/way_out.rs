//! Why an answer has no page, and what to do about it.

use std::ffi::OsString;
use std::path::Path;

use crate::error::Result;
use crate::history::{Id, Point};

use super::last_change::LastChange;
use super::pages::PagesAt;
use super::shell::command_in;

/// Where a page may be, if nothing else says why none was found.
const NO_PAGE_HINT: &str = "with -C DIR, name the repository that contains the pages";

/// The same where the user names files.
const PATHS_HINT: &str = "omit the paths to read every page";

/// Where a page is that was added later.
const LATER_HINT: &str = "HEAD has a responsibility page: name HEAD, or a commit that is newer";

/// Where a page is that was removed without a commit.
const UNCOMMITTED_HINT: &str =
    "HEAD has a responsibility page: name HEAD to read it, or restore the file";

/// What to do where a file that looks like a page is not read.
pub(super) const PARTIES_HINT: &str =
    "if a page calls the parties something else, name them under `parties` in respdiff.yaml";

/// What to do where only Git LFS has the content of a file.
pub(super) const GIT_LFS_HINT: &str = "run `git lfs pull`, and then read the file with --no-index, an option of `diff`, `show` and `lint`";

/// Why an answer has no page, and whether a note names what may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WayOut {
    /// There is nothing to name.
    Nothing,
    /// A page that the policy excludes.
    OutsideSources,
    /// The same, but only some paths were asked for.
    OutsidePaths,
    /// Files that were asked for and are no pages.
    NamedFiles,
    /// A page that was removed, or cannot be read any more.
    Ended,
    /// A page that HEAD has, and this older commit does not have yet.
    Later,
    /// A page that HEAD has, and what is read no longer has.
    Uncommitted,
    /// Only submodules, each with the command that reads its pages.
    Submodules,
    /// Files that look like a responsibility page.
    Unread,
    /// Files whose content only Git LFS has.
    GitLfs,
}

impl WayOut {
    /// What to do next, by commands for the repository in a folder.
    pub(super) fn hint(self, folder: &Path) -> String {
        let command = command_in(folder);
        let fixed = match self {
            Self::Nothing | Self::Submodules => NO_PAGE_HINT,
            Self::OutsideSources => {
                return format!(
                    "respdiff reads only the files that `sources` names: see `{command} config show`"
                );
            }
            Self::OutsidePaths | Self::NamedFiles => PATHS_HINT,
            Self::Ended => {
                return format!("`{command} log` shows the history of pages that are gone");
            }
            Self::Later => LATER_HINT,
            Self::Uncommitted => UNCOMMITTED_HINT,
            Self::Unread => PARTIES_HINT,
            Self::GitLfs => GIT_LFS_HINT,
        };
        fixed.to_owned()
    }

    /// Whether a note names what may be missing.
    pub(super) const fn is_named(self) -> bool {
        match self {
            Self::Nothing
            | Self::OutsideSources
            | Self::OutsidePaths
            | Self::Later
            | Self::Uncommitted => false,
            Self::NamedFiles | Self::Ended | Self::Submodules | Self::Unread | Self::GitLfs => true,
        }
    }

    /// Whether a note names files that may be pages.
    pub(super) fn names_possible_pages(self) -> bool {
        matches!(self, Self::Unread | Self::GitLfs)
    }
}

/// Why there is nothing that looks like a page, and a note about a page that is gone.
pub(super) fn explain_nothing(
    at: PagesAt<'_>,
    paths: &[OsString],
) -> Result<(WayOut, Option<String>)> {
    let PagesAt { repository, point, keyrefs } = at;
    if excludes_page(at, paths)? {
        return Ok((WayOut::OutsideSources, None));
    }
    let tip = point.commit_id().map_or_else(|| "HEAD".to_owned(), |id| id.to_string());
    let last = LastChange::before(repository.shown_path(), &tip, paths, keyrefs);
    if let Some(text) = last.ended_text() {
        return Ok((WayOut::Ended, Some(format!("note: {text}"))));
    }
    let way_out = if head_has_page(at, paths)? {
        if point.commit_id().is_some() { WayOut::Later } else { WayOut::Uncommitted }
    } else if !keyrefs.policy.policy.sources.is_empty() {
        WayOut::OutsideSources
    } else if paths.is_empty() {
        WayOut::Nothing
    } else {
        WayOut::OutsidePaths
    };
    Ok((way_out, None))
}

/// Whether the policy leaves out a page that was asked for.
pub(super) fn excludes_page(at: PagesAt<'_>, paths: &[OsString]) -> Result<bool> {
    if at.keyrefs.policy.policy.sources.is_empty() {
        return Ok(false);
    }
    at.has_page(&at.repository.path_filter(paths)?)
}

/// Whether HEAD has a page that an older commit, the index or the working tree does not have.
fn head_has_page(at: PagesAt<'_>, paths: &[OsString]) -> Result<bool> {
    let PagesAt { repository, point, keyrefs } = at;
    let Ok(head) = repository.find_revision("HEAD") else { return Ok(false) };
    let is_later =
        |commit: Id| head.commit != commit && repository.leads_to(&commit.to_string(), head.commit);
    if point.commit_id().is_some_and(|commit| !is_later(commit)) {
        return Ok(false);
    }
    let head = Point::Commit(head);
    let keyrefs = keyrefs.in_force(repository, &head)?;
    let filter = keyrefs.path_filter(repository, paths)?;
    PagesAt::new(repository, &head, &keyrefs).has_page(&filter)
}
