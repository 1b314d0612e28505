//! RACI: roles as words or letters in party columns, owners in a column "Who is responsible", or
//! both in one cell.

use super::cell_signs::{self, PartySign, SignCount, raci_letters};
use super::content_kind::ContentKind;
use super::owner_grid::owner_of_cell;
use super::owner_list::{duty_labels, row_duty};
use super::owner_tally::OwnerTally;
use super::party_columns::{PartyColumns, is_party, note_template};
use super::raci_pairs::{self, joint_holder};
use super::row_labels::LabelColumns;
use super::table_header::TableHeader;
use super::text::TextReader;
use crate::model::{Code, Party, Row};
use crate::parse::{Cell, Table, TableRow};

/// The columns of a RACI table.
#[derive(Clone, Debug)]
pub(super) struct Raci {
    holders: RaciHolders,
}

#[derive(Clone, Debug)]
enum RaciHolders {
    /// A column a party; the cell says which role it plays.
    Words { labels: LabelColumns, parties: Vec<(usize, Party, String)> },
    /// A column a role; the cell says who plays it.
    Column { labels: LabelColumns, column: usize, header: String },
    /// One column; the cell says who plays which role.
    Pairs { labels: LabelColumns, column: usize, header: String },
}

impl Raci {
    /// Party columns whose cells are roles and hardly anything else.
    pub(super) fn of_words(columns: &PartyColumns, count: SignCount) -> Option<Self> {
        let (labels, parties) = (columns.labels.clone(), columns.parties.clone());
        count.are_roles().then_some(Self { holders: RaciHolders::Words { labels, parties } })
    }

    /// `... | Who is responsible (R) | ... accountable (A) | consulted (C) | informed (I)`.
    pub(super) fn of_columns(
        table: &Table,
        header: &TableHeader,
        owners: &OwnerTally,
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        let roles: Vec<Option<char>> = (0..header.cells.len())
            .map(|column| header_role(&header.column_words(column, reader)))
            .collect();
        let more = roles.iter().flatten().any(|role| *role != 'r');
        let column = roles.iter().position(|role| *role == Some('r')).filter(|_| more)?;
        if !owners.names_owners(column) && !owners.may_all_be_others(column) {
            return None;
        }
        let labels = duty_labels(table, header, &[column], reader)?;
        let header = header.column_text(column, reader);
        Some(Self { holders: RaciHolders::Column { labels, column, header } })
    }

    /// A column whose cells say who has which role: "R: IBM, A: You".
    pub(super) fn of_pairs(
        table: &Table,
        header: &TableHeader,
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        let column =
            (0..header.cells.len()).find(|&column| raci_pairs::stand_in(table, column, reader))?;
        let labels = duty_labels(table, header, &[column], reader)?;
        let header = header.column_text(column, reader);
        Some(Self { holders: RaciHolders::Pairs { labels, column, header } })
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        let tasks = match &self.holders {
            // the task is the duty: all of it counts
            RaciHolders::Words { labels, .. } => labels.task_texts(rows, reader),
            RaciHolders::Column { labels, .. } | RaciHolders::Pairs { labels, .. } => {
                labels.row_names(rows, reader)
            }
        };
        rows.iter().zip(tasks).map(|(row, task)| self.read_row(row, task, reader)).collect()
    }

    fn read_row(&self, row: &TableRow, task: String, reader: &mut TextReader<'_>) -> Row {
        note_template(&task, row.line, reader);
        let fits = !task.is_empty() && reader.content_kind(&task) != ContentKind::Placeholder;
        let holder = self.responsible_party(row, reader).filter(|_| fits);
        let duties =
            holder.map(|(party, column)| row_duty(party, column, task.clone(), row, reader));
        Row { task: reader.phrase_of(task), line: row.line, duties: duties.into_iter().collect() }
    }

    /// Who is responsible; two together share. Where nobody is, the one who is accountable holds it.
    fn responsible_party(
        &self,
        row: &TableRow,
        reader: &mut TextReader<'_>,
    ) -> Option<(Party, String)> {
        self.holder_by(row, 'r', reader).or_else(|| {
            let holder = self.holder_by(row, 'a', reader)?;
            let message = "nobody is responsible (R) in this row; the accountable party (A) is read as its owner";
            reader.add_notice(row.line, Code::NoResponsible, message);
            Some(holder)
        })
    }

    fn holder_by(
        &self,
        row: &TableRow,
        role: char,
        reader: &mut TextReader<'_>,
    ) -> Option<(Party, String)> {
        match &self.holders {
            RaciHolders::Column { .. } | RaciHolders::Pairs { .. } if role != 'r' => None,
            RaciHolders::Column { column, header, .. } => {
                Some((owner_of_cell(row.cells.get(*column)?, row.line, reader)?, header.clone()))
            }
            RaciHolders::Pairs { column, header, .. } => {
                let cell = row.cells.get(*column)?;
                let Some(pairs) = raci_pairs::of_cell(cell, reader) else {
                    note_odd_cell(cell, row.line, reader);
                    return None;
                };
                Some((raci_pairs::responsible_of_pairs(&pairs)?, header.clone()))
            }
            RaciHolders::Words { parties, .. } => {
                let mut found: Option<(Party, String)> = None;
                for (column, party, header) in parties {
                    // a role may span parties, a label none
                    let over =
                        row.cell_over(*column).filter(|(begin, _)| is_party(parties, *begin));
                    let Some((_, cell)) = over else { continue };
                    match cell_signs::of_cell(cell, reader) {
                        PartySign::Marked | PartySign::Crossed => {}
                        PartySign::Roles(roles) if roles.contains(role) => {}
                        PartySign::Roles(_) | PartySign::Unset => continue,
                        PartySign::Odd | PartySign::Text => {
                            if role == 'r' {
                                note_odd_cell(cell, row.line, reader);
                            }
                            continue;
                        }
                    }
                    found = Some(match found {
                        None => (party.clone(), header.clone()),
                        Some((other, first)) => (joint_holder(other, party), first),
                    });
                }
                found
            }
        }
    }
}

/// Reports a cell that names no role where others do.
fn note_odd_cell(cell: &Cell, line: usize, reader: &mut TextReader<'_>) {
    const LONGEST: usize = 40;
    let text = reader.cell_text(cell);
    let short: String = text.chars().take(LONGEST).collect();
    let message = format!("\"{short}\" in place of a role (R, A, C, I); it is ignored");
    reader.add_notice(line, Code::Unassigned, message);
}

/// The role over a column: `R`, "Who is responsible (R)", "Accountable".
fn header_role(words: &str) -> Option<char> {
    let word = |known: &str| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == known);
    [("responsible", 'r'), ("accountable", 'a'), ("consulted", 'c'), ("informed", 'i')]
        .into_iter()
        .find_map(|(name, role)| word(name).then_some(role))
        .or_else(|| raci_letters(words).filter(|_| words.len() < 6)?.chars().next())
}

#[cfg(test)]
mod tests {
    use crate::model::{Code, Layout};
    use crate::normalize::fixture::{check, codes, document, table};

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
    fn signs_behind_the_name_of_a_column_change_nothing() {
        let rows = ["Keys | Make | R | C", " | Store | I | R"];
        for header in ["Area¹ | Activity² | You | IBM", "Area: | Activity: | You | IBM"] {
            check(header, &rows, &["Make > customer: Make", "Store > ibm: Store"]);
        }
    }

    #[test]
    fn a_row_twice_is_no_other_row() {
        check(
            HEADER,
            &[
                "Keys | Make | R | C",
                "Keys | Make | R | C",
                "Keys | Store | I | R",
                "Doors | Store | R | I",
            ],
            &[
                "Make > customer: Make",
                "Make > customer: Make",
                "Store (Keys) > ibm: Store (Keys)",
                "Store (Doors) > customer: Store (Doors)",
            ],
        );
    }

    #[test]
    fn letters_in_every_spelling_and_never_a_duty() {
        let rows = [
            "Make | RA | C, I",
            "Store | c/i | **R**, A, O",
            "Move | R* | r (on call)",
            "Sell | Perhaps | R",
        ];
        check(
            "Activity | Client | IBM",
            &rows,
            &[
                "Make > customer: Make",
                "Store > ibm: Store",
                "Move > shared: Move",
                "Sell > ibm: Sell",
            ],
        );
        let page = document(vec![table("Activity | Client | IBM", &rows)]);
        assert_eq!((page.matrices[0].layout, codes(&page)), (Layout::Raci, vec![Code::Unassigned]));
        let rows = ["Make | R | I", "Store | C | A"];
        let page = document(vec![table("Activity | Client | IBM", &rows)]);
        assert_eq!(codes(&page), [Code::NoResponsible]);
        check("Activity | Client | IBM", &rows, &["Make > customer: Make", "Store > ibm: Store"]);
    }

    #[test]
    fn the_accountable_party_holds_what_nobody_is_responsible_for() {
        let rows = ["License | A | C", "Renew | C | A"];
        check(
            "Activity | IBM | Customer",
            &rows,
            &["License > ibm: License", "Renew > customer: Renew"],
        );
        let page = document(vec![table("Activity | IBM | Customer", &rows)]);
        assert_eq!(codes(&page), [Code::NoResponsible]);
    }

    #[test]
    fn a_long_duty_is_read_whole() {
        let long = "Keep the keys of every vault in a safe place. ".repeat(9);
        let rows = [format!("{} | R | I", long.trim()), "Store | C | R".to_owned()];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let page = document(vec![table("Activity | Client | IBM", &rows)]);
        let first = page.duties().next().map(|(.., duty)| duty.phrase.text.clone());
        assert_eq!(first.as_deref(), Some(long.trim()));
        assert_eq!(codes(&page), []);
    }

    #[test]
    fn words_for_who_does_what_are_no_duties() {
        for (does, helps) in [("Perform", "Assist"), ("Owner", "Support"), ("Execute", "Approve")] {
            let rows = [format!("Make | {does} | {helps}"), format!("Store | {helps} | {does}")];
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let held = ["Make > ibm: Make", "Store > customer: Store"];
            check("Activity | IBM | Customer", &rows, &held);
        }
        check(
            "Activity | IBM | Customer",
            &["Hosts | Maintain | ", "Guests | Provide | Maintain"],
            &["Hosts > ibm: Maintain", "Guests > ibm: Provide", "Guests > customer: Maintain"],
        );
    }

    #[test]
    fn roles_of_parties_that_no_page_needs_to_know() {
        check(
            "Activity | Workload provider | On-premises provider",
            &["Make | R | I", "Store | C | RA"],
            &["Make > other:Workload provider: Make", "Store > other:On-premises provider: Store"],
        );
        check("Feature | Skyvault | Redvault", &["Make | R | I", "Store | C | RA"], &[]);
    }

    #[test]
    fn who_has_which_role_in_one_cell() {
        check(
            "Task | RACI",
            &[
                "Make | R: IBM, A: You",
                "Store | A/R: Client; C: IBM",
                "Move | IBM (R), You (R/A)",
                "Sell | later",
            ],
            &["Make > ibm: Make", "Store > customer: Store", "Move > shared: Move"],
        );
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
        check(
            "Activity | R | A | C",
            &["Make | Customer (operators) | IBM | IBM", "Store | IBM, vault owner | You | "],
            &["Make > customer: Make", "Store > ibm: Store"],
        );
    }
}
