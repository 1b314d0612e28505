//! Bytes to text: one encoding, one line end, one kind of blank.

use std::borrow::Cow;

use crate::model::{Code, Notice};

/// The page's text and, where bytes were no UTF-8, a notice.
///
/// Afterwards lines end in `\n` and every blank is U+0020; marks without width are gone.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Notice>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let notices = match &text {
        Cow::Borrowed(_) => Vec::new(),
        Cow::Owned(_) => vec![Notice::at(
            first_bad_line(bytes),
            Code::Encoding,
            "The page holds bytes that are not UTF-8; each is read as U+FFFD.",
        )],
    };
    (plain(&text), notices)
}

fn first_bad_line(bytes: &[u8]) -> usize {
    let good = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    let good = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default());
    1 + plain(&good).matches('\n').count()
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut indent = true;
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                // a lone CR is the line end of old Macs
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                    indent = true;
                }
            }
            '\n' => {
                out.push('\n');
                indent = true;
            }
            // width matters only where it is indentation
            '\t' if indent => out.push_str("    "),
            ' ' => out.push(' '),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            _ if c.is_whitespace() || c.is_control() => out.push(' '),
            _ => {
                indent = false;
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], want: &str) {
        assert_eq!(decode(bytes), (want.to_owned(), Vec::new()));
    }

    #[test]
    fn line_ends_and_blanks_are_one_kind() {
        check("\u{FEFF}a\r\nb\rc\n".as_bytes(), "a\nb\nc\n");
        check("a\u{A0}b\u{3000}c\td".as_bytes(), "a b c d");
        check(b"\tx\ty", "    x y");
        check("soft\u{AD}ware\u{200B}".as_bytes(), "software");
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_line() {
        let (text, notices) = decode(b"a\r\nb \xFF c\n");
        assert_eq!(text, "a\nb \u{FFFD} c\n");
        assert_eq!(notices.len(), 1);
        assert_eq!((notices[0].line, notices[0].code), (Some(2), Code::Encoding));
    }
}
