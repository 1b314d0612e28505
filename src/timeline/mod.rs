//! Joins versions into a page's history: what became of each duty, and which commit changed it.
//!
//! [`compare_range`] is the whole comparison of two ends: it reads the pages that differ,
//! compares the ends, and walks the versions between them to say of every change which
//! mainline commit introduced it (and, inside a merge, which commit wrote it).
//!
//! [`log`] is the whole life of pages: their editions, each compared with the one before.
//!
//! [`news`] is what each commit of a span changed, for those who are notified of everything once.
//!
//! The net comparison of the ends is what is reported; the versions between only explain it. A
//! duty is followed from neighbour to neighbour by composing their links, so a change is dated
//! by the step that made it, however the words went in between.

mod attribution;
mod blame;
mod census;
mod chain;
mod counts;
mod dating;
mod departures;
mod editions;
mod identity;
mod idle_names;
mod log;
mod news;
mod outage;
mod page_test;
mod pages;
mod range;
mod returned;
mod stamps;
mod whole;

#[cfg(test)]
mod fake;

pub use blame::blame;
pub use log::log;
pub use news::news;
pub use outage::still_unread;
pub use page_test::PageTest;
pub use pages::{NamesOf, NamesTable};
pub use range::{Compared, ComparedDocument, OldSide, compare_range};
pub use whole::lives;
