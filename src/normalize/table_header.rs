//! The header of a table.

use super::column_role::Role;
use super::header;
use super::text::TextReader;
use crate::model::Code;
use crate::parse::{Cell, Table};

/// The header of a table with what it says, shifted to the rows below where it lost its
/// first cell.
pub(super) struct TableHeader {
    pub(super) cells: Vec<Cell>,
    pub(super) roles: Vec<Role>,
}

impl TableHeader {
    /// Reads the header; none where the table has none.
    pub(super) fn from_table(table: &Table, reader: &mut TextReader<'_>) -> Option<Self> {
        let mut cells = table.header.clone()?;
        let mut roles: Vec<Role> =
            cells.iter().map(|cell| header::column_role(cell, reader.names())).collect();
        if lost_first_cell(table, &roles) {
            cells.insert(0, Cell::default());
            roles.insert(0, Role::Label);
            let message = "the header row has no first cell; read as if it were blank";
            reader.add_notice(table.line, Code::ShortHeader, message);
        }
        Some(Self { cells, roles })
    }

    /// Column names that say nothing of parties.
    pub(super) fn of_labels(cells: Vec<Cell>) -> Self {
        let roles = vec![Role::Label; cells.len()];
        Self { cells, roles }
    }

    /// A header's plain text.
    pub(super) fn column_text(&self, column: usize, reader: &mut TextReader<'_>) -> String {
        let Some(cell) = self.cells.get(column) else { return String::new() };
        let text = reader.cell_text(cell);
        reader.label_text(text, cell.pieces.first().map_or(1, |piece| piece.line))
    }

    /// Its words, lower case, for asking what a label column is.
    pub(super) fn column_words(&self, column: usize, reader: &mut TextReader<'_>) -> String {
        self.column_text(column, reader).to_lowercase()
    }
}

/// A header that begins with a party's column over rows that have one cell more.
fn lost_first_cell(table: &Table, roles: &[Role]) -> bool {
    let party = |role: &Role| matches!(role, Role::Party { .. });
    let begins =
        roles.first().is_some_and(party) && roles.iter().filter(|role| party(role)).count() > 1;
    let longer = table.rows.iter().filter(|row| row.cells.len() > roles.len()).count();
    let wide = table.separator_columns == roles.len() + 1 || longer * 2 > table.rows.len();
    begins && wide && (longer > 0 || table.rows.is_empty())
}
