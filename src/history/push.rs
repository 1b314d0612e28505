//! `@{push}`: the branch of a remote that `git push` would update, as git finds it. git's library
//! does not know this spelling.

use git2::{Direction, Remote};

use super::Repository;
use crate::error::{Error, ErrorKind, Result};

/// git takes it in any letter case.
const PUSH: &str = "@{push}";

impl Repository {
    /// The name with `BRANCH@{push}` at its beginning replaced by the reference that it means;
    /// none where it has no such part.
    ///
    /// # Errors
    /// Where the branch is pushed nowhere, or to nowhere that this clone keeps track of.
    pub(super) fn push_resolved(&self, name: &str) -> Result<Option<String>> {
        let Some(at) = name.to_ascii_lowercase().find(PUSH) else { return Ok(None) };
        let (branch, steps) = (&name[..at], &name[at + PUSH.len()..]);
        let reference = self.push_reference(branch).map_err(|why| {
            Error::new(ErrorKind::Usage, format!("'{name}': {why}"))
                .with_hint("name the branch of the remote itself, as in origin/main")
        })?;
        Ok(Some(format!("{reference}{steps}")))
    }

    /// Follows git's own order: the remote that is pushed to, then its push refspecs, then
    /// `push.default`.
    fn push_reference(&self, branch: &str) -> std::result::Result<String, String> {
        let (short, full) = self.local_branch(branch)?;
        let remote_name = self.push_remote(&short);
        let unknown = |_| format!("branch '{short}' has no remote to push to");
        let remote = self.git.find_remote(&remote_name).map_err(unknown)?;
        let has_push_specs = remote.refspecs().any(|spec| spec.direction() == Direction::Push);
        if has_push_specs {
            let into = mapped_reference(&remote, Direction::Push, &full).ok_or_else(|| {
                format!("the push refspecs of '{remote_name}' do not include '{short}'")
            })?;
            return tracking_reference(&remote, &into);
        }
        let config = self.git.config().map_err(|error| error.message().to_owned())?;
        if config.get_bool(&format!("remote.{remote_name}.mirror")).unwrap_or(false) {
            return tracking_reference(&remote, &full);
        }
        let upstream = || {
            let found = self.git.branch_upstream_name(&full).ok();
            let found = found.map(|name| String::from_utf8_lossy(&name).into_owned());
            found.ok_or_else(|| format!("branch '{short}' follows no branch of a remote"))
        };
        match config.get_string("push.default").unwrap_or_default().to_lowercase().as_str() {
            "nothing" => Err("push.default is 'nothing'".to_owned()),
            "matching" | "current" => tracking_reference(&remote, &full),
            "upstream" | "tracking" => upstream(),
            _ => {
                let (followed, destination) = (upstream()?, tracking_reference(&remote, &full)?);
                if followed == destination {
                    return Ok(destination);
                }
                Err("a simple push has no single destination: the branch follows another"
                    .to_owned())
            }
        }
    }

    /// The branch that stands before `@{push}`, or the one that is checked out: its short and its
    /// full name.
    fn local_branch(&self, named: &str) -> std::result::Result<(String, String), String> {
        if named.is_empty() || matches!(named, "HEAD" | "@") {
            let head = self.git.find_reference("HEAD").ok();
            let full =
                head.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
            let full = full.ok_or("no branch is checked out")?;
            let short = full.strip_prefix("refs/heads/").unwrap_or(&full).to_owned();
            return Ok((short, full));
        }
        let short = named.strip_prefix("refs/heads/").unwrap_or(named);
        match self.git.find_branch(short, git2::BranchType::Local) {
            Ok(_) => Ok((short.to_owned(), format!("refs/heads/{short}"))),
            Err(_) => Err(format!("branch '{short}' does not exist")),
        }
    }

    fn push_remote(&self, branch: &str) -> String {
        let text = |key: &str| self.git.config().and_then(|config| config.get_string(key)).ok();
        let only = || {
            let all = self.git.remotes().ok()?;
            let mut names = all.iter().flatten().flatten();
            let first = names.next()?.to_owned();
            names.next().is_none().then_some(first)
        };
        text(&format!("branch.{branch}.pushremote"))
            .or_else(|| text("remote.pushdefault"))
            .or_else(|| text(&format!("branch.{branch}.remote")))
            .or_else(only)
            .unwrap_or_else(|| "origin".to_owned())
    }
}

/// Where a refspec of a remote puts a reference.
pub(super) fn mapped_reference(remote: &Remote<'_>, way: Direction, name: &str) -> Option<String> {
    let mut specs = remote.refspecs().filter(|spec| spec.direction() == way);
    let spec = specs.find(|spec| spec.src_matches(name))?;
    let into = spec.transform(name).ok()?;
    Some(String::from_utf8_lossy(&into).into_owned())
}

/// The reference by which the clone keeps track of one of the remote.
fn tracking_reference(remote: &Remote<'_>, name: &str) -> std::result::Result<String, String> {
    mapped_reference(remote, Direction::Fetch, name)
        .ok_or_else(|| format!("this clone does not track '{name}' on the remote"))
}
