//! Finds what is wrong in a single version of a page.

mod across;
mod cells;
mod contradiction;
mod help;
mod locate;
mod overview;
mod quotes;
mod rows;
mod severity;
mod stamp;

use crate::model::{Document, Notice};

pub use across::{Disagreement, SoughtWords, claims, disagreements};
pub use help::{explanation, help, meaning};
pub use locate::{column_of, line_of};
pub use severity::default_severity;
pub use stamp::{about_commit, alone as about_stamp, between_versions};

/// Everything that a writer should look at in one version of a page, by line: what reading it
/// told, and what its content says.
#[must_use]
pub fn findings(document: &Document) -> Vec<Notice> {
    let mut found = document.notices.clone();
    found.extend_from_slice(&document.publishing);
    found.extend(content(document));
    found.sort();
    found.dedup();
    found
}

/// What the content of a page says of itself, beside what reading it told.
#[must_use]
pub fn content(document: &Document) -> Vec<Notice> {
    let mut found = Vec::new();
    for matrix in &document.matrices {
        rows::check(matrix, &document.notices, &mut found);
        cells::check(matrix, document.provider.as_deref().unwrap_or("IBM"), &mut found);
    }
    overview::check(document, &mut found);
    found.extend(stamp::alone(&document.stamp));
    found.sort();
    found.dedup();
    found
}
