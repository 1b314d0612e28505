//! Finds the commit that a revision names, and explains why there is none.

use chrono::{DateTime, FixedOffset, TimeZone};

use git2::{ErrorCode, ObjectType};

use super::plain_revision::SHORTEST;
use super::{Commit, Id, Repository, fault, suggest};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Format, counted};

/// A revision that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// As the user named it (`HEAD~5`).
    pub name: String,
    /// The commit it means.
    pub commit: Id,
}

impl Repository {
    /// When the commit of a revision was made; none where git knows no such time.
    #[must_use]
    pub fn commit_time(&self, revision: &Revision) -> Option<DateTime<FixedOffset>> {
        let time = self.git.find_commit(revision.commit.0).ok()?.time();
        let zone = FixedOffset::east_opt(time.offset_minutes().checked_mul(60)?)?;
        zone.timestamp_opt(time.seconds(), 0).single()
    }

    /// Finds the commit that a name means, in any spelling that git has for it.
    ///
    /// # Errors
    /// If there is none: what is missing, and similar names.
    pub fn find_revision(&self, name: &str) -> Result<Revision> {
        // git would take it for an option, and so might other programs that we pass it to
        if name.starts_with('-') {
            return Err(usage_error(format!(
                "'{name}' is not a revision: revisions do not begin with a dash"
            ))
            .with_hint("options go before the revisions, paths after --"));
        }
        if let Some(pushed) = self.push_resolved(name)? {
            return Ok(Revision { name: name.into(), ..self.find_revision(&pushed)? });
        }
        if let Some(commit) = self.plainly_named(name)? {
            return Ok(Revision { name: name.into(), commit });
        }
        self.check_before_walk()?;
        self.check_reflog(name)?;
        let object =
            self.git.revparse_single(name).map_err(|error| self.explain_unknown(name, error))?;
        let found = object.kind();
        match object.peel(ObjectType::Commit) {
            Ok(commit) => Ok(Revision { name: name.into(), commit: Id(commit.id()) }),
            Err(_) => Err(usage_error(match found {
                Some(ObjectType::Tree) => {
                    format!("'{name}' is a folder, not a commit")
                }
                Some(ObjectType::Blob) => format!("'{name}' is a file, not a commit"),
                _ => format!("'{name}' is not a commit"),
            })
            .with_hint("name a commit, a branch or a tag of one")),
        }
    }

    /// Why a name leads nowhere.
    fn explain_unknown(&self, name: &str, error: git2::Error) -> Error {
        let digits = name.split(['~', '^', ':', '@']).next().unwrap_or(name).len();
        // what is shorter git takes for no id at all
        if error.code() == ErrorCode::Ambiguous && digits >= SHORTEST {
            return usage_error(format!("'{name}' is ambiguous: several object ids begin with it"))
                .with_hint("give more digits of the commit id");
        }
        let base = name.split(['~', '^']).next().unwrap_or(name);
        if self.is_unborn() && matches!(base, "HEAD" | "@") {
            return Error::new(
                ErrorKind::Repository,
                format!("'{name}' does not exist yet: the current branch has no commits"),
            )
            .with_hint("commit first, or name a branch that has commits");
        }
        if let Some(why) = self.explain_steps(name, base) {
            return why;
        }
        if name.ends_with("@{u}") || name.ends_with("@{upstream}") {
            return usage_error(format!("'{name}': the branch has no upstream branch"))
                .with_hint("set one with `git branch --set-upstream-to`, or name a branch");
        }
        self.unknown_revision(name, error)
    }

    /// Walks `BASE~3^2` step by step to the first that does not exist.
    fn explain_steps(&self, name: &str, base: &str) -> Option<Error> {
        let mut steps = name.strip_prefix(base)?;
        if base.is_empty() || steps.is_empty() {
            return None;
        }
        let start = self.git.revparse_single(base).ok()?.peel_to_commit().ok()?;
        let mut commit = self.read_commit(Id(start.id())).ok()?;
        while let Some(sign) = steps.chars().next() {
            steps = &steps[1..];
            let digits = steps.len() - steps.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let count = if digits == 0 { 1 } else { steps[..digits].parse::<usize>().ok()? };
            steps = &steps[digits..];
            commit = match sign {
                '~' => match self.first_parents_back(commit, count) {
                    Ok(commit) => commit,
                    Err((reached, last)) => return Some(too_far(name, base, reached, &last)),
                },
                '^' if count == 0 => commit,
                '^' => match commit.parents.get(count - 1) {
                    Some(parent) => self.read_commit(*parent).ok()?,
                    None => return Some(no_parent(name, count, &commit)),
                },
                _ => return None,
            };
        }
        None
    }

    /// The commit `count` first parents back, or how many there are and the last of them.
    fn first_parents_back(
        &self,
        mut commit: Commit,
        count: usize,
    ) -> std::result::Result<Commit, (usize, Commit)> {
        for step in 0..count {
            commit = match commit.parents.first().map(|parent| self.read_commit(*parent)) {
                Some(Ok(parent)) => parent,
                Some(Err(_)) | None => return Err((step, commit)),
            };
        }
        Ok(commit)
    }

    fn unknown_revision(&self, name: &str, error: git2::Error) -> Error {
        let message = format!("no revision '{name}' in {}", self.shown_path().display());
        let like = suggest::similar_names(name, self.reference_names());
        let unknown = Error::new(ErrorKind::Repository, message).with_source(error);
        let is_of_head = name.split(['~', '^']).next() == Some("HEAD");
        if is_of_head && self.git.revparse_single("HEAD").is_err() {
            return unknown.with_hint(fault::FSCK);
        }
        if self.dir.join(name).exists() {
            return unknown.with_hint(format!("to name a path, put it after --: -- {name}"));
        }
        let mut pages = self.similar_pages(name);
        if Format::of_name(name.as_bytes()).is_some() {
            // a commit has the very page that is not here
            let is_known = pages.iter().any(|page| page.trim_matches('\'') == name);
            pages.retain(|_| !is_known);
            let missing = if is_known {
                "there is no such file here;".to_owned()
            } else if pages.is_empty() {
                "there is no such file either;".to_owned()
            } else {
                format!("did you mean the page {}?", pages.join(" or "))
            };
            return unknown.with_hint(format!(
                "{missing} for a file of an earlier commit, write -- {name} in a history such as \
                 `log`, and REV -- {name} elsewhere"
            ));
        }
        if name.contains("@{") {
            return unknown
                .with_hint("name a commit instead; `git reflog` lists where the branch was");
        }
        if !like.is_empty() {
            return unknown.with_hint(format!("did you mean {}?", like.join(" or ")));
        }
        if let Some(hint) = self.branch_hint().filter(|_| is_usual_default(name)) {
            return unknown.with_hint(hint);
        }
        if !pages.is_empty() {
            return unknown.with_hint(format!("did you mean the page {}?", pages.join(" or ")));
        }
        if self.is_shallow() {
            return unknown.with_hint(fault::UNSHALLOW);
        }
        unknown.with_hint(
            "`git branch -a` and `git tag` list branches and tags; `git fetch` gets new ones",
        )
    }

    /// Names the branch that the remote's HEAD names, else one with a usual name, else the one that
    /// is checked out: that one may be a topic branch, with which a comparison would find nothing.
    fn branch_hint(&self) -> Option<String> {
        let remote = self.git.find_reference("refs/remotes/origin/HEAD").ok();
        let of_remote = remote.and_then(|head| {
            let target = head.symbolic_target().ok()??;
            target.strip_prefix("refs/remotes/").map(str::to_owned)
        });
        if let Some(branch) = of_remote {
            return Some(format!("the default branch of this repository is '{branch}'"));
        }
        let names = self.reference_names();
        let remotes = USUAL_DEFAULTS.iter().map(|name| format!("origin/{name}"));
        let usual = USUAL_DEFAULTS.iter().map(|name| (*name).to_owned()).chain(remotes);
        if let Some(branch) = usual.into_iter().find(|name| names.contains(name)) {
            return Some(format!("did you mean '{branch}'?"));
        }
        let head = self.git.head().ok()?;
        let branch = head.is_branch().then(|| head.shorthand().ok().map(str::to_owned))??;
        Some(format!("the current branch is '{branch}'; `git branch -a` lists all branches"))
    }

    fn reference_names(&self) -> Vec<String> {
        let Ok(mut references) = self.git.references() else { return Vec::new() };
        let head = std::iter::once("HEAD".to_owned());
        let named = references.names().filter_map(|name| {
            let name = name.ok()?;
            ["refs/heads/", "refs/tags/", "refs/remotes/"]
                .iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .map(str::to_owned)
        });
        head.chain(named).collect()
    }
}

/// What default branches are usually called.
const USUAL_DEFAULTS: [&str; 7] =
    ["main", "master", "develop", "trunk", "published", "publish", "source"];

/// Whether a name is one that default branches usually have.
fn is_usual_default(name: &str) -> bool {
    let branch = name.split(['~', '^', '@']).next().unwrap_or(name);
    let branch = branch.strip_prefix("origin/").unwrap_or(branch);
    USUAL_DEFAULTS.contains(&branch)
}

fn usage_error(message: String) -> Error {
    Error::new(ErrorKind::Usage, message)
}

fn too_far(name: &str, base: &str, reached: usize, last: &Commit) -> Error {
    let known = reached + 1;
    let commits = counted(known, "commit");
    if last.cut {
        return Error::new(
            ErrorKind::Incomplete,
            format!("'{name}' is not in this shallow clone, which has only {commits} of {base}"),
        )
        .with_hint(fault::UNSHALLOW);
    }
    let hint = if reached == 0 {
        format!("{base} is the first commit: the range {base}^! shows all its duties as added")
    } else {
        format!("the oldest is {base}~{reached} ({})", last.id.short())
    };
    Error::new(
        ErrorKind::Repository,
        format!(
            "'{name}' does not exist: the history of {base} has only {commits} along first parents"
        ),
    )
    .with_hint(hint)
}

fn no_parent(name: &str, wanted: usize, commit: &Commit) -> Error {
    if commit.cut {
        return Error::new(
            ErrorKind::Incomplete,
            format!(
                "'{name}' is not in this shallow clone, which does not have the parents of {}",
                commit.id.short()
            ),
        )
        .with_hint(fault::UNSHALLOW);
    }
    let has = match commit.parents.len() {
        0 => "no parent".to_owned(),
        1 => "only one parent".to_owned(),
        many => format!("only {many} parents"),
    };
    Error::new(
        ErrorKind::Repository,
        format!("'{name}' does not exist: {} has {has}", commit.id.short()),
    )
    .with_hint(if wanted > 1 {
        "only merges have a second parent"
    } else {
        "it is the first commit of its history"
    })
}
