//! Turns a report into bytes; [`deliver`](crate::deliver) writes them.

pub mod alert;
pub mod check;
mod ci;
pub mod csv;
pub mod feed;
pub mod html;
pub mod json;
pub mod lint;
pub mod notes;
pub mod oscal;
pub mod patch;
pub mod safe;
pub mod text;
pub mod xlsx;
pub mod yaml;

pub use notes::{NotesFormat, Template};
pub(crate) use text::names::party_name;
pub use xlsx::WorkbookPart;
