//! Goes through a text at the signs where markup may begin.

use super::attributes;
use super::entity::entity_text;
use super::text_place::TextPlace;
use crate::parse::{CitedFootnote, Run, head_of, raised_text};

/// How far a sign that closes may stand from the one that opens.
const FARTHEST: usize = 2048;
/// Macros within macros.
const DEEPEST: usize = 8;

/// Signs at which markup may begin.
const fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'*' | b'_'
            | b'`'
            | b'#'
            | b'^'
            | b'~'
            | b'['
            | b':'
            | b'<'
            | b'('
            | b'{'
            | b'&'
            | b'+'
            | b'$'
            | b'\\'
    )
}

/// Goes through one text.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) at: TextPlace,
    depth: usize,
    pub(super) position: usize,
    pub(super) out: Vec<Run>,
    pub(super) words: String,
    /// Where signs stand that close what was opened, and how long they are.
    closers: Vec<(usize, usize)>,
    pub(super) linked: bool,
    pub(super) has_words: bool,
    pub(super) footnotes: Vec<CitedFootnote>,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, at: TextPlace, depth: usize) -> Self {
        Self {
            text,
            at,
            depth,
            position: 0,
            out: Vec::new(),
            words: String::new(),
            closers: Vec::new(),
            linked: false,
            has_words: false,
            footnotes: Vec::new(),
        }
    }

    pub(super) fn run(&mut self) {
        while self.position < self.text.len() {
            let rest = &self.text[self.position..];
            let next = rest.bytes().position(is_sign).unwrap_or(rest.len());
            self.push(&rest[..next]);
            self.position += next;
            if next < rest.len() {
                self.read_sign(rest.as_bytes()[next]);
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<Run> {
        self.end_words();
        self.out
    }

    /// Takes in words outside of links.
    pub(super) fn push(&mut self, words: &str) {
        self.has_words |= words.chars().any(char::is_alphanumeric);
        self.words.push_str(words);
    }

    pub(super) fn end_words(&mut self) {
        if !self.words.is_empty() {
            self.out.push(Run::Text(std::mem::take(&mut self.words)));
        }
    }

    pub(super) fn push_run(&mut self, run: Run) {
        self.end_words();
        self.has_words |= !matches!(run, Run::Image { .. });
        self.out.push(run);
    }

    fn rest(&self) -> &'t str {
        &self.text[self.position..]
    }

    /// Takes a sign as text.
    fn read_literal(&mut self, length: usize) {
        let text = &self.rest()[..length];
        self.words.push_str(text);
        self.position += length;
    }

    fn read_sign(&mut self, sign: u8) {
        self.closers.retain(|(at, _)| *at >= self.position);
        if let Some(at) = self.closers.iter().rposition(|(at, _)| *at == self.position) {
            self.position += self.closers.swap_remove(at).1;
            return;
        }
        let taken = match sign {
            b'*' | b'_' | b'#' => self.read_emphasis(sign),
            b'`' => self.read_code(),
            b'^' | b'~' => self.read_raised(sign),
            b'[' => self.read_bracket(),
            b':' => self.macro_target(),
            b'<' => self.read_reference(),
            b'(' => self.read_parentheses(),
            b'{' => self.read_attribute(),
            b'&' => self.read_entity(),
            b'+' | b'$' => self.read_passthrough(sign as char),
            _ => self.read_escape(),
        };
        if !taken {
            self.read_literal(1);
        }
    }

    /// The bytes that a closing sign is looked for in.
    pub(super) fn nearby_text(&self, from: usize) -> &'t str {
        head_of(self.text.get(from..).unwrap_or_default(), FARTHEST)
    }

    /// Where emphasis closes: the offset of its sign, and its length.
    fn close_of(&self, sign: u8) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let at = self.position;
        let inner = |from: usize| self.nearby_text(from);
        if bytes.get(at + 1) == Some(&sign) {
            let double = [sign, sign];
            let double = std::str::from_utf8(&double).ok()?;
            let end = inner(at + 2).find(double).filter(|end| *end > 0)?;
            return Some((at + 2 + end, 2));
        }
        let before = self.text[..at].chars().next_back();
        let opens =
            before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '_' | ';' | ':' | '}')));
        let after = self.text[at + 1..].chars().next()?;
        if !opens || after.is_whitespace() {
            return None;
        }
        let near = inner(at + 1);
        let found = near.bytes().enumerate().skip(1).find(|(end, byte)| {
            *byte == sign
                && !near[..*end].ends_with(char::is_whitespace)
                && near[*end + 1..]
                    .chars()
                    .next()
                    .is_none_or(|c| !(c.is_alphanumeric() || c == '_'))
        });
        found.map(|(end, _)| (at + 1 + end, 1))
    }

    fn read_emphasis(&mut self, sign: u8) -> bool {
        let Some(close) = self.close_of(sign) else { return false };
        self.position += close.1;
        self.closers.push(close);
        true
    }

    fn read_code(&mut self) -> bool {
        // "`quoted`"
        if let Some(quote) = ['"', '\''].into_iter().find(|quote| self.words.ends_with(*quote)) {
            let close: String = ['`', quote].iter().collect();
            if let Some(end) = self.nearby_text(self.position + 1).find(&close) {
                self.closers.push((self.position + 1 + end, 1));
                self.position += 1;
                return true;
            }
        }
        let Some((end, length)) = self.close_of(b'`') else { return false };
        let inside = &self.text[self.position + length..end];
        let bare = inside.trim_matches('+').replace('\\', "");
        self.push_run(Run::Code(bare));
        self.position = end + length;
        true
    }

    fn read_raised(&mut self, sign: u8) -> bool {
        let near = self.nearby_text(self.position + 1);
        let Some(end) = near.find(sign as char).filter(|end| *end > 0) else { return false };
        let inside = &near[..end];
        if inside.contains(' ') {
            return false;
        }
        let inner = self.inner_runs(inside);
        let text: String = inner.iter().filter_map(text_of).collect();
        let raised = if sign == b'^' { raised_text(&text) } else { text };
        self.push(&raised);
        self.position += end + 2;
        true
    }

    /// What stands in a link or a note.
    pub(super) fn inner_runs(&mut self, text: &str) -> Vec<Run> {
        if self.depth >= DEEPEST {
            return vec![Run::Text(text.to_owned())];
        }
        let mut scan = Scan::new(text, self.at, self.depth + 1);
        scan.run();
        self.footnotes.append(&mut scan.footnotes);
        scan.finish()
    }

    /// `[[id]]`, or a role before emphasis: `[.red]#text#`.
    fn read_bracket(&mut self) -> bool {
        const LONGEST: usize = 200;
        let rest = head_of(self.nearby_text(self.position), 2 * LONGEST);
        if let Some(inside) = rest.strip_prefix("[[") {
            // an entry of a bibliography has three brackets
            let id = inside.strip_prefix('[').unwrap_or(inside);
            let starts = id.starts_with(|c: char| c.is_alphabetic() || c == '_');
            let end = if starts { inside.find("]]").filter(|end| *end < LONGEST) } else { None };
            if let Some(end) = end {
                let close = inside[end..].len() - inside[end..].trim_start_matches(']').len();
                self.position += 2 + end + close;
                return true;
            }
        }
        let Some(end) = rest.find(']').filter(|end| *end < LONGEST) else { return false };
        let before_emphasis =
            matches!(rest.as_bytes().get(end + 1), Some(b'#' | b'*' | b'_' | b'`'));
        if !before_emphasis || rest[..end].contains(' ') {
            return false;
        }
        let here = self.position;
        self.position += end + 1;
        let closes = self.close_of(self.text.as_bytes()[self.position]).is_some();
        if !closes {
            self.position = here;
        }
        closes
    }

    /// An attribute that nothing is known of.
    fn read_attribute(&mut self) -> bool {
        let Some(name) = attributes::reference_name(self.rest()) else { return false };
        self.push_run(Run::Keyref { key: name.to_owned(), well_formed: true });
        self.position += name.len() + 2;
        true
    }

    fn read_entity(&mut self) -> bool {
        const LONGEST: usize = 10;
        let rest = &self.nearby_text(self.position)[1..];
        let Some(end) = rest.find(';').filter(|end| *end <= LONGEST) else { return false };
        let Some(text) = entity_text(&rest[..end]) else { return false };
        self.push(&text);
        self.position += end + 2;
        true
    }

    /// `+text as it is+`, `+++<b>HTML</b>+++`, `$$text$$`.
    fn read_passthrough(&mut self, sign: char) -> bool {
        let rest = self.nearby_text(self.position);
        let signs = (rest.len() - rest.trim_start_matches(sign).len()).min(3);
        if sign == '$' && signs != 2 {
            return false;
        }
        let close = &rest[..signs];
        let Some(end) = rest[signs..].find(close).filter(|end| *end > 0) else { return false };
        let inside = &rest[signs..signs + end];
        let after = rest[signs + end + signs..].chars().next();
        let before = self.text[..self.position].chars().next_back();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let loose = inside.starts_with(' ') || inside.ends_with(' ');
        if signs == 1 && (is_word(before) || is_word(after) || loose) {
            return false;
        }
        if signs == 3 {
            self.push(&without_html_tags(inside));
        } else {
            self.push(inside);
        }
        self.position += end + 2 * signs;
        true
    }

    /// A sign behind a backslash is text.
    fn read_escape(&mut self) -> bool {
        let rest = &self.rest()[1..];
        let Some(next) = rest.chars().next() else { return false };
        if !(next.is_ascii_punctuation() || rest.starts_with("http") || rest.starts_with("link:")) {
            return false;
        }
        let length = if next.is_ascii_punctuation() { 1 } else { rest.find(':').unwrap_or(0) + 1 };
        self.push(&rest[..length]);
        self.position += 1 + length;
        true
    }
}

/// The text of HTML that a page passes through.
pub(super) fn without_html_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let begins = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = inside.find('>').filter(|_| begins) else {
            out.push('<');
            rest = inside;
            continue;
        };
        if inside.starts_with("br") {
            out.push(' ');
        }
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
    out
}

fn text_of(run: &Run) -> Option<&str> {
    match run {
        Run::Text(text) | Run::Code(text) => Some(text),
        Run::Keyref { key, .. } | Run::Content(key) => Some(key),
        Run::Image { .. } => None,
    }
}
