//! Collects inline text into runs, and runs into the pieces of a cell.

use std::ops::RangeInclusive;

use super::prepare::{BREAK, LINE, Prepared, after_number};
use super::{Piece, PieceKind, Run};

const BULLETS: [char; 5] = ['•', '·', '◦', '▪', '‣'];
const MOST_DEPTH: usize = 64;

/// An HTML list that is open.
#[derive(Default)]
struct HtmlList {
    in_item: bool,
    /// Whether the open item already has a piece, to which text after a break belongs.
    started: bool,
}

/// Takes text, code and breaks in order, yields pieces.
pub(super) struct Collector<'p> {
    prepared: Option<&'p Prepared>,
    pieces: Vec<Piece>,
    runs: Vec<Run>,
    text: String,
    /// Blanks before the piece's first word, which show how deep an item is.
    indent: usize,
    /// Indents of the items above.
    levels: Vec<usize>,
    lists: Vec<HtmlList>,
    bulleted: bool,
    line: usize,
    /// No line is behind it, whatever tabs an entity may have brought.
    last_line: usize,
    start: usize,
    /// How many `<code>` are open.
    pub(super) code: usize,
    splits: bool,
    /// Whether an item went on behind a break, so that its texts must be joined.
    continued: bool,
}

impl<'p> Collector<'p> {
    /// For a text on some lines; `splits` is false for prose, which is one piece.
    pub(super) fn new(
        prepared: Option<&'p Prepared>,
        lines: RangeInclusive<usize>,
        splits: bool,
    ) -> Self {
        Self {
            prepared,
            pieces: Vec::new(),
            runs: Vec::new(),
            text: String::new(),
            indent: 0,
            levels: Vec::new(),
            lists: Vec::new(),
            bulleted: false,
            line: *lines.start(),
            last_line: *lines.end(),
            start: *lines.start(),
            code: 0,
            splits,
            continued: false,
        }
    }

    /// Words; in `<code>` they are code.
    pub(super) fn push(&mut self, text: &str) {
        if self.code > 0 {
            return self.push_code(text);
        }
        for c in text.chars() {
            if c == LINE {
                self.next_line();
                self.add_blank();
            } else if c == BREAK {
                self.end_piece();
            } else if self.splits && BULLETS[..1].contains(&c) {
                self.end_piece();
                self.bulleted = true;
            } else if let Some(run) = self.prepared.and_then(|p| p.reference_for(c)).cloned() {
                self.push_run(run);
            } else if c.is_whitespace() {
                self.add_blank();
            } else if !c.is_control() {
                self.begin_piece();
                self.text.push(c);
            }
        }
    }

    fn next_line(&mut self) {
        self.line = self.last_line.min(self.line + 1);
    }

    /// Words in code ticks.
    pub(super) fn push_code(&mut self, text: &str) {
        let mut code = String::new();
        for c in text.chars() {
            if let Some(run) = self.prepared.and_then(|p| p.reference_for(c)).cloned() {
                self.push_code_run(std::mem::take(&mut code));
                self.push_run(run);
                continue;
            }
            if c == LINE {
                self.next_line();
            }
            match c {
                BREAK => code.push_str("\\n"),
                _ if c.is_whitespace() => code.push(' '),
                _ => code.push(c),
            }
        }
        self.push_code_run(code);
    }

    fn push_code_run(&mut self, code: String) {
        if code.is_empty() {
            return;
        }
        if let (true, Some(Run::Code(last))) = (self.text.is_empty(), self.runs.last_mut()) {
            last.push_str(&code);
            return;
        }
        self.push_run(Run::Code(code));
    }

    /// A run that is no text.
    pub(super) fn push_run(&mut self, run: Run) {
        self.begin_piece();
        self.flush_text();
        self.runs.push(run);
    }

    /// The source of a text in which references were replaced.
    pub(super) fn restore_source(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match self.prepared.and_then(|p| p.reference_for(c)) {
                Some(Run::Keyref { key, .. }) => {
                    out.push_str("{{site.data.keyword.");
                    out.push_str(key);
                    out.push_str("}}");
                }
                Some(Run::Content(key)) => out.push_str(key),
                Some(Run::Text(_) | Run::Code(_) | Run::Image { .. }) => {}
                None if c == LINE => out.push(' '),
                None => out.push(c),
            }
        }
        out
    }

    fn begin_piece(&mut self) {
        if self.is_fresh() {
            self.start = self.line;
        }
    }

    fn is_fresh(&self) -> bool {
        self.runs.is_empty() && self.text.is_empty()
    }

    fn add_blank(&mut self) {
        if self.is_fresh() {
            self.indent += 1;
        } else if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn flush_text(&mut self) {
        if !self.text.is_empty() {
            self.runs.push(Run::Text(std::mem::take(&mut self.text)));
        }
    }

    /// A break in the text; in prose it is a blank.
    pub(super) fn end_piece(&mut self) {
        if !self.splits {
            return self.add_blank();
        }
        self.flush_text();
        let mut runs = std::mem::take(&mut self.runs);
        let indent = std::mem::take(&mut self.indent);
        let bulleted = std::mem::take(&mut self.bulleted);
        let marked = strip_mark(&mut runs) || bulleted;
        trim_runs(&mut runs);
        if marked || !self.lists.is_empty() {
            strip_box(&mut runs);
        }
        if runs.is_empty() {
            return;
        }
        let list = self.lists.last_mut().filter(|list| list.in_item);
        let kind = match list {
            Some(list) if list.started && !marked => {
                // an item goes on behind a break
                if let Some(piece) = self.pieces.last_mut() {
                    piece.runs.push(Run::Text(" ".to_owned()));
                    piece.runs.append(&mut runs);
                }
                self.continued = true;
                return;
            }
            Some(list) => {
                list.started = true;
                PieceKind::Item { depth: self.lists.len() - 1 }
            }
            None if marked => PieceKind::Item { depth: self.depth_of(indent) },
            None => PieceKind::Text,
        };
        self.pieces.push(Piece { kind, runs, line: self.start });
    }

    /// How deep an item with this indent is. The first of a cell has none to go by, and
    /// authors put a blank more or less after a break, so two more make a level.
    fn depth_of(&mut self, indent: usize) -> usize {
        let indent = indent.max(1);
        while self.levels.len() > 1 && self.levels.last().is_some_and(|top| indent < *top) {
            self.levels.pop();
        }
        match self.levels.last() {
            Some(top) if indent < top + 2 || self.levels.len() > MOST_DEPTH => {}
            _ => self.levels.push(indent),
        }
        self.levels.len() - 1
    }

    /// `<ul>` or `<ol>`.
    pub(super) fn open_list(&mut self) {
        self.end_piece();
        if self.lists.len() < MOST_DEPTH {
            self.lists.push(HtmlList::default());
        }
    }

    /// `</ul>` or `</ol>`; what follows belongs to no item.
    pub(super) fn close_list(&mut self) {
        self.end_piece();
        self.lists.pop();
        if let Some(outer) = self.lists.last_mut() {
            outer.in_item = false;
        }
    }

    /// `<li>`.
    pub(super) fn open_item(&mut self) {
        self.end_piece();
        if self.lists.is_empty() {
            self.lists.push(HtmlList::default());
        }
        if let Some(list) = self.lists.last_mut() {
            *list = HtmlList { in_item: true, started: false };
        }
    }

    /// `</li>`.
    pub(super) fn close_item(&mut self) {
        self.end_piece();
        if let Some(list) = self.lists.last_mut() {
            list.in_item = false;
        }
    }

    /// The pieces; nothing is left open.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        if self.splits {
            let only_bullet = self.bulleted && self.is_fresh() && self.pieces.is_empty();
            self.end_piece();
            if only_bullet {
                // a mark, not a list
                let runs = vec![Run::Text(BULLETS[0].to_string())];
                self.pieces.push(Piece { kind: PieceKind::Text, runs, line: self.start });
            }
            if self.continued {
                self.pieces.iter_mut().for_each(|piece| trim_runs(&mut piece.runs));
            }
            return self.pieces;
        }
        self.flush_text();
        trim_runs(&mut self.runs);
        if self.runs.is_empty() {
            return Vec::new();
        }
        vec![Piece { kind: PieceKind::Text, runs: self.runs, line: self.start }]
    }
}

/// Takes the box of a task list off an item, ticked or not; whether there was one. A box alone is a
/// mark.
pub(super) fn strip_box(runs: &mut [Run]) -> bool {
    let more = runs.len() > 1;
    let Some(Run::Text(first)) = runs.first_mut() else { return false };
    let behind = ["[ ]", "[x]", "[X]"].iter().find_map(|tick| first.strip_prefix(tick));
    let Some(rest) = behind.and_then(|behind| behind.strip_prefix(' ')) else { return false };
    let is_box = more || !rest.trim().is_empty();
    if is_box {
        *first = rest.trim_start().to_owned();
    }
    is_box
}

/// Takes a bullet or number off the first run.
fn strip_mark(runs: &mut Vec<Run>) -> bool {
    let more = runs.len() > 1;
    let Some(Run::Text(first)) = runs.first_mut() else { return false };
    let Some(rest) = after_mark(first, more) else { return false };
    let rest = rest.trim_start().to_owned();
    if rest.is_empty() {
        runs.remove(0);
    } else {
        *first = rest;
    }
    true
}

fn after_mark(text: &str, more: bool) -> Option<&str> {
    let content = |rest: &str| more || !rest.trim().is_empty();
    if let Some(rest) = text.strip_prefix(BULLETS) {
        return content(rest).then_some(rest);
    }
    if let Some(rest) = text.strip_prefix(['-', '*', '+', '–']) {
        let glued = !text.starts_with('+')
            && (rest.starts_with(char::is_uppercase) || (more && rest.is_empty()));
        return ((rest.starts_with(' ') || glued) && content(rest)).then_some(rest);
    }
    let rest = after_number(text).or_else(|| after_letter(text))?;
    (rest.starts_with(' ') && content(rest)).then_some(rest)
}

/// What follows a list's letter (`a.`, `b)`) before a sentence.
fn after_letter(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_lowercase())?.strip_prefix(['.', ')'])?;
    rest.trim_start().starts_with(char::is_uppercase).then_some(rest)
}

/// Joins neighbouring texts, takes blanks and left-over emphasis off the ends.
pub(super) fn trim_runs(runs: &mut Vec<Run>) {
    merge_texts(runs);
    while let Some(Run::Text(text)) = runs.first_mut() {
        let trimmed = text.trim_start();
        if !trimmed.is_empty() {
            *text = trimmed.to_owned();
            break;
        }
        runs.remove(0);
    }
    while let Some(Run::Text(text)) = runs.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            break;
        }
        runs.pop();
    }
}

fn merge_texts(runs: &mut Vec<Run>) {
    let mut merged: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs.drain(..) {
        if let Run::Text(text) = &mut run {
            if text.contains("**") {
                *text = without_stars(text);
            }
            if let Some(Run::Text(last)) = merged.last_mut() {
                let blank = last.ends_with(' ');
                last.push_str(if blank { text.trim_start() } else { text });
                continue;
            }
        }
        merged.push(run);
    }
    *runs = merged;
}

/// Emphasis that was never closed leaves `**` beside a word; within one it means something.
fn without_stars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("**") {
        let (before, after) = (&rest[..at], rest[at..].trim_start_matches('*'));
        out.push_str(before);
        let inside =
            out.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
        if inside {
            out.push_str(&rest[at..rest.len() - after.len()]);
        }
        rest = if out.ends_with(' ') { after.trim_start() } else { after };
    }
    out.push_str(rest);
    out
}
/// Begins another line of a text. A backslash at the end of the line before only says that.
pub(super) fn break_line(text: &mut String) {
    if text.ends_with('\\') && !text.ends_with("\\\\") {
        text.pop();
    }
    text.push('\n');
}
