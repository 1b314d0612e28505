//! What counts: the policy file, acknowledgements and baselines.
//!
//! ```text
//! let policy = Policy::read("respdiff.yaml", &text, Whose::Repository)?;
//! let level = policy.level(&change, path);                  // none for `off`
//! ```

mod acks;
mod file;
mod judge;
mod level;
mod pattern;
pub mod read;

pub use acks::{ACKS, Ack, Acks};
pub use file::{FILE, Policy, Whose, level_name, schema};
pub use judge::{Gate, Judgement};
pub use pattern::Pathspec;
