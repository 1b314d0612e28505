//! Alerts: what fits into one message, and how people read it.

pub(in crate::render) mod event;
mod fit;
mod plain;
mod slack;
mod text;

pub use fit::{LIMIT, fitted};
pub use plain::{mail, plain};
pub use slack::slack;
pub use text::{line, status};
