//! Untrusted text, escaped for each output format.

use std::fmt::Write as _;

use crate::render::safe;

/// Breaks what sites would make a link or a mention of, and cannot be seen.
const APART: &str = "&#8203;";

/// Plain text within a line of markdown: no markup, no HTML, no link, no mention, nothing that
/// begins a block; not on GitHub either, which looks for `@name`, `#123` and URLs in what is
/// rendered already.
pub(in crate::render) fn escape_markdown(text: &str) -> String {
    let text = safe::make_visible(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str().chars().next().unwrap_or(' ');
        let starts = out.trim().is_empty();
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' | '$' | '{' | '}' => {
                out.extend(['\\', c]);
            }
            // within a word it is no markup
            '_' if !(before.is_alphanumeric() && after.is_alphanumeric()) => out.push_str("\\_"),
            '&' if after.is_alphanumeric() || after == '#' => out.push_str("\\&"),
            '@' if is_name(after) => _ = write!(out, "@{APART}"),
            '#' if after.is_ascii_digit() => _ = write!(out, "\\#{APART}"),
            '#' => out.push_str("\\#"),
            // GH-123
            '-' if is_issue(&out, after) => _ = write!(out, "-{APART}"),
            ':' if rest.as_str().starts_with("//") => _ = write!(out, ":{APART}"),
            '.' if is_www(&out) => _ = write!(out, ".{APART}"),
            '-' | '+' | '=' | ':' | '!' if starts => out.extend(['\\', c]),
            '.' | ')' if after.is_whitespace() && is_number(&out) => out.extend(['\\', c]),
            _ => out.push(c),
        }
        before = c;
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-' || c == '['
}

fn is_issue(before: &str, after: char) -> bool {
    after.is_ascii_digit() && ends_with(before, "gh")
}

fn is_www(before: &str) -> bool {
    ends_with(before, "www")
}

/// Whether a text ends with a word, in any case.
fn ends_with(text: &str, word: &str) -> bool {
    let tail = text.len().checked_sub(word.len()).and_then(|at| text.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
}

/// Whether there is nothing yet but a number, which a list would begin with.
fn is_number(before: &str) -> bool {
    let digits = before.trim_start();
    !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape_markdown(text), expected);
    }

    #[test]
    fn ordinary_text_stays_readable() {
        for text in ["Add storage before it is 70% full (see below).", "vpc_id, R & D - 3.5 GB/s!"]
        {
            check(text, text);
        }
    }

    #[test]
    fn what_sites_look_for_is_broken() {
        check("ask @everyone", "ask @&#8203;everyone");
        check("see acme/docs#12, GH-7", "see acme/docs\\#&#8203;12, GH-&#8203;7");
        check("https://a.example www.b.example", "https:&#8203;//a.example www.&#8203;b.example");
        check("mail ada@a.example", "mail ada@&#8203;a.example");
        check("a\u{1b}[31m", "a\\\\u\\{1b\\}\\[31m");
    }

    #[test]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the parser's events, of which few may be")]
    fn nothing_begins_a_block() {
        for text in [
            "# a", "- a", "+ a", "* a", "> a", "1. a", "2) a", "=", "--- ", "    code", "| a |",
            "~~~", "```", ": a",
        ] {
            let escaped = escape_markdown(text);
            for line in [escaped.clone(), format!("a\n{escaped}")] {
                let events: Vec<_> = Parser::new_ext(&line, Options::all()).collect();
                let only_text = events.iter().all(|event| match event {
                    Event::Start(tag) => matches!(tag, pulldown_cmark::Tag::Paragraph),
                    Event::End(tag) => matches!(tag, pulldown_cmark::TagEnd::Paragraph),
                    event => matches!(event, Event::Text(_) | Event::SoftBreak),
                });
                assert!(only_text || text.starts_with(' '), "{text}: {events:?}");
            }
        }
    }

    #[test]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the parser's events, of which few may be")]
    fn any_text_is_read_as_itself() {
        let hostile = "</style><script>x</script> ![x](javascript:y) **b** __c__ ~~d~~ `e` &lt; \
            <https://f.example> [g]: h {{ i }} $j$ \\k | l @m #1 a_b_ _c_";
        let escaped = escape_markdown(hostile);
        let mut read = String::new();
        for event in Parser::new_ext(&escaped, Options::all()) {
            match event {
                Event::Text(text) => read.push_str(&text),
                Event::Start(tag) => assert!(matches!(tag, pulldown_cmark::Tag::Paragraph)),
                Event::End(_) => {}
                event => panic!("{event:?}"),
            }
        }
        assert_eq!(read.replace('\u{200b}', ""), hostile);
    }
}
