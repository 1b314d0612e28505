//! `Responsibilities | Ownership`: one column with the duty, one with its owner.

use super::Names;
use super::blank::Worth;
use super::duties::is_reference;
use super::header::{Role, may_name_owners};
use super::layout::{Header, Owners};
use super::marks::{self, Mark};
use super::owner_grid::party;
use super::party_columns::{PartyColumns, cell_text, is_party, tell_template};
use super::text::Reader;
use super::tokens::{self, Token};
use crate::model::{Duty, Party, Row};
use crate::parse::{Cell, Table, TableRow};

/// The columns of an owner list.
#[derive(Clone, Debug)]
pub(super) struct OwnerList {
    duty: usize,
    owners: Columns,
}

/// Where the owner stands.
#[derive(Clone, Debug)]
enum Columns {
    /// In one column, by name.
    Named(usize, String),
    /// In one column a party, by a check mark.
    Marked(Vec<(usize, Party, String)>),
}

impl OwnerList {
    /// A table with exactly one column of owners, whose header says so.
    pub(super) fn recognize(
        header: &Header,
        owners: &Owners,
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let width = header.cells.len();
        let names = reader.names();
        let says_so = header.cells.iter().any(|cell| says_responsibility(cell, names));
        let mut columns = (0..width).filter(|&column| {
            let (cell, role) = (&header.cells[column], &header.roles[column]);
            may_name_owners(cell, role, names)
                && (owners.is_owner_column(column)
                    || (*role == Role::Owner
                        && (owners.names_owners(column)
                            || says_so && owners.names_parties(column))))
        });
        let column = columns.next().filter(|_| columns.next().is_none())?;
        let duty = duty_column(header, column, reader)?;
        let text = header.text(column, reader);
        Some(Self { duty, owners: Columns::Named(column, text) })
    }

    /// A table with a column for each party in which marks stand, not texts.
    pub(super) fn of_marks(
        columns: &PartyColumns,
        table: &Table,
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let duty = columns.labels.task()?;
        let is_marked = marks::are_marks(table, &columns.parties, reader);
        let owners = Columns::Marked(columns.parties.clone());
        is_marked.then_some(Self { duty, owners })
    }

    pub(super) fn rows(&self, rows: &[TableRow], reader: &mut Reader<'_>) -> Vec<Row> {
        rows.iter().map(|row| self.row(row, reader)).collect()
    }

    fn row(&self, row: &TableRow, reader: &mut Reader<'_>) -> Row {
        let task = cell_text(row.cells.get(self.duty), reader);
        tell_template(&task, row.line, reader);
        let owner = self.owner(row, reader).filter(|_| reader.worth(&task) == Worth::Words);
        let duties = owner.map(|(party, column)| duty(party, column, task.clone(), row, reader));
        Row { task: reader.phrase(task), line: row.line, duties: duties.into_iter().collect() }
    }

    fn owner(&self, row: &TableRow, reader: &mut Reader<'_>) -> Option<(Party, String)> {
        match &self.owners {
            Columns::Named(column, header) => {
                Some((party(row.cells.get(*column)?, row.line, reader)?, header.clone()))
            }
            Columns::Marked(columns) => {
                let mut marked = columns.iter().filter(|(column, ..)| {
                    // a mark may span parties, a label none
                    let over = row.over(*column);
                    let over = over.filter(|(begin, _)| is_party(columns, *begin));
                    over.is_some_and(|(_, cell)| match marks::of_cell(cell, reader) {
                        Mark::Set => true,
                        Mark::Unset => false,
                        Mark::Text => marks::tell(cell, row.line, reader),
                    })
                });
                let (_, party, header) = marked.next()?;
                let together = marked.next().is_some();
                let party = if together { Party::Shared } else { party.clone() };
                Some((party, header.clone()))
            }
        }
    }
}

fn says_responsibility(cell: &Cell, names: &Names) -> bool {
    let tokens = tokens::of_cell(cell, names);
    tokens.iter().filter_map(Token::word).any(|word| word.starts_with("responsib"))
}

/// The duty of a row that is one obligation.
pub(super) fn duty(
    party: Party,
    column: String,
    text: String,
    row: &TableRow,
    reader: &Reader<'_>,
) -> Duty {
    let reference = is_reference(&text);
    Duty {
        party,
        column,
        phrase: reader.phrase(text),
        area: None,
        line: row.line,
        reference,
        lead_words: 0,
    }
}

/// The column that holds the duty: named so, or the first that holds no owner.
pub(super) fn duty_column(header: &Header, owner: usize, reader: &mut Reader<'_>) -> Option<usize> {
    let columns: Vec<usize> = (0..header.cells.len()).filter(|&column| column != owner).collect();
    [
        "recommendation",
        "responsibilit",
        "duty",
        "duties",
        "task",
        "activit",
        "requirement",
        "description",
    ]
    .iter()
    .find_map(|word| {
        columns.iter().copied().find(|&column| header.words(column, reader).contains(word))
    })
    .or_else(|| columns.first().copied())
}

#[cfg(test)]
mod tests {
    use crate::model::{Code, Layout};
    use crate::normalize::fixture::{check, codes, document, table};

    #[test]
    fn one_column_names_the_owner() {
        for owner in ["Ownership", "Owner", "Who is responsible", "Responsible party"] {
            check(
                &format!("Responsibilities | {owner}"),
                &[
                    "Store keys | IBM",
                    "Make keys | Customer",
                    "Move keys | Vault vendor",
                    "Rest | ",
                ],
                &[
                    "Store keys > ibm: Store keys",
                    "Make keys > customer: Make keys",
                    "Move keys > other:Vault vendor: Move keys",
                ],
            );
        }
    }

    #[test]
    fn owners_may_all_be_other_parties() {
        check(
            "Responsibilities | Ownership",
            &["Store keys | IBM and Red Hat", "Make keys | Partner"],
            &[
                "Store keys > other:IBM and Red Hat: Store keys",
                "Make keys > other:Partner: Make keys",
            ],
        );
        check("Task | Responsible party", &["Keys | Red Hat"], &["Keys > other:Red Hat: Keys"]);
        check("Responsibilities | Owner", &["Store keys | Ada Lovelace", "Make | Partner"], &[]);
        check("Feature | Owner", &["Keys | Partner"], &[]);
    }

    #[test]
    fn benchmarks_recommend() {
        check(
            "Section | Recommendation | Level | Responsibility",
            &["1.1 | Shut the door | 1 | IBM", "1.2 | Lock it | 2 | Shared", "1.3 | Guard it | 2"],
            &["Shut the door > ibm: Shut the door", "Lock it > shared: Lock it"],
        );
    }

    #[test]
    fn a_template_s_task_is_told_and_owned_by_nobody() {
        let page = document(vec![table("Responsibilities | Ownership", &["Task 1 | IBM"])]);
        assert_eq!(page.duties().count(), 0);
        assert_eq!(codes(&page), [Code::Placeholder]);
        assert!(crate::lint::content(&page).iter().all(|notice| notice.code != Code::Orphan));
    }

    #[test]
    fn one_unknown_mark_makes_no_sentences_of_the_others() {
        let rows = ["Shut the door | Yes | No", "Lock it | | ★", "Guard it | No | YES"];
        let page = document(vec![table("Task | IBM | You", &rows)]);
        let parties: Vec<String> = page.duties().map(|(.., duty)| duty.party.to_string()).collect();
        assert_eq!(parties, ["ibm", "customer", "customer"]);
        assert_eq!(codes(&page), [Code::Unassigned]);
        let rows = ["Shut the door | Yes | No", "Lock it | TBD | Yes"];
        let page = document(vec![table("Task | IBM | You", &rows)]);
        assert_eq!((page.duties().count(), codes(&page)), (2, vec![Code::Placeholder]));
    }

    #[test]
    fn check_marks_own() {
        let rows = ["Shut the door | ✓ | ", "Lock it | | ✔", "Guard it | ✓ | ✓"];
        check(
            "Responsibility | IBM | You",
            &rows,
            &[
                "Shut the door > ibm: Shut the door",
                "Lock it > customer: Lock it",
                "Guard it > shared: Guard it",
            ],
        );
        let page = document(vec![table("Responsibility | IBM | You", &rows)]);
        assert_eq!(page.matrices[0].layout, Layout::OwnerList);
    }
}
