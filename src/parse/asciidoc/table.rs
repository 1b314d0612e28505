//! The lines of a table to its cells, as asciidoctor cuts them, and cells to rows.

use std::borrow::Cow;

use super::cells::{self, CellSegment, ReadCell, Style};
use super::condition::ConditionId;
use super::inline::Inline;
use super::layout::{CellLayout, CellSpec, MOST_COLUMNS, TableForm};
use super::lines::AsciiDocLine;
use crate::model::{Code, Notice, counted};
use crate::parse::html_spans::{Carried, CellExtent};
use crate::parse::{Cell, TableRow};

/// A cell as it is written.
#[derive(Clone, Debug)]
pub(super) struct RawCell<'t> {
    spec: CellSpec,
    line: usize,
    segments: Vec<CellSegment<'t>>,
}

impl RawCell<'_> {
    /// How many columns it fills.
    pub(super) fn column_count(&self) -> usize {
        self.spec.extent.0 * self.spec.copies
    }
}

/// A table's lines, cut into cells.
pub(super) struct CutTable<'t> {
    pub(super) cells: Vec<RawCell<'t>>,
    /// How many columns it has.
    pub(super) columns: usize,
    has_header: bool,
}

/// Cuts the lines between a table's delimiters.
pub(super) fn cut_table<'t>(lines: &[AsciiDocLine<'t>], layout: &CellLayout) -> CutTable<'t> {
    let blank = lines.iter().take_while(|line| line.text.is_empty()).count();
    let content = &lines[blank..];
    let mut cutter = CellCutter { layout, cells: Vec::new(), open: false };
    let mut first_line = 0;
    let mut begins = Vec::new();
    if layout.form == TableForm::Csv {
        first_line = cutter.add_csv(content);
    } else {
        for (at, line) in content.iter().enumerate() {
            let before = cutter.cells.len();
            let starts = cutter.add_line(*line);
            begins.push(starts || cutter.cells.len() > before);
            if at == 0 {
                first_line = cutter.cells.len();
            }
        }
    }
    // a header ends at a blank line, below which a cell begins
    let gap = content.iter().skip(1).take_while(|line| line.text.is_empty()).count();
    let goes_on = begins.get(1 + gap).is_some_and(|begins| !begins);
    let implicit = blank == 0 && gap > 0 && !goes_on;
    let columns = match layout.columns.len() {
        0 => cutter
            .cells
            .iter()
            .take(first_line)
            .map(RawCell::column_count)
            .sum::<usize>()
            .clamp(1, MOST_COLUMNS),
        count => count,
    };
    CutTable { cells: cutter.cells, columns, has_header: layout.header.unwrap_or(implicit) }
}

struct CellCutter<'l, 't> {
    layout: &'l CellLayout,
    cells: Vec<RawCell<'t>>,
    /// Whether the last cell goes on.
    open: bool,
}

impl<'t> CellCutter<'_, 't> {
    /// Takes in a line; whether a cell begins at its head.
    fn add_line(&mut self, line: AsciiDocLine<'t>) -> bool {
        let sign = self.layout.separator;
        let mut rest = line.text;
        let mut starts = false;
        if self.layout.form == TableForm::Separated {
            self.begin_cell(CellSpec::default(), line.number);
            starts = true;
        } else if let Some(at) = rest.find(sign).filter(|at| !rest[..*at].ends_with('\\'))
            && let Some(spec) = CellSpec::parse(&rest[..at])
        {
            self.begin_cell(spec, line.number);
            rest = &rest[at + sign.len_utf8()..];
            starts = true;
        }
        let mut text = Cow::Borrowed("");
        let mut from = 0;
        while let Some(at) = rest[from..].find(sign).map(|at| from + at) {
            let before = &rest[..at];
            if let Some(kept) = before.strip_suffix('\\') {
                text.to_mut().push_str(kept);
                text.to_mut().push(sign);
                rest = &rest[at + sign.len_utf8()..];
                from = 0;
                continue;
            }
            let (spec, before) = if self.layout.form == TableForm::Separated {
                (CellSpec::default(), before)
            } else {
                CellSpec::at_end(before)
            };
            self.add_text(&line, join_lines(std::mem::take(&mut text), before));
            self.begin_cell(spec, line.number);
            rest = &rest[at + sign.len_utf8()..];
            from = 0;
        }
        self.add_text(&line, join_lines(text, rest));
        starts
    }

    fn begin_cell(&mut self, spec: CellSpec, line: usize) {
        self.cells.push(RawCell { spec, line, segments: Vec::new() });
        self.open = true;
    }

    fn add_text(&mut self, line: &AsciiDocLine<'t>, text: Cow<'t, str>) {
        if !self.open {
            if text.trim().is_empty() {
                return;
            }
            // the first sign is missing
            self.begin_cell(CellSpec::default(), line.number);
        }
        if let Some(cell) = self.cells.last_mut() {
            let AsciiDocLine { number, order, condition, .. } = *line;
            cell.segments.push(CellSegment { number, order, condition, text });
        }
    }

    /// Values as CSV has them; a quoted one may hold line ends. How many the first record has.
    fn add_csv(&mut self, lines: &[AsciiDocLine<'t>]) -> usize {
        let separator = self.layout.separator;
        let mut first_record = 0;
        // the text of a quoted value that goes on
        let mut open: Option<String> = None;
        for line in lines {
            let mut rest = line.text;
            if open.is_none() && rest.trim().is_empty() {
                continue;
            }
            loop {
                let mut text = open.take().map_or_else(String::new, |text| text + " ");
                let goes_on = !text.is_empty();
                if !goes_on {
                    self.begin_cell(CellSpec::default(), line.number);
                }
                let quoted = rest.trim_start().strip_prefix('"').filter(|_| !goes_on);
                let inside = if goes_on { Some(rest) } else { quoted };
                if let Some(inside) = inside {
                    let Some(end) = end_of_quoted(inside) else {
                        open = Some(text + &inside.replace("\"\"", "\""));
                        break;
                    };
                    text.push_str(&inside[..end].replace("\"\"", "\""));
                    rest = &inside[end + 1..];
                }
                let end = rest.find(separator).unwrap_or(rest.len());
                text.push_str(rest[..end].trim());
                self.add_text(line, Cow::Owned(text));
                match rest[end..].strip_prefix(separator) {
                    Some(below) => rest = below,
                    None => break,
                }
            }
            if first_record == 0 && open.is_none() {
                first_record = self.cells.len();
            }
        }
        if let (Some(text), Some(line)) = (open, lines.last()) {
            self.add_text(line, Cow::Owned(text));
        }
        first_record
    }
}

/// Where the quote stands that ends a value; two of them stand for one.
fn end_of_quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(quote) = text[at..].find('"').map(|found| at + found) {
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
    None
}

fn join_lines<'t>(before: Cow<'t, str>, text: &'t str) -> Cow<'t, str> {
    if before.is_empty() { Cow::Borrowed(text) } else { before + text }
}

/// A row with the conditions of its cells' pieces.
pub(super) struct ReadRow {
    pub(super) row: TableRow,
    /// The conditions of each cell's pieces; none for cells that were not written in this row.
    pub(super) conditions: Vec<Vec<ConditionId>>,
}

/// The rows of a table; the first one is the header, if the table has one.
pub(super) struct ReadTable {
    pub(super) header: Option<ReadRow>,
    pub(super) rows: Vec<ReadRow>,
    /// The first cell that asciidoctor leaves out, and why.
    pub(super) left_out: Option<Notice>,
}

/// A last row that has too few cells.
fn incomplete_row(row: &ReadRow, columns: usize) -> Notice {
    let cells = counted(row.row.cells.len(), "cell");
    let message = format!(
        "the last row has {cells}, the table {columns} columns; asciidoctor leaves such a row out, so \
         readers of the published page do not see it"
    );
    Notice::at(row.row.line, Code::ShortRow, message)
}

/// A cell that reaches over the last column.
fn too_wide(line: usize, columns: usize) -> Notice {
    let message = format!(
        "a cell spans more columns than its row has left (the table has {columns}); asciidoctor \
         omits it, so readers of the published page do not see it"
    );
    Notice::at(line, Code::LongRow, message)
}

impl CutTable<'_> {
    /// The cells in rows.
    pub(super) fn read_rows(&self, layout: &CellLayout, inline: &mut Inline<'_, '_>) -> ReadTable {
        let length: usize =
            self.cells.iter().flat_map(|cell| &cell.segments).map(|part| part.text.len()).sum();
        let mut carried = Carried::new(length);
        let mut rows: Vec<ReadRow> = Vec::new();
        let mut open: Option<ReadRow> = None;
        let mut left_out = None;
        for raw in &self.cells {
            for _ in 0..raw.spec.copies {
                let row = open.get_or_insert_with(|| ReadRow {
                    row: TableRow { line: raw.line, cells: Vec::new() },
                    conditions: Vec::new(),
                });
                let is_header = self.has_header && rows.is_empty();
                carried.fill_from_above(&mut row.row.cells);
                let column = row.row.cells.len();
                let style = raw.spec.style.or_else(|| layout.columns.get(column).copied());
                let style = style.filter(|_| !is_header).unwrap_or(Style::Plain);
                let ReadCell { cell, conditions } = cells::read_cell(&raw.segments, style, inline);
                let length = raw.segments.iter().map(|part| part.text.len()).sum();
                let (columns, below) = raw.spec.extent;
                if column + columns > self.columns && left_out.is_none() {
                    left_out = Some(too_wide(raw.line, self.columns));
                }
                let extent = CellExtent { columns: columns.min(self.columns.max(1)), rows: below };
                carried.place_cell(&mut row.row.cells, cell, extent, length);
                let begin = row.row.cells.len() - extent.columns;
                row.conditions.resize_with(begin, Vec::new);
                row.conditions.push(conditions);
                if carried.completes_row(&row.row.cells, self.columns) {
                    rows.extend(end_row(&mut open, &mut carried));
                }
            }
        }
        // a sign behind the last cell begins a row of nothing
        open = open.filter(|row| row.row.cells.iter().any(|cell| !cell.pieces.is_empty()));
        left_out = left_out.or(open.as_ref().map(|row| incomplete_row(row, self.columns)));
        rows.extend(end_row(&mut open, &mut carried));
        let has_header = self.has_header && !rows.is_empty();
        let header = has_header.then(|| rows.remove(0));
        ReadTable { header, rows, left_out }
    }
}

fn end_row(open: &mut Option<ReadRow>, carried: &mut Carried) -> Option<ReadRow> {
    let mut row = open.take()?;
    carried.end_row(&mut row.row.cells);
    row.conditions.resize_with(row.row.cells.len(), Vec::new);
    Some(row)
}

/// The cells of a row.
pub(super) fn cells_of(row: ReadRow) -> Vec<Cell> {
    row.row.cells
}
