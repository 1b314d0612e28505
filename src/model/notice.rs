//! What a reader should know beside the changes. Nothing is dropped silently.

use super::{Severity, Side};

/// The kind of a notice (of a comparison) or of a finding (of `lint`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A template's text stands where a duty should.
    Placeholder,
    /// A sentence that ends in mid air.
    CutOff,
    /// A header row that lost its empty first cell.
    ShortHeader,
    /// A row with fewer cells than the header.
    ShortRow,
    /// A row with more cells than the header.
    LongRow,
    /// A row broken over lines.
    BrokenRow,
    /// Rows without a header, read as a continuation of the table above.
    OrphanRows,
    /// Two rows of one table that say the same.
    DuplicateRow,
    /// One duty twice.
    DuplicateDuty,
    /// A row in which no party has a duty.
    EmptyRow,
    /// A matrix that no party can be read from.
    Unassigned,
    /// A text that speaks of the other party, or tables that disagree.
    Contradiction,
    /// Two pages that give one duty to different parties.
    Disagrees,
    /// A duty that no party holds.
    Orphan,
    /// A row of a RACI table in which nobody is responsible (R): the accountable party holds it.
    NoResponsible,
    /// A task with a new label.
    RenamedTask,
    /// A section with a new heading.
    RenamedArea,
    /// A page re-shaped to or from a layout that holds no sentences.
    Reshaped,
    /// A removed and an added duty that may be one that moved.
    PossibleMove,
    /// A duty that moved and moved back inside the range.
    MovedAndBack,
    /// A footnote that a row cites says something else, came or went.
    FootnoteChanged,
    /// A page that was removed.
    PageRemoved,
    /// A removed page whose duties another page has, too.
    SameDuties,
    /// A page that can be read again after it could not be, or was away.
    Returned,
    /// A keyref that no table knows.
    UnknownKeyref,
    /// A keyref that stands for another name than before: the keyref files differ.
    KeyrefChanged,
    /// A keyref that is misspelled.
    MalformedKeyref,
    /// No `lastupdated`.
    StampMissing,
    /// A page of a form that has no date of its own.
    Unstamped,
    /// A `lastupdated` that is no date.
    StampUnreadable,
    /// Duties changed, the date did not.
    StampUnchanged,
    /// The date changed, duties did not.
    StampOnly,
    /// The date went back.
    StampBackwards,
    /// The date is more than a day after its commit.
    StampFuture,
    /// The date is more than 365 days before its commit.
    StampStale,
    /// Copyright years that do not reach the date's year.
    CopyrightBehind,
    /// Copyright years that shrank.
    CopyrightShrinks,
    /// Front matter that is no good YAML.
    FrontMatter,
    /// Bytes that are not UTF-8.
    Encoding,
    /// A matrix inside a comment.
    Hidden,
    /// A line at which the published table ends.
    TableEnds,
    /// A break that the published page shows as `\n`.
    LiteralBreak,
    /// A table, comment or condition that is never closed.
    Unclosed,
    /// A file that the page includes and that is not read.
    NotIncluded,
    /// A file that the page includes and that is a page of its own.
    OwnPage,
    /// A merge that was committed with its conflict unresolved.
    MergeConflict,
    /// The old end is not on the new end's mainline.
    OffMainline,
}

impl Code {
    /// Every code, in the order in which `lint --explain` lists them.
    pub const ALL: [Self; 47] = [
        Self::Placeholder,
        Self::CutOff,
        Self::ShortHeader,
        Self::ShortRow,
        Self::LongRow,
        Self::BrokenRow,
        Self::OrphanRows,
        Self::DuplicateRow,
        Self::DuplicateDuty,
        Self::EmptyRow,
        Self::Unassigned,
        Self::Contradiction,
        Self::Disagrees,
        Self::Orphan,
        Self::NoResponsible,
        Self::RenamedTask,
        Self::RenamedArea,
        Self::Reshaped,
        Self::PossibleMove,
        Self::MovedAndBack,
        Self::FootnoteChanged,
        Self::PageRemoved,
        Self::SameDuties,
        Self::Returned,
        Self::UnknownKeyref,
        Self::KeyrefChanged,
        Self::MalformedKeyref,
        Self::StampMissing,
        Self::Unstamped,
        Self::StampUnreadable,
        Self::StampUnchanged,
        Self::StampOnly,
        Self::StampBackwards,
        Self::StampFuture,
        Self::StampStale,
        Self::CopyrightBehind,
        Self::CopyrightShrinks,
        Self::FrontMatter,
        Self::Encoding,
        Self::Hidden,
        Self::TableEnds,
        Self::LiteralBreak,
        Self::Unclosed,
        Self::NotIncluded,
        Self::OwnPage,
        Self::MergeConflict,
        Self::OffMainline,
    ];

    /// Whether it is about the dates and years of a page, not about its duties.
    #[must_use]
    pub const fn is_of_stamp(self) -> bool {
        matches!(
            self,
            Self::StampMissing
                | Self::StampUnreadable
                | Self::StampUnchanged
                | Self::StampOnly
                | Self::StampBackwards
                | Self::StampFuture
                | Self::StampStale
                | Self::CopyrightBehind
                | Self::CopyrightShrinks
        )
    }

    /// Whether a page that gains such a notice may say something else than what was read of it, so
    /// that no answer about it is complete.
    #[must_use]
    pub const fn leaves_doubt(self) -> bool {
        matches!(self, Self::MergeConflict | Self::NotIncluded)
    }

    /// Whether a list of the duties of a page with such a notice lacks some of them, or may give
    /// them to the wrong party.
    #[must_use]
    pub const fn spoils_exports(self) -> bool {
        self.leaves_doubt() || matches!(self, Self::Unassigned | Self::Orphan)
    }

    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name_and_severity().0
    }

    /// How much a finding of this code matters where no policy says otherwise.
    #[must_use]
    pub const fn default_severity(self) -> Severity {
        self.name_and_severity().1
    }

    /// It is an error where a reader cannot tell who has to do what, a note where nothing has to be
    /// done, else a warning.
    const fn name_and_severity(self) -> (&'static str, Severity) {
        use Severity::{Error, Note, Warning};
        match self {
            Self::Placeholder => ("placeholder", Warning),
            Self::CutOff => ("cut-off", Warning),
            Self::ShortHeader => ("short-header", Warning),
            Self::ShortRow => ("short-row", Warning),
            Self::LongRow => ("long-row", Error),
            Self::BrokenRow => ("broken-row", Warning),
            Self::OrphanRows => ("orphan-rows", Warning),
            Self::DuplicateRow => ("duplicate-row", Warning),
            Self::DuplicateDuty => ("duplicate-duty", Warning),
            Self::EmptyRow => ("empty-row", Warning),
            Self::Unassigned => ("unassigned", Error),
            Self::Contradiction => ("contradiction", Error),
            Self::Disagrees => ("disagrees", Error),
            Self::Orphan => ("orphan", Error),
            Self::NoResponsible => ("no-responsible", Warning),
            Self::RenamedTask => ("renamed-task", Note),
            Self::RenamedArea => ("renamed-area", Note),
            Self::Reshaped => ("reshaped", Note),
            Self::PossibleMove => ("possible-move", Warning),
            Self::MovedAndBack => ("moved-and-back", Note),
            Self::FootnoteChanged => ("footnote-changed", Note),
            Self::PageRemoved => ("page-removed", Note),
            Self::SameDuties => ("same-duties", Note),
            Self::Returned => ("returned", Note),
            Self::UnknownKeyref => ("unknown-keyref", Note),
            Self::KeyrefChanged => ("keyref-changed", Note),
            Self::MalformedKeyref => ("malformed-keyref", Warning),
            Self::StampMissing => ("stamp-missing", Warning),
            Self::Unstamped => ("unstamped", Note),
            Self::StampUnreadable => ("stamp-unreadable", Warning),
            Self::StampUnchanged => ("stamp-unchanged", Warning),
            Self::StampOnly => ("stamp-only", Note),
            Self::StampBackwards => ("stamp-backwards", Warning),
            Self::StampFuture => ("stamp-future", Warning),
            Self::StampStale => ("stamp-stale", Note),
            Self::CopyrightBehind => ("copyright-behind", Note),
            Self::CopyrightShrinks => ("copyright-shrinks", Note),
            Self::FrontMatter => ("front-matter", Warning),
            Self::Encoding => ("encoding", Warning),
            Self::Hidden => ("hidden", Warning),
            Self::TableEnds => ("table-ends", Warning),
            Self::LiteralBreak => ("literal-break", Warning),
            Self::Unclosed => ("unclosed", Warning),
            Self::NotIncluded => ("not-included", Warning),
            Self::OwnPage => ("own-page", Note),
            Self::MergeConflict => ("merge-conflict", Error),
            Self::OffMainline => ("off-mainline", Note),
        }
    }
}

/// Something that a reader should know of a page or of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Notice {
    /// Line of the file, from 1; none where it is about the whole page.
    pub line: Option<usize>,
    /// What kind.
    pub code: Code,
    /// Which side of a comparison; none outside one, or where it is about both.
    pub side: Option<Side>,
    /// One sentence for people: what, and what to make of it.
    pub message: String,
}

impl Notice {
    /// A notice about one line of a page.
    #[must_use]
    pub fn at(line: usize, code: Code, message: impl Into<String>) -> Self {
        Self { line: Some(line), code, side: None, message: message.into() }
    }

    /// A notice about a whole page.
    #[must_use]
    pub fn of_page(code: Code, message: impl Into<String>) -> Self {
        Self { line: None, code, side: None, message: message.into() }
    }

    /// The same notice, about one side of a comparison.
    #[must_use]
    pub fn on_side(self, side: Side) -> Self {
        Self { side: Some(side), ..self }
    }

    /// The notices about the new side whose code is of interest, where the old side has fewer of that
    /// code. The words do not count: a baseline does not know why a file could not be read.
    pub fn more_on_new_side(
        notices: &[Self],
        is_wanted: fn(Code) -> bool,
    ) -> impl Iterator<Item = &Self> {
        let count = |code: Code, side: Side| {
            let same = |other: &&Self| other.code == code && other.side == Some(side);
            notices.iter().filter(same).count()
        };
        notices.iter().filter(move |notice| {
            let code = notice.code;
            is_wanted(code)
                && notice.side == Some(Side::New)
                && count(code, Side::New) > count(code, Side::Old)
        })
    }
}
