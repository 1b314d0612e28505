//! What a table is, and its rows as the layout's file reads them.

use super::cell_signs::SignCount;
use super::column_role::Role;
use super::duty_nouns::mentions_responsibility;
use super::header;
use super::leads;
use super::owner::{self, Owner};
use super::owner_grid::OwnerGrid;
use super::owner_list::{OwnerList, says_responsibility};
use super::owner_tally::OwnerTally;
use super::party_columns::PartyColumns;
use super::party_lists::PartyLists;
use super::party_rows::PartyRows;
use super::people_columns::assign_people_s_columns;
use super::raci::Raci;
use super::role_columns::parties_by_role;
use super::table_header::TableHeader;
use super::text::TextReader;
use super::tokens;
use super::unread_columns::{may_be_a_holder, note_unread_columns};
use crate::model::{Layout, Party, Row};
use crate::parse::{Table, TableRow};

/// How the rows of a table are to be read; rows that lost their header can be read so too.
#[derive(Clone, Debug)]
pub(super) enum TableReading {
    PartyColumns(PartyColumns),
    OwnerGrid(OwnerGrid),
    OwnerList(OwnerList),
    Raci(Raci),
    PartyLists(PartyLists),
    PartyRows(PartyRows),
}

impl TableReading {
    pub(super) fn layout(&self) -> Layout {
        match self {
            Self::PartyColumns(_) | Self::PartyRows(_) => Layout::PartyColumns,
            Self::OwnerGrid(_) => Layout::OwnerGrid,
            Self::OwnerList(_) => Layout::OwnerList,
            Self::Raci(_) => Layout::Raci,
            Self::PartyLists(_) => Layout::PartyLists,
        }
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        match self {
            Self::PartyColumns(columns) => columns.read_rows(rows, reader),
            Self::OwnerGrid(grid) => grid.read_rows(rows, reader),
            Self::OwnerList(list) => list.read_rows(rows, reader),
            Self::Raci(raci) => raci.read_rows(rows, reader),
            Self::PartyLists(lists) => lists.read_rows(rows, reader),
            Self::PartyRows(turned) => turned.read_rows(rows, reader),
        }
    }
}

/// How to read a table, if it assigns responsibility. `says` is whether its caption, a heading or
/// the title speaks of responsibility: names of other parties are owners only then.
pub(super) fn recognize_table(
    table: &Table,
    says: bool,
    reader: &mut TextReader<'_>,
) -> Option<TableReading> {
    let noticed = reader.notices.len();
    let header = TableHeader::from_table(table, reader)?;
    let reading = recognize_assigned(table, &header, says, reader);
    if reading.is_none() {
        // a faulty header matters only in a table about responsibilities
        reader.notices.truncate(noticed);
    }
    reading
}

fn recognize_assigned(
    table: &Table,
    header: &TableHeader,
    says: bool,
    reader: &mut TextReader<'_>,
) -> Option<TableReading> {
    let assigned = header::column_parties(&header.cells, &header.roles, reader)
        .or_else(|| says.then(|| parties_of_sentences(table, header, reader)).flatten())
        .or_else(|| {
            let people = || header::parties_with_people(&header.cells, &header.roles, reader);
            says.then(people).flatten()
        });
    if let Some(mut parties) = assigned.filter(|parties| !leaves_cells_over(table, parties)) {
        assign_people_s_columns(&mut parties, header, &table.rows, reader);
        let columns = PartyColumns::new(header, parties, reader);
        let count = SignCount::count_signs(table, &columns.parties, reader);
        if let Some(reading) = recognize_signs(&columns, count, (table, header), reader) {
            return Some(reading);
        }
        return (!columns.hold_values(&table.rows, reader)).then(|| {
            note_unread_columns(&columns, header, &table.rows, reader);
            TableReading::PartyColumns(columns)
        });
    }
    if let Some(reading) = signs_of_others(table, header, says, reader) {
        return Some(reading);
    }
    if let Some(lists) = PartyLists::of_sentences(table, reader) {
        return Some(TableReading::PartyLists(lists));
    }
    let owners = OwnerTally::count_owners(table, header.cells.len(), says, reader);
    if let Some(raci) = Raci::of_columns(table, header, &owners, reader) {
        return Some(TableReading::Raci(raci));
    }
    if let Some(raci) = Raci::of_pairs(table, header, reader) {
        return Some(TableReading::Raci(raci));
    }
    let about = says || header.cells.iter().any(|cell| says_responsibility(cell, reader.names()));
    if let Some(rows) = about.then(|| PartyRows::recognize(table, &owners, reader)).flatten() {
        return Some(TableReading::PartyRows(rows));
    }
    if let Some(list) = OwnerList::recognize(table, header, &owners, reader) {
        let things = list.lists_things(table, header, reader);
        return (!things)
            .then(|| TableReading::OwnerList(list.with_described_duties(table, header, reader)));
    }
    if let Some(grid) = OwnerGrid::recognize(table, header, &owners, reader) {
        return Some(TableReading::OwnerGrid(grid));
    }
    PartyLists::recognize(table, reader).map(TableReading::PartyLists)
}

/// Whether a row below `Task | Your responsibilities` has a third cell: it is somebody's, but nobody
/// says whose.
fn leaves_cells_over(table: &Table, parties: &[Option<Party>]) -> bool {
    matches!(parties, [None, Some(_)]) && table.rows.iter().any(|row| row.cells.len() > 2)
}

/// The parties of columns in which sentences stand, if their headers are alike but for the party, or
/// name nothing but roles.
fn parties_of_sentences(
    table: &Table,
    header: &TableHeader,
    reader: &mut TextReader<'_>,
) -> Option<Vec<Option<Party>>> {
    const FEW_WORDS: usize = 3;
    let parties = header::alike_but_for_parties(&header.cells, reader.names()).or_else(|| {
        let says_itself = table.caption().is_some_and(mentions_responsibility);
        parties_by_role(header, says_itself, reader)
    })?;
    let (mut texts, mut all) = (0_usize, 0_usize);
    for row in &table.rows {
        for (cell, _) in row.cells.iter().zip(&parties).filter(|(_, party)| party.is_some()) {
            let words = reader.cell_text(cell).split(' ').count();
            all += usize::from(!cell.pieces.is_empty());
            texts += usize::from(!cell.pieces.is_empty() && words >= FEW_WORDS);
        }
    }
    (texts > 0 && texts * 2 >= all).then_some(parties)
}

/// Party columns in which signs stand, not texts.
fn recognize_signs(
    columns: &PartyColumns,
    count: SignCount,
    (table, header): (&Table, &TableHeader),
    reader: &mut TextReader<'_>,
) -> Option<TableReading> {
    if let Some(raci) = Raci::of_words(columns, count) {
        return Some(TableReading::Raci(raci));
    }
    OwnerList::of_marks(columns, count, (table, header), reader).map(TableReading::OwnerList)
}

/// Columns of signs under the names of parties, whoever they are: what stands in them says that
/// they are columns of parties. Marks compare products, too, so they need a word of responsibility.
fn signs_of_others(
    table: &Table,
    header: &TableHeader,
    says: bool,
    reader: &mut TextReader<'_>,
) -> Option<TableReading> {
    let parties: Vec<Option<Party>> = (0..header.cells.len())
        .map(|column| match owner::of_cell(&header.cells[column], reader) {
            Owner::Known(party) => Some(party),
            Owner::Named(name) if owner::names_parties(&name, reader.names()) => {
                Some(Party::Other(name))
            }
            Owner::Named(_) | Owner::Nobody | Owner::Prose => None,
        })
        .collect();
    if parties.first().is_none_or(Option::is_some) || parties.iter().flatten().count() < 2 {
        return None;
    }
    let columns = PartyColumns::new(header, parties, reader);
    let count = SignCount::count_signs(table, &columns.parties, reader);
    if !(says || count.are_roles()) {
        return None;
    }
    recognize_signs(&columns, count, (table, header), reader)
}

/// Whether a table says that it assigns something, though no party can be read from it: one
/// party's column, or a title that names a party and its responsibilities. What explains words
/// assigns nothing. `says` is as for [`recognize_table`].
pub(super) fn is_unassigned(
    table: &Table,
    titles: [&str; 2],
    says: bool,
    reader: &mut TextReader<'_>,
) -> bool {
    let Some(cells) = &table.header else { return false };
    let names = reader.names();
    let roles: Vec<Role> = cells.iter().map(|cell| header::column_role(cell, names)).collect();
    let explains = cells.first().is_some_and(|cell| {
        let tokens = tokens::of_cell(cell, names);
        tokens.first().is_some_and(|first| {
            ["term", "terms", "acronym", "word", "abbreviation"].iter().any(|w| first.is(w))
        })
    });
    let assigns = titles.iter().any(|title| leads::names_party_and_duties(title, reader));
    header::names_one_party_only(cells, &roles, names)
        || (assigns && !explains)
        || (says && leaves_a_side_unnamed(table, &roles, reader))
}

/// Whether one column is a party's and another one, which may be one, has a name that is nobody's;
/// sentences stand in both.
fn leaves_a_side_unnamed(table: &Table, roles: &[Role], reader: &mut TextReader<'_>) -> bool {
    const FEW_WORDS: usize = 3;
    let mut holds_texts = |column: usize| {
        let (mut filled, mut texts) = (0_usize, 0_usize);
        for cell in table.rows.iter().filter_map(|row| row.cells.get(column)) {
            let words = reader.cell_text(cell).split_whitespace().count();
            filled += usize::from(words > 0);
            texts += usize::from(words >= FEW_WORDS);
        }
        texts > 0 && texts * 2 >= filled
    };
    let is_party = |column: &usize| matches!(roles[*column], Role::Party { .. });
    let mut parties = (1..roles.len()).filter(is_party);
    let (Some(party), None) = (parties.next(), parties.next()) else { return false };
    if !holds_texts(party) {
        return false;
    }
    let others: Vec<usize> =
        (1..roles.len()).filter(|column| *column != party && holds_texts(*column)).collect();
    let header = table.header.iter().flatten();
    let names: Vec<String> = header.map(|cell| reader.cell_text(cell)).collect();
    others.into_iter().any(|column| may_be_a_holder(&names[column]))
}
