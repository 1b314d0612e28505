//! The comments by which an entry is found again in a changelog.
//!
//! `<!-- respdiff:begin KEY SEAL -->` stands above an entry and `<!-- respdiff:end -->` below it.
//! The seal is a hash of the text between them, which shows whether a person has edited it since
//! it was written.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diff::id_of_meaning;

const BEGIN: &str = "<!-- respdiff:begin ";
const CLOSE: &str = " -->";
/// What stands below an entry.
pub const END: &str = "<!-- respdiff:end -->";
/// Part of every seal.
const RECIPE: &str = "respdiff.notes/1";

/// What stands above an entry, not sealed yet.
#[must_use]
pub fn begin_mark(key: &str) -> String {
    format!("{BEGIN}{key}{CLOSE}")
}

/// A text as one word that ends no comment.
#[must_use]
pub fn as_word(text: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'/' => {
                out.push(char::from(byte));
            }
            b'-' if !out.ends_with('-') && !out.is_empty() => out.push('-'),
            // writing to a string never fails
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// One marked entry of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedEntry {
    /// What it is.
    pub key: String,
    /// The seal of what was written.
    pub seal: Option<String>,
    /// All of it, with the lines of both marks.
    pub whole: Range<usize>,
    /// What stands between the marks.
    pub body: Range<usize>,
}

/// A heading of a changelog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedHeading {
    /// Where it begins.
    pub at: usize,
    /// Its level, from 1.
    pub level: u8,
    /// Its text.
    pub title: String,
}

/// A marked changelog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The marked entries, in their order.
    pub entries: Vec<MarkedEntry>,
    /// Headings of levels 1 to 3, marked or not, in their order.
    pub headings: Vec<MarkedHeading>,
    /// The line (from 1) of a mark that has no counterpart.
    pub broken: Option<usize>,
    /// Where the link definitions that close the text begin; its end without any.
    pub end: usize,
}

/// The seal of a body, whatever its line endings.
#[must_use]
pub fn seal_of(body: &str) -> String {
    let lines: Vec<&str> = body.trim().lines().map(str::trim_end).collect();
    id_of_meaning(RECIPE, &[lines.join("\n")], 0)
}

/// The text with every entry sealed.
#[must_use]
pub fn seal_entries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for entry in outline_of(text).entries {
        let body = text.get(entry.body.clone()).unwrap_or_default();
        out.push_str(text.get(from..entry.whole.start).unwrap_or_default());
        out.push_str(&begin_mark(&format!("{} {}", entry.key, seal_of(body))));
        out.push('\n');
        from = entry.body.start;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Finds the marks and the headings, but not those in code, quotes and lists.
#[must_use]
#[expect(clippy::wildcard_enum_match_arm, reason = "the parser's events, of which few matter")]
pub fn outline_of(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut open: Option<(String, usize, usize)> = None;
    let mut heading: Option<MarkedHeading> = None;
    let parser = Parser::new_ext(text, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);
    let definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, one)| one.span.clone()).collect();
    for (event, range) in parser.into_offset_iter() {
        let at_line = range.start == 0 || text[..range.start].ends_with('\n');
        match event {
            Event::Html(html) if at_line => {
                let after = line_end(text, range.start);
                if let Some(key) = begun_entry(&html) {
                    if let Some((_, start, _)) = open.replace((key, range.start, after)) {
                        outline.broken.get_or_insert(line_of(text, start));
                    }
                } else if html.trim() == END {
                    match open.take() {
                        Some((key, start, body)) => {
                            outline.entries.push(marked_entry(
                                &key,
                                start..after,
                                body..range.start,
                            ));
                        }
                        None => _ = outline.broken.get_or_insert(line_of(text, range.start)),
                    }
                }
            }
            Event::Start(Tag::Heading { level, .. }) if at_line && level <= HeadingLevel::H3 => {
                let level = level as u8;
                heading = Some(MarkedHeading { at: range.start, level, title: String::new() });
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.title.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => outline.headings.extend(heading.take()),
            _ => {}
        }
    }
    if let Some((_, start, _)) = open {
        outline.broken.get_or_insert(line_of(text, start));
    }
    outline.end = definitions_start(text, definitions);
    outline
}

/// What a mark says, if it is one that begins an entry.
fn begun_entry(html: &str) -> Option<String> {
    let key = html.trim().strip_prefix(BEGIN)?.strip_suffix(CLOSE)?;
    (!key.contains("--")).then(|| key.trim().to_owned())
}

fn marked_entry(words: &str, whole: Range<usize>, body: Range<usize>) -> MarkedEntry {
    let is_seal = |word: &&str| word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let (key, seal) = match words.rsplit_once(' ').filter(|(_, last)| is_seal(last)) {
        Some((key, seal)) => (key, Some(seal.to_owned())),
        None => (words, None),
    };
    MarkedEntry { key: key.to_owned(), seal, whole, body }
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Where the last run of link definitions begins, if nothing follows it.
fn definitions_start(text: &str, mut definitions: Vec<Range<usize>>) -> usize {
    definitions.sort_by_key(|span| std::cmp::Reverse(span.start));
    let mut end = text.len();
    for span in definitions {
        if text.get(span.end..end).is_none_or(|between| !between.trim().is_empty()) {
            break;
        }
        end = span.start;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_but_not_in_code_and_quotes() {
        let text = "```\n<!-- respdiff:begin a -->\n<!-- respdiff:end -->\n```\n\
            > <!-- respdiff:begin b -->\n\n- <!-- respdiff:begin c -->\n\n\
            <!-- respdiff:begin d 1 -->\r\n## D\r\n\r\n- x\r\n\r\n<!-- respdiff:end -->\r\n";
        let outline = outline_of(text);
        assert_eq!(outline.broken, None);
        assert_eq!(outline.entries.len(), 1);
        let entry = &outline.entries[0];
        assert_eq!((entry.key.as_str(), &entry.seal), ("d 1", &None));
        assert_eq!(&text[entry.body.clone()], "## D\r\n\r\n- x\r\n\r\n");
        assert_eq!(outline.headings.len(), 1);
    }

    #[test]
    fn a_seal_tells_whether_somebody_touched_it() {
        let text = "<!-- respdiff:begin a b -->\n## A\n\n- x\n\n<!-- respdiff:end -->\n\nrest\n";
        let sealed = seal_entries(text);
        assert!(sealed.ends_with("## A\n\n- x\n\n<!-- respdiff:end -->\n\nrest\n"));
        let entry = &outline_of(&sealed).entries[0];
        assert_eq!(entry.key, "a b");
        assert_eq!(entry.seal, Some(seal_of("## A\r\n\r\n- x\r\n")));
        assert_ne!(entry.seal, Some(seal_of("## A\n\n- y\n")));
    }

    #[test]
    fn marks_without_counterpart_are_told() {
        let broken = |text: &str| outline_of(text).broken;
        assert_eq!(broken("\n<!-- respdiff:begin a -->\n"), Some(2));
        assert_eq!(broken("x\n\n<!-- respdiff:end -->\n"), Some(3));
        assert_eq!(
            broken(
                "<!-- respdiff:begin a -->\n\n<!-- respdiff:begin b -->\n\n<!-- respdiff:end -->"
            ),
            Some(1)
        );
    }

    #[test]
    fn a_path_ends_no_comment() {
        assert_eq!(as_word("docs/a--b c>.md"), "docs/a-%2Db%20c%3E.md");
    }

    #[test]
    fn definitions_close_a_text() {
        let text = "# A\n\n[x]: https://a.example\n\nb\n\n[y]: https://b.example\n[z]: https://c.example\n";
        assert_eq!(&text[outline_of(text).end..][..3], "[y]");
        assert_eq!(outline_of("a\n").end, 2);
    }
}
