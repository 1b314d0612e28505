//! Raw tables to matrices: whose column it is, what a duty is, and which texts mean the same.
//!
//! [`layout`] decides what a table is, the files named after the layouts read its rows,
//! [`duties`] cuts cells, [`names`] and [`canonical`](mod@canonical) make texts comparable.

mod blank;
mod canonical;
mod dictionary;
mod document;
mod duties;
#[cfg(test)]
mod fixture;
mod header;
mod layout;
mod names;
mod owner;
mod owner_grid;
mod owner_list;
mod party_columns;
mod party_lists;
mod raci;
mod sniff;
mod stamp;
mod text;
mod tokens;

pub use names::Names;

use crate::model::Document;

/// Whether a page is worth parsing: a cheap search of its bytes that never misses a
/// responsibility page and passes over most others.
#[must_use]
pub fn may_assign_responsibility(bytes: &[u8]) -> bool {
    sniff::may_assign_responsibility(bytes)
}

/// Reads one version of a page. Never fails: what is unreadable is a notice.
#[must_use]
pub fn read(bytes: &[u8], names: &Names) -> Document {
    let (page, notices) = crate::parse::page(bytes);
    document::of_page(&page, notices, names)
}

/// The words by which two texts are compared, joined by single blanks (see
/// [`Phrase::canonical`](crate::model::Phrase)).
#[must_use]
pub fn canonical(text: &str, names: &Names) -> String {
    names.rewrite(canonical::words(text)).join(" ")
}
