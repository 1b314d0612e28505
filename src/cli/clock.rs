//! Today, for acknowledgements that end. `RESPDIFF_NOW` sets it (`2026-03-31`, or RFC 3339), so
//! that a run can be repeated.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

use crate::error::{Error, ErrorKind, Result};

/// The day (UTC).
pub(super) fn today() -> Result<NaiveDate> {
    match std::env::var("RESPDIFF_NOW") {
        Ok(set) if !set.is_empty() => day_of(&set),
        Ok(_) | Err(_) => now(),
    }
}

fn day_of(set: &str) -> Result<NaiveDate> {
    let time = DateTime::parse_from_rfc3339(set).map(|time| time.to_utc().date_naive());
    time.or_else(|_| set.parse()).map_err(|_| {
        Error::new(ErrorKind::Usage, format!("RESPDIFF_NOW is `{set}`, which is not a date"))
            .with_hint("write it as 2026-03-31 or 2026-03-31T12:00:00Z")
    })
}

fn now() -> Result<NaiveDate> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_secs());
    let seconds = seconds.ok().and_then(|seconds| i64::try_from(seconds).ok());
    seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).map_or_else(
        || Err(Error::new(ErrorKind::Input, "the system clock cannot be read")),
        |time| Ok(time.date_naive()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_moment_sets_it() {
        assert_eq!(day_of("2026-03-31").unwrap().to_string(), "2026-03-31");
        assert_eq!(day_of("2026-03-31T23:30:00-02:00").unwrap().to_string(), "2026-04-01");
        assert!(day_of("soon").is_err());
    }
}
