//! A report to bytes. Nothing here writes anywhere; that is [`deliver`](crate::deliver)'s.

pub mod csv;
pub mod json;
pub mod notes;
pub mod safe;
pub mod text;
pub mod yaml;

pub use notes::{NotesFormat, Template};
