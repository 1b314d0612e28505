//! Tables that both versions have, word for word: their duties are paired without being compared.

use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::alignment::{AlignedPair, Alignment};
use crate::model::{Document, Layout, Matrix, Sides};

/// Two versions of a page without the tables that are the same in both.
pub(super) struct ChangedTables {
    /// What is left to compare.
    pub(super) pages: Sides<Document>,
    /// The tables left, by their position on the page.
    tables: Sides<Vec<usize>>,
    /// The tables that are the same, by their position on the page.
    same: Vec<Sides<usize>>,
    /// The first duty of each table of the page.
    first_duties: Sides<Vec<usize>>,
}

impl ChangedTables {
    /// None where no table is the same.
    pub(super) fn of_pages(pages: Sides<&Document>) -> Option<Self> {
        let same = same_tables(pages);
        if same.is_empty() {
            return None;
        }
        let left = |count: usize, taken: Vec<usize>| {
            (0..count).filter(|at| taken.binary_search(at).is_err()).collect::<Vec<_>>()
        };
        let mut new: Vec<usize> = same.iter().map(|pair| pair.new).collect();
        new.sort_unstable();
        let old = same.iter().map(|pair| pair.old).collect();
        let tables =
            Sides::new(left(pages.old.matrices.len(), old), left(pages.new.matrices.len(), new));
        let rest = |page: &Document, tables: &[usize]| Document {
            title: page.title.clone(),
            matrices: tables.iter().map(|at| Arc::clone(&page.matrices[*at])).collect(),
            ..Document::default()
        };
        let left = Sides::new(rest(pages.old, &tables.old), rest(pages.new, &tables.new));
        Some(Self { pages: left, tables, same, first_duties: pages.map(first_duties) })
    }

    /// An alignment of what was left, as one of the pages; with the tables that are the same.
    pub(super) fn complete_alignment(
        &self,
        found: Alignment,
        pages: Sides<&Document>,
    ) -> Alignment {
        let duties = Sides::new(
            duty_positions(&self.tables.old, &self.first_duties.old, pages.old),
            duty_positions(&self.tables.new, &self.first_duties.new, pages.new),
        );
        let on_page = |pair: Sides<usize>| Sides::new(duties.old[pair.old], duties.new[pair.new]);
        let table =
            |pair: Sides<usize>| Sides::new(self.tables.old[pair.old], self.tables.new[pair.new]);
        let row = |pair: Sides<(usize, usize)>| {
            let tables = table(pair.map(|(table, _)| table));
            Sides::new((tables.old, pair.old.1), (tables.new, pair.new.1))
        };
        let side = |all: &[usize], on_page: &[usize]| all.iter().map(|at| on_page[*at]).collect();
        let sides = |all: &Sides<Vec<usize>>| {
            Sides::new(side(&all.old, &duties.old), side(&all.new, &duties.new))
        };
        let mut alignment = Alignment {
            pairs: found
                .pairs
                .into_iter()
                .map(|p| AlignedPair { duty: on_page(p.duty), ..p })
                .collect(),
            recut: sides(&found.recut),
            recut_pairs: found.recut_pairs.into_iter().map(on_page).collect(),
            tables: found.tables.into_iter().map(table).collect(),
            rows: found.rows.into_iter().map(row).collect(),
            duplicates: sides(&found.duplicates),
            possible_moves: found.possible_moves,
        };
        for miss in &mut alignment.possible_moves {
            miss.duty = on_page(miss.duty);
        }
        for pair in &self.same {
            self.add_same(*pair, &pages.old.matrices[pair.old], &mut alignment);
        }
        alignment.pairs.sort_by_key(|pair| pair.duty.old);
        alignment.tables.sort_by_key(|pair| pair.old);
        alignment.rows.sort_by_key(|pair| pair.old);
        alignment
    }

    fn add_same(&self, tables: Sides<usize>, matrix: &Matrix, alignment: &mut Alignment) {
        alignment.tables.push(tables);
        let mut duty =
            Sides::new(self.first_duties.old[tables.old], self.first_duties.new[tables.new]);
        for (at, row) in matrix.rows.iter().enumerate() {
            alignment.rows.push(tables.map(|table| (table, at)));
            for _ in &row.duties {
                alignment.pairs.push(AlignedPair { duty, in_place: true });
                duty = duty.map(|at| at + 1);
            }
        }
    }
}

/// The tables that both versions have, by old position; those that a version has several times are
/// paired in order.
fn same_tables(pages: Sides<&Document>) -> Vec<Sides<usize>> {
    let mut known: HashMap<u64, VecDeque<usize>> = HashMap::new();
    for (at, matrix) in pages.new.matrices.iter().enumerate() {
        known.entry(hash_of(matrix)).or_default().push_back(at);
    }
    let mut pairs = Vec::new();
    for (old, matrix) in pages.old.matrices.iter().enumerate() {
        let Some(news) = known.get_mut(&hash_of(matrix)) else { continue };
        let Some(new) = news.front().copied() else { continue };
        if says_the_same(matrix, &pages.new.matrices[new]) {
            news.pop_front();
            pairs.push(Sides::new(old, new));
        }
    }
    pairs
}

fn hash_of(matrix: &Matrix) -> u64 {
    let mut hasher = FxHasher::default();
    matrix.section.hash(&mut hasher);
    for row in &matrix.rows {
        row.task.text.hash(&mut hasher);
        for duty in &row.duties {
            (&duty.party, &duty.phrase.text).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Whether two tables are the same but for the lines that they stand on. Lists are compared all the
/// same: those of one place belong together.
fn says_the_same(one: &Arc<Matrix>, other: &Arc<Matrix>) -> bool {
    let same_duties = |(a, b): (&crate::model::Row, &crate::model::Row)| {
        a.task == b.task
            && a.duties.len() == b.duties.len()
            && std::iter::zip(&a.duties, &b.duties).all(|(a, b)| a.is_like(b))
    };
    let is_table = one.layout != Layout::PartyLists && one.layout == other.layout;
    is_table
        && one.section == other.section
        && one.caption == other.caption
        && one.rows.len() == other.rows.len()
        && std::iter::zip(&one.rows, &other.rows).all(same_duties)
}

fn first_duties(page: &Document) -> Vec<usize> {
    let mut next = 0;
    let count =
        |matrix: &Arc<Matrix>| matrix.rows.iter().map(|row| row.duties.len()).sum::<usize>();
    page.matrices
        .iter()
        .map(|matrix| {
            let first = next;
            next += count(matrix);
            first
        })
        .collect()
}

/// The positions on the page of the duties of some tables.
fn duty_positions(tables: &[usize], first_duties: &[usize], page: &Document) -> Vec<usize> {
    let of_table = |table: &usize| {
        let count = page.matrices[*table].rows.iter().map(|row| row.duties.len()).sum::<usize>();
        first_duties[*table]..first_duties[*table] + count
    };
    tables.iter().flat_map(of_table).collect()
}
