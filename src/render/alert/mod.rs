//! Alerts: what fits into one message, and how people read it.

pub(in crate::render) mod event;
mod fit;
mod plain;
mod slack;
mod text;

pub use fit::{LIMIT, split_to_fit};
pub use plain::{mail_parts, plain_text};
pub use slack::slack_message;
pub use text::{alert_line, status_text};
