//! History against real git, in throw-away repositories with pinned names, dates and zones.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod attribution;
mod blame;
mod changes;
mod clones;
mod faults;
mod graph;
mod lives;
mod log;
mod merges;
mod news;
mod outages;
mod ranges;
mod scratch;
mod stamps;
