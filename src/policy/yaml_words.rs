//! Words and texts as YAML writes them.

use std::fmt::Write as _;

use crate::report::control_chars;

/// What readers of YAML, older ones too, take for something else than a text.
const NO_TEXTS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// A word of YAML, in quotes where it needs them.
pub(super) fn quoted_word(text: &str) -> String {
    let plain = text
        .chars()
        .all(|c| (c.is_alphanumeric() && is_seen(c)) || matches!(c, '-' | '_' | '/' | '.'))
        && text.starts_with(char::is_alphabetic)
        && !NO_TEXTS.contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { format!("\"{}\"", escaped_text(text)) }
}

/// A text as it stands between double quotes or in a comment of YAML, in one line; nothing in it
/// steers a terminal or gives a CI server a command.
pub(super) fn escaped_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for (at, c) in text.char_indices() {
        let code = u32::from(c);
        // writing to a String cannot fail
        let _ = match c {
            '"' | '\\' => write!(out, "\\{c}"),
            c if is_seen(c) && !control_chars::is_ci_command(&text[at..]) => write!(out, "{c}"),
            _ if code > 0xffff => write!(out, "\\U{code:08x}"),
            _ => write!(out, "\\u{code:04x}"),
        };
    }
    out
}

/// Whether it is a letter or sign of its own that can be printed.
fn is_seen(c: char) -> bool {
    c == '\'' || (c.escape_debug().len() == 1 && !control_chars::steers_terminal(c))
}
