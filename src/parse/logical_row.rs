//! Rows of a pipe table as a reader sees them, whatever lines they are on.

use super::pipe_row::PipeRow;
use super::prepare::Flow;
use super::{Cell, inline};
use crate::model::{Code, Notice, counted};

/// A row as a reader sees it, whatever lines it is on.
pub(super) struct LogicalRow {
    pub(super) line: usize,
    last_line: usize,
    pub(super) cells: Vec<(String, usize)>,
    pub(super) closed: bool,
    broken: bool,
}

impl LogicalRow {
    pub(super) fn new(row: &PipeRow<'_>, line: usize) -> Self {
        let cells = row.cells.iter().map(|cell| ((*cell).to_owned(), line)).collect();
        Self { line, last_line: line, cells, closed: row.closed, broken: false }
    }

    /// Goes on with the cells of a further line; `merge` where its first cell belongs to
    /// this row's last.
    pub(super) fn extend(&mut self, row: &PipeRow<'_>, line: usize, merge: bool) {
        let mut cells = row.cells.iter();
        if let (true, Some((last, _)), Some(first)) =
            (merge, self.cells.last_mut(), cells.clone().next())
        {
            cells.next();
            let first = first.trim_start();
            // a full stop that came to stand alone belongs to the word above
            let glued = first.len() - first.trim_start_matches(['.', ',', ';', ':', ')']).len();
            last.push_str(&first[..glued]);
            last.extend(std::iter::repeat_n('\n', line.saturating_sub(self.last_line)));
            last.push_str(&first[glued..]);
        }
        self.cells.extend(cells.map(|cell| ((*cell).to_owned(), line)));
        self.last_line = line;
        self.closed = row.closed;
        self.broken = true;
    }
}

/// Takes out the empty cell that a doubled pipe makes, where it is one too many.
pub(super) fn drop_surplus_cell(row: &mut LogicalRow, columns: usize) -> bool {
    let doubled: Vec<usize> =
        (0..row.cells.len()).filter(|&at| row.cells[at].0.is_empty()).collect();
    match doubled[..] {
        [at] if row.cells.len() == columns + 1 => {
            row.cells.remove(at);
            true
        }
        _ => false,
    }
}

/// How a line goes on with the row above.
#[derive(Clone, Copy)]
pub(super) enum Joint {
    /// Its first cell belongs to the last cell above.
    Merge,
    /// Its cells are further ones.
    Append,
    /// It does not: it is a row of its own.
    Own,
}

/// How a single line without a leading pipe goes on with the row above; none where it is
/// no part of the table.
pub(super) fn joint_with(above: &LogicalRow, row: &PipeRow<'_>, columns: usize) -> Option<Joint> {
    let (have, more) = (above.cells.len(), row.cells.len());
    if more == columns && more > 1 {
        return Some(Joint::Own);
    }
    if !above.closed && have + more <= columns + 1 {
        return Some(Joint::Merge);
    }
    if have + more == columns + 1 {
        return Some(Joint::Merge);
    }
    if have + more == columns {
        return Some(Joint::Append);
    }
    (more > 1).then_some(Joint::Own)
}

/// What is wrong with a row.
pub(super) fn row_fault(
    row: &LogicalRow,
    columns: Option<usize>,
    separator: usize,
) -> Option<Notice> {
    if row.broken {
        let message = "The row is broken over several lines; read as one row.";
        return Some(Notice::at(row.line, Code::BrokenRow, message));
    }
    let columns = columns?;
    let have = row.cells.len();
    // a header that lost a cell is reported once, by the code that repairs it
    if have == columns || have == separator {
        return None;
    }
    let message = format!("The row has {}, but the header has {columns}.", counted(have, "cell"));
    if have < columns {
        return Some(Notice::at(row.line, Code::ShortRow, message));
    }
    let more = row.cells.get(columns..).unwrap_or_default();
    let filled = more.iter().any(|(cell, _)| !cell.trim().is_empty());
    filled.then(|| Notice::at(row.line, Code::LongRow, message))
}

pub(super) fn row_cells(cells: Vec<(String, usize)>) -> Vec<Cell> {
    let read = |(text, line): (String, usize)| {
        let text = if text.contains("\\|") { text.replace("\\|", "|") } else { text };
        let before = text.len() - text.trim_start().len();
        let line = line + text[..before].matches('\n').count();
        inline::parse_cell(text.trim(), line, Flow::Pipe)
    };
    cells.into_iter().map(read).collect()
}
