//! Raw tables to matrices: whose column it is, what a duty is, and which texts mean the same.

mod names;

pub use names::Names;

use crate::model::Document;

/// Whether a page is worth parsing: a cheap search of its bytes that never misses a
/// responsibility page and passes over most others.
#[must_use]
pub fn may_assign_responsibility(_bytes: &[u8]) -> bool {
    true
}

/// Reads one version of a page. Never fails: what is unreadable is a notice.
#[must_use]
pub fn read(_bytes: &[u8], _names: &Names) -> Document {
    Document::default()
}

/// The words by which two texts are compared, joined by single blanks (see
/// [`Phrase::canonical`](crate::model::Phrase)).
#[must_use]
pub fn canonical(text: &str, _names: &Names) -> String {
    text.to_lowercase()
}
