//! How much each code matters where no policy says otherwise.

use crate::model::{Code, Severity};

/// The severity of a code: an error where a reader cannot tell who has to do what, a note where
/// nothing has to be done, else a warning.
#[must_use]
pub const fn default_severity(code: Code) -> Severity {
    match code {
        Code::LongRow
        | Code::Unassigned
        | Code::Contradiction
        | Code::Disagrees
        | Code::Orphan
        | Code::MergeConflict => Severity::Error,
        Code::Placeholder
        | Code::CutOff
        | Code::ShortHeader
        | Code::ShortRow
        | Code::BrokenRow
        | Code::OrphanRows
        | Code::DuplicateRow
        | Code::DuplicateDuty
        | Code::EmptyRow
        | Code::NoResponsible
        | Code::PossibleMove
        | Code::MalformedKeyref
        | Code::TableEnds
        | Code::LiteralBreak
        | Code::Unclosed
        | Code::NotIncluded
        | Code::StampMissing
        | Code::StampUnreadable
        | Code::StampUnchanged
        | Code::StampBackwards
        | Code::StampFuture
        | Code::FrontMatter
        | Code::Encoding
        | Code::Hidden => Severity::Warning,
        Code::RenamedTask
        | Code::RenamedArea
        | Code::Reshaped
        | Code::MovedAndBack
        | Code::FootnoteChanged
        | Code::KeyrefChanged
        | Code::PageRemoved
        | Code::SameDuties
        | Code::Returned
        | Code::UnknownKeyref
        | Code::StampOnly
        | Code::Unstamped
        | Code::OwnPage
        | Code::StampStale
        | Code::CopyrightBehind
        | Code::CopyrightShrinks
        | Code::OffMainline => Severity::Note,
    }
}
