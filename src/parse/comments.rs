//! Lines of the page, with comments taken out and fenced code marked.
//!
//! A comment that fills its lines leaves no blank line behind: rows above and below it
//! are one table to a reader.

use std::borrow::Cow;

use memchr::memmem;

use super::spans;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Markdown.
    Text,
    /// Nothing is left of it beside a comment.
    Comment,
    /// Fenced code, fences included.
    Code,
}

/// A line without its comments.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) kind: LineKind,
    pub(super) text: Cow<'a, str>,
}

/// A comment's lines, the first one's number first.
pub(super) struct Comment<'a> {
    pub(super) line: usize,
    pub(super) lines: Vec<&'a str>,
}

/// Takes comments out of lines, the first of which has the given number.
pub(super) fn strip_comments<'a>(
    lines: &[&'a str],
    first: usize,
) -> (Vec<Line<'a>>, Vec<Comment<'a>>) {
    let (lines, comments, _) = strip_comments_to_end(lines, first);
    (lines, comments)
}

/// The same, and whether a comment or fenced code goes on below the last line.
pub(super) fn strip_comments_to_end<'a>(
    lines: &[&'a str],
    first: usize,
) -> (Vec<Line<'a>>, Vec<Comment<'a>>, bool) {
    let mut scanner = CommentScanner::of(lines);
    for (index, line) in lines.iter().enumerate() {
        scanner.read_line(index, first + index, line);
    }
    let goes_on = scanner.open.is_some() || scanner.fence.is_some();
    scanner.comments.extend(scanner.open);
    (scanner.lines, scanner.comments, goes_on)
}

/// A block of fenced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeFence {
    /// Line of the opening fence, from 1.
    pub line: usize,
    /// Line of the closing one; none where it is never closed.
    pub end: Option<usize>,
}

impl CodeFence {
    /// Whether a line of the file stands inside.
    #[must_use]
    pub fn holds_line(&self, line: usize) -> bool {
        self.line <= line && self.end.is_none_or(|end| line <= end)
    }
}

/// The fenced code in lines, the first of which has the given number.
pub(super) fn code_fences(lines: &[&str], first: usize) -> Vec<CodeFence> {
    let mut scanner = CommentScanner::of(lines);
    let mut fences: Vec<CodeFence> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let before = scanner.fence;
        scanner.read_line(index, first + index, line);
        match (before, scanner.fence) {
            (None, Some(_)) => fences.push(CodeFence { line: first + index, end: None }),
            (Some(_), None) => {
                if let Some(open) = fences.last_mut() {
                    open.end = Some(first + index);
                }
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
    }
    fences
}

/// The line of a comment that is never closed and hides the rest of the page.
pub(super) fn open_comment(lines: &[&str], first: usize) -> Option<usize> {
    let mut scanner = CommentScanner {
        last_close: lines.iter().rposition(|line| line.contains("-->")),
        ..CommentScanner::default()
    };
    for (index, line) in lines.iter().enumerate() {
        scanner.read_line(index, first + index, line);
    }
    scanner.open.map(|comment| comment.line)
}

#[derive(Default)]
struct CommentScanner<'a> {
    lines: Vec<Line<'a>>,
    comments: Vec<Comment<'a>>,
    open: Option<Comment<'a>>,
    fence: Option<(u8, usize)>,
    last_close: Option<usize>,
}

impl<'a> CommentScanner<'a> {
    fn of(lines: &[&'a str]) -> Self {
        let closes = |line: &&str| memmem::find(line.as_bytes(), b"-->").is_some();
        let opens = |line: &&str| begins_comment(line);
        let last_close =
            if lines.iter().any(opens) { lines.iter().rposition(closes) } else { None };
        Self { lines: Vec::with_capacity(lines.len()), last_close, ..Self::default() }
    }

    fn read_line(&mut self, index: usize, number: usize, raw: &'a str) {
        let mut rest = raw;
        if let Some(mut comment) = self.open.take() {
            let Some(at) = raw.find("-->") else {
                comment.lines.push(raw);
                self.open = Some(comment);
                return self.push(number, LineKind::Comment, Cow::Borrowed(""));
            };
            comment.lines.push(&raw[..at]);
            self.comments.push(comment);
            rest = &raw[at + 3..];
        } else if self.is_fenced(raw) {
            return self.push(number, LineKind::Code, Cow::Borrowed(raw));
        }
        let text = self.without_comments(index, number, rest);
        let hidden = text.len() != raw.len() && text.trim().is_empty();
        self.push(number, if hidden { LineKind::Comment } else { LineKind::Text }, text);
    }

    fn push(&mut self, number: usize, kind: LineKind, text: Cow<'a, str>) {
        self.lines.push(Line { number, kind, text });
    }

    /// Whether the line belongs to fenced code; opens and closes fences.
    fn is_fenced(&mut self, raw: &str) -> bool {
        let text = without_long_indent(raw).trim_start_matches([' ', '>']);
        let mark = text.bytes().next().unwrap_or_default();
        if !matches!(mark, b'~' | b'`') {
            return self.fence.is_some();
        }
        let length = text.bytes().take_while(|b| *b == mark).count();
        let rest = &text[length..];
        if let Some((open, least)) = self.fence {
            let rest = rest.trim();
            if mark == open && length >= least && (rest.is_empty() || rest.starts_with("{:")) {
                self.fence = None;
            }
            return true;
        }
        let opens = length >= 3 && (mark == b'~' || (mark == b'`' && !rest.contains('`')));
        if opens {
            self.fence = Some((mark, length));
        }
        opens
    }

    fn without_comments(&mut self, index: usize, number: usize, raw: &'a str) -> Cow<'a, str> {
        if !begins_comment(raw) {
            return Cow::Borrowed(raw);
        }
        let code = spans::code_spans(raw);
        let mut code = code.iter().peekable();
        let mut text = String::new();
        let mut at = 0;
        while let Some(found) = raw[at..].find("<!--").map(|found| at + found) {
            while code.next_if(|span| span.end <= found).is_some() {}
            if let Some(span) = code.peek().filter(|span| span.start < found) {
                text.push_str(&raw[at..span.end]);
                at = span.end;
                continue;
            }
            let inside = found + 4;
            if let Some(end) = raw[inside..].find("-->").map(|end| inside + end) {
                text.push_str(&raw[at..found]);
                self.comments.push(Comment { line: number, lines: vec![&raw[inside..end]] });
                at = end + 3;
            } else if self.closes_later(index) || raw[..found].trim().is_empty() {
                // one that is never closed hides the rest of the page, as a browser has it,
                // but only where it stands as a block
                text.push_str(&raw[at..found]);
                self.open = Some(Comment { line: number, lines: vec![&raw[inside..]] });
                return Cow::Owned(text);
            } else {
                break;
            }
        }
        text.push_str(&raw[at..]);
        Cow::Owned(text)
    }

    fn closes_later(&self, index: usize) -> bool {
        self.last_close.is_some_and(|last| last > index)
    }
}

/// Whether a comment may begin in a line.
fn begins_comment(line: &str) -> bool {
    memchr::memchr_iter(b'<', line.as_bytes()).any(|at| line[at..].starts_with("<!--"))
}

/// A line without most of its indentation, passed in steps: deep lists are mostly blanks, and each
/// pass over a page would look at every one.
pub(super) fn without_long_indent(line: &str) -> &str {
    const STEP: &str = "                                                                ";
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix(STEP) {
        rest = inner;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[(usize, &str)], comments: usize) {
        let raw: Vec<&str> = text.split('\n').collect();
        let (lines, hidden) = strip_comments(&raw, 1);
        assert_eq!(lines.len(), raw.len());
        let seen: Vec<(usize, &str)> = lines
            .iter()
            .filter(|line| line.kind == LineKind::Text)
            .map(|line| (line.number, line.text.as_ref()))
            .collect();
        assert_eq!((seen.as_slice(), hidden.len()), (want, comments), "{text}");
    }

    #[test]
    fn comments_vanish_and_lines_keep_their_numbers() {
        check("a <!-- b --> c\n<!-- d -->\ne", &[(1, "a  c"), (3, "e")], 2);
        check("a\n<!-- b\nc\n--> d", &[(1, "a"), (4, " d")], 1);
        check("a\n<!-- b\nc", &[(1, "a")], 1);
        check("a <!-- b\nc", &[(1, "a <!-- b"), (2, "c")], 0);
    }

    #[test]
    fn code_is_no_comment() {
        check("use `<!--` and\n`-->` here", &[(1, "use `<!--` and"), (2, "`-->` here")], 0);
        check("```\n<!--\n```\nx", &[(4, "x")], 0);
        check("~~~ html\n```\n~~~\nx", &[(4, "x")], 0);
        check("```a``` b", &[(1, "```a``` b")], 0);
    }
}
