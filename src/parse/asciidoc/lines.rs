//! Lines as the preprocessor leaves them: without comments and attribute entries, each with the
//! condition that it stands under.

use super::attributes::{Attributes, KnownValue};
use super::condition::{ConditionId, Conditions, IfdefTest};
use super::include::Inclusion;
use super::selection::{IncludeWords, LevelOffset};
use super::text_place::TextPlace;
use super::title::{self, Header};
use crate::model::{Code, Notice};

/// A line that is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct AsciiDocLine<'t> {
    /// Line of the page, from 1; of included lines, that of the `include::`.
    pub(super) number: usize,
    /// Which line it is of all that are read, included ones too.
    pub(super) order: usize,
    /// The same, but a title keeps its own, whose order is that of the entries that it may name.
    pub(super) read_as: u32,
    pub(super) text: &'t str,
    pub(super) condition: ConditionId,
    /// How much deeper a heading is than it is written.
    pub(super) level_offset: i8,
    /// The level of a heading that a line below underlines.
    pub(super) underlined: Option<u8>,
}

/// What the preprocessor leaves.
pub(super) struct Scanned<'t> {
    pub(super) lines: Vec<AsciiDocLine<'t>>,
    pub(super) notices: Vec<Notice>,
}

/// An open `ifdef`.
struct OpenIfdef {
    line: usize,
    /// The condition around it.
    outer: ConditionId,
    /// Whether its lines are left out, since it is known not to hold.
    is_out: bool,
}

/// Reads a page's lines, those of the files that it includes, and its attributes with them.
pub(super) fn scan_lines<'t>(
    text: &'t str,
    attributes: &mut Attributes<'_>,
    conditions: &mut Conditions,
    inclusion: &mut Inclusion<'t>,
) -> Scanned<'t> {
    let mut scanner = LineScanner {
        attributes,
        conditions,
        inclusion,
        out: Scanned { lines: Vec::new(), notices: Vec::new() },
        order: 0,
        level_offset: 0,
        header: Header::default(),
        open: Vec::new(),
        skipped: 0,
        condition: 0,
        block: None,
        entry: None,
    };
    for (at, line) in text.split('\n').enumerate() {
        scanner.whole_line(at + 1, line.trim_end());
    }
    scanner.finish()
}

struct LineScanner<'a, 's, 't> {
    attributes: &'a mut Attributes<'s>,
    conditions: &'a mut Conditions,
    inclusion: &'a mut Inclusion<'t>,
    out: Scanned<'t>,
    /// How many lines were read.
    order: usize,
    level_offset: i8,
    header: Header,
    open: Vec<OpenIfdef>,
    /// How many of the open ones are left out.
    skipped: usize,
    condition: ConditionId,
    /// The open block whose lines are no entries, and where it began.
    block: Option<(&'t str, usize)>,
    /// An attribute entry that goes on in the next line.
    entry: Option<(usize, String)>,
}

impl<'t> LineScanner<'_, '_, 't> {
    /// Takes in a line as it stands in its file.
    fn whole_line(&mut self, number: usize, text: &'t str) {
        self.inclusion.keep_line(text);
        self.read_line(number, text);
    }

    fn read_line(&mut self, number: usize, text: &'t str) {
        self.order += 1;
        self.inclusion.note_line(number, text);
        if self.read_directive(number, text) || self.skipped > 0 {
            return;
        }
        if let Some((line, mut entry)) = self.entry.take() {
            entry.push(' ');
            entry.push_str(text.trim_start());
            return self.finish_entry(line, &entry);
        }
        // a directive may be written as text
        let text = match text.strip_prefix('\\') {
            Some(rest) if is_directive(rest) => rest,
            Some(_) | None => text,
        };
        if self.block.is_none() && self.is_underline(text) || self.in_comment(number, text) {
            return;
        }
        if self.block.is_none() && text.starts_with(':') && text[1..].contains(':') {
            let starts =
                text[1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '!' | '_'));
            if starts && !text.starts_with("::") {
                return self.entry_or_text(number, text);
            }
        }
        self.push(number, text);
    }

    fn push(&mut self, number: usize, text: &'t str) {
        if !self.header.is_done() && self.in_header(number, text) {
            return;
        }
        let (order, condition, level_offset) = (self.order, self.condition, self.level_offset);
        let line = AsciiDocLine {
            number,
            order,
            read_as: u32::try_from(order).unwrap_or(u32::MAX),
            text,
            condition,
            level_offset,
            underlined: None,
        };
        self.out.lines.push(line);
    }

    /// Whether a line underlines the one above, which is a heading then.
    fn is_underline(&mut self, text: &str) -> bool {
        let Some(level) = title::underline_level(text) else { return false };
        let Some((above, before)) = self.out.lines.split_last_mut() else { return false };
        let begins = before.last().is_none_or(|line| title::may_stand_above(line.text));
        let fits = begins
            && above.order + 1 == self.order
            && above.underlined.is_none()
            && title::may_be_underlined(above.text, text);
        if fits {
            above.underlined = Some(level);
            self.header.note_underlined(level);
        }
        fits
    }

    /// Takes in a line of a page's header: the title, its authors, its revision. Whether it is none
    /// of the page's text.
    fn in_header(&mut self, number: usize, text: &'t str) -> bool {
        let taken = self.header.read_line(text);
        if self.header.is_done()
            && let Some(title) = self.out.lines.iter_mut().find(|line| is_title(line))
        {
            // it may name what the lines below it set
            title.order = self.order;
        }
        let Some(taken) = taken else { return false };
        if taken.with_line_above {
            self.out.lines.pop();
        }
        for entry in taken.entries {
            self.add_entry(&entry, number);
        }
        true
    }

    const fn place_of_line(&self, line: usize) -> TextPlace {
        TextPlace { line, order: self.order, condition: self.condition }
    }

    fn add_entry(&mut self, entry: &str, number: usize) -> bool {
        let place = self.place_of_line(number);
        if !self.attributes.add_entry(entry, place, self.conditions) {
            return false;
        }
        if title::sets_level_offset(entry) {
            let offset = match self.attributes.get("leveloffset", place, self.conditions) {
                KnownValue::Set(value) => LevelOffset::parse(value),
                KnownValue::Unset | KnownValue::Unknown => Some(LevelOffset::To(0)),
            };
            if let Some(offset) = offset {
                self.level_offset = offset.apply_to(self.level_offset);
            }
        }
        true
    }

    /// Reads the lines of a file in the place of an `include::`.
    fn include_file(&mut self, number: usize, target: &str, words: &str) {
        let place = self.place_of_line(number);
        let target = self.attributes.fill_value(target.trim(), place, self.conditions);
        let words = IncludeWords::parse(&self.attributes.fill_value(words, place, self.conditions));
        let Some(lines) = self.inclusion.open(number, &target, &words) else { return };
        let around = self.level_offset;
        self.inclusion.drop_directive();
        if let Some(offset) = words.level_offset {
            self.level_offset = offset.apply_to(around);
            self.inclusion.keep_offset(self.level_offset);
        }
        for line in lines {
            self.whole_line(number, line);
        }
        if words.level_offset.is_some() {
            self.level_offset = around;
            self.inclusion.keep_offset(around);
        }
        self.inclusion.close();
    }

    fn entry_or_text(&mut self, number: usize, text: &'t str) {
        if !self.add_entry(text.trim_end_matches(" \\"), number) {
            return self.push(number, text);
        }
        if text.ends_with(" \\") {
            self.entry = Some((number, text.trim_end_matches('\\').trim_end().to_owned()));
        }
    }

    /// Takes in an entry that was broken over lines.
    fn finish_entry(&mut self, number: usize, text: &str) {
        const LONGEST: usize = 4096;
        if text.ends_with(" \\") && text.len() < LONGEST {
            self.entry = Some((number, text.trim_end_matches('\\').trim_end().to_owned()));
            return;
        }
        self.add_entry(text, number);
    }

    /// Whether a line is a comment or its end; takes in the beginning and end of blocks.
    fn in_comment(&mut self, number: usize, text: &'t str) -> bool {
        let is_comment = |block: &str| block.starts_with("//");
        match self.block {
            Some((block, _)) if is_comment(block) => {
                if text == block {
                    self.block = None;
                }
                true
            }
            Some((block, _)) => {
                if text == block {
                    self.block = None;
                }
                // a table has no comments but these
                block.contains('=') && text.starts_with("//") && !text.starts_with("///")
            }
            None => {
                let delimiter = block_delimiter(text);
                if let Some(delimiter) = delimiter {
                    self.block = Some((delimiter, number));
                }
                delimiter.map_or(text.starts_with("//") && !text.starts_with("///"), is_comment)
            }
        }
    }

    /// Takes in a line that is a directive.
    fn read_directive(&mut self, number: usize, text: &'t str) -> bool {
        let Some((name, rest)) = text.split_once("::") else { return false };
        let Some((target, words)) = rest.split_once('[') else { return false };
        let Some(words) = words.strip_suffix(']') else { return false };
        match name {
            "ifdef" | "ifndef" if !target.is_empty() => {
                let asked = IfdefTest { name, target };
                let holds =
                    if self.skipped > 0 { Some(false) } else { self.test_holds(&asked, number) };
                if words.is_empty() {
                    self.begin_condition(number, holds, || asked.text());
                } else if holds != Some(false) {
                    // the words of one line
                    self.begin_condition(number, holds, || asked.text());
                    self.read_line(number, words);
                    self.end_condition();
                }
            }
            "ifeval" if target.is_empty() => {
                let text = || format!("if {}", words.trim());
                let holds = if self.skipped > 0 { Some(false) } else { None };
                self.begin_condition(number, holds, text);
            }
            "endif" => self.end_condition(),
            "include" if !target.is_empty() && !target.starts_with(' ') => {
                // code says nothing, whoever wrote it
                if self.skipped == 0 && self.block.is_none_or(|(block, _)| block.contains('=')) {
                    self.include_file(number, target, words);
                }
            }
            _ => return false,
        }
        true
    }

    /// Whether a test holds; none where nothing decides.
    fn test_holds(&self, test: &IfdefTest<'_>, number: usize) -> Option<bool> {
        let is_all = test.target.contains('+');
        let mut decided = Some(is_all);
        for name in test.attribute_names() {
            match self.attributes.is_set(name, self.place_of_line(number), self.conditions) {
                Some(set) if set != is_all => {
                    decided = Some(set);
                    break;
                }
                Some(_) => {}
                None => decided = None,
            }
        }
        if test.name == "ifndef" { decided.map(|set| !set) } else { decided }
    }

    fn begin_condition(&mut self, line: usize, holds: Option<bool>, text: impl FnOnce() -> String) {
        let (outer, is_out) = (self.condition, holds == Some(false));
        self.open.push(OpenIfdef { line, outer, is_out });
        self.skipped += usize::from(is_out);
        if holds.is_none() {
            self.condition = self.conditions.add_condition(text(), outer);
        }
    }

    fn end_condition(&mut self) {
        if let Some(open) = self.open.pop() {
            self.skipped -= usize::from(open.is_out);
            self.condition = open.outer;
        }
    }

    fn finish(mut self) -> Scanned<'t> {
        self.out.notices.extend(self.inclusion.notices());
        let mut unclosed = |line: usize, what: &str| {
            let message = format!("{what} is never closed; it is read up to the end of the page");
            self.out.notices.push(Notice::at(line, Code::Unclosed, message));
        };
        for open in &self.open {
            unclosed(open.line, "a condition");
        }
        match self.block {
            Some((block, line)) if block.contains('=') => unclosed(line, "a table"),
            Some((block, line)) if block.starts_with("//") => unclosed(line, "a comment"),
            Some((_, line)) => unclosed(line, "a block"),
            None => {}
        }
        self.out
    }
}

/// Whether a line is the first heading of a page's own level.
fn is_title(line: &AsciiDocLine<'_>) -> bool {
    line.underlined == Some(1) || line.text.starts_with("= ") || line.text.starts_with("# ")
}

fn is_directive(text: &str) -> bool {
    ["ifdef::", "ifndef::", "ifeval::", "endif::", "include::"]
        .iter()
        .any(|name| text.starts_with(name))
}

/// A line that begins or ends a block whose lines are no entries: a table, code, a comment.
fn block_delimiter(text: &str) -> Option<&str> {
    const SHORTEST: usize = 4;
    let first = *text.as_bytes().first()?;
    let all = |sign: u8| text.len() >= SHORTEST && text.bytes().all(|byte| byte == sign);
    let is_table = || text.len() >= SHORTEST && text.bytes().skip(1).all(|byte| byte == b'=');
    let found = match first {
        b'-' | b'.' | b'+' | b'/' => all(first),
        b'|' | b',' | b':' | b'!' => is_table(),
        b'`' => text.starts_with("```"),
        _ => false,
    };
    // what stands behind the ticks is the language
    found.then(|| if first == b'`' { &text[..3] } else { text })
}
