//! What an answer means. Only 2xx is success; a redirect is not followed.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::AttemptOutcome;

/// Nobody is waited for longer than this because he asked for it.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn outcome_of_status(
    status: u16,
    retry_after: Option<&str>,
    now: DateTime<Utc>,
) -> AttemptOutcome {
    let reason = format!("it answered {status}");
    let wait = retry_after.and_then(|text| parse_wait(text, now));
    match status {
        200..=299 => AttemptOutcome::Delivered,
        410 => AttemptOutcome::Gone { reason },
        408 | 425 | 429 | 500..=599 => AttemptOutcome::Later { reason, wait },
        300..=399 => AttemptOutcome::Refused {
            reason: format!("{reason}: redirects are not followed"),
            wait,
        },
        _ => AttemptOutcome::Refused { reason, wait },
    }
}

/// `Retry-After` is a number of seconds or a date.
fn parse_wait(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let text = text.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        let date = DateTime::parse_from_rfc2822(text).ok()?;
        date.signed_duration_since(now).to_std().unwrap_or_default()
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000, 0).unwrap()
    }

    #[test]
    fn only_2xx_is_success() {
        let of = |status| outcome_of_status(status, None, now());
        assert!([200, 201, 204, 299].iter().all(|status| of(*status) == AttemptOutcome::Delivered));
        assert!(
            [300, 301, 308, 400, 404, 413, 100, 999]
                .iter()
                .all(|status| matches!(of(*status), AttemptOutcome::Refused { .. }))
        );
        assert!(
            [408, 429, 500, 502, 504]
                .iter()
                .all(|s| matches!(of(*s), AttemptOutcome::Later { .. }))
        );
        assert!(matches!(of(410), AttemptOutcome::Gone { .. }));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let check = |text: &str, seconds: Option<u64>| {
            assert_eq!(parse_wait(text, now()), seconds.map(Duration::from_secs), "{text}");
        };
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("99999999999999999999999", Some(86_400));
        check("Tue, 14 Nov 2023 22:13:50 GMT", Some(30));
        check("Tue, 14 Nov 2000 22:13:50 GMT", Some(0));
        check("soon", None);
        check("-1", None);
        check("", None);
    }
}
