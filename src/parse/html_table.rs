//! HTML tables, balanced or not.

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

use super::comments::{Line, LineKind};
use super::html_spans::{Carried, CellExtent};
use super::inline;
use super::prepare::Flow;
use super::{Cell, Table, TableRow, TableSource, attributes, spans};

/// Authors span few columns; more would only fill memory.
const MOST_COLUMNS: usize = 32;

/// Where a line opens a table.
pub(super) fn table_start(line: &str) -> Option<usize> {
    let found = tags_in(line, "<table").next()?;
    let code = spans::code_spans(line);
    (!code.iter().any(|span| span.contains(&found))).then_some(found)
}

fn tags_in<'a>(line: &'a str, tag: &'static str) -> impl Iterator<Item = usize> + 'a {
    line.match_indices('<').map(|(at, _)| at).filter(move |at| {
        let bytes = &line.as_bytes()[*at..];
        let named = bytes.get(..tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag.as_bytes()));
        named && bytes.get(tag.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
    })
}

/// A table and where it ends.
pub(super) struct FoundTable {
    pub(super) table: Option<Table>,
    /// The line that holds its end.
    pub(super) line: usize,
    /// Where that line goes on.
    pub(super) offset: usize,
}

/// The table that opens at an offset of a line.
pub(super) fn read_table(lines: &[Line<'_>], at: usize, offset: usize) -> FoundTable {
    let (source, line, offset) = table_extent(lines, at, offset);
    let mut builder = TableBuilder::new(&source, lines[at].number);
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(source.as_str(), emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => builder.open(&tag),
            Token::EndTag(tag) => builder.close(&tag),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    FoundTable { table: builder.finish(), line, offset }
}

/// The source of the table, the line where it ends, and where that goes on. A table that
/// is never closed ends before the next heading.
fn table_extent(lines: &[Line<'_>], first: usize, offset: usize) -> (String, usize, usize) {
    let mut source = String::new();
    let mut depth = 0_usize;
    let mut last = first;
    let quoted = lines[first].text.trim_start().starts_with('>');
    for (index, line) in lines.iter().enumerate().skip(first) {
        let marks = |c: char| matches!(c, ' ' | '>');
        let from = match (index == first, quoted) {
            (true, _) => offset,
            (false, true) => line.text.len() - line.text.trim_start_matches(marks).len(),
            (false, false) => 0,
        };
        let text =
            line.text.get(from..).filter(|_| line.kind == LineKind::Text).unwrap_or_default();
        if index > first && text.starts_with("##") {
            break;
        }
        let mut marks: Vec<(usize, bool)> = tags_in(text, "<table").map(|at| (at, true)).collect();
        marks.extend(tags_in(text, "</table").map(|at| (at, false)));
        marks.sort_unstable();
        for (at, opens) in marks {
            depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
            if depth == 0 {
                let end = text[at..].find('>').map_or(text.len(), |end| at + end + 1);
                source.push_str(&text[..end]);
                return (source, index, from + end);
            }
        }
        source.push_str(text);
        source.push('\n');
        last = index;
    }
    let end = lines.get(last).map_or(0, |line| line.text.len());
    (source, last, end)
}

struct OpenRow {
    line: usize,
    cells: Vec<Cell>,
    is_head: bool,
    /// Whether a cell of it is a `<td>`.
    has_data: bool,
    /// Whether all that stands in it is bold.
    is_bold: bool,
}

struct TableBuilder<'s> {
    source: &'s str,
    first_line: usize,
    /// The last offset whose line was asked for, and that line.
    counted: (usize, usize),
    depth: usize,
    in_head: bool,
    rows: Vec<OpenRow>,
    row: Option<OpenRow>,
    /// Whether a `<tr>` is open.
    in_row: bool,
    carried: Carried,
    /// Where the open cell's text begins, and what it spans.
    cell: Option<(usize, CellExtent)>,
    caption: Option<usize>,
    attributes: Vec<(String, String)>,
}

impl<'s> TableBuilder<'s> {
    fn new(source: &'s str, first_line: usize) -> Self {
        Self {
            source,
            first_line,
            counted: (0, first_line),
            depth: 0,
            in_head: false,
            rows: Vec::new(),
            row: None,
            in_row: false,
            carried: Carried::new(source.len()),
            cell: None,
            caption: None,
            attributes: Vec::new(),
        }
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        let (start, end) = (tag.span.start, tag.span.end);
        if name == b"table" {
            self.depth += 1;
        }
        if self.depth != 1 {
            return;
        }
        match name {
            b"table" => {
                for (key, value) in &tag.attributes {
                    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    self.attributes.push((text(key), text(&value.value)));
                }
            }
            b"thead" | b"tbody" | b"tfoot" => {
                self.end_group(start);
                self.in_head = name == b"thead";
            }
            b"tr" => {
                self.end_row(start);
                self.in_row = true;
            }
            b"caption" => {
                self.end_row(start);
                self.caption = Some(end);
            }
            b"td" | b"th" => {
                self.end_cell(start);
                self.begin_row(start, name == b"th");
                let columns = number_attribute(tag, b"colspan").unwrap_or(1).clamp(1, MOST_COLUMNS);
                // to the end of its group
                let rows = number_attribute(tag, b"rowspan")
                    .map_or(1, |n| if n == 0 { usize::MAX } else { n });
                self.cell = Some((end, CellExtent { columns, rows }));
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &EndTag<usize>) {
        let name: &[u8] = &tag.name;
        if self.depth == 1 {
            match name {
                b"td" | b"th" => self.end_cell(tag.span.start),
                b"tr" => self.end_row(tag.span.start),
                b"tbody" | b"tfoot" => self.end_group(tag.span.start),
                b"thead" => {
                    self.end_group(tag.span.start);
                    self.in_head = false;
                }
                b"caption" => self.end_caption(tag.span.start),
                b"table" => {
                    self.end_row(tag.span.start);
                    self.depth = 0;
                }
                _ => {}
            }
        } else if name == b"table" {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    /// The line of an offset; offsets are asked for in order.
    fn line_of(&mut self, offset: usize) -> usize {
        let (from, line) = self.counted;
        if offset > from {
            let between = self.source.get(from..offset).unwrap_or_default();
            self.counted = (offset, line + between.matches('\n').count());
        }
        self.counted.1.max(self.first_line)
    }

    fn begin_row(&mut self, at: usize, is_th: bool) {
        let line = self.line_of(at);
        let is_head = is_th || self.in_head;
        let row = self.row.get_or_insert_with(|| OpenRow {
            line,
            cells: Vec::new(),
            is_head: true,
            has_data: false,
            is_bold: true,
        });
        row.is_head &= is_head;
        row.has_data |= !is_th;
    }

    fn end_cell(&mut self, at: usize) {
        self.end_caption(at);
        let Some((from, extent)) = self.cell.take() else { return };
        let text = self.source.get(from..at).unwrap_or_default();
        let begin = from + (text.len() - text.trim_start().len());
        let line = self.line_of(begin);
        let cell = inline::parse_cell(text.trim(), line, Flow::Html);
        if let Some(row) = &mut self.row {
            row.is_bold &= text.trim().is_empty() || is_bold(text.trim());
            self.carried.place_cell(&mut row.cells, cell, extent, text.len());
        }
    }

    fn end_row(&mut self, at: usize) {
        self.end_cell(at);
        let in_row = std::mem::take(&mut self.in_row);
        if let Some(mut row) = self.row.take() {
            self.carried.end_row(&mut row.cells);
            self.rows.push(row);
        } else if in_row {
            // a row that is all spans says nothing of its own
            self.carried.end_row(&mut Vec::new());
        }
    }

    /// Nothing spans the rows of two groups.
    fn end_group(&mut self, at: usize) {
        self.end_row(at);
        self.carried.clear();
    }

    fn end_caption(&mut self, at: usize) {
        let Some(from) = self.caption.take() else { return };
        let text = self.source.get(from..at).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.attributes.push(("caption".to_owned(), text));
        }
    }

    fn finish(mut self) -> Option<Table> {
        self.end_row(self.source.len());
        // a title may span the columns above their names
        let mut heads = self.rows.iter().take_while(|row| row.is_head).count();
        if heads == self.rows.len() {
            // the head was never closed
            heads = self.rows.iter().take_while(|row| !row.has_data).count();
        }
        let full = |row: &OpenRow| row.cells.iter().filter(|cell| !cell.pieces.is_empty()).count();
        if let (0, [first, second, ..]) = (heads, self.rows.as_slice())
            && first.is_bold
            && full(first) > 1
            && !second.is_bold
        {
            // some write a header as bold cells
            heads = 1;
        }
        let named = self.rows[..heads].iter().rposition(|row| full(row) > 1);
        let header = named.or_else(|| heads.checked_sub(1)).map(|at| {
            let header = self.rows.remove(at).cells;
            // what stands over several columns' names is part of the header
            let mut place = 0..;
            let title = |row: &OpenRow| {
                full(row) == 1 && row.cells.first().is_some_and(|cell| !cell.pieces.is_empty())
            };
            self.rows.retain(|row| place.next().is_none_or(|place| place >= at) || title(row));
            header
        });
        if header.is_none() && self.rows.is_empty() {
            return None;
        }
        let rows = self.rows.into_iter().map(|row| TableRow { line: row.line, cells: row.cells });
        Some(Table {
            line: self.first_line,
            source: TableSource::Html,
            header,
            separator_columns: 0,
            rows: rows.collect(),
            attributes: self.attributes,
        })
    }
}

/// Whether a cell's text is bold from its head to its end.
fn is_bold(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let tagged = [("<b>", "</b>"), ("<strong>", "</strong>"), ("**", "**")];
    tagged.iter().any(|(open, close)| {
        let inside = lower.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(close))
    })
}

/// The number that an attribute says; what is too large for one spans all there is.
fn number_attribute(tag: &StartTag<usize>, name: &[u8]) -> Option<usize> {
    let value = std::str::from_utf8(&tag.attributes.get(name)?.value).ok()?.trim();
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| value.parse().unwrap_or(usize::MAX))
}

/// The attributes of a list right behind a table, and the rest of the text.
pub(super) fn trailing_attributes(text: &str) -> (Vec<(String, String)>, &str) {
    let text = text.trim();
    if attributes::is_list(text) { (attributes::parse(text), "") } else { (Vec::new(), text) }
}

#[cfg(test)]
mod tests;
