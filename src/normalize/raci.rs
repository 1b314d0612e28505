//! RACI: roles as words in party columns, or owners in a column "Who is responsible".

use super::blank::Worth;
use super::layout::{Header, Owners};
use super::owner_grid::party;
use super::owner_list::{duty, duty_column};
use super::party_columns::{Labels, PartyColumns, cell_text, is_party, tell_template};
use super::text::Reader;
use crate::model::{Party, Row};
use crate::parse::{Table, TableRow};

/// The columns of a RACI table.
#[derive(Clone, Debug)]
pub(super) struct Raci {
    holders: Holders,
}

#[derive(Clone, Debug)]
enum Holders {
    /// A column a party; the cell says which role it plays.
    Words { labels: Labels, parties: Vec<(usize, Party, String)> },
    /// A column a role; the cell says who plays it.
    Column { duty: usize, column: usize, header: String },
}

impl Raci {
    /// Party columns whose cells are roles and nothing else.
    pub(super) fn of_words(
        columns: &PartyColumns,
        table: &Table,
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let (mut roles, mut texts) = (0_usize, 0_usize);
        for row in &table.rows {
            for (column, ..) in &columns.parties {
                let text = cell_text(row.cells.get(*column), reader);
                if is_role(&text) {
                    roles += 1;
                } else if !text.is_empty() {
                    texts += 1;
                }
            }
        }
        (roles > 1 && roles >= texts * 9).then(|| Self {
            holders: Holders::Words {
                labels: columns.labels.clone(),
                parties: columns.parties.clone(),
            },
        })
    }

    /// `... | Who is responsible (R) | ... accountable (A) | consulted (C) | informed (I)`.
    pub(super) fn of_columns(
        header: &Header,
        owners: &Owners,
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let width = header.cells.len();
        let find = |word: &str, reader: &mut Reader<'_>| {
            (0..width).find(|&column| header.words(column, reader).contains(word))
        };
        find("consulted", reader)?;
        let column = find("responsible", reader).filter(|&column| owners.names_owners(column))?;
        let duty = duty_column(header, column, reader)?;
        let header = header.text(column, reader);
        Some(Self { holders: Holders::Column { duty, column, header } })
    }

    pub(super) fn rows(&self, rows: &[TableRow], reader: &mut Reader<'_>) -> Vec<Row> {
        let tasks = match &self.holders {
            Holders::Words { labels, .. } => labels.tasks(rows, reader),
            Holders::Column { duty, .. } => {
                rows.iter().map(|row| cell_text(row.cells.get(*duty), reader)).collect()
            }
        };
        rows.iter().zip(tasks).map(|(row, task)| self.row(row, task, reader)).collect()
    }

    fn row(&self, row: &TableRow, task: String, reader: &mut Reader<'_>) -> Row {
        tell_template(&task, row.line, reader);
        let fits = !task.is_empty() && reader.worth(&task) != Worth::Placeholder;
        let holder = self.holder(row, reader).filter(|_| fits);
        let duties = holder.map(|(party, column)| duty(party, column, task.clone(), row, reader));
        Row { task: reader.phrase(task), line: row.line, duties: duties.into_iter().collect() }
    }

    /// Who is responsible; both together share.
    fn holder(&self, row: &TableRow, reader: &mut Reader<'_>) -> Option<(Party, String)> {
        match &self.holders {
            Holders::Column { column, header, .. } => {
                Some((party(row.cells.get(*column)?, row.line, reader)?, header.clone()))
            }
            Holders::Words { parties, .. } => {
                let mut found: Option<(Party, String)> = None;
                for (column, party, header) in parties {
                    // a role may span parties, a label none
                    let over = row.over(*column).filter(|(begin, _)| is_party(parties, *begin));
                    let text = cell_text(over.map(|(_, cell)| cell), reader);
                    if !is_responsible(&text) {
                        continue;
                    }
                    found = Some(match found {
                        None => (party.clone(), header.clone()),
                        Some((_, first)) => (Party::Shared, first),
                    });
                }
                found
            }
        }
    }
}

/// The roles that a cell names, as letters; none where it says anything else.
fn letters(text: &str) -> Option<String> {
    super::canonical::words(text)
        .iter()
        .filter(|word| *word != "and")
        .map(|word| match word.as_str() {
            "responsible" | "r" => Some('r'),
            "accountable" | "a" => Some('a'),
            "consulted" | "c" => Some('c'),
            "informed" | "i" => Some('i'),
            _ => None,
        })
        .collect()
}

fn is_role(text: &str) -> bool {
    text.len() < 80 && letters(text).is_some_and(|letters| !letters.is_empty())
}

fn is_responsible(text: &str) -> bool {
    text.len() < 80 && letters(text).is_some_and(|letters| letters.contains('r'))
}

#[cfg(test)]
mod tests {
    use crate::model::Layout;
    use crate::normalize::fixture::{check, document, table};

    const HEADER: &str = "Area | Activity | Your responsibility | IBM responsibility";

    #[test]
    fn who_is_responsible_decides() {
        let rows = [
            "Keys | Make | Responsible | Consulted",
            " | Store | Informed | Responsible and accountable",
            " | Move | R | A/R",
        ];
        check(
            HEADER,
            &rows,
            &["Make > customer: Make", "Store > ibm: Store", "Move > shared: Move"],
        );
        assert_eq!(document(vec![table(HEADER, &rows)]).matrices[0].layout, Layout::Raci);
    }

    #[test]
    fn a_column_a_role() {
        check(
            "Timeline | Responsibility | Who is responsible (R) | accountable (A) | consulted (C)",
            &[
                "Day 0 | Make keys | Customer | IBM | Vendor",
                "Day 1 | Store keys | IBM | IBM | IBM",
            ],
            &["Make keys > customer: Make keys", "Store keys > ibm: Store keys"],
        );
    }
}
