//! One difference of meaning between two versions: the waist between diffing and every output.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{Duty, IncludedLine, Matrix, Party, Row, Side, Sides};

/// What of a page says something else in its other version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedPart {
    /// Duties, whatever else.
    Duties,
    /// Footnotes, but no duty.
    Footnotes,
    /// References only, which are no duties (see [`Duty::reference`](super::Duty)).
    References,
}

/// What happened to a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Another party has it now.
    Moved,
    /// It has no counterpart in the old version.
    Added,
    /// It has no counterpart in the new version.
    Removed,
    /// The same party has it, in other words.
    Reworded,
    /// The same party has it, under another task or section.
    Relocated,
}

impl Kind {
    /// Every kind, in the order in which they are reported.
    pub const ALL: [Self; 5] =
        [Self::Moved, Self::Added, Self::Removed, Self::Reworded, Self::Relocated];

    /// What happened to a duty that only one side has.
    #[must_use]
    pub const fn of_lone(side: Side) -> Self {
        match side {
            Side::Old => Self::Removed,
            Side::New => Self::Added,
        }
    }

    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Relocated => "relocated",
        }
    }
}

/// How much a change matters, as far as its kind alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Words or place only.
    Wording,
    /// What is to be done at all.
    Scope,
    /// Who has to do it.
    Boundary,
}

impl Level {
    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Scope => "scope",
            Self::Boundary => "boundary",
        }
    }
}

/// Whose load grew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Burden {
    /// The customer has more to do.
    Customer,
    /// IBM has more to do.
    Ibm,
    /// Neither, or it cannot be said.
    None,
}

impl Burden {
    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Ibm => "ibm",
            Self::None => "none",
        }
    }
}

/// A kind of word that can turn a rewording into something weightier than a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Emphasis {
    /// How binding it is: `must`, `should`, `can`.
    Strength,
    /// A negation that came or went.
    Negation,
    /// A number or a time period.
    Quantity,
}

impl Emphasis {
    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strength => "strength",
            Self::Negation => "negation",
            Self::Quantity => "quantity",
        }
    }
}

/// A duty as one side of a change has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position among the duties of its document (see [`Document::duties`](super::Document::duties)).
    pub duty: usize,
    /// The document's path where it is another one than the change stands with.
    pub path: Option<String>,
    /// The headings above, outermost first, plain text.
    pub section: Vec<String>,
    /// The nearest heading (an owner grid's column heading), plain text.
    pub area: String,
    /// The row's label, plain text.
    pub task: String,
    /// The duty, plain text.
    pub text: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// The line of the file that the page includes, where it is written in one.
    pub included: Option<IncludedLine>,
}

impl Place {
    /// Where a duty stands, by its position in its document.
    #[must_use]
    pub fn of_duty(duty: usize, (matrix, row, stated): (&Matrix, &Row, &Duty)) -> Self {
        let area = stated.area.clone().unwrap_or_else(|| matrix.area());
        Self {
            duty,
            path: None,
            section: matrix.section.iter().map(|heading| heading.text.clone()).collect(),
            area: area.text,
            task: row.task.text.clone(),
            text: stated.phrase.text.clone(),
            line: stated.line,
            included: stated.included.clone(),
        }
    }

    /// The file and line in which it is written, in a document at a path.
    #[must_use]
    pub fn written_at<'a>(&'a self, document: &'a str) -> (&'a str, usize) {
        match &self.included {
            Some(included) => (&included.path, included.line),
            None => (self.path.as_deref().unwrap_or(document), self.line),
        }
    }
}

/// The mainline commit that first shows a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduced {
    /// Commit id, 40 hex digits (64 in a SHA-256 repository).
    pub commit: String,
    /// The commit's time.
    pub time: DateTime<FixedOffset>,
    /// `lastupdated` of the version that the commit brought.
    pub last_updated: Option<NaiveDate>,
    /// Where the commit is a merge, the commit inside it that wrote the change.
    pub author_commit: Option<String>,
}

/// One difference of meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Stable fingerprint; survives line shifts, other rows' changes and file renames.
    pub id: String,
    /// What happened.
    pub kind: Kind,
    /// Who had it and who has it; none on an absent side.
    pub party: Sides<Option<Party>>,
    /// How much it matters.
    pub level: Level,
    /// Whose load grew.
    pub burden: Burden,
    /// How alike both texts are, 0 to 1; none where a side is absent.
    pub similarity: Option<f64>,
    /// Which weighty words differ between both texts, in the order of [`Emphasis`].
    pub emphasis: Vec<Emphasis>,
    /// Whether it is about a reference (see [`Duty::reference`](super::Duty)), which is no load.
    pub reference: bool,
    /// The user's own controls that the policy maps its places to, old and new.
    pub controls: Vec<String>,
    /// The duty before and after; none on an absent side.
    pub place: Sides<Option<Place>>,
    /// The name that a policy gives the provider; none for IBM.
    pub provider: Option<String>,
    /// The commit that brought it; none outside a history.
    pub introduced: Option<Introduced>,
    /// Of an added duty that was reworded since: the commit since which it has its words.
    pub worded: Option<Introduced>,
    /// Of an added duty that went to another party since: the commit since which its party has it.
    pub assigned: Option<Introduced>,
}

impl Change {
    /// Whether a change between two ends is one of an edition between them: by its id, which its words
    /// decide, or, where the duty was reworded before or after, by the commit that brought it.
    #[must_use]
    pub fn is_same_event(&self, other: &Self) -> bool {
        let commit = |change: &Self| change.introduced.as_ref().map(|one| one.commit.clone());
        let (own, others) = (self.texts(), other.texts());
        self.id == other.id
            || (self.kind, &self.party) == (other.kind, &other.party)
                && commit(self).is_some()
                && commit(self) == commit(other)
                && (own.new == others.new || own.old == others.old)
    }

    /// The side by which it is found: the new one, if it is there.
    #[must_use]
    pub fn shown_place(&self) -> Option<&Place> {
        self.place.new.as_ref().or(self.place.old.as_ref())
    }

    /// The duty's words before and after; none on an absent side.
    #[must_use]
    pub fn texts(&self) -> Sides<Option<&str>> {
        self.place.as_ref().map(|place| place.as_ref().map(|place| place.text.as_str()))
    }

    /// Whether the duty went from one page to another.
    #[must_use]
    pub fn is_between_pages(&self) -> bool {
        let places = [&self.place.old, &self.place.new];
        places.into_iter().flatten().any(|place| place.path.is_some())
    }
}
