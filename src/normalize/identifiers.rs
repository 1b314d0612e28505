//! Cells that name a thing by its identifier: a rule, a schema, a port, a namespace.

use crate::parse::{Cell, Run, Table};

/// Whether nearly all filled cells of a column are identifiers.
pub(super) fn is_identifier_column(table: &Table, column: usize) -> bool {
    nearly_all(table, column, |cell| is_code(cell) || is_identifier(cell))
}

/// Whether nearly all filled cells of a column are code.
pub(super) fn are_code(table: &Table, column: usize) -> bool {
    nearly_all(table, column, is_code)
}

fn nearly_all(table: &Table, column: usize, fits: impl Fn(&Cell) -> bool) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let filled: Vec<&Cell> = cells.filter(|cell| !cell.pieces.is_empty()).collect();
    let count = filled.iter().filter(|cell| fits(cell)).count();
    count > 0 && count * 10 >= filled.len() * 9
}

/// Whether a cell is code of one word, and nothing else. Several words in code are no identifier.
fn is_code(cell: &Cell) -> bool {
    let mut runs = cell.pieces.iter().flat_map(|piece| &piece.runs);
    runs.clone().any(|run| matches!(run, Run::Code(_)))
        && runs.all(|run| match run {
            Run::Code(text) => !text.trim().contains(char::is_whitespace),
            Run::Text(text) => !text.contains(char::is_alphanumeric),
            Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => false,
        })
}

/// Whether a cell is one word that no sentence has: with a digit, an underscore, a point inside,
/// or in lower case with a hyphen.
fn is_identifier(cell: &Cell) -> bool {
    let mut runs = cell.pieces.iter().flat_map(|piece| &piece.runs);
    let (Some(Run::Text(text)), None) = (runs.next(), runs.next()) else { return false };
    let text = text.trim();
    let marked = text.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | ':' | '@'))
        || text.trim_end_matches('.').contains('.');
    let kebab = text.contains('-') && !text.contains(char::is_uppercase);
    !text.contains(char::is_whitespace) && (marked || kebab)
}
