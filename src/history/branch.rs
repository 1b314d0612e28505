//! What a watcher follows: a branch of a repository, under names that last from run to run.

use super::{Id, Repository, Revision, fault};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Sides;

use super::mainline::MainlineBase;
use super::range::{Ends, Point};
use super::span::Span;

/// A branch and its newest commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its full name (`refs/heads/main`), or `HEAD` where no branch is checked out.
    pub name: String,
    /// Its newest commit.
    pub tip: Revision,
    /// The branch of a remote that it follows, or the one that follows it: the same line under
    /// another name.
    pub twin: Option<String>,
}

impl Branch {
    /// Its name for people.
    #[must_use]
    pub fn short_name(&self) -> &str {
        let name = self.name.as_str();
        name.strip_prefix("refs/heads/").or(name.strip_prefix("refs/remotes/")).unwrap_or(name)
    }
}

/// How a commit that was a branch's newest once stands to the branch now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Junction {
    /// It is on the branch's line of first parents.
    OnLine,
    /// It is not; this is the newest commit of that line that it contains.
    Fork(Id),
    /// The two have nothing in common.
    Nowhere,
}

impl Repository {
    /// The branch that was asked for, else the one that is checked out; where `upstream` is asked
    /// for, the branch of a remote that it follows, if there is one.
    ///
    /// # Errors
    /// Where it does not exist or has no commit.
    pub fn find_branch(&self, asked: Option<&str>, upstream: bool) -> Result<Branch> {
        if let Some(asked) = asked {
            let tip = self.find_revision(asked)?;
            let found = self.git.resolve_reference_from_short_name(asked);
            let found = found.and_then(|found| found.resolve()).map_err(|error| {
                Error::new(ErrorKind::Usage, format!("'{asked}' is not a branch"))
                    .with_hint("name a branch such as main or origin/main, not a commit")
                    .with_source(error)
            })?;
            return self.with_upstream(found, tip, upstream);
        }
        let tip = self.find_revision("HEAD")?;
        let head = self.git.head().map_err(|error| fault::library_fault("read HEAD", error))?;
        self.with_upstream(head, tip, upstream)
    }

    /// A branch, or the one of a remote that it follows where that is `wanted`.
    fn with_upstream(
        &self,
        found: git2::Reference<'_>,
        tip: Revision,
        wanted: bool,
    ) -> Result<Branch> {
        let name = String::from_utf8_lossy(found.name_bytes()).into_owned();
        let followed =
            if found.is_branch() { git2::Branch::wrap(found).upstream().ok() } else { None };
        let followed =
            followed.map(|found| String::from_utf8_lossy(found.get().name_bytes()).into_owned());
        match followed {
            Some(followed) if wanted => {
                let tip = self.find_revision(&followed)?;
                Ok(Branch { name: followed, tip, twin: Some(name) })
            }
            twin => Ok(Branch { name, tip, twin }),
        }
    }

    /// A name for the repository that stays when its folder is moved: the address that it was
    /// cloned from, without credentials, else its folder.
    #[must_use]
    pub fn identity(&self) -> String {
        let config = self.git.config().and_then(|mut config| config.snapshot());
        let address = config.ok().and_then(|config| config.get_string("remote.origin.url").ok());
        if let Some(address) = address.filter(|address| !address.starts_with('.')) {
            return without_credentials(&address);
        }
        let folder = self.git.commondir();
        folder.canonicalize().unwrap_or_else(|_| folder.to_owned()).display().to_string()
    }

    /// Whether it has a commit of this whole id.
    #[must_use]
    pub fn holds_commit(&self, commit: &str) -> bool {
        Id::from_hex(commit).is_some_and(|id| self.git.find_commit(id.0).is_ok())
    }

    /// Whether a commit (its whole id) is the tip or leads to it.
    #[must_use]
    pub fn leads_to(&self, commit: &str, tip: Id) -> bool {
        let Some(id) = Id::from_hex(commit) else { return false };
        id == tip || self.git.graph_descendant_of(tip.0, id.0).unwrap_or(false)
    }

    /// How a commit that was a branch's newest once stands to the branch now.
    ///
    /// # Errors
    /// Where the clone does not hold the way between them.
    pub fn find_junction(&self, was: &Revision, tip: &Revision) -> Result<Junction> {
        let points = Sides::new(Point::Commit(was.clone()), Point::Commit(tip.clone()));
        let line = self.walk_mainline(&Ends {
            points,
            old: Some(was.clone()),
            tip: Some(tip.clone()),
            files: None,
        })?;
        Ok(match line.base {
            MainlineBase::Old(_) | MainlineBase::Root => Junction::OnLine,
            MainlineBase::Fork(commit) => Junction::Fork(commit.id),
            MainlineBase::Nothing => Junction::Nowhere,
        })
    }

    /// The commits of a span, oldest first.
    ///
    /// # Errors
    /// Where the clone does not hold all of them.
    pub fn in_order(&self, span: &Span) -> Result<Vec<Id>> {
        let mut ids = Vec::new();
        self.walk_commits(span, &mut |station| {
            ids.push(station.commit);
            Ok(())
        })?;
        ids.reverse();
        Ok(ids)
    }
}

/// An address of a repository without user and password, and without what may be left out.
fn without_credentials(address: &str) -> String {
    let bare = match address.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            let host = host.rsplit('@').next().unwrap_or(host);
            format!("{scheme}://{host}{path}")
        }
        None => address.to_owned(),
    };
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.trim_end_matches('/');
    bare.strip_suffix(".git").unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_s_address_keeps_no_secret() {
        let check = |address: &str, bare: &str| assert_eq!(without_credentials(address), bare);
        check(
            "https://me:token@git.example.com/docs/vault.git",
            "https://git.example.com/docs/vault",
        );
        check("https://git.example.com/docs/vault/?token=x", "https://git.example.com/docs/vault");
        check("git@git.example.com:docs/vault.git", "git@git.example.com:docs/vault");
        check("/srv/docs@home/vault", "/srv/docs@home/vault");
    }
}
