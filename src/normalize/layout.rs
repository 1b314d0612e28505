//! What a table is, and its rows as the layout's file reads them.

use std::collections::BTreeSet;

use super::cell_signs::SignCount;
use super::header::{self, Role};
use super::leads;
use super::owner::{self, Owner};
use super::owner_grid::OwnerGrid;
use super::owner_list::{OwnerList, says_responsibility};
use super::party_columns::PartyColumns;
use super::party_lists::PartyLists;
use super::party_rows::PartyRows;
use super::raci::Raci;
use super::text::TextReader;
use super::tokens;
use super::unread_columns::{may_be_a_holder, note_unread_columns};
use crate::model::{Code, Layout, Party, Row};
use crate::parse::{Cell, Table, TableRow};

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

/// The header of a table with what it says, shifted to the rows below where it lost its
/// first cell.
pub(super) struct TableHeader {
    pub(super) cells: Vec<Cell>,
    pub(super) roles: Vec<Role>,
}

impl TableHeader {
    fn from_table(table: &Table, reader: &mut TextReader<'_>) -> Option<Self> {
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
        .or_else(|| alike_but_for_parties(table, header, reader).filter(|_| says));
    if let Some(parties) = assigned {
        let columns = PartyColumns::new(header, parties, reader);
        let count = SignCount::count_signs(table, &columns.parties, reader);
        return Some(if let Some(reading) = recognize_signs(&columns, count) {
            reading
        } else {
            note_unread_columns(&columns, header, &table.rows, reader);
            TableReading::PartyColumns(columns)
        });
    }
    if let Some(reading) = signs_of_others(table, header, says, reader) {
        return Some(reading);
    }
    let owners = OwnerTally::count_owners(table, header.cells.len(), says, reader);
    if let Some(raci) = Raci::of_columns(header, &owners, reader) {
        return Some(TableReading::Raci(raci));
    }
    if let Some(raci) = Raci::of_pairs(table, header, reader) {
        return Some(TableReading::Raci(raci));
    }
    let about = says || header.cells.iter().any(|cell| says_responsibility(cell, reader.names()));
    if let Some(rows) = about.then(|| PartyRows::recognize(table, &owners, reader)).flatten() {
        return Some(TableReading::PartyRows(rows));
    }
    if let Some(list) = OwnerList::recognize(header, &owners, reader) {
        let things = list.lists_things(table, header, reader);
        return (!things).then_some(TableReading::OwnerList(list));
    }
    if let Some(grid) = OwnerGrid::recognize(header, &owners, reader) {
        return Some(TableReading::OwnerGrid(grid));
    }
    PartyLists::recognize(table, reader).map(TableReading::PartyLists)
}

/// The parties of columns that are alike but for them, where sentences stand in the columns.
fn alike_but_for_parties(
    table: &Table,
    header: &TableHeader,
    reader: &mut TextReader<'_>,
) -> Option<Vec<Option<Party>>> {
    const FEW_WORDS: usize = 3;
    let parties = header::alike_but_for_parties(&header.cells, reader.names())?;
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
fn recognize_signs(columns: &PartyColumns, count: SignCount) -> Option<TableReading> {
    if let Some(raci) = Raci::of_words(columns, count) {
        return Some(TableReading::Raci(raci));
    }
    OwnerList::of_marks(columns, count).map(TableReading::OwnerList)
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
    (says || count.are_roles()).then(|| recognize_signs(&columns, count)).flatten()
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

/// How many cells of each column name owners.
pub(super) struct OwnerTally {
    columns: Vec<ColumnTally>,
    /// Whether the table is about responsibility by its caption, heading or title.
    says: bool,
}

#[derive(Clone, Debug, Default)]
struct ColumnTally {
    /// The names that are no known party's.
    names: BTreeSet<String>,
    known: usize,
    one_party: usize,
    ibm: usize,
    named: usize,
    /// Of those named: parties, and nobody else.
    parties: usize,
    prose: usize,
}

impl OwnerTally {
    fn count_owners(table: &Table, width: usize, says: bool, reader: &mut TextReader<'_>) -> Self {
        let mut columns = vec![ColumnTally::default(); width];
        for row in &table.rows {
            for (tally, cell) in columns.iter_mut().zip(&row.cells) {
                match owner::of_cell(cell, reader) {
                    Owner::Nobody => {}
                    Owner::Known(party) => {
                        tally.known += 1;
                        tally.one_party += usize::from(party != Party::Shared);
                        tally.ibm += usize::from(party == Party::Ibm);
                    }
                    Owner::Named(name) => {
                        tally.named += 1;
                        tally.parties += usize::from(owner::may_be_party(&name, reader.names()));
                        tally.names.insert(name);
                    }
                    Owner::Prose => tally.prose += 1,
                }
            }
        }
        Self { columns, says }
    }

    /// Whether the table is about responsibility by what stands around it.
    pub(super) fn says_responsibility(&self) -> bool {
        self.says
    }

    /// Whether most of a column's cells are names of owners, a known one among them, and hardly
    /// one is a text. Half of them are enough where IBM is one, or where responsibility is spoken of.
    pub(super) fn is_owner_column(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|tally| {
            let (owners, all) = ((tally.known + tally.parties) * 2, tally.all_cells());
            let half = owners == all && (self.says || tally.ibm > 0);
            tally.known > 0 && (owners > all || half) && tally.hardly_prose()
        })
    }

    /// Whether a column's cells are short names, a known owner among them.
    pub(super) fn names_owners(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|tally| tally.known > 0 && tally.hardly_prose())
    }

    /// Whether columns name known owners and, beside them, only names that stand in several of
    /// them: what describes a thing has other words in each column.
    pub(super) fn share_names(&self, columns: &[usize]) -> bool {
        let tallies: Vec<&ColumnTally> =
            columns.iter().filter_map(|&column| self.columns.get(column)).collect();
        let shared =
            |name: &String| tallies.iter().filter(|tally| tally.names.contains(name)).count() > 1;
        tallies.iter().all(|tally| tally.one_party > 0 && tally.hardly_prose())
            && tallies.iter().flat_map(|tally| &tally.names).all(shared)
    }

    /// Whether a column has at least as many cells that name one party as others that are texts.
    pub(super) fn names_more_than_it_says(&self, column: usize) -> bool {
        let names = |tally: &ColumnTally| tally.one_party > 0 && tally.one_party >= tally.prose;
        self.columns.get(column).is_some_and(names)
    }

    /// Whether most of a column's cells name parties, known or not, and none is a text.
    pub(super) fn names_parties(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|tally| {
            let others = tally.named - tally.parties;
            tally.parties > 0 && tally.known + tally.parties >= others * 2 && tally.prose == 0
        })
    }

    /// The same, where the table is about responsibility.
    pub(super) fn may_all_be_others(&self, column: usize) -> bool {
        self.says && self.names_parties(column)
    }

    /// Whether every cell of a column is blank.
    pub(super) fn is_blank(&self, column: usize) -> bool {
        self.columns.get(column).is_none_or(|tally| tally.all_cells() == 0)
    }

    /// Owners in some columns, and how many of them are one party alone; other parties count where
    /// the table is about responsibility.
    pub(super) fn known_owners(&self, columns: &[usize]) -> (usize, usize) {
        let tallies = columns.iter().filter_map(|&column| self.columns.get(column));
        tallies.fold((0, 0), |(known, one), tally| {
            let others = if self.says { tally.parties } else { 0 };
            (known + tally.known + others, one + tally.one_party + others)
        })
    }
}

impl ColumnTally {
    fn all_cells(&self) -> usize {
        self.known + self.named + self.prose
    }

    /// One odd cell is no reason to pass over a column.
    fn hardly_prose(&self) -> bool {
        self.prose * 10 <= self.all_cells() || (self.prose == 1 && self.all_cells() > 2)
    }
}
