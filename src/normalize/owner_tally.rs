//! How many cells of each column name owners.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::owner::{self, Owner};
use super::text::TextReader;
use crate::model::Party;
use crate::parse::{Cell, Piece, PieceKind, Run, Table};

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
    pub(super) fn count_owners(
        table: &Table,
        width: usize,
        says: bool,
        reader: &mut TextReader<'_>,
    ) -> Self {
        let mut columns = vec![ColumnTally::default(); width];
        let mut known: FxHashMap<&str, CountedOwner> = FxHashMap::default();
        for row in &table.rows {
            for (tally, cell) in columns.iter_mut().zip(&row.cells) {
                // the same few names stand in most rows
                match plain_name(cell) {
                    Some(text) => tally.count_owner(
                        known.entry(text).or_insert_with(|| CountedOwner::of_cell(cell, reader)),
                    ),
                    None => tally.count_owner(&CountedOwner::of_cell(cell, reader)),
                }
            }
        }
        Self { columns, says }
    }

    /// Whether more than one cell of a column names IBM or the customer.
    pub(super) fn names_known_parties(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|tally| tally.known > 1)
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

    /// Whether every cell of the only column of a table about responsibility names a known owner.
    pub(super) fn holds_owners_only(&self, column: usize, columns: usize) -> bool {
        let only = |tally: &ColumnTally| tally.known > 1 && tally.known == tally.all_cells();
        columns == 1 && self.says && self.columns.get(column).is_some_and(only)
    }

    /// Whether texts stand in a column, and none of them names a known owner.
    pub(super) fn names_nobody(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|tally| tally.known == 0 && tally.all_cells() > 0)
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

/// What a cell says of an owner.
struct CountedOwner {
    owner: Owner,
    /// Whether it is a name that may be a party's.
    may_be_party: bool,
}

impl CountedOwner {
    fn of_cell(cell: &Cell, reader: &mut TextReader<'_>) -> Self {
        let owner = owner::of_cell(cell, reader);
        let may_be_party = match &owner {
            Owner::Named(name) => owner::may_be_party(name, reader.names()),
            Owner::Nobody | Owner::Known(_) | Owner::Prose => false,
        };
        Self { owner, may_be_party }
    }
}

/// The text of a cell that is nothing but a short one.
fn plain_name(cell: &Cell) -> Option<&str> {
    const LONGEST: usize = 80;
    let [Piece { kind: PieceKind::Text, runs, .. }] = cell.pieces.as_slice() else { return None };
    let [Run::Text(text)] = runs.as_slice() else { return None };
    (text.len() <= LONGEST).then_some(text.as_str())
}

impl ColumnTally {
    fn count_owner(&mut self, found: &CountedOwner) {
        match &found.owner {
            Owner::Nobody => {}
            Owner::Known(party) => {
                self.known += 1;
                self.one_party += usize::from(*party != Party::Shared);
                self.ibm += usize::from(*party == Party::Ibm);
            }
            Owner::Named(name) => {
                self.named += 1;
                self.parties += usize::from(found.may_be_party);
                if !self.names.contains(name) {
                    self.names.insert(name.clone());
                }
            }
            Owner::Prose => self.prose += 1,
        }
    }

    fn all_cells(&self) -> usize {
        self.known + self.named + self.prose
    }

    /// One odd cell is no reason to pass over a column.
    fn hardly_prose(&self) -> bool {
        self.prose * 10 <= self.all_cells() || (self.prose == 1 && self.all_cells() > 2)
    }
}
