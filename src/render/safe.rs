//! The text of a page is a stranger's: it must not steer the terminal that shows it.

use std::borrow::Cow;

/// The same text with all that a terminal or a bidirectional reader would obey made visible
/// (`\u{1b}`), and white space of every kind as plain blanks.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fate(c) == Fate::Keep) {
        return Cow::Borrowed(text);
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
        // C0, C1, bidirectional marks, overrides and isolates, interlinear marks, tags
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Fate::Escape,
        _ => Fate::Keep,
    }
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
    fn white_space_is_blank() {
        assert_eq!(visible("a\r\nb\u{a0}c\u{200b}d"), "a  b cd");
    }
}
