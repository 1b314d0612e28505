//! Which branch of a remote a fetch brings to which reference of this clone.

use git2::{Direction, Remote};

use super::push::mapped_reference;
use super::{Id, Repository};

/// A branch of a remote, and where a clone keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedBranch {
    /// The remote's name.
    pub remote: String,
    /// The branch's full name on the remote.
    pub there: String,
    /// The reference of this clone that a fetch should move; it need not be there.
    pub here: String,
}

impl Repository {
    /// The remote's branch behind the branch that was asked for, or behind the one that is checked
    /// out. None where no remote has to do with it.
    #[must_use]
    pub fn followed_branch(&self, asked: Option<&str>) -> Option<FollowedBranch> {
        let full = match asked {
            Some(asked) => self.full_branch_name(asked),
            None => self.git.find_reference("HEAD").ok()?.symbolic_target().ok()??.to_owned(),
        };
        self.configured_upstream(&full).or_else(|| self.fetched_into(&full))
    }

    /// Whether there is any remote.
    #[must_use]
    pub fn has_remotes(&self) -> bool {
        self.git.remotes().is_ok_and(|names| !names.is_empty())
    }

    /// By `branch.NAME.remote` and `branch.NAME.merge`.
    fn configured_upstream(&self, full: &str) -> Option<FollowedBranch> {
        let short = full.strip_prefix("refs/heads/")?;
        let config = self.git.config().ok()?;
        let remote_name = config.get_string(&format!("branch.{short}.remote")).ok()?;
        let there = config.get_string(&format!("branch.{short}.merge")).ok()?;
        let remote = self.git.find_remote(&remote_name).ok()?;
        let here =
            mapped_reference(&remote, Direction::Fetch, &there).unwrap_or_else(|| full.to_owned());
        Some(FollowedBranch { remote: remote_name, there, here })
    }

    /// By the refspecs of the remotes. A bare clone has none, and no fetch moves its branches.
    fn fetched_into(&self, full: &str) -> Option<FollowedBranch> {
        let names = self.git.remotes().ok()?;
        let names: Vec<&str> = names.iter().flatten().flatten().collect();
        let found = |name: &str, there: String| FollowedBranch {
            remote: name.to_owned(),
            there,
            here: full.to_owned(),
        };
        for name in &names {
            let Ok(remote) = self.git.find_remote(name) else { continue };
            if let Some(there) = source_of(&remote, full) {
                return Some(found(name, there));
            }
        }
        let name = names.iter().find(|name| **name == "origin").or(names.first())?;
        let remote = self.git.find_remote(name).ok()?;
        let fetches = remote.refspecs().any(|spec| spec.direction() == Direction::Fetch);
        let is_kept_nowhere = self.is_bare() && !fetches && full.starts_with("refs/heads/");
        is_kept_nowhere.then(|| found(name, full.to_owned()))
    }

    /// A branch as a person names it, in full; it may be gone.
    fn full_branch_name(&self, asked: &str) -> String {
        if asked.starts_with("refs/") {
            return asked.to_owned();
        }
        if let Ok(found) = self.git.resolve_reference_from_short_name(asked)
            && let Ok(name) = found.name()
        {
            return name.to_owned();
        }
        let remotes = self.git.remotes().ok();
        let mut names = remotes.iter().flat_map(|names| names.iter().flatten().flatten());
        let is_remotes =
            names.any(|name| asked.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
        if is_remotes { format!("refs/remotes/{asked}") } else { format!("refs/heads/{asked}") }
    }

    /// Where a reference of this clone points, if it is there.
    #[must_use]
    pub fn reference_tip(&self, full: &str) -> Option<Id> {
        self.git.find_reference(full).ok()?.peel_to_commit().ok().map(|commit| Id(commit.id()))
    }

    /// What this clone calls a branch of a remote.
    #[must_use]
    pub fn name_of_remote_branch(&self, remote: &str, there: &str) -> String {
        let found = self.git.find_remote(remote).ok();
        let here = found.and_then(|remote| mapped_reference(&remote, Direction::Fetch, there));
        let here = here.as_deref().unwrap_or(there);
        let short = here.strip_prefix("refs/heads/").or(here.strip_prefix("refs/remotes/"));
        short.unwrap_or(here).to_owned()
    }
}

/// Which reference of a remote a fetch puts at a reference of this clone.
fn source_of(remote: &Remote<'_>, here: &str) -> Option<String> {
    let mut specs = remote.refspecs().filter(|spec| spec.direction() == Direction::Fetch);
    let spec = specs.find(|spec| spec.dst_matches(here))?;
    let there = spec.rtransform(here).ok()?;
    Some(String::from_utf8_lossy(&there).into_owned())
}
