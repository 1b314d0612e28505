//! Tables whose column names do not stand where a header should: in the first row, because the
//! rule below it was lost; below a blank header; in HTML without `th`; or again between the rows.

use std::borrow::Cow;

use super::column_role::Role;
use super::duty_nouns::is_duty_noun;
use super::header;
use super::layout::{self, TableReading};
use super::owner::{self, Owner};
use super::text::TextReader;
use super::tokens::{self, Token};
use crate::model::Code;
use crate::parse::{Cell, Table, TableRow, TableSource};

/// Column names may stand below a title.
const MOST_TITLES: usize = 1;

/// The table with its column names as its header, where they stand in one of the first rows, and
/// how to read it. `last` is how the table above is read, whose rows may go on here.
pub(super) fn promoted_header(
    table: &Table,
    last: Option<&TableReading>,
    says: bool,
    reader: &mut TextReader<'_>,
) -> Option<(Table, TableReading)> {
    let is_headless = is_headless(table);
    if !is_headless && let Some(found) = header_of_two_rows(table, says, reader) {
        return Some(found);
    }
    let titles = table.rows.iter().take_while(|row| count_filled(&row.cells) == 1).count();
    let at = titles.min(MOST_TITLES);
    let row = table.rows.get(at).filter(|row| row.cells.len() > 1)?;
    let is_party_row = match last {
        // a row of owners names parties, too
        Some(TableReading::OwnerGrid(_) | TableReading::OwnerList(_) | TableReading::Raci(_)) => {
            names_parties(row, true, reader)
        }
        Some(
            TableReading::PartyColumns(_)
            | TableReading::PartyLists(_)
            | TableReading::PartyRows(_),
        )
        | None => names_parties(row, !is_headless, reader),
    };
    let may_be_owners = is_headless && last.is_none() && !names_an_owner(row, reader);
    if !is_party_row && !may_be_owners {
        return None;
    }
    let noticed = reader.notices.len();
    let moved = Table {
        header: Some(row.cells.clone()),
        line: table.line,
        separator_columns: row.cells.len(),
        rows: table.rows[at + 1..].to_vec(),
        source: table.source,
        attributes: table.attributes.clone(),
    };
    let reading = layout::recognize_table(&moved, says, reader).filter(|reading| match reading {
        TableReading::PartyColumns(columns) => {
            is_party_row && !columns.hold_owners(&moved.rows, reader)
        }
        TableReading::Raci(_) | TableReading::OwnerGrid(_) | TableReading::OwnerList(_) => true,
        TableReading::PartyLists(_) | TableReading::PartyRows(_) => false,
    });
    if reading.is_none() {
        reader.notices.truncate(noticed);
    } else if table.source == TableSource::Pipe {
        let message = "the column names are in a row without a rule below it; read as the header";
        reader.add_notice(row.line, Code::BrokenRow, message);
    }
    Some((moved, reading?))
}

/// The table whose header goes on in its first row, which names the parties below one word for
/// responsibility: `Task | Responsibilities | ` over ` | IBM | You`.
fn header_of_two_rows(
    table: &Table,
    says: bool,
    reader: &mut TextReader<'_>,
) -> Option<(Table, TableReading)> {
    let (upper, row) = (table.header.as_ref()?, table.rows.first()?);
    if row.cells.len() != upper.len() || !names_parties(row, false, reader) {
        return None;
    }
    let mut speaks = false;
    for (above, cell) in upper.iter().zip(&row.cells) {
        let tokens = tokens::of_cell(above, reader.names());
        let duties = !tokens.is_empty()
            && tokens.iter().all(|token| *token == Token::Join || token.is_a(is_duty_noun));
        // each name stands in one of the two rows, but for the word over the parties
        match (is_blank(above), is_blank(cell)) {
            (false, false) if duties => speaks = true,
            (false, true) | (true, false) => {}
            (true, true) | (false, false) => return None,
        }
    }
    if !speaks {
        return None;
    }
    let names = upper.iter().zip(&row.cells);
    let joined = Table {
        header: Some(
            names.map(|(above, cell)| if is_blank(cell) { above } else { cell }.clone()).collect(),
        ),
        rows: table.rows[1..].to_vec(),
        ..table.clone()
    };
    let reading = layout::recognize_table(&joined, says, reader)?;
    Some((joined, reading))
}

/// Whether a table has no header, or a blank one.
pub(super) fn is_headless(table: &Table) -> bool {
    table.header.as_ref().is_none_or(|cells| cells.iter().all(is_blank))
}

/// Where the column names of a table of party columns stand again between its rows: names that say
/// "responsibilities", or those of the header in another order.
pub(super) fn next_header(
    table: &Table,
    rows: &[TableRow],
    reader: &mut TextReader<'_>,
) -> Option<usize> {
    let header = table.header.as_deref().unwrap_or_default();
    let names: Vec<String> = header.iter().map(|cell| column_name(cell, reader)).collect();
    let repeats = |row: &TableRow, reader: &mut TextReader<'_>| {
        let mut left = names.clone();
        may_repeat(row, &names)
            && row.cells.iter().all(|cell| {
                let name = column_name(cell, reader);
                let at = left.iter().position(|other| *other == name);
                at.map(|at| left.remove(at)).is_some()
            })
    };
    rows.iter().position(|row| names_parties(row, true, reader) || repeats(row, reader))
}

/// The rows of a table without those in which its column names stand again, as they do in the header.
pub(super) fn without_repeated_header<'t>(
    table: &'t Table,
    reader: &mut TextReader<'_>,
) -> Cow<'t, [TableRow]> {
    let header = table.header.as_deref().unwrap_or_default();
    let names: Vec<String> = header.iter().map(|cell| column_name(cell, reader)).collect();
    let repeats = |row: &TableRow, reader: &mut TextReader<'_>| {
        let mut cells = row.cells.iter().zip(&names);
        may_repeat(row, &names) && cells.all(|(cell, name)| column_name(cell, reader) == *name)
    };
    let repeated: Vec<bool> = table.rows.iter().map(|row| repeats(row, reader)).collect();
    let Some(first) = repeated.iter().position(|is_header| *is_header) else {
        return Cow::Borrowed(&table.rows);
    };
    let message =
        "the column names appear again between the rows; respdiff does not read them as a row";
    reader.add_notice(table.rows[first].line, Code::BrokenRow, message);
    let kept = table.rows.iter().zip(repeated).filter(|(_, is_header)| !is_header);
    Cow::Owned(kept.map(|(row, _)| row.clone()).collect())
}

/// The name of a column, as it is compared.
fn column_name(cell: &Cell, reader: &mut TextReader<'_>) -> String {
    let text = reader.cell_text(cell);
    super::canonical_text(&text, reader.names())
}

/// Whether a row is as wide as a header of several names, and hardly longer.
fn may_repeat(row: &TableRow, names: &[String]) -> bool {
    const LONGEST: usize = 80;
    names.len() > 1
        && row.cells.len() == names.len()
        && count_filled(&row.cells) == names.iter().filter(|name| !name.is_empty()).count()
        && count_filled(&row.cells) > 1
        && row.cells.iter().all(|cell| text_length(cell) <= LONGEST)
}

/// Whether the cells of a row name two parties, as a header does; `plainly` where each says
/// "responsibilities" or the like.
fn names_parties(row: &TableRow, plainly: bool, reader: &mut TextReader<'_>) -> bool {
    const LONGEST: usize = 80;
    let short = |cell: &Cell| cell.pieces.len() < 4 && text_length(cell) <= LONGEST;
    if count_filled(&row.cells) < 2 || !row.cells.iter().all(short) {
        return false;
    }
    let roles: Vec<Role> =
        row.cells.iter().map(|cell| header::column_role(cell, reader.names())).collect();
    let plain = roles.iter().filter(|role| matches!(role, Role::Party { named: true, .. })).count();
    let noticed = reader.notices.len();
    let assigned = header::column_parties(&row.cells, &roles, reader);
    reader.notices.truncate(noticed);
    assigned.is_some() && (!plainly || plain > 1)
}

/// Whether an owner stands beside the first cell of a row.
fn names_an_owner(row: &TableRow, reader: &mut TextReader<'_>) -> bool {
    row.cells.iter().skip(1).any(|cell| match owner::of_cell(cell, reader) {
        Owner::Known(_) => true,
        Owner::Named(name) => owner::names_parties(&name, reader.names()),
        Owner::Nobody | Owner::Prose => false,
    })
}

fn is_blank(cell: &Cell) -> bool {
    cell.pieces.is_empty()
}

fn count_filled(cells: &[Cell]) -> usize {
    cells.iter().filter(|cell| !is_blank(cell)).count()
}

fn text_length(cell: &Cell) -> usize {
    use crate::parse::Run;
    let runs = cell.pieces.iter().flat_map(|piece| &piece.runs);
    runs.map(|run| match run {
        Run::Text(text) | Run::Code(text) => text.len(),
        Run::Keyref { key, .. } | Run::Content(key) => key.len(),
        Run::Image { .. } => 0,
    })
    .sum()
}

#[cfg(test)]
mod tests {
    use crate::model::{Code, Document};
    use crate::normalize::fixture::{codes, matrix_lines};
    use crate::normalize::{self, Names};

    fn page(text: &str) -> Document {
        normalize::read_page(text.as_bytes(), &Names::builtin())
    }

    #[track_caller]
    fn check(text: &str, duties: &[&str], notices: &[Code]) {
        let page = page(text);
        let found: Vec<String> =
            page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).collect();
        assert_eq!(found, duties, "{text}");
        assert_eq!(codes(&page), notices, "{text}");
    }

    const DUTIES: [&str; 2] = ["Keys > ibm: Store them.", "Keys > customer: Make them."];

    #[test]
    fn the_first_row_names_the_columns() {
        let row = "| Keys | Store them. | Make them. |\n";
        let names = "| Task | IBM responsibilities | Your responsibilities |\n";
        let broken = [Code::BrokenRow];
        check(&format!("{names}{row}"), &DUTIES, &broken);
        check(&format!("| | | |\n|---|---|---|\n{names}{row}"), &DUTIES, &broken);
        check(&format!("|---|---|---|\n{names}{row}"), &DUTIES, &broken);
        check(&format!("| Who does what | | |\n|-|-|-|\n{names}{row}"), &DUTIES, &broken);
        check(&format!("| Task | IBM | You |\n{row}"), &DUTIES, &broken);
    }

    #[test]
    fn names_of_columns_between_rows_begin_a_table() {
        let names = "| Task | IBM responsibilities | Your responsibilities |\n";
        let text = format!(
            "{names}|-|-|-|\n| Keys | Store them. | Make them. |\n| Task | Customer duties | IBM duties |\n| Doors | Shut. | Paint. |\n"
        );
        check(
            &text,
            &[DUTIES[0], DUTIES[1], "Doors > customer: Shut.", "Doors > ibm: Paint."],
            &[Code::BrokenRow],
        );
    }

    #[test]
    fn short_names_of_columns_stand_again() {
        let first = "| Task | IBM | You |\n|-|-|-|\n| Keys | Store them. | Make them. |\n";
        let held = [DUTIES[0], DUTIES[1], "Doors > ibm: Paint.", "Doors > customer: Shut."];
        let again = "| Task | **IBM** | You |\n| Doors | Paint. | Shut. |\n";
        check(&format!("{first}{again}"), &held, &[Code::BrokenRow]);
        let turned = "| Task | You | IBM |\n| Doors | Shut. | Paint. |\n";
        check(
            &format!("{first}{turned}"),
            &[held[0], held[1], held[3], held[2]],
            &[Code::BrokenRow],
        );
        let owners = "| Task | Owner |\n|-|-|\n| Keys | IBM |\n| Task | Owner |\n| Doors | You |\n";
        check(owners, &["Keys > ibm: Keys", "Doors > customer: Doors"], &[Code::BrokenRow]);
    }

    #[test]
    fn a_header_goes_on_in_the_next_row() {
        let row = "| Keys | Store them. | Make them. |\n";
        let names = "| Task | Responsibilities | |\n|-|-|-|\n| | IBM | You |\n";
        check(&format!("{names}{row}"), &DUTIES, &[]);
        let row = "<tr><td>Keys<td>Store them.<td>Make them.</table>";
        let names = "<table><tr><th>Task<th colspan=2>Responsibilities<tr><td><td>IBM<td>You";
        check(&format!("{names}{row}"), &DUTIES, &[]);
        check(
            "| Task | Owner | |\n|-|-|-|\n| | IBM | You |\n| Keys | You | IBM |\n",
            &["Keys > customer: Keys"],
            &[],
        );
    }

    #[test]
    fn html_without_heads() {
        let row = "<tr><td>Keys<td>Store them.<td>Make them.</table>";
        let names = "<tr><td><b>Task</b><td><b>IBM</b><td><strong>You</strong>";
        check(&format!("<table>{names}{row}"), &DUTIES, &[]);
        check(&format!("<table><tr><td colspan=3>Duties{names}{row}"), &DUTIES, &[]);
        check(
            "<table><tr><td>Resource<td>Change<td>Audit<tr><td>Keys<td>IBM<td>You<tr><td>Doors<td>You<td>You</table>",
            &[
                "Keys > ibm: Keys: Change",
                "Keys > customer: Keys: Audit",
                "Doors > customer: Doors: Change",
                "Doors > customer: Doors: Audit",
            ],
            &[],
        );
    }

    #[test]
    fn rows_of_owners_are_no_names() {
        let grid = "| Resource | Change | Audit |\n|-|-|-|\n| Keys | You | IBM |\n\n| Doors | You | IBM |\n";
        let page = page(grid);
        assert_eq!(page.matrices.len(), 1);
        assert_eq!((page.duties().count(), codes(&page)), (4, vec![Code::OrphanRows]));
        check("| Doors | You | IBM |\n| Keys | IBM | You |\n", &[], &[]);
    }
}
