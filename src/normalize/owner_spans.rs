//! Tables with the owner first, named once for several rows: the cells below are blank.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::column_role::Role;
use super::header;
use super::owner::{self, Owner};
use super::text::TextReader;
use crate::parse::{Cell, Spans, Table, TableRow};

/// The table with each owner in all of its rows. A blank cell is the row above's only where each
/// owner is named once and another one follows: where a name stands in several rows, or only the
/// last rows have none, a row without a name has no owner.
pub(super) fn fill_owner_cells<'t>(
    table: &'t Table,
    reader: &mut TextReader<'_>,
) -> Cow<'t, Table> {
    if !names_owners_once(table, reader) {
        return Cow::Borrowed(table);
    }
    let mut filled = table.clone();
    let mut above = Cell::default();
    for row in &mut filled.rows {
        let is_blank = row.cells.iter().all(|cell| cell.pieces.is_empty());
        let Some(owner) = row.cells.first_mut() else { continue };
        if owner.pieces.is_empty() && !is_blank {
            *owner = Cell { spans: Spans::Above, ..above.clone() };
        } else if !is_blank {
            above = owner.clone();
        }
    }
    Cow::Owned(filled)
}

fn names_owners_once(table: &Table, reader: &mut TextReader<'_>) -> bool {
    let Some([first, _, ..]) = table.header.as_deref() else { return false };
    let is_blank = |row: &TableRow| row.cells.first().is_some_and(|cell| cell.pieces.is_empty());
    let blank = table.rows.iter().position(is_blank).filter(|first| *first > 0);
    let goes_on = |first: usize| table.rows[first..].iter().any(|row| !is_blank(row));
    if !blank.is_some_and(goes_on) || header::column_role(first, reader.names()) != Role::Owner {
        return false;
    }
    let mut named = BTreeSet::new();
    table.rows.iter().all(|row| {
        let Some(cell) = row.cells.first() else { return false };
        if is_blank(row) {
            return true;
        }
        match owner::of_cell(cell, reader) {
            Owner::Known(party) => named.insert(party.to_string()),
            Owner::Named(name) => owner::may_be_party(&name, reader.names()) && named.insert(name),
            Owner::Nobody | Owner::Prose => false,
        }
    }) && named.len() > 1
}

#[cfg(test)]
mod tests {
    use crate::normalize::fixture::{check, document, heading, matrix_lines, table};

    #[test]
    fn an_owner_that_is_named_once_has_the_rows_below() {
        let held =
            ["Copy keys > ibm: Copy keys", "Test keys > ibm: Test keys", "Pay > customer: Pay"];
        check("Owner | Task", &["IBM | Copy keys", " | Test keys", "Customer | Pay"], &held);
        let rows =
            ["IBM | Copy keys", " | Test keys", "Customer | Pay", "Partner | Sell", " | Lend"];
        let page =
            document(vec![heading(2, "Responsibilities"), table("Owner | Duty | When", &rows)]);
        assert_eq!(page.duties().count(), 5);
    }

    #[test]
    fn a_row_without_an_owner_stays_one() {
        let rows = ["IBM | Copy keys", " | Test keys", "Customer | Pay", "IBM | Move"];
        let named = ["Copy keys > ibm: Copy keys", "Pay > customer: Pay", "Move > ibm: Move"];
        check("Owner | Task", &rows, &named);
        let rows = ["IBM | Copy keys", "Customer | Pay", " | Test keys"];
        check("Owner | Task", &rows, &named[..2]);
        let rows = ["Copy keys | IBM", "Test keys | ", "Pay | Customer"];
        let page = document(vec![table("Task | Owner", &rows)]);
        assert_eq!(
            matrix_lines(&page.matrices[0]),
            ["Copy keys > ibm: Copy keys", "Pay > customer: Pay"]
        );
    }
}
