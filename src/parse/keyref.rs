//! `{{site.data.keyword.KEY}}` in every spelling that authors use, and text that is included from
//! elsewhere.

use super::Run;
use super::comments::{Line, LineKind};
use crate::model::{Code, Notice};

/// Longest include that is looked for.
const MOST_BYTES: usize = 512;

/// The reference at the start of a text that begins with `{`, and its length in bytes.
pub(super) fn parse_keyref(text: &str) -> Option<(Run, usize)> {
    let braces = text.bytes().take(3).take_while(|b| *b == b'{').count();
    let inside = text.get(braces..)?;
    if braces == 1 && inside.starts_with('[') {
        return parse_variable(inside);
    }
    let name = inside.trim_start_matches(' ');
    let skipped = text.len() - name.len();
    if let Some(rest) = name.strip_prefix("site.data.key") {
        return parse_keyword(rest, braces, skipped + "site.data.key".len());
    }
    (braces == 2).then(|| parse_content(inside)).flatten()
}

/// `{[KEY]}`, from its `[` on.
fn parse_variable(inside: &str) -> Option<(Run, usize)> {
    let length = key_length(&inside[1..]);
    let key = inside.get(1..1 + length).filter(|key| !key.is_empty())?;
    let closed = inside[1 + length..].starts_with("]}");
    closed.then(|| (Run::Keyref { key: key.to_owned(), well_formed: true }, length + 4))
}

/// What follows `site.data.key`, whose end is `before` bytes into the reference.
fn parse_keyword(rest: &str, braces: usize, before: usize) -> Option<(Run, usize)> {
    let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let separator = rest.as_bytes().get(word).filter(|b| b".:,;".contains(b))?;
    let from = word + 1;
    let length = key_length(&rest[from..]);
    let key = rest.get(from..from + length).filter(|key| !key.is_empty())?;
    let after = &rest[from + length..];
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let closing = after[blanks..].bytes().take(braces.max(2)).take_while(|b| *b == b'}').count();
    let well_formed = braces == 2 && closing == 2 && &rest[..word] == "word" && *separator == b'.';
    let run = Run::Keyref { key: key.to_owned(), well_formed };
    // blanks belong to the text where no brace follows
    let tail = if closing == 0 { 0 } else { blanks + closing };
    Some((run, before + from + length + tail))
}

/// Bytes of a key: names joined by single dots.
fn key_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_key = |b: &u8| b.is_ascii_alphanumeric() || b"_-".contains(b);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let joins = *byte == b'.' && at > 0 && bytes.get(at + 1).is_some_and(is_key);
        if !is_key(byte) && !joins {
            break;
        }
        at += 1;
    }
    at
}

/// An include or conref, from behind its `{{` on.
fn parse_content(inside: &str) -> Option<(Run, usize)> {
    let end = inside.bytes().take(MOST_BYTES).position(|b| b"}{\n".contains(&b))?;
    if !inside[end..].starts_with("}}") {
        return None;
    }
    let name = inside[..end].trim();
    let key = name.strip_prefix("site.data.content.");
    let path = name.starts_with("site.data.") || name.starts_with("../") || name.contains(".md");
    let known = key.or_else(|| path.then_some(name))?;
    Some((Run::Content(known.to_owned()), end + 4))
}

/// Whether a line is the reference that stands for the usual attribute definitions.
pub(super) fn is_definition_list(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('{')
        && line.contains("attribute-definition-list")
        && parse_keyref(line)
            .is_some_and(|(_, length)| line[length..].trim_matches('}').trim().is_empty())
}

/// The misspelled keyrefs of a page.
pub(super) fn malformed_keyrefs(lines: &[Line<'_>]) -> Vec<Notice> {
    let mut notices = Vec::new();
    for line in lines.iter().filter(|line| line.kind == LineKind::Text) {
        let text = line.text.as_ref();
        for (found, _) in text.match_indices("site.data.key") {
            let before = text[..found].trim_end_matches(' ');
            let braces = before.bytes().rev().take(3).take_while(|b| *b == b'{').count();
            let start = before.len() - braces;
            if let Some((Run::Keyref { key, well_formed: false }, length)) =
                parse_keyref(&text[start..])
            {
                let written = &text[start..start + length];
                let message = format!("`{written}` is misspelled; read as `{key}`.");
                notices.push(Notice::at(line.number, Code::MalformedKeyref, message));
            }
        }
    }
    notices.dedup();
    notices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, key: &str, well_formed: bool, rest: &str) {
        let want = Run::Keyref { key: key.to_owned(), well_formed };
        assert_eq!(parse_keyref(text), Some((want, text.len() - rest.len())), "{text}");
    }

    #[test]
    fn keyrefs_in_every_spelling() {
        check("{{site.data.keyword.cloud_notm}} x", "cloud_notm", true, " x");
        check("{{ site.data.keyword.a-b }}.", "a-b", true, ".");
        check("{[ibm]} x", "ibm", true, " x");
        check("{{site.data.keyboard.cloud}}", "cloud", false, "");
        check("{site.data.keyword.cloud} x", "cloud", false, " x");
        check("{{site.data.keyword:cloud}}", "cloud", false, "");
        check("{{site.data.keyword.cloud} x", "cloud", false, " x");
        check("{site.data.keyword.cloud}} x", "cloud", false, " x");
        check("{{site.data.keyword.cloud x", "cloud", false, " x");
    }

    #[test]
    fn text_that_lives_elsewhere() {
        assert_eq!(
            parse_keyref("{{site.data.content.note}}"),
            Some((Run::Content("note".into()), 26))
        );
        assert_eq!(
            parse_keyref("{{../_include/a.md}}!"),
            Some((Run::Content("../_include/a.md".into()), 20))
        );
        assert_eq!(parse_keyref("{{ .Values }}"), None);
        assert_eq!(parse_keyref("{DomainName}"), None);
        assert!(is_definition_list("{{site.data.keyword.attribute-definition-list}}"));
    }
}
