//! By script: what a server answers to which try of which event.

/// What a server does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Takes it and says so.
    Ok,
    /// Takes it, and says so when nobody listens any more.
    Slow,
    /// Takes it and hangs up.
    Cut,
    /// Takes it and says something that is no HTTP.
    Garbage,
    /// Refuses it with a status, and with these headers.
    Refuse(u16, &'static str),
}

impl Answer {
    /// Whether the server has the message, and the sender cannot know.
    pub(crate) fn is_lost(self) -> bool {
        matches!(self, Self::Slow | Self::Cut | Self::Garbage)
    }
}

/// Tells the answer to the n-th try (from 0) of an event.
pub(crate) type Script = fn(event: &str, tried: usize) -> Answer;

/// Takes everything.
pub(crate) fn good(_: &str, _: usize) -> Answer {
    Answer::Ok
}

/// All that can go wrong, and at the fourth try at the latest nothing.
pub(crate) fn moody(event: &str, tried: usize) -> Answer {
    let begin = u32::try_from(tried).unwrap_or_default() * 7 + 1;
    let mix = |hash: u32, byte| hash.wrapping_mul(16_777_619) ^ u32::from(byte);
    let dice = event.bytes().fold(begin, mix);
    match (dice >> 8) % 120 {
        _ if tried >= 3 => Answer::Ok,
        0 => Answer::Slow,
        1..=4 => Answer::Cut,
        5..=8 => Answer::Garbage,
        9..=13 => Answer::Refuse(500, ""),
        14..=16 => Answer::Refuse(429, "Retry-After: 0\r\n"),
        17 => Answer::Refuse(429, "Retry-After: 1\r\n"),
        18 => Answer::Refuse(503, "Retry-After: Tue, 14 Nov 2023 22:13:50 GMT\r\n"),
        19..=22 => Answer::Refuse(404, ""),
        23..=26 => Answer::Refuse(301, "Location: http://127.0.0.1:9/elsewhere\r\n"),
        _ => Answer::Ok,
    }
}

/// Says that nobody is there any more.
pub(crate) fn gone(_: &str, _: usize) -> Answer {
    Answer::Refuse(410, "")
}
