//! The time, or the one that a test sets.

use chrono::DateTime;

use crate::deliver::Clock;
use crate::error::{Error, ErrorKind, Result};

/// RFC 3339.
const NAME: &str = "RESPDIFF_NOW";

pub(super) fn of_environment() -> Result<Clock> {
    let Some(text) = std::env::var_os(NAME).filter(|text| !text.is_empty()) else {
        return Ok(Clock::of_machine());
    };
    let text = text.to_string_lossy();
    let time = DateTime::parse_from_rfc3339(&text).map_err(|_| {
        Error::new(ErrorKind::Usage, format!("{NAME} is no time: `{text}`"))
            .hint("write it as 2025-01-15T12:00:00Z, or leave it away")
    })?;
    Ok(Clock::set_to(time.to_utc()))
}
