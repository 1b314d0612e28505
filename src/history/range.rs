//! What the user named, to two ends that exist.

use super::{Id, Repository, Revision, fault};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Sides;

/// The ends as the user named them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `A..B`, `A...B`, `A B`, `A` or nothing.
    pub revisions: Vec<String>,
    /// Whether the index is the new side.
    pub cached: bool,
}

/// One end of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// A commit.
    Commit(Revision),
    /// What is staged.
    Index,
    /// The tracked files as they are on disk.
    WorkingTree,
}

impl Point {
    /// The commit's id; none for the index and the working tree.
    #[must_use]
    pub fn commit(&self) -> Option<Id> {
        match self {
            Self::Commit(revision) => Some(revision.commit),
            Self::Index | Self::WorkingTree => None,
        }
    }

    /// A name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Commit(revision) => &revision.name,
            Self::Index => "the index",
            Self::WorkingTree => "the working tree",
        }
    }
}

/// Both ends of a comparison, known to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The old end (always a commit) and the new one.
    pub points: Sides<Point>,
    /// The old end's commit.
    pub(super) old: Revision,
    /// The newest commit: the new end, or HEAD where that is no commit.
    pub(super) tip: Revision,
}

enum Dots {
    Two,
    Three,
}

impl Repository {
    /// Finds both ends. A range is `A..B` (an empty side is HEAD) or `A...B` (from their merge
    /// base); one revision is compared with the working tree, none compares HEAD with it.
    ///
    /// # Errors
    /// Where an end does not exist, in the words of what is wrong with it.
    pub fn ends(&self, request: &Request) -> Result<Ends> {
        match request.revisions.as_slice() {
            [] => self.to_unrecorded("HEAD", request.cached),
            [one] => match split(one) {
                Some(_) if request.cached => Err(cached_takes_one()),
                Some((old, Dots::Two, new)) => {
                    Ok(between(self.revision(or_head(old))?, self.revision(or_head(new))?))
                }
                Some((old, Dots::Three, new)) => {
                    let new = self.revision(or_head(new))?;
                    let mut old = self.revision(or_head(old))?;
                    old.commit = self.merge_base(&old, &new)?;
                    old.name.clone_from(one);
                    Ok(between(old, new))
                }
                None => self.to_unrecorded(one, request.cached),
            },
            [_, _] if request.cached => Err(cached_takes_one()),
            [range, other] | [other, range] if split(range).is_some() => Err(Error::new(
                ErrorKind::Usage,
                format!("'{other}' beside '{range}', which names both ends already"),
            )
            .hint(format!("if it is a path, put it after --: {range} -- {other}"))),
            [old, new] => Ok(between(self.revision(old)?, self.revision(new)?)),
            more => Err(Error::new(
                ErrorKind::Usage,
                format!("{} revisions are too many: {}", more.len(), more.join(" ")),
            )
            .hint("name a range (A..B) or at most two revisions; paths go after --")),
        }
    }

    fn to_unrecorded(&self, old: &str, cached: bool) -> Result<Ends> {
        let old = self.revision(old)?;
        if !cached && self.is_bare() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "{} is bare, so there is no working tree to compare with",
                    self.place().display()
                ),
            )
            .hint("name both ends: A..B"));
        }
        let tip = self.revision("HEAD")?;
        let new = if cached { Point::Index } else { Point::WorkingTree };
        Ok(Ends { points: Sides::new(Point::Commit(old.clone()), new), old, tip })
    }

    fn merge_base(&self, old: &Revision, new: &Revision) -> Result<Id> {
        self.check_before_walk()?;
        match self.git.merge_base(old.commit.0, new.commit.0) {
            Ok(base) => Ok(Id(base)),
            Err(_) if self.is_shallow() => Err(Error::new(
                ErrorKind::Incomplete,
                format!(
                    "this shallow clone does not hold the merge base of {} and {}",
                    old.name, new.name
                ),
            )
            .hint(fault::UNSHALLOW)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Err(Error::new(
                ErrorKind::Repository,
                format!("{} and {} have no commit in common, so no merge base", old.name, new.name),
            )
            .hint(format!("compare the ends themselves: {}..{}", old.name, new.name))),
            Err(error) => Err(fault::other("find the merge base", error)),
        }
    }
}

fn between(old: Revision, new: Revision) -> Ends {
    let points = Sides::new(Point::Commit(old.clone()), Point::Commit(new.clone()));
    Ends { points, old, tip: new }
}

fn split(text: &str) -> Option<(&str, Dots, &str)> {
    let (old, new) = text.split_once("..")?;
    Some(match new.strip_prefix('.') {
        Some(new) => (old, Dots::Three, new),
        None => (old, Dots::Two, new),
    })
}

fn or_head(name: &str) -> &str {
    if name.is_empty() { "HEAD" } else { name }
}

fn cached_takes_one() -> Error {
    Error::new(ErrorKind::Usage, "--cached compares one revision with the index")
        .hint("name one revision, or none for HEAD")
}
