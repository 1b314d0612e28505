//! Cells of HTML tables that span rows (`rowspan`): they stand in each of them.

use super::{Cell, Spans};

/// Repeated cells may take this many times the size of the table; spans across spans would
/// otherwise fill memory.
const MOST_REPEATED: usize = 8;
/// What a repeated cell costs beside its text.
const CELL: usize = 8;

/// How many columns and rows a cell spans.
#[derive(Clone, Copy)]
pub(super) struct CellExtent {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A cell that goes on in rows below.
struct CarriedCell {
    /// How many more rows.
    rows: usize,
    cell: Cell,
    /// How long its text is.
    length: usize,
}

/// The cells that reach into the row that is being read, by column.
pub(super) struct Carried {
    columns: Vec<Option<CarriedCell>>,
    budget: usize,
}

impl Carried {
    /// For a table whose source is so long.
    pub(super) fn new(length: usize) -> Self {
        Self { columns: Vec::new(), budget: length.saturating_mul(MOST_REPEATED) }
    }

    /// Puts a cell at the next free columns of a row, and remembers for how many more rows it
    /// stands there.
    pub(super) fn place_cell(
        &mut self,
        row: &mut Vec<Cell>,
        cell: Cell,
        span: CellExtent,
        length: usize,
    ) {
        self.fill_from_above(row);
        let column = row.len();
        row.push(cell);
        row.extend((1..span.columns).map(|_| Cell { spans: Spans::Left, ..Cell::default() }));
        // where cells overlap, the lower one covers the upper one
        for upper in self.columns.iter_mut().skip(column).take(span.columns) {
            *upper = None;
        }
        if span.rows > 1 {
            if self.columns.len() < row.len() {
                self.columns.resize_with(row.len(), || None);
            }
            for (at, cell) in row.iter().enumerate().skip(column) {
                let mut cell = cell.clone();
                if at == column {
                    cell.spans = Spans::Above;
                }
                let length = if at == column { length } else { 0 };
                self.columns[at] = Some(CarriedCell { rows: span.rows, cell, length });
            }
        }
    }

    /// Ends a row: what reaches into it further right stands there, too.
    pub(super) fn end_row(&mut self, row: &mut Vec<Cell>) {
        while self.columns.last().is_some_and(Option::is_none) {
            self.columns.pop();
        }
        while row.len() < self.columns.len() {
            self.fill_from_above(row);
            if row.len() < self.columns.len() && self.may_repeat(0) {
                row.push(Cell::default());
            }
        }
        for span in &mut self.columns {
            if let Some(left) = span {
                left.rows -= 1;
                if left.rows == 0 {
                    *span = None;
                }
            }
        }
    }

    /// Whether cells from above fill a row of this many columns behind its own cells.
    pub(super) fn completes_row(&self, row: &[Cell], columns: usize) -> bool {
        (row.len()..columns).all(|column| matches!(self.columns.get(column), Some(Some(_))))
    }

    /// Ends a group of rows, and with it what spans them.
    pub(super) fn clear(&mut self) {
        self.columns.clear();
    }

    /// The cells from above at the head of the columns that are still free.
    pub(super) fn fill_from_above(&mut self, row: &mut Vec<Cell>) {
        while let Some(Some(span)) = self.columns.get(row.len()) {
            let (cell, length) = (span.cell.clone(), span.length);
            if !self.may_repeat(length) {
                return;
            }
            row.push(cell);
        }
    }

    /// Whether so long a text may be repeated; where not, nothing spans rows any more.
    fn may_repeat(&mut self, length: usize) -> bool {
        let left = self.budget.checked_sub(CELL + length);
        if left.is_none() {
            self.clear();
        }
        self.budget = left.unwrap_or_default();
        left.is_some()
    }
}
