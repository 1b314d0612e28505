//! Repositories in every bad state, as the command line meets them: the right answer, or a
//! message that names the cause and the way out, exit code 2, and nothing written.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod busy;
mod encodings;
mod environment;
mod flips;
#[path = "../histories/mod.rs"]
mod histories;
mod kinds;
mod locks;
mod long_ids;
mod objects;
mod paths;
mod refs;
#[path = "../history/scratch.rs"]
#[allow(dead_code, reason = "the tests of history use all of it")]
mod scratch;
mod shapes;
mod state;
mod unmerged;
