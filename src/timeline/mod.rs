//! Joins versions into a page's history: what became of each duty, and which commit changed it.
//!
//! [`compare_range`] is the whole comparison of two ends: it reads the pages that differ,
//! compares the ends, and walks the versions between them to say of every change which
//! mainline commit introduced it (and, inside a merge, which commit wrote it).
//!
//! [`log_pages`] is the whole history of pages: their editions, each compared with the one before.
//!
//! [`editions_with_changes`] is what each commit of a span changed, for alerts that report everything once.
//!
//! The net comparison of the ends is what is reported; the versions between only explain it. A
//! duty is followed from neighbour to neighbour by composing their links, so a change is dated
//! by the step that made it, however the words changed in between.

mod arrivals;
mod arrived_duties;
mod asked_pages;
mod attribution;
mod blame;
mod changed_editions;
mod complete_versions;
mod counts;
mod departures;
mod duty_counts;
mod edition_inside;
mod edition_runs;
mod edition_tables;
mod editions;
mod identity;
mod idle_names;
mod introduction;
mod known_comparisons;
mod left_duties;
mod log;
mod moved_back;
mod neighbours;
mod off_mainline;
mod outage;
mod page_end;
mod page_test;
mod pages;
mod quiet_commits;
mod range;
mod readable_again;
mod returns;
mod stamps;
mod stand_in;
mod two_files;
mod unread_tables;
mod version_chain;
mod whole_pages;

#[cfg(test)]
mod testing;

pub use asked_pages::compare_range;
pub use blame::blame_pages;
pub use changed_editions::editions_with_changes;
pub use log::log_pages;
pub use outage::still_unread;
pub use page_test::PageTest;
pub use pages::{NamesOf, NamesTable};
pub use quiet_commits::QuietCommits;
pub use range::{ComparedDocument, ComparedRange, OldSide};
pub use readable_again::editions_readable_again;
pub use unread_tables::tables_still_unread;
pub use whole_pages::whole_pages;
