//! What counts, and who is told: files that people write.

pub mod alert;
mod forms;
pub mod read;

pub use forms::{Source, Sources, Text};
