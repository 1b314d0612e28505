//! Pairs the duties of the old version with those of the new one.
//!
//! Tables are aligned first, then rows, then duties: a duty is looked for in the cell that its
//! row became before anywhere else. What is left over is paired by one optimal assignment, so
//! that no pair is taken because it was met first.
//!
//! Alignment is a symmetric relation. Both sides are put into an order of their own content
//! before they are compared, so aligning (b, a) yields exactly the pairs of (a, b).

mod assignment;
mod bag;
mod bars;
mod candidates;
mod cells;
mod columns;
mod duties;
mod explain;
mod face;
mod identity;
mod judge;
mod leftover;
mod recut;
mod rows;
mod similarity;
mod tables;
mod unchanged;
mod words;
mod work;

#[cfg(test)]
mod tests;

use unchanged::Changed;

use crate::model::{Document, Sides};
use face::Face;
use words::Vocabulary;

pub use bars::Bars;
pub use explain::{Acquaintance, Explanation, Found, Weighing, explain, explain_each};
pub use judge::Context;
pub use similarity::WordsThatCount;
pub use work::counted_steps;

/// One old duty and one new duty that are the same obligation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Index on each side (see [`Document::duties`]).
    pub duty: Sides<usize>,
    /// Whether both stand in rows (or grid cells) that were aligned with each other, in tables
    /// that were, so that neither was relocated.
    pub in_place: bool,
}

/// A pair that a bar just kept apart: perhaps a move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearMiss {
    /// Index on each side.
    pub duty: Sides<usize>,
    /// How alike both are, 0 to 1.
    pub similarity: f64,
}

/// How two versions of a page lie over each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// Paired duties, by old index; a duty is in one pair at most.
    pub pairs: Vec<Pair>,
    /// Duties of each side that say together what duties of the other side say together in the
    /// same cell, cut differently: no change, though not one to one.
    pub recut: Sides<Vec<usize>>,
    /// Which of these share words: each old one with each new one that has some of its own.
    pub recut_pairs: Vec<Sides<usize>>,
    /// Aligned tables, by index in [`Document::matrices`].
    pub tables: Vec<Sides<usize>>,
    /// Aligned rows, each side as (table, row within it).
    pub rows: Vec<Sides<(usize, usize)>>,
    /// Duties that stand in their cell once more on the other side, or once less: no change.
    pub duplicates: Sides<Vec<usize>>,
    /// Unpaired duties that may be one that moved.
    pub possible_moves: Vec<NearMiss>,
}

/// Aligns two versions of one page.
#[must_use]
pub fn align(pages: Sides<&Document>) -> Alignment {
    align_by(&Bars::within_document(), pages)
}

/// The same by other bars, for fitting them.
#[must_use]
pub fn align_by(bars: &Bars, pages: Sides<&Document>) -> Alignment {
    match Changed::of(pages) {
        Some(changed) => changed.complete(align_changed(bars, changed.pages.as_ref()), pages),
        None => align_changed(bars, pages),
    }
}

fn align_changed(bars: &Bars, pages: Sides<&Document>) -> Alignment {
    let swapped = order_key(pages.old) > order_key(pages.new);
    let pages = if swapped { pages.swap() } else { pages };
    let alignment = align_ordered(pages, bars);
    if swapped { alignment.mirrored() } else { alignment }
}

/// Pairs duties of different documents: those of `old` that left theirs with those of `new`
/// that appeared in theirs. Each side is a document that holds just these duties.
#[must_use]
pub fn align_strangers(pages: Sides<&Document>) -> Vec<Pair> {
    let swapped = order_key(pages.old) > order_key(pages.new);
    let pages = if swapped { pages.swap() } else { pages };
    let (faces, vocabulary) = face::lay_flat(pages);
    let mut found = duties::Search::new(faces.as_ref(), &vocabulary);
    found.assign_left_over(&Bars::across_documents());
    let alignment = found.into_alignment();
    if swapped { alignment.mirrored().pairs } else { alignment.pairs }
}

fn align_ordered(pages: Sides<&Document>, bars: &Bars) -> Alignment {
    let (faces, vocabulary) = face::lay_flat(pages);
    let faces = faces.as_ref();
    let mut pairing = pair_up(faces, &vocabulary);
    pairing.search.assign_left_over(bars);
    let position = |pair: &Sides<usize>| {
        Sides::new(faces.old.row_position(pair.old), faces.new.row_position(pair.new))
    };
    let rows = pairing.rows.iter().map(position).collect();
    Alignment { tables: pairing.tables, rows, ..pairing.search.into_alignment() }
}

/// Tables, rows, and the duties that are found again in their own cells.
struct Pairing<'f, 'a> {
    tables: Vec<Sides<usize>>,
    rows: Vec<Sides<usize>>,
    search: duties::Search<'f, 'a>,
}

fn pair_up<'f, 'a>(faces: Sides<&'f Face<'a>>, vocabulary: &'f Vocabulary) -> Pairing<'f, 'a> {
    let tables = tables::align(faces, vocabulary);
    let rows = rows::align(faces, &tables, vocabulary);
    let mut search = duties::Search::new(faces, vocabulary);
    search.set_context(&tables, &rows);
    let headings = columns::align(faces, &tables, &rows, vocabulary);
    cells::pair_grid_cells(&mut search, faces, &rows, &headings);
    cells::pair_same_cell(&mut search, faces, &rows);
    recut::pair_recut(&mut search, faces, &rows);
    recut::pair_recut_reshaped(&mut search, faces);
    Pairing { tables, rows, search }
}

/// A key over all that alignment looks at; which of two unequal versions comes first does not
/// matter, only that it does not depend on which of them is called old. Rows without a duty count,
/// too: they may have another's label.
fn order_key(page: &Document) -> impl Ord + '_ {
    let mut duties = page
        .duties()
        .map(|(matrix, row, duty)| {
            (
                duty.phrase.canonical.as_str(),
                row.task.canonical.as_str(),
                &duty.party,
                matrix.section.iter().map(|h| h.canonical.as_str()).collect::<Vec<_>>(),
                matrix.layout,
            )
        })
        .collect::<Vec<_>>();
    duties.sort_unstable();
    let rows = page.matrices.iter().flat_map(|matrix| &matrix.rows);
    let rows = rows.map(|row| (row.task.canonical.as_str(), row.duties.len()));
    let mut rows = rows.collect::<Vec<_>>();
    rows.sort_unstable();
    (duties, rows)
}

impl Alignment {
    fn mirrored(self) -> Self {
        let mut pairs: Vec<Pair> =
            self.pairs.into_iter().map(|p| Pair { duty: p.duty.swap(), ..p }).collect();
        pairs.sort_by_key(|pair| pair.duty.old);
        let mut possible_moves: Vec<NearMiss> = self
            .possible_moves
            .into_iter()
            .map(|miss| NearMiss { duty: miss.duty.swap(), ..miss })
            .collect();
        possible_moves.sort_by_key(|miss| (miss.duty.old, miss.duty.new));
        let mut tables: Vec<_> = self.tables.into_iter().map(Sides::swap).collect();
        tables.sort_by_key(|pair| pair.old);
        let mut rows: Vec<_> = self.rows.into_iter().map(Sides::swap).collect();
        rows.sort_by_key(|pair| pair.old);
        let mut recut_pairs: Vec<_> = self.recut_pairs.into_iter().map(Sides::swap).collect();
        recut_pairs.sort_by_key(|pair| (pair.old, pair.new));
        let (recut, duplicates) = (self.recut.swap(), self.duplicates.swap());
        Self { pairs, recut, recut_pairs, tables, rows, duplicates, possible_moves }
    }
}
