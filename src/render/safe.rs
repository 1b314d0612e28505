//! The text of a page is untrusted: it must not control the terminal that shows it, nor the CI
//! server that reads the log.

use std::borrow::Cow;

use crate::report::signs;

/// The same text with all that a terminal or a bidirectional reader would obey made visible
/// (`\u{1b}`), the sign before what a CI server would take for a command too, and white space of
/// every kind as plain blanks.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fate(c) == Fate::Keep) {
        return without_commands(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fate(c) {
            Fate::Keep => out.push(c),
            Fate::Blank => out.push(' '),
            Fate::Drop => {}
            Fate::Escape => out.extend(c.escape_unicode()),
        }
    }
    without_commands(Cow::Owned(out))
}

/// After what cannot be seen is gone from between their signs.
fn without_commands(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_command = |at: usize| signs::commands(text.get(at..).unwrap_or_default());
    if !text.char_indices().any(|(at, _)| is_command(at)) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if is_command(at) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[derive(PartialEq, Eq)]
enum Fate {
    Keep,
    Blank,
    Drop,
    Escape,
}

const fn fate(c: char) -> Fate {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' => {
            Fate::Blank
        }
        // invisible and harmless: soft hyphen, zero width space, word joiner, byte order mark
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Fate::Drop,
        c if signs::steers(c) => Fate::Escape,
        _ => Fate::Keep,
    }
}

/// A path as it stands in a URI.
pub(super) fn uri_path(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // writing to a String cannot fail
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(visible("Zürich › 5 °C"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_terminal_escape_and_an_override_become_visible() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c"), "a\\u{1b}[31mb\\u{202e}c");
        assert_eq!(visible("a\u{9b}2Jb"), "a\\u{9b}2Jb");
    }

    #[test]
    fn commands_of_ci_servers_are_broken() {
        assert_eq!(visible("a ::error::b"), "a \\u{3a}:error\\u{3a}:b");
        assert_eq!(visible("##[group]x ##vso[y]"), "\\u{23}#[group]x \\u{23}#vso[y]");
        assert_eq!(visible(":\u{200b}:error::"), "\\u{3a}:error::");
        assert!(matches!(visible("a: b::1, C# ## 2"), Cow::Borrowed(_)));
    }

    #[test]
    fn white_space_is_blank() {
        assert_eq!(visible("a\r\nb\u{a0}c\u{200b}d"), "a  b cd");
    }
}
