//! Bytes to text: one encoding, one line end, one kind of blank.

use std::borrow::Cow;

use crate::model::{Code, Format, Notice};

/// The page's text and, where bytes were no UTF-8, a notice.
///
/// Afterwards lines end in `\n` and every blank is U+0020; marks without width are gone.
pub(super) fn decode_page(bytes: &[u8]) -> (String, Vec<Notice>) {
    decode_with(bytes, Tabs::Blanks)
}

/// The same of AsciiDoc: tabs are kept in files of values and in pages that may have tables of such
/// values, where tabs divide them.
pub(super) fn decode_asciidoc(path: &str, bytes: &[u8]) -> (String, Vec<Notice>) {
    let has = |words: &str| memchr::memmem::find(bytes, words.as_bytes()).is_some();
    let is_page = Format::of_name(path.as_bytes()).is_some();
    let keeps_tabs = if is_page { has("tsv") || has("\\t") } else { has("\t") };
    decode_with(bytes, if keeps_tabs { Tabs::Kept } else { Tabs::Blanks })
}

/// What becomes of tabs that indent nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tabs {
    Blanks,
    Kept,
}

fn decode_with(bytes: &[u8], tabs: Tabs) -> (String, Vec<Notice>) {
    let wide = Wide::detect(bytes);
    let bytes = to_utf8(bytes);
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    // nearly all pages are UTF-8, which this finds out faster
    let text =
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::from);
    let mut notices: Vec<Notice> = wide
        .map(|wide| {
            let name = wide.name();
            let message = format!(
                "The page is saved as {name}; respdiff reads it, but git treats it as binary."
            );
            Notice::at(1, Code::Encoding, message)
        })
        .into_iter()
        .collect();
    if let Cow::Owned(_) = &text {
        notices.push(Notice::at(
            first_bad_line(bytes),
            Code::Encoding,
            "The page has bytes that are not UTF-8; each is read as U+FFFD.",
        ));
    }
    // below, the encoding can no longer be recognized
    if let Some(line) = tab_in_front_matter(&text) {
        notices.push(Notice::at(
            line,
            Code::FrontMatter,
            "The front matter is not valid YAML (it is indented with a tab; use spaces); it is read anyway.",
        ));
    }
    (plain_text(&text, tabs), notices)
}

/// The first line of a page's front matter that a tab indents.
fn tab_in_front_matter(text: &str) -> Option<usize> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| line.trim().is_empty());
    if !is_fence(lines.next()?.1) {
        return None;
    }
    let mut inside = lines.take_while(|(_, line)| !is_fence(line));
    let indented = |line: &str| {
        let indent = &line[..line.len() - line.trim_start().len()];
        indent.contains('\t') && indent.len() < line.len()
    };
    inside.find(|(_, line)| indented(line)).map(|(at, _)| at + 1)
}

/// The bytes as UTF-8 where they are text in units of two or four bytes; as they are otherwise.
pub(super) fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Wide::detect(bytes) {
        Some(wide) => Cow::Owned(wide.decode_text(bytes).into_bytes()),
        None => Cow::Borrowed(bytes),
    }
}

/// Text in units of several bytes.
#[derive(Clone, Copy)]
struct Wide {
    unit: usize,
    big_endian: bool,
}

impl Wide {
    /// What a byte order mark says; or, without one, a zero beside each of the first letters.
    fn detect(bytes: &[u8]) -> Option<Self> {
        const LETTERS: usize = 8;
        let wide = |unit, big_endian| Some(Self { unit, big_endian });
        match bytes {
            [0xFF, 0xFE, 0, 0, ..] => return wide(4, false),
            [0, 0, 0xFE, 0xFF, ..] => return wide(4, true),
            [0xFF, 0xFE, ..] => return wide(2, false),
            [0xFE, 0xFF, ..] => return wide(2, true),
            [0, 0, ..] | [] | [_] => return None,
            [0, _, ..] | [_, 0, ..] => {}
            [_, _, ..] => return None,
        }
        let head = bytes.get(..2 * LETTERS)?;
        let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
        match (zeros(0), zeros(1)) {
            (0, LETTERS) => wide(2, false),
            (LETTERS, 0) => wide(2, true),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        if self.unit == 4 { "UTF-32" } else { "UTF-16" }
    }

    fn decode_text(self, bytes: &[u8]) -> String {
        let unit = |unit: &[u8]| {
            let add = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
            if self.big_endian { unit.iter().fold(0, add) } else { unit.iter().rev().fold(0, add) }
        };
        let units = bytes.chunks(self.unit).map(unit);
        if self.unit == 4 {
            return units.map(|unit| char::from_u32(unit).unwrap_or('\u{FFFD}')).collect();
        }
        let units = units.map(|unit| u16::try_from(unit).unwrap_or_default());
        char::decode_utf16(units).map(|found| found.unwrap_or('\u{FFFD}')).collect()
    }
}

fn first_bad_line(bytes: &[u8]) -> usize {
    let good = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    let good = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default());
    1 + plain_text(&good, Tabs::Blanks).matches('\n').count()
}

/// Most of a page is plain ASCII, which is copied as a whole.
fn plain_text(text: &str, tabs: Tabs) -> String {
    let mut out = String::with_capacity(text.len());
    // whether nothing but blanks stands before this in its line
    let mut indent = true;
    let mut rest = text;
    loop {
        let length = plain_length(rest.as_bytes());
        let (run, special) = rest.split_at(length);
        out.push_str(run);
        let in_line = memchr::memrchr(b'\n', run.as_bytes()).map(|at| &run[at + 1..]);
        indent = (in_line.is_some() || indent)
            && in_line.unwrap_or(run).bytes().all(|byte| byte == b' ');
        let mut chars = special.chars();
        let Some(c) = chars.next() else { return out };
        rest = chars.as_str();
        match c {
            '\r' => {
                // a lone CR is the line end of old Macs
                if !rest.starts_with('\n') {
                    out.push('\n');
                    indent = true;
                }
            }
            // width matters only where it is indentation
            '\t' if indent => out.push_str("    "),
            '\t' if tabs == Tabs::Kept => out.push('\t'),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            _ if c.is_whitespace() || c.is_control() => out.push(' '),
            _ => {
                indent = false;
                out.push(c);
            }
        }
    }
}

/// How many bytes at the beginning are plain ASCII. A block is looked at as a whole, which takes
/// fewer steps than its bytes one by one.
fn plain_length(bytes: &[u8]) -> usize {
    const BLOCK: usize = 32;
    let is_plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    let all_plain = |block: &&[u8]| block.iter().fold(true, |plain, byte| plain & is_plain(byte));
    let blocks = BLOCK * bytes.chunks_exact(BLOCK).take_while(all_plain).count();
    blocks + bytes[blocks..].iter().take_while(|byte| is_plain(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], want: &str) {
        assert_eq!(decode_page(bytes), (want.to_owned(), Vec::new()));
    }

    #[test]
    fn line_ends_and_blanks_are_one_kind() {
        check("\u{FEFF}a\r\nb\rc\n".as_bytes(), "a\nb\nc\n");
        check("a\u{A0}b\u{3000}c\td".as_bytes(), "a b c d");
        check(b"\tx\ty", "    x y");
        check("soft\u{AD}ware\u{200B}".as_bytes(), "software");
    }

    #[test]
    fn a_tab_that_indents_front_matter_is_told() {
        let (text, reported) = decode_page(b"---\ncopyright:\n\tyears: 2019\n---\n\tcode\n");
        assert_eq!(text, "---\ncopyright:\n    years: 2019\n---\n    code\n");
        assert_eq!(
            (reported.len(), reported[0].code, reported[0].line),
            (1, Code::FrontMatter, Some(3))
        );
        check(b"---\nlastupdated:\t2020-02-03\n---\n", "---\nlastupdated: 2020-02-03\n---\n");
        check(b"# T\n\tcode\n---\n", "# T\n    code\n---\n");
    }

    #[test]
    fn text_in_units_of_several_bytes() {
        let page = "| Task | IBM\u{AE} |\n| \u{1F511} |\n";
        let wide = |mark: bool| -> Vec<u16> {
            mark.then_some(0xFEFF).into_iter().chain(page.encode_utf16()).collect()
        };
        let units: Vec<u32> = std::iter::once(0xFEFF).chain(page.chars().map(u32::from)).collect();
        for (name, bytes) in [
            ("UTF-16", wide(true).iter().flat_map(|unit| unit.to_le_bytes()).collect()),
            ("UTF-16", wide(true).iter().flat_map(|unit| unit.to_be_bytes()).collect()),
            ("UTF-16", wide(false).iter().flat_map(|unit| unit.to_le_bytes()).collect()),
            ("UTF-16", wide(false).iter().flat_map(|unit| unit.to_be_bytes()).collect()),
            ("UTF-32", units.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
            ("UTF-32", units.iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<u8>>()),
        ] {
            let (text, notices) = decode_page(&bytes);
            assert_eq!(text, page);
            assert_eq!((notices.len(), notices[0].code), (1, Code::Encoding));
            assert!(notices[0].message.contains(name));
            // cut anywhere, it is still text
            (0..bytes.len()).for_each(|end| drop(decode_page(&bytes[..end])));
        }
        check(b"a\0b", "a b");
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_line() {
        let (text, notices) = decode_page(b"a\r\nb \xFF c\n");
        assert_eq!(text, "a\nb \u{FFFD} c\n");
        assert_eq!(notices.len(), 1);
        assert_eq!((notices[0].line, notices[0].code), (Some(2), Code::Encoding));
    }
}
