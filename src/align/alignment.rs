//! What aligning yields: which duties of both sides are one.

use crate::model::Sides;

/// One old duty and one new duty that are the same obligation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlignedPair {
    /// Index on each side (see [`Document::duties`](crate::model::Document::duties)).
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
    pub pairs: Vec<AlignedPair>,
    /// Duties of each side that say together what duties of the other side say together in the
    /// same cell, cut differently: no change, though not one to one.
    pub recut: Sides<Vec<usize>>,
    /// Which of these share words: each old one with each new one that has some of its own.
    pub recut_pairs: Vec<Sides<usize>>,
    /// Aligned tables, by index in [`Document::matrices`](crate::model::Document::matrices).
    pub tables: Vec<Sides<usize>>,
    /// Aligned rows, each side as (table, row within it).
    pub rows: Vec<Sides<(usize, usize)>>,
    /// Duties that stand in their cell once more on the other side, or once less: no change.
    pub duplicates: Sides<Vec<usize>>,
    /// Unpaired duties that may be one that moved.
    pub possible_moves: Vec<NearMiss>,
}

impl Alignment {
    /// The same with the sides swapped.
    pub(super) fn mirrored(self) -> Self {
        let mut pairs: Vec<AlignedPair> =
            self.pairs.into_iter().map(|p| AlignedPair { duty: p.duty.swap(), ..p }).collect();
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
