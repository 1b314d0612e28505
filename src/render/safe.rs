//! The text of a page is untrusted: it must not control the terminal that shows it, nor the CI
//! server that reads the log.

use std::borrow::Cow;

use crate::report::control_chars;

/// The same text with all that a terminal or a bidirectional reader would obey made visible
/// (`\u{1b}`), the sign before what a CI server would take for a command too, and white space of
/// every kind as plain blanks.
#[must_use]
pub fn make_visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| char_fate(c) == CharFate::Keep) {
        return without_commands(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match char_fate(c) {
            CharFate::Keep => out.push(c),
            CharFate::Blank => out.push(' '),
            CharFate::Drop => {}
            CharFate::Escape => out.extend(c.escape_unicode()),
        }
    }
    without_commands(Cow::Owned(out))
}

/// The text, line by line, with nothing that a terminal would obey.
pub(in crate::render) fn visible_lines(text: &str) -> String {
    text.split('\n').map(|line| make_visible(line)).collect::<Vec<_>>().join("\n")
}

/// After what cannot be seen is gone from between their signs.
fn without_commands(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_command = |at: usize| control_chars::is_ci_command(text.get(at..).unwrap_or_default());
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
enum CharFate {
    Keep,
    Blank,
    Drop,
    Escape,
}

const fn char_fate(c: char) -> CharFate {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' => {
            CharFate::Blank
        }
        // invisible and harmless: soft hyphen, zero width space, word joiner, byte order mark
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => CharFate::Drop,
        c if control_chars::steers_terminal(c) => CharFate::Escape,
        _ => CharFate::Keep,
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
        assert!(matches!(make_visible("Zürich › 5 °C"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_terminal_escape_and_an_override_become_visible() {
        assert_eq!(make_visible("a\u{1b}[31mb\u{202e}c"), "a\\u{1b}[31mb\\u{202e}c");
        assert_eq!(make_visible("a\u{9b}2Jb"), "a\\u{9b}2Jb");
    }

    #[test]
    fn commands_of_ci_servers_are_broken() {
        assert_eq!(make_visible("a ::error::b"), "a \\u{3a}:error\\u{3a}:b");
        assert_eq!(make_visible("##[group]x ##vso[y]"), "\\u{23}#[group]x \\u{23}#vso[y]");
        assert_eq!(make_visible(":\u{200b}:error::"), "\\u{3a}:error::");
        assert!(matches!(make_visible("a: b::1, C# ## 2"), Cow::Borrowed(_)));
    }

    #[test]
    fn white_space_is_blank() {
        assert_eq!(make_visible("a\r\nb\u{a0}c\u{200b}d"), "a  b cd");
    }
}
