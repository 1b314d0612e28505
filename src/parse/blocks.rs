//! Lines to blocks: headings, tables, lists, paragraphs.

use super::comments::{Line, LineKind};
use super::definition;
use super::list::{self, OpenList};
use super::prepare::Flow;
use super::{Block, Heading, Paragraph, Run, attributes};
use super::{html_table, inline, keyref, links, pieces, pipe_table};
use crate::model::Notice;

/// A paragraph of more bytes is prose. Only lines that name a party are read, and those are short;
/// so the markup of prose, which is most of a page, stays as written.
const PROSE: usize = 512;

/// Tags that make a paragraph more than one.
const BREAKING: [&str; 8] = ["<ul", "<ol", "<li", "<p>", "<br", "</br", "<dl", "<dt"];

/// The blocks of lines, and what is wrong with them.
pub(super) fn read_blocks(lines: &[Line<'_>]) -> (Vec<Block>, Vec<Notice>) {
    read_nested(lines, 0)
}

/// The same inside this many definitions.
pub(super) fn read_nested(lines: &[Line<'_>], depth: usize) -> (Vec<Block>, Vec<Notice>) {
    let mut reader = BlockReader {
        lines,
        at: 0,
        blocks: Vec::new(),
        notices: Vec::new(),
        paragraph: None,
        list: None,
        below_table: false,
        depth,
    };
    while let Some(line) = lines.get(reader.at) {
        reader.read_line(line);
    }
    reader.end_list();
    (reader.blocks, reader.notices)
}

struct BlockReader<'l, 'a> {
    lines: &'l [Line<'a>],
    at: usize,
    blocks: Vec<Block>,
    notices: Vec<Notice>,
    /// The open paragraph's first line and text.
    paragraph: Option<(usize, String)>,
    list: Option<OpenList>,
    /// Whether nothing stands between here and the last table.
    below_table: bool,
    /// How many definitions it stands in.
    depth: usize,
}

impl<'l> BlockReader<'l, '_> {
    fn read_line(&mut self, line: &'l Line<'_>) {
        let (number, raw) = (line.number, without_quote_marks(&line.text));
        let text = raw.trim();
        match line.kind {
            LineKind::Comment => return self.skip_line(),
            LineKind::Code => {
                self.below_table = false;
                return self.skip_line();
            }
            LineKind::Text => {}
        }
        if text.is_empty() {
            self.skip_line();
            if let Some(list) = &mut self.list {
                list.interrupted = true;
            }
        } else if attributes::is_list(text) {
            self.add_attributes(text);
        } else if let Some(level) = underline_level(raw).filter(|_| self.can_be_title()) {
            if let Some((line, title)) = self.paragraph.take() {
                self.add_heading(line, level, &title);
            }
            self.at += 1;
        } else if keyref::is_definition_list(text) || is_rule(text) {
            self.end_list();
            self.skip_line();
        } else if let Some((level, title)) = parse_heading(raw) {
            self.add_heading(number, level, title);
            self.at += 1;
        } else if let Some(next) = self.read_definition(raw) {
            self.at = next;
        } else if let Some(offset) = html_table::table_start(&line.text) {
            self.html_tables(line, offset);
        } else if pipe_table::begins_table(self.lines, self.at) {
            self.pipe_table();
        } else {
            self.below_table = false;
            self.add_words(number, raw);
            self.at += 1;
        }
    }

    fn add_heading(&mut self, line: usize, level: u8, title: &str) {
        self.end_list();
        self.below_table = false;
        let (title, id) = attributes::title_and_id(title);
        self.blocks.push(Block::Heading(Heading {
            line,
            level,
            runs: inline::parse_runs(title),
            id,
        }));
    }

    /// Whether a line below can make a heading of what is open: one line of a paragraph.
    fn can_be_title(&self) -> bool {
        self.list.is_none() && self.paragraph.as_ref().is_some_and(|(_, text)| !text.contains('\n'))
    }

    /// Reads the definition that begins here, if one does and a term stands above it; returns the
    /// line behind it.
    fn read_definition(&mut self, raw: &str) -> Option<usize> {
        if !definition::begins_definition(raw)
            || self.depth > definition::DEEPEST
            || self.list.is_some()
        {
            return None;
        }
        self.end_paragraph();
        let line = self.lines[self.at].number;
        let above = |paragraph: &Paragraph| paragraph.line + 2 >= line;
        let Some(Block::Paragraph(term)) = self
            .blocks
            .pop_if(|block| matches!(block, Block::Paragraph(paragraph) if above(paragraph)))
        else {
            return None;
        };
        let (body, next) = definition::definition_body(self.lines, self.at);
        let (blocks, notices) = read_nested(&body, self.depth + 1);
        self.notices.extend(notices);
        self.below_table = false;
        let term = definition::definition_of(term, blocks);
        self.blocks.push(Block::Definition(term));
        Some(next)
    }

    /// Leaves a line out; what was a paragraph ends.
    fn skip_line(&mut self) {
        self.end_paragraph();
        self.at += 1;
    }

    fn add_attributes(&mut self, text: &str) {
        self.end_paragraph();
        match self.blocks.last_mut() {
            Some(Block::Table(table)) if self.below_table => {
                table.attributes.extend(attributes::parse(text));
            }
            Some(Block::Heading(heading)) if self.list.is_none() && heading.id.is_none() => {
                heading.id = attributes::id_in_attributes(text);
            }
            Some(
                Block::Heading(_)
                | Block::Table(_)
                | Block::List(_)
                | Block::Condition(_)
                | Block::Definition(_)
                | Block::Paragraph(_),
            )
            | None => {}
        }
        self.at += 1;
    }

    fn pipe_table(&mut self) {
        let (table, next) = pipe_table::read_table(self.lines, self.at, &mut self.notices);
        if let Some(table) = table {
            self.end_list();
            self.blocks.push(Block::Table(table));
            self.below_table = true;
        }
        self.at = next;
    }

    /// The tables that begin at an offset of this line; another may begin where one ends.
    fn html_tables(&mut self, line: &'l Line<'_>, offset: usize) {
        let before = &line.text[..offset];
        if !before.trim().is_empty() {
            self.add_words(line.number, before);
        }
        let mut next = Some(offset);
        while let Some(offset) = next {
            next = self.html_table(offset);
        }
        self.at += 1;
    }

    /// A table, and where the next one begins in the line that ends it.
    fn html_table(&mut self, offset: usize) -> Option<usize> {
        self.end_list();
        let found = html_table::read_table(self.lines, self.at, offset);
        let end = &self.lines[found.line];
        let rest = end.text.get(found.offset..).unwrap_or_default();
        let next = html_table::table_start(rest);
        let (attributes, words) =
            html_table::trailing_attributes(&rest[..next.unwrap_or(rest.len())]);
        self.below_table = found.table.is_some();
        if let Some(mut table) = found.table {
            table.attributes.extend(attributes);
            self.blocks.push(Block::Table(table));
        }
        if !words.is_empty() {
            self.below_table = false;
            self.add_words(end.number, words);
        }
        self.at = found.line;
        next.map(|next| found.offset + next)
    }

    fn add_words(&mut self, number: usize, raw: &str) {
        let text = raw.trim();
        if let Some((indent, text)) = list::parse_item(raw) {
            self.end_paragraph();
            self.list.get_or_insert_with(|| OpenList::new(number)).push(number, indent, text);
            return;
        }
        let indent = raw.len() - raw.trim_start().len();
        if let Some(list) = self.list.as_mut().filter(|list| list.takes_line(indent, text)) {
            return list.go_on(text);
        }
        if self.list.is_some() {
            self.end_list();
        }
        match &mut self.paragraph {
            Some((_, open)) => {
                pieces::break_line(open);
                open.push_str(text);
            }
            None => self.paragraph = Some((number, text.to_owned())),
        }
    }

    fn end_list(&mut self) {
        self.end_paragraph();
        let list = self.list.take().and_then(OpenList::close);
        self.blocks.extend(list.map(Block::List));
    }

    fn end_paragraph(&mut self) {
        let Some((line, text)) = self.paragraph.take() else { return };
        if has_breaks(&text) {
            let html = definition::html_definitions(line, &text).unwrap_or_else(|| {
                let pieces = inline::parse_cell(&text, line, Flow::Html).pieces;
                list::blocks_of_pieces(pieces)
            });
            return self.blocks.extend(html);
        }
        let long = text.len() > PROSE;
        let only_links = links::is_only_links(&text);
        let is_end = text.trim() == "-->";
        let runs = if long { vec![Run::Text(text)] } else { inline::parse_runs(&text) };
        if !runs.is_empty() && !is_end {
            self.blocks.push(Block::Paragraph(Paragraph { line, runs, long, only_links }));
        }
    }
}

/// A line without the marks of block quotes.
fn without_quote_marks(line: &str) -> &str {
    if line.trim_start().starts_with('>') { line.trim_start_matches([' ', '>']) } else { line }
}

/// Level and title of a heading.
pub(super) fn parse_heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start();
    let level = text.bytes().take(7).take_while(|b| *b == b'#').count();
    if line.len() - text.len() > 3 || !(1..=6).contains(&level) {
        return None;
    }
    let title = &text[level..];
    // `##Title`: a blank was forgotten; `#title` may be anything
    let glued = level > 1 && title.starts_with(|c: char| c.is_alphabetic() || c == '{');
    if !(title.is_empty() || title.starts_with(' ') || glued) {
        return None;
    }
    let title = title.trim();
    let bare = title.trim_end_matches('#');
    let title = if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { title };
    Some((u8::try_from(level).unwrap_or(6), title))
}

/// The level of the heading that a line under its title makes of it.
pub(super) fn underline_level(line: &str) -> Option<u8> {
    let text = line.trim_end();
    let mark = text.bytes().next().filter(|mark| matches!(mark, b'=' | b'-'))?;
    let level = if mark == b'=' { 1 } else { 2 };
    (text.len() > 1 && text.bytes().all(|byte| byte == mark)).then_some(level)
}

fn is_rule(text: &str) -> bool {
    let Some(mark) = text.bytes().next().filter(|b| b"-*_".contains(b)) else { return false };
    text.bytes().all(|b| b == mark || b == b' ') && text.bytes().filter(|b| *b == mark).count() > 2
}

fn has_breaks(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text.as_bytes()[at..];
        BREAKING.iter().any(|tag| {
            rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
                && rest
                    .get(tag.len())
                    .is_none_or(|b| tag.ends_with('>') || !b.is_ascii_alphanumeric())
        })
    })
}

#[cfg(test)]
mod tests;
