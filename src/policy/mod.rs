//! What counts, and who is told: the policy file, acknowledgements, baselines, and where alerts go.
//!
//! ```text
//! let policy = Policy::read("respdiff.yaml", &text, Whose::Repository)?;
//! let level = policy.level(&change, path);                  // none for `off`
//! ```

mod acks;
pub mod alert;
mod file;
mod forms;
mod judge;
mod level;
mod pattern;
pub mod read;
mod snapshot;

pub use acks::{ACKS, Ack, Acks};
pub use file::{FILE, Policy, Whose, level_name, schema};
pub use forms::{Source, Sources, Text};
pub use judge::{Gate, Judgement};
pub use pattern::Pathspec;
pub use read::yaml;
pub use snapshot::Snapshot;
