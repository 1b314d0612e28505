//! `Party | Responsibilities`: one row per party, the table of party columns turned on its side.

use super::column_role::Role;
use super::duty_nouns::is_duty_noun;
use super::header;
use super::owner::{self, Owner};
use super::owner_list::says_responsibility;
use super::owner_tally::OwnerTally;
use super::party_columns::PartyColumns;
use super::table_header::TableHeader;
use super::text::TextReader;
use super::tokens::{self, Token};
use crate::model::{Party, Row};
use crate::parse::{Cell, Table, TableRow};

/// The names of the columns, of which the first is over the parties.
#[derive(Clone, Debug)]
pub(super) struct PartyRows {
    header: Vec<Cell>,
}

impl PartyRows {
    /// A table whose first column names IBM and the customer and nobody unknown, and whose other
    /// columns hold texts.
    pub(super) fn recognize(
        table: &Table,
        owners: &OwnerTally,
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        if !owners.names_known_parties(0) {
            return None;
        }
        let header = table.header.clone().filter(|header| header.len() > 1)?;
        let parties = row_parties(&table.rows, reader);
        let has = |wanted: &Party| parties.iter().flatten().any(|party| party == wanted);
        let mut distinct: Vec<&Party> = parties.iter().flatten().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let texts = (1..header.len()).all(|column| !owners.names_owners(column));
        // `Owner | Task` is a list of duties, one a row; `Who | Security | Operations` is not
        let names = reader.names();
        let held = header.iter().skip(1).any(|cell| says_responsibility(cell, names));
        let tasks = header.iter().skip(1).any(|cell| {
            tokens::of_cell(cell, names).iter().filter_map(Token::word).any(is_duty_noun)
        });
        let listed = header::column_role(&header[0], names) == Role::Owner
            && !held
            && (tasks || header.len() == 2);
        // a party in several rows owns each, but for `Role | Responsibilities`
        let is_list = header.len() == 2 && held && parties.iter().all(Option::is_some);
        let all = is_list || distinct.len() == table.rows.len();
        let fits = all && texts && !listed && has(&Party::Ibm) && has(&Party::Customer);
        fits.then_some(Self { header })
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        let names = rows.iter().map(|row| row.cells.first().cloned().unwrap_or_default());
        let cells: Vec<Cell> = self.header.iter().take(1).cloned().chain(names).collect();
        let parties = std::iter::once(None).chain(row_parties(rows, reader)).collect();
        let header = TableHeader::of_labels(cells);
        let columns = PartyColumns::new(&header, parties, reader);
        let turned: Vec<TableRow> = (1..self.header.len())
            .map(|column| TableRow {
                line: rows.first().map_or(1, |row| row.line),
                cells: std::iter::once(self.header[column].clone())
                    .chain(
                        rows.iter().map(|row| row.cells.get(column).cloned().unwrap_or_default()),
                    )
                    .collect(),
            })
            .collect();
        columns.read_rows(&turned, reader)
    }
}

/// Whom the first cell of each row names.
fn row_parties(rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Option<Party>> {
    rows.iter()
        .map(|row| match owner::of_cell(row.cells.first()?, reader) {
            Owner::Known(party) => Some(party),
            Owner::Named(name) if owner::names_parties(&name, reader.names()) => {
                Some(Party::Other(name))
            }
            Owner::Named(_) | Owner::Nobody | Owner::Prose => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::normalize::fixture::{check, document, heading, matrix_lines, table};

    #[test]
    fn parties_in_the_first_column() {
        check(
            "Party | Responsibilities",
            &[
                "IBM | Store keys.",
                "You (operators) | Make keys. Keep them.",
                "Vendor | Sell keys.",
            ],
            &[
                "Responsibilities > ibm: Store keys.",
                "Responsibilities > customer: Make keys.",
                "Responsibilities > customer: Keep them.",
                "Responsibilities > other:Vendor: Sell keys.",
            ],
        );
        let rows = ["IBM | Store them. | Paint.", "You | Make them. | "];
        let page = document(vec![heading(2, "Responsibilities"), table(" | Keys | Doors", &rows)]);
        assert_eq!(
            matrix_lines(&page.matrices[0]),
            ["Keys > ibm: Store them.", "Keys > customer: Make them.", "Doors > ibm: Paint."]
        );
        let rows = ["IBM | Store them. | Paint.", "You | Make them. | "];
        let page = document(vec![heading(2, "Duties"), table("Who | Keys | Doors", &rows)]);
        assert_eq!(
            matrix_lines(&page.matrices[0]),
            ["Keys > ibm: Store them.", "Keys > customer: Make them.", "Doors > ibm: Paint."]
        );
        check("Name | Price", &["IBM | 3 dollars.", "You | 4 dollars."], &[]);
        let rows = ["IBM | Store keys.", "You | Make keys."];
        check(
            "Owner | Task",
            &rows,
            &["Store keys. > ibm: Store keys.", "Make keys. > customer: Make keys."],
        );
        check("Role | Responsibilities", &["Admin | All.", "You | Some."], &[]);
        check(
            "Role | Responsibilities",
            &["IBM | Store keys.", "You | Make keys.", "You | Count keys."],
            &[
                "Responsibilities > ibm: Store keys.",
                "Responsibilities > customer: Make keys.",
                "Responsibilities > customer: Count keys.",
            ],
        );
    }
}
