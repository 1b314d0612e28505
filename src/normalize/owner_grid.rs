//! `Resource | Incident management | Change management`: cells name the owner.

use super::content_kind::ContentKind;
use super::owner::{self, Owner};
use super::owner_tally::OwnerTally;
use super::party_columns::note_template;
use super::row_labels::LabelColumns;
use super::table_header::TableHeader;
use super::text::TextReader;
use crate::model::{Code, Duty, Party, Phrase, Row};
use crate::parse::{Cell, Table, TableRow};

/// The columns of a grid.
#[derive(Clone, Debug)]
pub(super) struct OwnerGrid {
    /// Those that name the resource.
    labels: LabelColumns,
    areas: Vec<(usize, Phrase)>,
}

/// A grid has at least this many cells that name an owner.
const FEWEST_OWNERS: usize = 2;

impl OwnerGrid {
    /// A table whose columns, that of the resource aside, hold owners and nothing else.
    pub(super) fn recognize(
        table: &Table,
        header: &TableHeader,
        owners: &OwnerTally,
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        let width = header.cells.len();
        let label =
            if owners.is_owner_column(0) { label_behind(header, owners, reader)? } else { 0 };
        let areas = || (0..width).filter(|&column| column != label);
        let columns: Vec<usize> = areas().filter(|&column| !owners.is_blank(column)).collect();
        let fits = |column: usize| {
            owners.names_owners(column)
                || owners.may_all_be_others(column)
                || owners.names_more_than_it_says(column)
        };
        let sure = |column: &&usize| {
            owners.is_owner_column(**column) || owners.may_all_be_others(**column)
        };
        let held: Vec<usize> = columns.iter().copied().filter(|&column| fits(column)).collect();
        let sure = held.iter().filter(sure).count();
        let (known, one_party) = owners.known_owners(&held);
        // a column of texts beside owners describes the resource
        let enough = if held.len() == columns.len() {
            sure > 0 || owners.share_names(&held)
        } else {
            sure > 1
        };
        let alone = held.len() == 1 && owners.holds_owners_only(held[0], columns.len());
        if !(alone || (enough && held.len() > 1)) || known < FEWEST_OWNERS || one_party == 0 {
            return None;
        }
        let is_area = |column: &usize| held.contains(column) || owners.is_blank(*column);
        let areas: Vec<(usize, Phrase)> = areas()
            .filter(is_area)
            .map(|column| {
                let text = header.column_text(column, reader);
                (column, reader.phrase_of(text))
            })
            .collect();
        let begin = areas.first().map_or(1, |(column, _)| *column);
        let before: Vec<usize> = (0..begin).collect();
        let labels = if before.is_empty() {
            LabelColumns::of_column(label)
        } else {
            LabelColumns::of_rows(table, header, &before, reader)?
        };
        Some(Self { labels, areas })
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        let names = self.labels.row_names(rows, reader);
        rows.iter().zip(names).map(|(row, name)| self.read_row(row, name, reader)).collect()
    }

    fn read_row(&self, row: &TableRow, name: String, reader: &mut TextReader<'_>) -> Row {
        let task = reader.label_text(name, row.line);
        let mut duties = Vec::new();
        note_template(&task, row.line, reader);
        let areas: &[_] =
            if reader.content_kind(&task) == ContentKind::Placeholder { &[] } else { &self.areas };
        for (column, area) in areas {
            // an owner may span areas, a label none
            let is_area = |begin: usize| self.areas.iter().any(|(area, _)| *area == begin);
            let Some((_, cell)) = row.cell_over(*column).filter(|(begin, _)| is_area(*begin))
            else {
                continue;
            };
            let Some(party) = owner_of_cell(cell, row.line, reader) else {
                note_open_cell(cell, row.line, (&task, &area.text), reader);
                continue;
            };
            duties.push(Duty {
                party,
                column: area.text.clone(),
                phrase: reader.phrase_of(format!("{task}: {}", area.text)),
                area: Some(area.clone()),
                line: cell.pieces.first().map_or(row.line, |piece| piece.line),
                reference: false,
                lead_words: 0,
                included: None,
            });
        }
        Row { task: reader.phrase_of(task), line: row.line, duties }
    }
}

/// The column of the resource where it stands last, in a table about responsibility: all others hold
/// owners, and its name says what it is.
fn label_behind(
    header: &TableHeader,
    owners: &OwnerTally,
    reader: &mut TextReader<'_>,
) -> Option<usize> {
    const NAMES: [&str; 8] =
        ["component", "feature", "function", "item", "resource", "service", "task", "topic"];
    let last = header.cells.len().checked_sub(1).filter(|last| *last > 1)?;
    let name = header.column_words(last, reader);
    let named = NAMES.contains(&name.strip_suffix('s').unwrap_or(&name));
    let owned = (0..last).all(|column| owners.is_owner_column(column) || owners.is_blank(column));
    let fits = named && owned && owners.says_responsibility() && owners.names_nobody(last);
    fits.then_some(last)
}

/// The owner that a cell names; a text that names nobody gets a notice.
pub(super) fn owner_of_cell(
    cell: &Cell,
    line: usize,
    reader: &mut TextReader<'_>,
) -> Option<Party> {
    match owner::of_cell(cell, reader) {
        Owner::Nobody => None,
        Owner::Known(party) => Some(party),
        Owner::Named(name) => Some(Party::Other(name)),
        Owner::Prose => {
            reader.add_notice(line, Code::Unassigned, "a cell for an owner names no party");
            None
        }
    }
}

/// Reports a cell whose owner somebody has yet to decide: "TBD", "?". A blank one, or "n/a", says that
/// nobody has to do anything.
pub(super) fn note_open_cell(
    cell: &Cell,
    line: usize,
    (task, area): (&str, &str),
    reader: &mut TextReader<'_>,
) {
    let text = reader.cell_text(cell);
    let is_question = !text.is_empty() && text.chars().all(|c| c == '?');
    if is_question || reader.content_kind(&text) == ContentKind::Placeholder {
        let message = format!("\"{task}\" has no owner under {area}: the cell says \"{text}\"");
        reader.add_notice(line, Code::Orphan, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Code, Layout};
    use crate::normalize::fixture::{check, codes, document, heading, matrix_lines, table};
    use crate::normalize::{Names, read_page};

    #[test]
    fn cells_name_the_owner() {
        check(
            "Resource | Incidents | Change management",
            &["Keys | You | {IBM_notm}", "Vault | Shared[^1] | n/a", "Door | IBM and you | Vendor"],
            &[
                "Keys > customer: Keys: Incidents",
                "Keys > ibm: Keys: Change management",
                "Vault > shared: Vault: Incidents",
                "Door > shared: Door: Incidents",
                "Door > other:Vendor: Door: Change management",
            ],
        );
    }

    #[test]
    fn the_column_is_the_area() {
        let page = document(vec![table("Resource | Incidents | Change", &["Keys | You | IBM"])]);
        assert_eq!(page.matrices[0].layout, Layout::OwnerGrid);
        let area = page.matrices[0].rows[0].duties[0].area.as_ref();
        assert_eq!(area.map(|area| area.text.as_str()), Some("Incidents"));
    }

    #[test]
    fn the_resource_may_stand_last() {
        let lines = |title: &str, header: &str, rows: &[&str]| {
            let page = document(vec![heading(1, title), table(header, rows)]);
            page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).collect::<Vec<_>>()
        };
        let rows = ["You | IBM | Keys", "IBM | n/a | Doors"];
        let held = [
            "Keys > customer: Keys: Incidents",
            "Keys > ibm: Keys: Change",
            "Doors > ibm: Doors: Incidents",
        ];
        assert_eq!(lines("Responsibilities", "Incidents | Change | Resource", &rows), held);
        assert!(lines("Vaults", "Incidents | Change | Resource", &rows).is_empty());
        assert!(lines("Responsibilities", "From | To | Message", &rows).is_empty());
    }

    #[test]
    fn a_grid_may_have_one_area() {
        let rows = ["Data | You", "Hosts | Shared", "Network | IBM"];
        let page = |title: &str, rows: &[&str]| {
            let page = format!(
                "# {title}\n\n## Recovery\n\n| Resource | Recovery |\n|-|-|\n| {} |\n",
                rows.join(" |\n| ")
            );
            let found = read_page(page.as_bytes(), &Names::builtin());
            found.matrices.iter().map(|matrix| matrix_lines(matrix).len()).sum::<usize>()
        };
        assert_eq!(page("Responsibilities", &rows), 3);
        assert_eq!(page("Vaults", &rows), 0);
        assert_eq!(page("Responsibilities", &["Data | You", "Hosts | By hand"]), 0);
    }

    #[test]
    fn an_owner_that_is_still_open_is_reported() {
        let rows = ["Keys | You | IBM", "Vault | IBM | TBD", "Door | ? | You", "Lamp | n/a | IBM"];
        let page = document(vec![table("Resource | Incidents | Change", &rows)]);
        let reported: Vec<_> =
            page.notices.iter().map(|notice| (notice.code, notice.message.as_str())).collect();
        assert_eq!(
            reported,
            [
                (Code::Orphan, "\"Door\" has no owner under Incidents: the cell says \"?\""),
                (Code::Orphan, "\"Vault\" has no owner under Change: the cell says \"TBD\""),
            ]
        );
    }

    #[test]
    fn a_template_s_row_holds_no_duty() {
        let rows = ["Task 1 | You | IBM", "Keys | You | IBM"];
        let page = document(vec![table("Resource | Incidents | Change", &rows)]);
        assert_eq!(matrix_lines(&page.matrices[0]).len(), 2);
        assert_eq!(codes(&page), [Code::Placeholder]);
    }

    #[test]
    fn other_parties_and_odd_cells_stay_in_the_grid() {
        check(
            "Resource | Change | Recovery",
            &["Racks | Vault vendor | IBM", "Data | Customer | Vault vendor"],
            &[
                "Racks > other:Vault vendor: Racks: Change",
                "Racks > ibm: Racks: Recovery",
                "Data > customer: Data: Change",
                "Data > other:Vault vendor: Data: Recovery",
            ],
        );
        let rows = ["Racks | Acme Corp | Acme Corp", "Data | IBM | You", "Keys | Acme Corp | IBM"];
        let page = document(vec![table("Resource | Change | Recovery", &rows)]);
        assert_eq!(page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).count(), 6);
        let rows =
            ["Racks | Acme Nets | Acme Nets", "Data | You | You", "Keys | Acme Nets | Acme Nets"];
        let page = document(vec![table("Resource | Change | Recovery", &rows)]);
        assert_eq!(page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).count(), 6);
        check("Resource | Sharing | Size", &["Racks | You | Small", "Keys | Alone | You"], &[]);
        let rows =
            ["Racks | IBM | IBM", "Data | You | The table below says who it is in each plan."];
        let page = document(vec![table("Resource | Change | Recovery", &rows)]);
        assert_eq!(page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).count(), 3);
        assert_eq!(codes(&page), [Code::Unassigned]);
    }

    #[test]
    fn false_friends_are_no_grids() {
        check(
            "Service | Customer provided | Used by",
            &["Vault | No | Both", "Keys | Yes | Both"],
            &[],
        );
        check("Role | Keys | Vaults", &["Admin | Yes | No", "You | No | No"], &[]);
    }
}
