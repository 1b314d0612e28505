//! respdiff shows who moved the boundary: which duties of a shared-responsibility page
//! went from IBM to the customer or back, which were added, dropped or reworded.
//!
//! # The map
//!
//! | floor | room | what it does |
//! |---|---|---|
//! | 0 | [`error`], [`model`], `vocabulary` | the field's terms as plain data; lists of words |
//! | 1 | [`parse`] | markdown to raw tables; never fails |
//! | 2 | [`normalize`] | raw tables to matrices of duties |
//! | 3 | [`align`] | which old duty is which new one |
//! | 4 | [`diff`] | pairs to changes |
//! | 5 | [`lint`], [`report`] | a page as it stands; all that renderers see |
//! | 6 | [`render`] | report to bytes |
//! | 7 | [`history`] | repository to versions; the only user of git2 |
//! | 8 | [`timeline`], [`policy`], [`deliver`] | the history of a page; what counts; where bytes go |
//! | 9 | [`cli`] | arguments to a run |
//!
//! # Glossary
//!
//! - **document**: a page that assigns responsibilities; **version**: its content at one commit;
//!   **edition**: a run of versions with one **stamp** (`lastupdated`, copyright years).
//! - **matrix**: a table that assigns responsibility; **area**: the heading above it;
//!   **task**: a row's label; **duty**: the smallest separate obligation; **party**: who holds it.
//! - **change**: a duty `moved`, `added`, `removed`, `reworded` or `relocated`; **notice**: anything
//!   else that a reader should know.
//! - **policy**: what counts in a repository, and how much; **acknowledgement**: somebody accepts a
//!   change; **baseline**: snapshots of pages as they were accepted; **re-read**: a difference that
//!   is there only because a newer respdiff reads an accepted page better.

pub mod align;
pub mod cli;
pub mod deliver;
pub mod diff;
pub mod error;
pub mod history;
pub mod lint;
pub mod model;
pub mod normalize;
pub mod parse;
pub mod policy;
pub mod render;
pub mod report;
pub mod timeline;
mod vocabulary;
