//! A report to bytes. Nothing here writes anywhere; that is [`deliver`](crate::deliver)'s.

pub mod html;
pub mod json;
pub mod safe;
pub mod text;
pub mod yaml;
