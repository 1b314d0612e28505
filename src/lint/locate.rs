//! Where in the file a finding about the whole page is to be mended.

use crate::model::{Code, Notice};

/// The line of a finding: its own, or that of the front matter's field that it is about, or else
/// the first.
#[must_use]
pub fn line_of(notice: &Notice, source: &[u8]) -> usize {
    notice.line.unwrap_or_else(|| {
        fields_for(notice.code).iter().find_map(|name| line_with(source, name)).unwrap_or(1)
    })
}

/// The column of a finding in its line, in characters from 1: where the words stand that its
/// message quotes, else where the line's text begins.
#[must_use]
pub fn column_of(message: &str, line: usize, source: &[u8]) -> usize {
    let all = source.split(|byte| *byte == b'\n');
    let line = all.into_iter().nth(line.saturating_sub(1)).unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let quoted = || {
        let (_, rest) = message.split_once('"')?;
        let (words, _) = rest.rsplit_once('"')?;
        // a message shows the beginning or the end of a long text
        let words = words.trim_start_matches("...").trim_end_matches("...");
        line.find(words).filter(|_| !words.is_empty())
    };
    let start = || line.find(|c: char| !c.is_whitespace() && c != '\u{feff}');
    let at = quoted().or_else(start).unwrap_or_default();
    line.get(..at).unwrap_or_default().chars().filter(|c| *c != '\u{feff}').count() + 1
}

/// The fields of the front matter that a code is about, the likeliest first.
const fn fields_for(code: Code) -> &'static [&'static [u8]] {
    if matches!(code, Code::CopyrightBehind | Code::CopyrightShrinks) {
        &[b"years", b"copyright"]
    } else if code.is_of_stamp() {
        &[b"lastupdated"]
    } else {
        &[]
    }
}

/// The first line that begins with a field's name, as far down as front matter reaches.
fn line_with(source: &[u8], name: &[u8]) -> Option<usize> {
    const FRONT_MATTER: usize = 60;
    let lines = source.split(|byte| *byte == b'\n').take(FRONT_MATTER);
    lines.map(<[u8]>::trim_ascii_start).position(|line| line.starts_with(name)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_where_the_quoted_words_stand() {
        let page = "\u{feff}# T\n  | Zürich | Seal \"it\" to | \n\n".as_bytes();
        assert_eq!(column_of("\"Seal \"it\" to\" ends in the middle of a sentence", 2, page), 14);
        assert_eq!(column_of("\"...it\" to\" ends in the middle of a sentence", 2, page), 20);
        assert_eq!(column_of("a row is short", 2, page), 3);
        assert_eq!(column_of("row \"gone\" is short", 2, page), 3);
        assert_eq!(column_of("x", 1, page), 1);
        assert_eq!(column_of("x", 3, page), 1);
        assert_eq!(column_of("x", 99, page), 1);
    }

    #[test]
    fn a_stamp_is_mended_where_it_stands() {
        let page = b"---\ncopyright:\n  years: 2020\nlastupdated: \"2020-01-01\"\n---\n";
        let line = |code| line_of(&Notice::of_page(code, "x"), page);
        assert_eq!(line(Code::StampStale), 4);
        assert_eq!(line(Code::CopyrightBehind), 3);
        assert_eq!(line(Code::FrontMatter), 1);
        assert_eq!(line_of(&Notice::at(9, Code::StampUnreadable, "x"), page), 9);
    }
}
