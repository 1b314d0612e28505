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
mod snapshot;

pub use acks::{ACKS, Ack, Acks};
pub use file::{FILE, Policy, Whose, level_name, schema};
pub use judge::{Gate, Judgement};
pub use pattern::Pathspec;
pub use snapshot::Snapshot;
//! What counts, and who is told: files that people write.

pub mod alert;
mod forms;
mod read;

pub use forms::{Source, Sources, Text};
pub use read::yaml;
