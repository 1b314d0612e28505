//! The terms of the field as plain data that is always valid.
//!
//! Everything above this room speaks in these types; none of them knows where a page
//! came from (git, a file, a baseline) or where a result goes.

mod anchors;
mod change;
mod claim;
mod counted;
mod document;
mod duty;
mod footnote;
mod format;
mod included;
mod matrix;
mod notice;
mod open_brackets;
mod party;
mod phrase;
mod severity;
mod short_text;
mod sides;
mod stamp;

pub use anchors::{Anchor, Anchors};
pub use change::{Burden, Change, ChangedPart, Emphasis, Introduced, Kind, Level, Place};
pub use claim::{Claim, ClaimBasis};
pub use counted::{counted, counted_with_is, noun_for, some_of_them};
pub use document::Document;
pub use duty::Duty;
pub use footnote::Footnote;
pub use format::{Format, is_included_name};
pub use included::{IncludedFiles, IncludedLine};
pub use matrix::{Layout, Matrix, Row};
pub use notice::{Code, Notice};
pub use open_brackets::{MOST_OPEN, find_too_deep};
pub use party::Party;
pub use phrase::{ComparedText, Phrase};
pub use severity::Severity;
pub use short_text::{capitalized, short_id, short_revision, uncapitalized};
pub use sides::{Side, Sides};
pub use stamp::{DateField, Stamp, Years};
