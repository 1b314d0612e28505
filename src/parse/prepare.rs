//! Makes inline text fit for a markdown parser: keyrefs become single characters, breaks
//! are marked, attribute lists and footnote marks go, glitches of links are mended.

use std::ops::Range;

use super::special_bytes::is_special;
use super::{Run, keyref, spans, struck};

/// Stands for a break that the author wrote as `\n`, or as a new line with a bullet.
pub(super) const BREAK: char = '\u{E002}';
/// Stands for the end of a physical line; blanks of the page are never tabs.
pub(super) const LINE: char = '\t';
/// The first of the characters that stand for references.
const REFERENCE: u32 = 0xF_0000;

/// Where a text stands, which decides what breaks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Headings, paragraphs and list items: one run of text.
    Prose,
    /// A cell of a pipe table: `\n` breaks.
    Pipe,
    /// HTML: blank lines and bullets at the start of lines break, too.
    Html,
}

/// Text for the markdown parser, and what its stand-ins mean.
pub(super) struct Prepared {
    pub(super) text: String,
    references: Vec<Run>,
}

impl Prepared {
    /// What a stand-in means.
    pub(super) fn reference_for(&self, c: char) -> Option<&Run> {
        let index = u32::from(c).checked_sub(REFERENCE)?;
        self.references.get(usize::try_from(index).ok()?)
    }
}

/// Whether the text is plain words that need no parser.
pub(super) fn is_plain(text: &str) -> bool {
    !text.bytes().any(is_special)
}

/// Prepares a text.
pub(super) fn prepare_text(source: &str, flow: Flow) -> Prepared {
    let code = spans::code_spans(source);
    let unclosed = unclosed_brackets(source, &code);
    let mut scanner = SourceScanner {
        source,
        flow,
        code,
        unclosed,
        code_at: 0,
        out: String::with_capacity(source.len() + 8),
        references: Vec::new(),
        brackets: Vec::new(),
        dropped: Vec::new(),
    };
    scanner.run();
    let text = without_bytes(&scanner.out, &mut scanner.dropped);
    Prepared { text, references: scanner.references }
}

/// Positions of `[` that no `]` closes.
fn unclosed_brackets(source: &str, code: &[Range<usize>]) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut code = code.iter().peekable();
    let (mut open, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        while code.next_if(|span| span.end <= at).is_some() {}
        if let Some(span) = code.peek().filter(|span| span.contains(&at)) {
            at = span.end;
            continue;
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => open.push(at),
            b']' => drop(open.pop()),
            _ => {}
        }
        at += 1;
    }
    open
}

/// The text without the single bytes at the given positions.
fn without_bytes(text: &str, dropped: &mut Vec<usize>) -> String {
    if dropped.is_empty() {
        return text.to_owned();
    }
    dropped.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in dropped.drain(..) {
        out.push_str(text.get(from..at).unwrap_or_default());
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

struct SourceScanner<'a> {
    source: &'a str,
    flow: Flow,
    code: Vec<Range<usize>>,
    code_at: usize,
    unclosed: Vec<usize>,
    out: String,
    references: Vec<Run>,
    /// Open `[`: where in the source, where in the output.
    brackets: Vec<(usize, usize)>,
    /// Bytes of the output that must go.
    dropped: Vec<usize>,
}

impl SourceScanner<'_> {
    fn run(&mut self) {
        let (mut from, mut at) = (0, 0);
        let bytes = self.source.as_bytes();
        while at < bytes.len() {
            if is_special(bytes[at]) {
                self.out.push_str(&self.source[from..at]);
                at = self.read_special(at);
                from = at;
            } else {
                at += 1;
            }
        }
        self.out.push_str(&self.source[from..]);
    }

    /// Handles the character at `at`; returns where to go on.
    fn read_special(&mut self, at: usize) -> usize {
        while self.code.get(self.code_at).is_some_and(|span| span.end <= at) {
            self.code_at += 1;
        }
        let in_code = self.code.get(self.code_at).is_some_and(|span| span.contains(&at));
        match self.source.as_bytes()[at] {
            b'{' => self.read_brace(at, in_code),
            b'\n' => self.line_end(at, in_code),
            b'\\' if !in_code => self.read_backslash(at),
            b'[' if !in_code => self.read_bracket(at),
            b']' if !in_code => self.close(at),
            b'(' if !in_code => self.read_parenthesis(at),
            b'~' if !in_code => self.read_tilde(at),
            _ => {
                let c = self.source[at..].chars().next().unwrap_or_default();
                // our own stand-ins must not come from a page
                let ours = c == LINE || c == BREAK || u32::from(c) >= REFERENCE;
                self.out.push(if ours { '\u{FFFD}' } else { c });
                at + c.len_utf8()
            }
        }
    }

    fn read_brace(&mut self, at: usize, in_code: bool) -> usize {
        let rest = &self.source[at..];
        if let Some((run, length)) = keyref::parse_keyref(rest) {
            let index = u32::try_from(self.references.len()).unwrap_or(u32::MAX);
            if let Some(c) = REFERENCE.checked_add(index).and_then(char::from_u32) {
                self.references.push(run);
                self.out.push(c);
                return at + length;
            }
        }
        let list = if in_code { None } else { attribute_list(rest) };
        if let Some(length) = list {
            return at + length;
        }
        self.out.push('{');
        at + 1
    }

    fn line_end(&mut self, at: usize, in_code: bool) -> usize {
        self.out.push(LINE);
        if self.flow == Flow::Html && !in_code {
            let next = self.source[at + 1..].trim_start_matches(' ');
            if next.starts_with('\n') || has_mark(next) {
                self.out.push(BREAK);
                self.out.push(' ');
            }
        }
        at + 1
    }

    fn read_backslash(&mut self, at: usize) -> usize {
        let rest = &self.source[at + 1..];
        if self.flow != Flow::Prose && rest.starts_with('n') && breaks_before(&rest[1..]) {
            self.out.push(BREAK);
            if !rest[1..].starts_with(' ') {
                // so that a `*` glued to it opens nothing
                self.out.push(' ');
            }
            return at + 2;
        }
        self.out.push('\\');
        match rest.chars().next().filter(char::is_ascii_punctuation) {
            // an escaped keyref is still one, and code ticks were found without escapes
            Some(c) if c != '{' && c != '`' => {
                self.out.push(c);
                at + 2
            }
            _ => at + 1,
        }
    }

    fn read_bracket(&mut self, at: usize) -> usize {
        if let Some(length) = footnote_length(&self.source[at..]) {
            return at + length;
        }
        self.brackets.push((at, self.out.len()));
        self.out.push('[');
        at + 1
    }

    fn close(&mut self, at: usize) -> usize {
        let opener = self.brackets.pop();
        let after = &self.source[at + 1..];
        let target = after.trim_start_matches(' ');
        let blanks = after.len() - target.len();
        if let (Some((_, opener)), Some(inside)) = (opener, target.strip_prefix('(')) {
            let inside = inside.trim_start_matches(' ');
            if is_target(inside) {
                let from = self.source.len() - inside.len();
                let (length, closed) = target_length(inside);
                if !closed {
                    self.dropped.push(opener);
                    return from + length;
                }
                if blanks > 0 {
                    self.out.push(']');
                    return at + 1 + blanks;
                }
            }
        }
        self.out.push(']');
        at + 1
    }

    /// `~~text~~` is not there.
    fn read_tilde(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        let Some(length) = struck::struck_length(rest) else {
            let signs = rest.find(|c| c != '~').unwrap_or(rest.len());
            self.out.push_str(&rest[..signs]);
            return at + signs;
        };
        self.out.extend(rest[..length].matches('\n').map(|_| LINE));
        at + length
    }

    /// `[text(/docs/...)`: the bracket was forgotten.
    fn read_parenthesis(&mut self, at: usize) -> usize {
        let inside = &self.source[at + 1..];
        let forgotten =
            self.brackets.last().copied().filter(|(source, _)| {
                self.unclosed.binary_search(source).is_ok() && is_target(inside)
            });
        if let Some((_, opener)) = forgotten {
            let (length, closed) = target_length(inside);
            if closed && inside[length..].starts_with(')') {
                self.brackets.pop();
                self.dropped.push(opener);
                return at + 1 + length + 1;
            }
        }
        self.out.push('(');
        at + 1
    }
}

/// Bytes of an attribute list within a line (`{: external}`).
fn attribute_list(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('{')?.trim_start_matches(' ').strip_prefix(':')?;
    let end = inside.bytes().position(|b| b"{}\n".contains(&b))?;
    let closed = inside[end..].starts_with('}');
    closed.then(|| text.len() - inside.len() + end + 1)
}

/// Bytes of a footnote mark (`[^note]`).
fn footnote_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("[^")?;
    let end = inside.bytes().position(|b| b"[]\n ".contains(&b))?;
    (end > 0 && inside[end..].starts_with(']')).then_some(end + 3)
}

/// Whether what follows a literal `\n` makes it a break and not a part of a word.
fn breaks_before(rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if next.is_ascii_digit() {
        return after_number(rest).is_some();
    }
    let word = next.is_alphanumeric() && !next.is_uppercase();
    !word && (next != '\\' || rest.starts_with("\\n"))
}

/// Whether a text begins with a bullet or a number.
fn has_mark(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest.starts_with(' ');
    }
    after_number(text).is_some_and(|rest| rest.starts_with(' '))
}

/// What follows a list's number (`1.`, `2)`).
pub(super) fn after_number(text: &str) -> Option<&str> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    text[digits..].strip_prefix(['.', ')'])
}

/// Whether a text in parentheses is clearly a link's target.
fn is_target(text: &str) -> bool {
    ["/", "#", "http:", "https:", "../", "./", "mailto:", "{DomainName}"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Bytes of a target up to where it ends, and whether it is closed as markdown wants it.
fn target_length(inside: &str) -> (usize, bool) {
    let mut depth = 0_usize;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return (at, true),
            b')' => depth -= 1,
            b' ' | b'\n' => {
                let next = inside[at..].trim_start();
                if next.starts_with(['"', '\'', ')']) {
                    return (at, true);
                }
                return (bare_target(&inside[..at]), false);
            }
            b'[' | b']' | b'<' | b'|' => return (bare_target(&inside[..at]), false),
            _ => {}
        }
    }
    (bare_target(inside), false)
}

/// A target without the punctuation of the sentence around it.
fn bare_target(target: &str) -> usize {
    target.trim_end_matches(['.', ',', ';', ':']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(flow: Flow, text: &str, want: &str) {
        let prepared = prepare_text(text, flow);
        let shown: String = prepared
            .text
            .chars()
            .map(|c| match c {
                BREAK => '¶',
                LINE => '⏎',
                c if prepared.reference_for(c).is_some() => '@',
                c => c,
            })
            .collect();
        assert_eq!(shown, want, "{text}");
    }

    #[test]
    fn breaks_are_marked() {
        check(Flow::Pipe, r"- a \n - b\n-C \nodes", r"- a ¶ - b¶ -C \nodes");
        check(Flow::Pipe, r"a \n\n B `x \n y` \n", r"a ¶ ¶ B `x \n y` ¶ ");
        check(Flow::Pipe, r"\n1. a \n2nd", r"¶ 1. a \n2nd");
        check(Flow::Prose, r"a \n B", r"a \n B");
        check(Flow::Html, "a\nb\n - c\n\nd", "a⏎b⏎¶  - c⏎¶ ⏎d");
    }

    #[test]
    fn references_and_lists_are_taken_out() {
        check(Flow::Pipe, "{{site.data.keyword.a}} `{[b]}` {: beta}[^n]", "@ `@` ");
        check(Flow::Pipe, "`{: x}` {DomainName}", "`{: x}` {DomainName}");
        check(Flow::Pipe, "\u{E002}\u{F0000}", "\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn what_is_struck_out_is_not_there() {
        check(Flow::Pipe, "a ~~b [c~~ d `~~e~~` ~5 ~~ f ~~", "a  d `~~e~~` ~5 ~~ f ~~");
        check(Flow::Prose, "~~a\nb~~ c ~~~d~~~ ~~e", "⏎ c ~~~d~~~ ~~e");
    }

    #[test]
    fn links_are_mended() {
        check(Flow::Pipe, "see [a b] (/docs/x) c", "see [a b](/docs/x) c");
        check(Flow::Pipe, "see [a b](/docs/x. C", "see a b. C");
        check(Flow::Pipe, "see [a b(/docs/x) c", "see a b c");
        check(Flow::Pipe, "see [a](/docs/x \"t\") [b](/y(1))", "see [a](/docs/x \"t\") [b](/y(1))");
        check(Flow::Pipe, "[a] (of b)", "[a] (of b)");
    }
}
