//! The time, or the one that a test sets.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::deliver::Clock;
use crate::error::{Error, ErrorKind, Result};

/// RFC 3339, or a day.
const NAME: &str = "RESPDIFF_NOW";

pub(super) fn of_environment() -> Result<Clock> {
    let Some(text) = std::env::var_os(NAME).filter(|text| !text.is_empty()) else {
        return Ok(Clock::of_machine());
    };
    time_of(&text.to_string_lossy()).map(Clock::set_to)
}

/// A moment, or the beginning of a day (UTC).
fn time_of(text: &str) -> Result<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc()).ok();
    let day = || Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc());
    moment.or_else(day).ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("{NAME} is not a time: `{text}`"))
            .with_hint("write it as 2025-01-15T12:00:00Z or 2025-01-15, or unset it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_or_a_day_sets_it() {
        let check = |text: &str, time: &str| {
            assert_eq!(time_of(text).unwrap().to_rfc3339(), time);
        };
        check("2025-01-15T12:00:00+02:00", "2025-01-15T10:00:00+00:00");
        check("2025-01-15", "2025-01-15T00:00:00+00:00");
        assert!(time_of("noon").is_err());
    }
}
