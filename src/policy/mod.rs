//! What counts, and who is told: files that people write.

pub mod alert;
mod forms;
mod read;

pub use forms::{Source, Sources, Text};
pub use read::yaml;
