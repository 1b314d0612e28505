//! Fetches, and asks the remote whether it still has the branch that is watched: an ordinary fetch
//! leaves a branch that is gone there as it was, and a bare clone's fetch moves no branch at all.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

use crate::deliver::process;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{FollowedBranch, Repository};

use super::settings::{AlertSettings, WatchedRepository};
use super::targets;

/// A remote that does not answer is given up after this.
const PATIENCE: Duration = Duration::from_secs(600);

/// The branches of a remote.
#[derive(Default)]
pub(super) struct RemoteBranches {
    /// Their commits by full name.
    tips: BTreeMap<String, String>,
    /// The branch that its HEAD names.
    head: Option<String>,
}

impl RemoteBranches {
    /// Reads what `git ls-remote --symref` prints.
    fn parse_listing(text: &str) -> Self {
        let mut found = Self::default();
        for line in text.lines() {
            match line.split_once('\t') {
                Some((target, "HEAD")) => {
                    if let Some(branch) = target.strip_prefix("ref: ") {
                        found.head = Some(branch.to_owned());
                    }
                }
                Some((commit, name)) => drop(found.tips.insert(name.to_owned(), commit.to_owned())),
                None => {}
            }
        }
        found
    }

    /// Whether the remote has a branch of this full name.
    pub(super) fn has_branch(&self, there: &str) -> bool {
        self.tips.contains_key(there)
    }
}

/// Brings what is new in a remote, by the user's own git, which gets none of our secrets. What the
/// remote has; none where no remote has to do with the watched branch.
///
/// # Errors
/// Where git fails, where the remote has the watched branch no more, and where no fetch brings it.
pub(super) fn fetch_remote(
    place: &WatchedRepository,
    settings: &AlertSettings,
) -> Result<Option<RemoteBranches>> {
    let repository = place.open_repository()?;
    let Some(followed) = repository.followed_branch(place.branch.as_deref()) else {
        fetch_from(place, settings, None)?;
        return Ok(None);
    };
    let before = repository.reference_tip(&followed.here);
    let listed = list_remote(place, settings, &followed);
    if let Ok(branches) = &listed
        && !branches.has_branch(&followed.there)
    {
        return Err(branch_gone(&repository, &followed, branches));
    }
    fetch_from(place, settings, Some(&followed.remote))?;
    let branches = listed?;
    let repository = place.open_repository()?;
    let after = repository.reference_tip(&followed.here);
    let there = branches.tips.get(&followed.there).map_or("", String::as_str);
    let is_there = after.is_some_and(|tip| repository.leads_to(there, tip));
    // one that moved and is elsewhere has moved on meanwhile
    if is_there || after.is_some() && after != before {
        return Ok(Some(branches));
    }
    Err(not_brought(&repository, &followed))
}

fn git_command(place: &WatchedRepository, settings: &AlertSettings) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(&place.folder).env("GIT_TERMINAL_PROMPT", "0");
    for name in targets::secret_names(settings) {
        git.env_remove(name);
    }
    git
}

fn fetch_from(
    place: &WatchedRepository,
    settings: &AlertSettings,
    remote: Option<&str>,
) -> Result<()> {
    let mut git = git_command(place, settings);
    git.args(["fetch", "--quiet"]).args(remote);
    process::run_at_terminal(&mut git, PATIENCE).map_err(|reason| git_failed("fetch", &reason))
}

fn list_remote(
    place: &WatchedRepository,
    settings: &AlertSettings,
    followed: &FollowedBranch,
) -> Result<RemoteBranches> {
    let mut git = git_command(place, settings);
    git.args(["ls-remote", "--quiet", "--symref", &followed.remote, "HEAD", "refs/heads/*"]);
    git.arg(&followed.there);
    let listed = process::output_at_terminal(&mut git, PATIENCE);
    let listed = listed.map_err(|reason| git_failed("ls-remote", &reason))?;
    Ok(RemoteBranches::parse_listing(&String::from_utf8_lossy(&listed)))
}

fn git_failed(command: &str, reason: &str) -> Error {
    Error::new(ErrorKind::Incomplete, format!("git {command} {reason}")).with_hint(format!(
        "run `git {command}` there for details; new changes are found when it works again"
    ))
}

fn short_branch(branch: &str) -> &str {
    branch.strip_prefix("refs/heads/").unwrap_or(branch)
}

fn branch_gone(
    repository: &Repository,
    followed: &FollowedBranch,
    branches: &RemoteBranches,
) -> Error {
    let FollowedBranch { remote, there, .. } = followed;
    let has_none = format!("{remote} no longer has {}", short_branch(there));
    let head = branches.head.as_deref().filter(|head| branches.has_branch(head));
    let (message, example) = match head {
        Some(head) => (
            format!("{has_none}; its HEAD is {}", short_branch(head)),
            repository.name_of_remote_branch(remote, head),
        ),
        None => (has_none, repository.name_of_remote_branch(remote, "refs/heads/BRANCH")),
    };
    Error::new(ErrorKind::Incomplete, message).with_hint(format!(
        "name the branch to watch, as in `branch: {example}` under `repositories`; pending changes are reported then"
    ))
}

fn not_brought(repository: &Repository, followed: &FollowedBranch) -> Error {
    let FollowedBranch { remote, there, here } = followed;
    let message =
        format!("git fetch does not update {here} from {} of {remote}", short_branch(there));
    let into = if repository.is_bare() { "heads".into() } else { format!("remotes/{remote}") };
    Error::new(ErrorKind::Incomplete, message).with_hint(format!(
        "set what it fetches: git config remote.{remote}.fetch '+refs/heads/*:refs/{into}/*'"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_branches_and_the_head_of_a_remote() {
        let found = RemoteBranches::parse_listing(
            "ref: refs/heads/main\tHEAD\n1234\tHEAD\n1234\trefs/heads/main\n5678\trefs/heads/a/b\n",
        );
        assert_eq!(found.head.as_deref(), Some("refs/heads/main"));
        assert!(found.has_branch("refs/heads/a/b") && !found.has_branch("refs/heads/master"));
    }
}
