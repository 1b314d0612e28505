//! Finds what is wrong with a single version of a page.

mod across;
mod cells;
mod help;
mod locate;
mod overview;
mod quotes;
mod rows;
mod stamp;

use crate::model::{Document, Notice};

pub use across::{Disagreement, SoughtWords, claims_of_page, find_disagreements};
pub use help::{explanation_of, help_for, help_for_finding, meaning_of};
pub use locate::{column_of, line_of};
pub use stamp::{about_commit, between_versions, stamp_notices as about_stamp};

/// Everything that a writer should look at in one version of a page, by line: the notices from
/// reading it, and those about its content.
#[must_use]
pub fn page_findings(document: &Document) -> Vec<Notice> {
    let mut found = document.notices.clone();
    found.extend_from_slice(&document.publishing);
    found.extend(content_findings(document));
    found.sort();
    found.dedup();
    found
}

/// Notices about the content of a page, without those from reading it.
#[must_use]
pub fn content_findings(document: &Document) -> Vec<Notice> {
    let mut found = Vec::new();
    for matrix in &document.matrices {
        rows::check_rows(matrix, &document.notices, &mut found);
        cells::check_cells(matrix, document.provider.as_deref().unwrap_or("IBM"), &mut found);
    }
    overview::check_overview(document, &mut found);
    found.extend(stamp::stamp_notices(&document.stamp));
    found.sort();
    found.dedup();
    found
}
