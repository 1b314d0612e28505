//! What the user named, to two ends that exist.

use super::{Id, RepoPath, Repository, Revision, fault};
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
    /// No file at all: what was there before a first commit.
    Empty,
}

impl Point {
    /// The commit's id; none for the index and the working tree.
    #[must_use]
    pub fn commit_id(&self) -> Option<Id> {
        match self {
            Self::Commit(revision) => Some(revision.commit),
            Self::Index | Self::WorkingTree | Self::Empty => None,
        }
    }

    /// A name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Commit(revision) => &revision.name,
            Self::Index => "the index",
            Self::WorkingTree => "the working tree",
            Self::Empty => "an empty repository",
        }
    }
}

/// Both ends of a comparison, known to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The old end (a commit, or the empty tree) and the new one.
    pub points: Sides<Point>,
    /// The old end's commit; none where that is the empty tree.
    pub(super) old: Option<Revision>,
    /// The newest commit: the new end, or HEAD where that is no commit. None on a branch that has
    /// no commit yet.
    pub(super) tip: Option<Revision>,
    /// The two files that are compared, whatever became of them in between; none where all files are.
    pub(super) files: Option<Sides<RepoPath>>,
}

impl Ends {
    /// The paths of the two files that the user named; none where all files are compared.
    #[must_use]
    pub fn files(&self) -> Option<&Sides<RepoPath>> {
        self.files.as_ref()
    }

    /// Refuses two files where a range of commits is asked for.
    ///
    /// # Errors
    /// Where the word names two files.
    pub fn refuse_files(&self, word: &str) -> Result<()> {
        if self.files.is_none() {
            return Ok(());
        }
        let message =
            format!("'{word}' names two files, and this command reads a range of commits");
        Err(Error::new(ErrorKind::Usage, message).with_hint(format!(
            "`respdiff {word}` compares the files; for a range, write A..B -- PATH"
        )))
    }
}

/// How one word names two ends.
enum RangeForm<'a> {
    /// `A..B`.
    Two(&'a str, &'a str),
    /// `A...B`.
    Three(&'a str, &'a str),
    /// `A^!`, or `A^-N`: A and its first or Nth parent.
    Parent(&'a str, usize),
}

impl Repository {
    /// Finds both ends. A range is `A..B` (an empty side is HEAD), `A...B` (from their merge
    /// base) or `A^!` (from A's first parent); one revision is compared with the working tree,
    /// none compares HEAD with it. `A:P B:Q` are two files.
    ///
    /// # Errors
    /// Where an end does not exist, in the words of what is wrong with it.
    pub fn resolve_ends(&self, request: &Request) -> Result<Ends> {
        if !request.cached
            && let Some(files) = self.named_files(&request.revisions)
        {
            return self.ends_of_files(files);
        }
        match request.revisions.as_slice() {
            [] if self.is_unborn() => self.to_unrecorded(None, request.cached),
            [] => self.to_unrecorded(Some("HEAD"), request.cached),
            [one] => match split(one) {
                Some(_) if request.cached => Err(cached_takes_one()),
                Some(span) => self.span_ends(one, &span),
                None => self.to_unrecorded(Some(one), request.cached),
            },
            [_, _] if request.cached => Err(cached_takes_one()),
            [range, other] | [other, range] if split(range).is_some() => Err(Error::new(
                ErrorKind::Usage,
                format!("'{other}' is one revision too many: '{range}' already names both ends"),
            )
            .with_hint(format!("if it is a path, put it after --: {range} -- {other}"))),
            [old, new] => {
                Ok(ends_between(Some(self.find_revision(old)?), self.find_revision(new)?))
            }
            more => {
                let pages = more.iter().skip(2).flat_map(|word| self.similar_pages(word));
                let pages: Vec<String> = pages.collect();
                let hint = if pages.is_empty() {
                    "name a range (A..B) or at most two revisions; paths go after --".to_owned()
                } else {
                    format!("did you mean the page {}?", pages.join(" or "))
                };
                let message = format!("too many revisions ({}): {}", more.len(), more.join(" "));
                Err(Error::new(ErrorKind::Usage, message).with_hint(hint))
            }
        }
    }

    fn span_ends(&self, word: &str, span: &RangeForm<'_>) -> Result<Ends> {
        match span {
            RangeForm::Two(old, new) => {
                let old = self.find_revision(or_head(old))?;
                Ok(ends_between(Some(old), self.find_revision(or_head(new))?))
            }
            RangeForm::Three(old, new) => {
                let new = self.find_revision(or_head(new))?;
                let mut old = self.find_revision(or_head(old))?;
                old.commit = self.merge_base(&old, &new)?;
                word.clone_into(&mut old.name);
                Ok(ends_between(Some(old), new))
            }
            RangeForm::Parent(name, number) => {
                let new = self.find_revision(or_head(name))?;
                let commit = self.read_commit(new.commit)?;
                let is_first = commit.parents.is_empty() && !commit.cut && *number == 1;
                let parent =
                    if *number == 1 { format!("{name}^") } else { format!("{name}^{number}") };
                let old = if is_first { None } else { Some(self.find_revision(&parent)?) };
                Ok(ends_between(old, new))
            }
        }
    }

    /// Whether the branch that is checked out has no commit yet.
    pub(super) fn is_unborn(&self) -> bool {
        self.git.head().is_err_and(|error| error.code() == git2::ErrorCode::UnbornBranch)
    }

    /// No revision for the old end stands for the empty tree.
    fn to_unrecorded(&self, old: Option<&str>, cached: bool) -> Result<Ends> {
        let old = old.map(|name| self.find_revision(name)).transpose()?;
        if self.is_bare() && !(cached && self.has_named_index()) {
            return Err(self.no_working_tree().with_hint("name both ends: A..B"));
        }
        let tip = if self.is_unborn() { None } else { Some(self.find_revision("HEAD")?) };
        let new = if cached { Point::Index } else { Point::WorkingTree };
        Ok(Ends { points: Sides::new(old_point(old.as_ref()), new), old, tip, files: None })
    }

    /// Refuses to read the index of a bare repository: it has none, unless the environment names one.
    ///
    /// # Errors
    /// Where there is no index.
    pub fn require_index(&self) -> Result<()> {
        if self.is_bare() && !self.has_named_index() {
            return Err(self.no_working_tree().with_hint("name a revision, such as HEAD"));
        }
        Ok(())
    }

    fn no_working_tree(&self) -> Error {
        let place = self.shown_path().display();
        let message = format!("{place} is a bare repository and has no working tree");
        Error::new(ErrorKind::Usage, message)
    }

    fn merge_base(&self, old: &Revision, new: &Revision) -> Result<Id> {
        self.check_before_walk()?;
        match self.git.merge_base(old.commit.0, new.commit.0) {
            Ok(base) => Ok(Id(base)),
            Err(_) if self.is_shallow() => Err(Error::new(
                ErrorKind::Incomplete,
                format!(
                    "this shallow clone does not have the merge base of {} and {}",
                    old.name, new.name
                ),
            )
            .with_hint(fault::UNSHALLOW)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Err(Error::new(
                ErrorKind::Repository,
                format!(
                    "{} and {} have no common commit, so there is no merge base",
                    old.name, new.name
                ),
            )
            .with_hint(format!("compare the two ends instead: {}..{}", old.name, new.name))),
            Err(error) => Err(fault::library_fault("find the merge base", error)),
        }
    }
}

fn ends_between(old: Option<Revision>, new: Revision) -> Ends {
    let points = Sides::new(old_point(old.as_ref()), Point::Commit(new.clone()));
    Ends { points, old, tip: Some(new), files: None }
}

pub(super) fn old_point(old: Option<&Revision>) -> Point {
    old.cloned().map_or(Point::Empty, Point::Commit)
}

/// Whether a word names two ends.
#[must_use]
pub fn is_span(text: &str) -> bool {
    split(text).is_some()
}

fn split(text: &str) -> Option<RangeForm<'_>> {
    if let Some((old, new)) = text.split_once("..") {
        return Some(match new.strip_prefix('.') {
            Some(new) => RangeForm::Three(old, new),
            None => RangeForm::Two(old, new),
        });
    }
    if let Some(name) = text.strip_suffix("^!") {
        return Some(RangeForm::Parent(name, 1));
    }
    let (name, number) = text.rsplit_once("^-")?;
    let number = if number.is_empty() { 1 } else { number.parse().ok()? };
    (number > 0).then_some(RangeForm::Parent(name, number))
}

fn or_head(name: &str) -> &str {
    if name.is_empty() { "HEAD" } else { name }
}

fn cached_takes_one() -> Error {
    Error::new(ErrorKind::Usage, "--cached compares one revision with the index")
        .with_hint("name one revision, or none for HEAD")
}
