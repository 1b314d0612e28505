//! The search for pairs of duties: which are paired so far, and which need no pair.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::alignment::{AlignedPair, Alignment, NearMiss};
use super::page_index::PageIndex;
use super::pair_score::PairScore;
use super::words::Vocabulary;
use crate::model::{ComparedText, Layout, Side, Sides};

/// The state of the search: which duties are paired so far.
pub(super) struct DutySearch<'f, 'a> {
    pub(super) indexes: Sides<&'f PageIndex<'a>>,
    pub(super) vocabulary: &'f Vocabulary,
    partner: Sides<Vec<Option<usize>>>,
    pub(super) gone: Sides<Vec<bool>>,
    /// Duties that their party has in the same cell, once more.
    pub(super) spare: Sides<Vec<bool>>,
    duplicates: Sides<Vec<usize>>,
    recut_pairs: Vec<Sides<usize>>,
    pub(super) row_of_old: Vec<Option<usize>>,
    pub(super) table_of_old: Vec<Option<usize>>,
    /// Places of lists that belong together.
    pub(super) places: HashSet<(usize, usize)>,
    pub(super) possible_moves: Vec<NearMiss>,
    /// All verdicts, where they are kept for explaining.
    pub(super) verdicts: Option<Vec<PairScore>>,
}

impl<'f, 'a> DutySearch<'f, 'a> {
    pub(super) fn new(indexes: Sides<&'f PageIndex<'a>>, vocabulary: &'f Vocabulary) -> Self {
        Self {
            indexes,
            vocabulary,
            partner: indexes.map(|page_index| vec![None; page_index.items.len()]),
            gone: indexes.map(|page_index| vec![false; page_index.items.len()]),
            spare: indexes.map(|page_index| vec![false; page_index.items.len()]),
            duplicates: Sides::default(),
            recut_pairs: Vec::new(),
            row_of_old: vec![None; indexes.old.rows.len()],
            table_of_old: vec![None; indexes.old.tables.len()],
            places: HashSet::new(),
            possible_moves: Vec::new(),
            verdicts: None,
        }
    }

    /// The rows that were aligned.
    pub(super) fn aligned_rows(&self) -> impl Iterator<Item = Sides<usize>> {
        let rows = self.row_of_old.iter().enumerate();
        rows.filter_map(|(old, new)| Some(Sides::new(old, (*new)?)))
    }

    /// Keeps every verdict, for explaining.
    pub(super) fn keep_verdicts(&mut self) {
        self.verdicts = Some(Vec::new());
    }

    /// The verdicts kept.
    pub(super) fn take_verdicts(&mut self) -> Vec<PairScore> {
        self.verdicts.take().unwrap_or_default()
    }

    /// Which rows and tables were aligned.
    pub(super) fn set_context(&mut self, tables: &[Sides<usize>], rows: &[Sides<usize>]) {
        for pair in tables {
            self.table_of_old[pair.old] = Some(pair.new);
            let tables = (&self.indexes.old.tables[pair.old], &self.indexes.new.tables[pair.new]);
            if [tables.0, tables.1].iter().any(|table| table.layout == Layout::PartyLists) {
                self.places.insert((tables.0.place, tables.1.place));
            }
        }
        for pair in rows {
            self.row_of_old[pair.old] = Some(pair.new);
        }
    }

    pub(super) fn table_of_old(&self, old: usize) -> Option<usize> {
        self.table_of_old[old]
    }

    pub(super) fn partner_of(&self, side: Side, at: usize) -> Option<usize> {
        self.partner.get(side)[at]
    }

    /// Marks what is free though its twin of the same cell and party has a partner.
    pub(super) fn find_spares(&mut self) {
        self.spare = Sides::from_fn(|side| {
            let (index, twins) = (self.indexes.get(side), self.partners_by_cell(side));
            let is_spare =
                |at: usize| self.is_free(side, at) && twins.contains_key(&cell_of(index, at));
            (0..index.items.len()).map(is_spare).collect()
        });
    }

    /// What stood twice in a cell and stands there once now, or the other way round, is no change.
    pub(super) fn set_duplicates_aside(&mut self) {
        self.find_spares();
        let twins = Sides::from_fn(|side| self.partners_by_cell(side));
        for side in [Side::Old, Side::New] {
            let spare = (0..self.spare.get(side).len()).filter(|at| self.spare.get(side)[*at]);
            for at in spare.collect::<Vec<_>>() {
                self.gone.get_mut(side)[at] = true;
                self.duplicates.get_mut(side).push(at);
                if let Some(twin) = twins.get(side).get(&cell_of(self.indexes.get(side), at)) {
                    self.recut_pairs.push(Sides::from_side(side, at, *twin));
                }
            }
        }
    }

    /// The partners of one side's duties, by their cells.
    fn partners_by_cell(&self, side: Side) -> HashMap<DutyCellKey<'a>, usize> {
        let partners = self.partner.get(side).iter().enumerate();
        let pairs = partners.filter_map(|(at, other)| Some((at, (*other)?)));
        pairs.map(|(at, other)| (cell_of(self.indexes.get(side), at), other)).collect()
    }

    /// Marks duties that say the same together, whatever their order.
    pub(super) fn resegmented_pairs(&mut self, pairs: impl Iterator<Item = Sides<usize>>) {
        for pair in pairs {
            if self.partner.old[pair.old].is_none() {
                self.gone.old[pair.old] = true;
            }
            if self.partner.new[pair.new].is_none() {
                self.gone.new[pair.new] = true;
            }
            self.recut_pairs.push(pair);
        }
    }

    pub(super) fn add_pair(&mut self, old: usize, new: usize) {
        self.partner.old[old] = Some(new);
        self.partner.new[new] = Some(old);
    }

    /// Pairs two of which one has another partner, who has none then.
    pub(super) fn pair_instead(&mut self, old: usize, new: usize) {
        if let Some(other) = self.partner.old[old] {
            self.partner.new[other] = None;
        }
        if let Some(other) = self.partner.new[new] {
            self.partner.old[other] = None;
        }
        self.add_pair(old, new);
    }

    /// Sets a pair aside, with a twin of its duty of one side: a shared duty that each party has now,
    /// or the other way round, is no change.
    pub(super) fn set_shared_aside(&mut self, pair: Sides<usize>, side: Side, twin: usize) {
        self.partner.old[pair.old] = None;
        self.partner.new[pair.new] = None;
        let with_twin = Sides::from_side(side, twin, *pair.get(side.opposite()));
        self.resegmented_pairs([pair, with_twin].into_iter());
    }

    /// The pairs so far, by old index.
    pub(super) fn found_pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.partner.old.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?)))
    }

    /// Marks duties that say the same together, cut differently.
    pub(super) fn mark_resegmented(&mut self, items: &Sides<Vec<usize>>) {
        // both read the same, so that places in one are places in the other
        let ends = Sides::from_fn(|side| {
            let mut end = 0;
            let text_end = |item: &usize| {
                self.gone.get_mut(side)[*item] = true;
                end += self.indexes.get(side).items[*item].text.split(' ').count();
                (*item, end)
            };
            items.get(side).iter().map(text_end).collect::<Vec<_>>()
        });
        let (mut at_old, mut at_new) = (0, 0);
        while let (Some(old), Some(new)) = (ends.old.get(at_old), ends.new.get(at_new)) {
            self.recut_pairs.push(Sides::new(old.0, new.0));
            at_old += usize::from(old.1 <= new.1);
            at_new += usize::from(new.1 <= old.1);
        }
    }

    pub(super) fn is_free(&self, side: Side, at: usize) -> bool {
        self.partner.get(side)[at].is_none() && !self.gone.get(side)[at]
    }

    /// All duties that are free.
    pub(super) fn all_free(&self) -> Sides<Vec<usize>> {
        self.free_among(&self.indexes.map(|index| 0..index.items.len()))
    }

    /// The free duties of two rows.
    pub(super) fn free_of_rows(&self, rows: Sides<usize>) -> Sides<Vec<usize>> {
        self.free_among(&self.indexes.zip(rows).map(|(index, row)| index.rows[row].items.clone()))
    }

    fn free_among(&self, items: &Sides<Range<usize>>) -> Sides<Vec<usize>> {
        Sides::from_fn(|side| {
            items.get(side).clone().filter(|at| self.is_free(side, *at)).collect()
        })
    }

    /// Whether two tables are one, or lists of one place.
    fn are_one_place(&self, old: usize, new: usize) -> bool {
        let place = (self.indexes.old.tables[old].place, self.indexes.new.tables[new].place);
        self.table_of_old[old] == Some(new) || self.places.contains(&place)
    }

    /// Whether both stand in one table, in rows that are one or have one label.
    fn is_in_place(&self, old: usize, new: usize) -> bool {
        let (a, b) = (&self.indexes.old.items[old], &self.indexes.new.items[new]);
        let labels = (self.indexes.old.line_of(old).task_id, self.indexes.new.line_of(new).task_id);
        self.are_one_place(a.table, b.table)
            && (self.row_of_old[a.row] == Some(b.row) || labels.0 == labels.1)
    }

    pub(super) fn into_alignment(self) -> Alignment {
        let pairs = self.found_pairs().map(|(old, new)| AlignedPair {
            duty: Sides::new(old, new),
            in_place: self.is_in_place(old, new),
        });
        let pairs = pairs.collect();
        let indices =
            |gone: Vec<bool>| (0..gone.len()).filter(|at| gone[*at]).collect::<Vec<usize>>();
        let mut recut_pairs = self.recut_pairs;
        recut_pairs.sort_by_key(|pair| (pair.old, pair.new));
        Alignment {
            pairs,
            recut: self.gone.map(indices),
            duplicates: self.duplicates,
            recut_pairs,
            possible_moves: self.possible_moves,
            ..Alignment::default()
        }
    }
}

/// Table, label, text and party, and the column of one of several owners: two duties that agree in
/// all of these are one duty, written twice.
type DutyCellKey<'a> = (usize, u32, u32, Option<ComparedText<'a>>);

fn cell_of<'a>(page_index: &PageIndex<'a>, item: usize) -> DutyCellKey<'a> {
    let held = &page_index.items[item];
    (held.table, page_index.line_of(item).task_id, held.held_id, held.column)
}
