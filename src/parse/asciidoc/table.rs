//! The lines of a table to its cells, as asciidoctor cuts them, and cells to rows.

use std::borrow::Cow;

use super::cells::{self, ReadCell, Segment, Style};
use super::condition::ConditionId;
use super::inline::Inline;
use super::layout::{Form, Layout, MOST_COLUMNS, Spec};
use super::lines::Line;
use crate::parse::html_spans::{Carried, Extent};
use crate::parse::{Cell, TableRow};

/// A cell as it is written.
#[derive(Clone, Debug)]
pub(super) struct RawCell<'t> {
    spec: Spec,
    line: usize,
    segments: Vec<Segment<'t>>,
}

impl RawCell<'_> {
    /// How many columns it fills.
    pub(super) fn width(&self) -> usize {
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
pub(super) fn cut<'t>(lines: &[Line<'t>], layout: &Layout) -> CutTable<'t> {
    let blank = lines.iter().take_while(|line| line.text.is_empty()).count();
    let content = &lines[blank..];
    let mut cutter = Cutter { layout, cells: Vec::new(), open: false };
    let mut first_line = 0;
    let mut begins = Vec::new();
    if layout.form == Form::Csv {
        first_line = cutter.csv(content);
    } else {
        for (at, line) in content.iter().enumerate() {
            let before = cutter.cells.len();
            let starts = cutter.line(*line);
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
            .map(RawCell::width)
            .sum::<usize>()
            .clamp(1, MOST_COLUMNS),
        count => count,
    };
    CutTable { cells: cutter.cells, columns, has_header: layout.header.unwrap_or(implicit) }
}

struct Cutter<'l, 't> {
    layout: &'l Layout,
    cells: Vec<RawCell<'t>>,
    /// Whether the last cell goes on.
    open: bool,
}

impl<'t> Cutter<'_, 't> {
    /// Takes in a line; whether a cell begins at its head.
    fn line(&mut self, line: Line<'t>) -> bool {
        let sign = self.layout.separator;
        let mut rest = line.text;
        let mut starts = false;
        if self.layout.form == Form::Separated {
            self.begin(Spec::default(), line.number);
            starts = true;
        } else if let Some(at) = rest.find(sign).filter(|at| !rest[..*at].ends_with('\\'))
            && let Some(spec) = Spec::read(&rest[..at])
        {
            self.begin(spec, line.number);
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
            let (spec, before) = if self.layout.form == Form::Separated {
                (Spec::default(), before)
            } else {
                Spec::at_end(before)
            };
            self.add(&line, joined(std::mem::take(&mut text), before));
            self.begin(spec, line.number);
            rest = &rest[at + sign.len_utf8()..];
            from = 0;
        }
        self.add(&line, joined(text, rest));
        starts
    }

    fn begin(&mut self, spec: Spec, line: usize) {
        self.cells.push(RawCell { spec, line, segments: Vec::new() });
        self.open = true;
    }

    fn add(&mut self, line: &Line<'t>, text: Cow<'t, str>) {
        if !self.open {
            if text.trim().is_empty() {
                return;
            }
            // the first sign is missing
            self.begin(Spec::default(), line.number);
        }
        if let Some(cell) = self.cells.last_mut() {
            let Line { number, order, condition, .. } = *line;
            cell.segments.push(Segment { number, order, condition, text });
        }
    }

    /// Values as CSV has them; a quoted one may hold line ends. How many the first record has.
    fn csv(&mut self, lines: &[Line<'t>]) -> usize {
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
                    self.begin(Spec::default(), line.number);
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
                self.add(line, Cow::Owned(text));
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
            self.add(line, Cow::Owned(text));
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

fn joined<'t>(before: Cow<'t, str>, text: &'t str) -> Cow<'t, str> {
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
}

impl CutTable<'_> {
    /// The cells in rows.
    pub(super) fn read(&self, layout: &Layout, inline: &mut Inline<'_, '_>) -> ReadTable {
        let length: usize =
            self.cells.iter().flat_map(|cell| &cell.segments).map(|part| part.text.len()).sum();
        let mut carried = Carried::new(length);
        let mut rows: Vec<ReadRow> = Vec::new();
        let mut open: Option<ReadRow> = None;
        for raw in &self.cells {
            for _ in 0..raw.spec.copies {
                let row = open.get_or_insert_with(|| ReadRow {
                    row: TableRow { line: raw.line, cells: Vec::new() },
                    conditions: Vec::new(),
                });
                let is_header = self.has_header && rows.is_empty();
                carried.fill(&mut row.row.cells);
                let column = row.row.cells.len();
                let style = raw.spec.style.or_else(|| layout.columns.get(column).copied());
                let style = style.filter(|_| !is_header).unwrap_or(Style::Plain);
                let ReadCell { cell, conditions } = cells::read(&raw.segments, style, inline);
                let length = raw.segments.iter().map(|part| part.text.len()).sum();
                let (columns, below) = raw.spec.extent;
                let extent = Extent { columns: columns.min(self.columns.max(1)), rows: below };
                carried.place(&mut row.row.cells, cell, extent, length);
                let begin = row.row.cells.len() - extent.columns;
                row.conditions.resize_with(begin, Vec::new);
                row.conditions.push(conditions);
                if carried.completes(&row.row.cells, self.columns) {
                    rows.extend(end_row(&mut open, &mut carried));
                }
            }
        }
        rows.extend(end_row(&mut open, &mut carried));
        let has_header = self.has_header && !rows.is_empty();
        let header = has_header.then(|| rows.remove(0));
        ReadTable { header, rows }
    }
}

fn end_row(open: &mut Option<ReadRow>, carried: &mut Carried) -> Option<ReadRow> {
    let mut row = open.take()?;
    carried.end(&mut row.row.cells);
    row.conditions.resize_with(row.row.cells.len(), Vec::new);
    Some(row)
}

/// The cells of a row.
pub(super) fn cells_of(row: ReadRow) -> Vec<Cell> {
    row.row.cells
}
