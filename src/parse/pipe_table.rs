//! Pipe tables, with rows that their authors broke over lines.

use super::comments::{Line, LineKind, without_long_indent};
use super::logical_row::{Joint, LogicalRow, drop_surplus_cell, joint_with, row_cells, row_fault};
use super::pipe_row::{self, PipeRow};
use super::{Cell, Run, Spans, Table, TableRow, TableSource, attributes, list};
use crate::model::{Code, Notice};

/// Whether a table begins at a line: one that starts with a pipe, or has pipes and a
/// separator row below.
pub(super) fn begins_table(lines: &[Line<'_>], at: usize) -> bool {
    let Some(text) = lines.get(at).and_then(row_text) else { return false };
    if text.starts_with('|') {
        return true;
    }
    let below = || next_text(lines, at + 1);
    let piped_below = || below().and_then(|at| lines.get(at)).and_then(self::row_text);
    let is_border = text.starts_with('+') && pipe_row::is_foreign_rule(text);
    if is_border && pipe_row::separator_columns(text).is_some() {
        return piped_below().is_some_and(|below| below.starts_with('|'));
    }
    let Some(text) = Some(behind_mark(text)).filter(|text| pipe_row::has_pipe(text)) else {
        return false;
    };
    let columns = pipe_row::split(text).cells.len();
    below().and_then(|below| separator_below(lines, below)) == Some(columns)
        || (text.starts_with('|') && piped_below().is_some_and(|below| below.starts_with('|')))
}

/// The table that begins at a line, and the index of the first line below it.
pub(super) fn read_table(
    lines: &[Line<'_>],
    at: usize,
    notices: &mut Vec<Notice>,
) -> (Option<Table>, usize) {
    let mut reader = PipeTableReader { first: at, at, ..PipeTableReader::new(lines) };
    reader.read_head(notices);
    reader.read_body();
    let next = reader.at.max(at + 1);
    (reader.into_table(lines[at].number, notices), next)
}

fn row_text<'a>(line: &'a Line<'_>) -> Option<&'a str> {
    (line.kind == LineKind::Text)
        .then(|| without_long_indent(&line.text).trim_start_matches([' ', '>']))
}

/// The text behind a list's mark, on whose line a table may begin.
fn behind_mark(text: &str) -> &str {
    list::parse_item(text).map_or(text, |(_, rest)| rest)
}

/// The next line that is no comment and no attribute list.
fn next_text(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let passes = |line: &Line<'_>| {
        line.kind == LineKind::Comment || row_text(line).is_some_and(attributes::is_list)
    };
    let skipped = lines.get(from..)?.iter().take(64).take_while(|line| passes(line)).count();
    (from + skipped < lines.len()).then_some(from + skipped)
}

fn separator_below(lines: &[Line<'_>], at: usize) -> Option<usize> {
    lines.get(at).and_then(row_text).and_then(pipe_row::separator_columns)
}

struct PipeTableReader<'l, 'a> {
    lines: &'l [Line<'a>],
    /// The line where the table begins.
    first: usize,
    at: usize,
    header: Option<LogicalRow>,
    separator: usize,
    /// Whether the header has no pipe at either end, so that rows need none, either.
    is_bare: bool,
    rows: Vec<LogicalRow>,
    attributes: Vec<(String, String)>,
}

impl<'l, 'a> PipeTableReader<'l, 'a> {
    fn new(lines: &'l [Line<'a>]) -> Self {
        let (rows, attributes) = (Vec::new(), Vec::new());
        let (header, separator) = (None, 0);
        Self { lines, first: 0, at: 0, header, separator, is_bare: false, rows, attributes }
    }

    fn line_text(&self, at: usize) -> Option<&'l str> {
        let text = self.lines.get(at).and_then(row_text)?;
        Some(if at == self.first { behind_mark(text) } else { text })
    }

    /// Reads header and separator, where there are any.
    fn read_head(&mut self, notices: &mut Vec<Notice>) {
        if let Some(columns) = separator_below(self.lines, self.at) {
            self.at += 1;
            // the upper border of a table that is drawn with `+`
            let is_border = self.lines[self.at - 1].text.contains('+');
            let below = if is_border { self.below_header() } else { None };
            if below.is_none() {
                self.separator = columns;
                return;
            }
        }
        let Some((below, columns)) = self.below_header() else { return };
        let line = self.lines[self.at].number;
        let header =
            self.line_text(self.at).map(|text| LogicalRow::new(&pipe_row::split(text), line));
        self.header = header;
        self.is_bare = self
            .line_text(self.at)
            .is_some_and(|text| !text.starts_with('|') && !text.trim_end().ends_with('|'));
        for between in self.at + 1..below {
            let list = self.line_text(between).unwrap_or_default();
            self.attributes.extend(attributes::parse(list));
        }
        let rule = self.line_text(below).unwrap_or_default();
        let torn = self.line_text(below - 1).is_some_and(|text| text.trim().is_empty());
        if torn || pipe_row::is_foreign_rule(rule) {
            let message = "The publishing tools do not accept the line below the header as a rule; respdiff does.";
            notices.push(Notice::at(line, Code::BrokenRow, message));
        }
        self.separator = columns;
        self.at = below + 1;
    }

    /// The rule below a header, and its columns; one blank line may have come between them.
    fn below_header(&self) -> Option<(usize, usize)> {
        let below = next_text(self.lines, self.at + 1)?;
        if let Some(columns) = separator_below(self.lines, below) {
            return Some((below, columns));
        }
        let header = pipe_row::split(self.line_text(self.at)?).cells.len();
        let is_blank = self.line_text(below).is_some_and(|text| text.trim().is_empty());
        let columns = separator_below(self.lines, below + 1).filter(|_| is_blank)?;
        (columns == header && header > 1).then_some((below + 1, columns))
    }

    fn read_body(&mut self) {
        while let Some(line) = self.lines.get(self.at) {
            match line.kind {
                LineKind::Comment => {
                    self.at += 1;
                    continue;
                }
                LineKind::Code => return,
                LineKind::Text => {}
            }
            let Some(text) = self.line_text(self.at) else { return };
            if text.trim().is_empty() {
                return;
            }
            if pipe_row::is_foreign_rule(text) && pipe_row::is_rule(text) {
                self.at += 1;
            } else if attributes::is_list(text) {
                if !self.rows.is_empty() {
                    return;
                }
                self.attributes.extend(attributes::parse(text));
                self.at += 1;
            } else if text.starts_with('|') {
                if self.begins_another(text) {
                    return;
                }
                self.add_piped_line(text, line.number);
                self.at += 1;
            } else if !self.add_unpiped_line() {
                return;
            }
        }
    }

    /// How many cells a row should have; `None` without a header. The separator's columns
    /// count where the header lost its first cell.
    fn expected_columns(&self) -> Option<usize> {
        let columns = self.header.as_ref()?.cells.len();
        Some(if self.separator == columns + 1 { self.separator } else { columns })
    }

    /// Whether a row is the header of a table that follows without a blank line.
    fn begins_another(&self, text: &str) -> bool {
        let below = separator_below(self.lines, self.at + 1);
        // such a rule stands between rows, or above a footer
        let drawn = self.line_text(self.at + 1).is_some_and(|text| text.contains(['+', '=']));
        !self.rows.is_empty() && !drawn && below == Some(pipe_row::split(text).cells.len())
    }

    /// A line that starts with a pipe.
    fn add_piped_line(&mut self, text: &str, number: usize) {
        let row = pipe_row::split(text);
        if row.cells.is_empty() || pipe_row::is_rule(text) {
            return;
        }
        let columns = self.expected_columns();
        if let (Some(last), Some(columns)) = (self.rows.last_mut(), columns) {
            let (have, more) = (last.cells.len(), row.cells.len());
            let leads_empty = more > 1 && row.cells[0].trim().is_empty();
            let joins =
                !last.closed && have + more == columns && (leads_empty || (more == 1 && have > 1));
            if joins {
                return last.extend(&row, number, false);
            }
        }
        self.rows.push(LogicalRow::new(&row, number));
    }

    /// A line that does not start with a pipe; false where it is no part of the table.
    fn add_unpiped_line(&mut self) -> bool {
        let from = self.at;
        let Some(to) = self.unpiped_extent() else { return false };
        let columns = self.expected_columns().unwrap_or(self.separator);
        let last = (from..=to).rev().find_map(|at| self.line_text(at)).unwrap_or_default();
        let row = pipe_row::split(last);
        let ends_blank = self.is_bare && ends_in_blank_cell(last, &row, columns);
        let Some(above) = self.rows.last_mut() else {
            if from != to {
                return false;
            }
            self.add_row(&row, self.lines[to].number, ends_blank);
            self.at = to + 1;
            return true;
        };
        let joint = if from != to {
            Some(Joint::Merge)
        } else if ends_blank && (above.closed || above.cells.len() >= columns) {
            Some(Joint::Own)
        } else {
            joint_with(above, &row, columns)
        };
        match joint {
            None => return false,
            Some(Joint::Own) => self.add_row(&row, self.lines[to].number, ends_blank),
            Some(Joint::Append) => above.extend(&row, self.lines[to].number, false),
            Some(Joint::Merge) => {
                for line in self.lines.get(from..to).unwrap_or_default() {
                    let cells = row_text(line).map(|text| vec![text]).unwrap_or_default();
                    above.extend(&PipeRow { cells, closed: false }, line.number, true);
                }
                above.extend(&row, self.lines[to].number, true);
            }
        }
        self.at = to + 1;
        true
    }

    fn add_row(&mut self, row: &PipeRow<'_>, number: usize, ends_blank: bool) {
        let mut row = LogicalRow::new(row, number);
        if ends_blank {
            row.cells.push((String::new(), number));
        }
        self.rows.push(row);
    }

    /// The line that ends what begins here: this one, where it has a pipe; below an open
    /// row the first that has one.
    fn unpiped_extent(&self) -> Option<usize> {
        if self.line_text(self.at).is_some_and(pipe_row::has_pipe) {
            return Some(self.at);
        }
        if self.rows.last().is_none_or(|row| row.closed) {
            return None;
        }
        for (index, line) in self.lines.iter().enumerate().skip(self.at) {
            if line.kind == LineKind::Comment {
                continue;
            }
            let text = row_text(line)?;
            let ends =
                text.trim().is_empty() || text.starts_with(['|', '#']) || attributes::is_list(text);
            if ends {
                return None;
            }
            if pipe_row::has_pipe(text) {
                return Some(index);
            }
        }
        None
    }

    fn into_table(mut self, line: usize, notices: &mut Vec<Notice>) -> Option<Table> {
        if self.header.is_none() && self.rows.is_empty() {
            return None;
        }
        self.drop_surplus_cells(notices);
        let columns = self.header.as_ref().map(|header| header.cells.len());
        for row in &self.rows {
            notices.extend(row_fault(row, columns, self.separator));
        }
        let mut rows: Vec<TableRow> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let spans = row.cells.iter().any(|(text, _)| text.trim() == SPANS_ROWS);
            let mut cells = row_cells(row.cells);
            if let Some(above) = rows.last().filter(|_| spans) {
                fill_spanning_cells(&mut cells, &above.cells);
            }
            rows.push(TableRow { line: row.line, cells });
        }
        Some(Table {
            line,
            source: TableSource::Pipe,
            header: self.header.map(|header| row_cells(header.cells)),
            separator_columns: self.separator,
            rows,
            attributes: self.attributes,
        })
    }

    /// Repairs rows and a header in which a pipe was doubled.
    fn drop_surplus_cells(&mut self, notices: &mut Vec<Notice>) {
        let separator = self.separator;
        let header = self.header.iter_mut().map(|header| (header, separator));
        let mut repaired: Vec<usize> = header
            .filter_map(|(row, columns)| drop_surplus_cell(row, columns).then_some(row.line))
            .collect();
        if let Some(columns) = self.header.as_ref().map(|header| header.cells.len()) {
            let rows = self.rows.iter_mut();
            repaired
                .extend(rows.filter_map(|row| drop_surplus_cell(row, columns).then_some(row.line)));
        }
        notices.extend(repaired.into_iter().map(|line| {
            let message = "The row has a doubled pipe; read as one.";
            Notice::at(line, Code::LongRow, message)
        }));
    }
}

/// A cell that only goes on with the one above, as some renderers of markdown have it.
const SPANS_ROWS: &str = "^^";

/// Puts the cells above in the place of those that only go on with them.
fn fill_spanning_cells(cells: &mut [Cell], above: &[Cell]) {
    for (cell, above) in cells.iter_mut().zip(above) {
        let spans = matches!(cell.pieces.as_slice(), [piece] if
            matches!(piece.runs.as_slice(), [Run::Text(text)] if text == SPANS_ROWS));
        if spans {
            *cell = Cell { spans: Spans::Above, ..above.clone() };
        }
    }
}

/// Whether a line without a pipe in front is a whole row whose last cell is blank: the pipe behind
/// it only closes the cell before.
fn ends_in_blank_cell(text: &str, row: &PipeRow<'_>, columns: usize) -> bool {
    row.closed && row.cells.len() + 1 == columns && !text.starts_with('|')
}

#[cfg(test)]
mod tests;
