//! Which old row is which new one: by its label first, then by what it says.

use std::collections::BTreeMap;
use std::ops::Range;

use super::assignment::{PairCandidate, assign_pairs};
use super::candidates::{Postings, all_pairs};
use super::identity::TIE;
use super::page_index::PageIndex;
use super::similarity::{common_share, dice_likeness};
use super::stem_counts::StemCounts;
use super::words::Vocabulary;
use crate::model::{Side, Sides};

/// The score from which two rows with different labels are one row, renamed.
pub(super) const RENAMED: f64 = 0.62;
/// The score from which two rows of aligned tables with equal labels are one: the label decides.
const SAME_LABEL: f64 = 0.05;
/// The score from which two rows of different tables with equal labels are one that moved.
const TRANSFERRED: f64 = 0.60;
/// What equal labels add to that, and what they add in an owner grid, where they are all.
const LABEL: f64 = 0.45;
pub(super) const GRID_LABEL: f64 = 1.1;
/// What equal texts add to the score of two rows that are probably one, so that among similar rows
/// the one with the same text wins, not the one with the same label.
const EQUAL_TEXTS: f64 = 0.5;
/// What it adds that they are in the hands of the same parties.
const EQUALLY_HELD: f64 = 0.1;
/// What it adds to a row put elsewhere that its headings are the same.
const SAME_PLACE: f64 = 0.1;
/// A word or text in more rows than this leads to no candidates.
const COMMON: usize = 24;

/// What a row is known by beside its label.
struct RowProfile {
    texts: Vec<u32>,
    /// The same with their parties.
    held: Vec<u32>,
    words: StemCounts,
}

struct RowPairing<'f, 'a> {
    indexes: Sides<&'f PageIndex<'a>>,
    profiles: Sides<Vec<RowProfile>>,
    vocabulary: &'f Vocabulary,
    partner: Sides<Vec<Option<usize>>>,
}

/// Pairs the rows of two versions, by old index.
pub(super) fn align_rows(
    indexes: Sides<&PageIndex<'_>>,
    tables: &[Sides<usize>],
    vocabulary: &Vocabulary,
) -> Vec<Sides<usize>> {
    let mut rows = RowPairing {
        indexes,
        profiles: indexes.map(row_profiles),
        vocabulary,
        partner: indexes.map(|page_index| vec![None; page_index.rows.len()]),
    };
    for pair in tables {
        rows.align_equal_labels(*pair);
    }
    for pair in tables {
        rows.align_renamed(*pair);
    }
    rows.align_transferred();
    rows.into_pairs()
}

fn row_profiles(page_index: &PageIndex<'_>) -> Vec<RowProfile> {
    page_index
        .rows
        .iter()
        .map(|row| {
            let items = &page_index.items[row.items.clone()];
            let mut texts: Vec<u32> = items.iter().map(|item| item.text_id).collect();
            texts.sort_unstable();
            let mut held: Vec<u32> = items.iter().map(|item| item.held_id).collect();
            held.sort_unstable();
            RowProfile {
                texts,
                held,
                words: StemCounts::merge_all(items.iter().map(|item| &item.stem_counts)),
            }
        })
        .collect()
}

impl RowPairing<'_, '_> {
    fn add_pairs(&mut self, found: Vec<(usize, usize)>) {
        for (old, new) in found {
            self.partner.old[old] = Some(new);
            self.partner.new[new] = Some(old);
        }
    }

    fn free_rows(&self, tables: Sides<usize>) -> Sides<Vec<usize>> {
        self.free_among(
            &self.indexes.zip(tables).map(|(index, table)| index.tables[table].rows.clone()),
        )
    }

    fn free_among(&self, rows: &Sides<Range<usize>>) -> Sides<Vec<usize>> {
        Sides::from_fn(|side| {
            let is_free = |row: &usize| self.partner.get(side)[*row].is_none();
            rows.get(side).clone().filter(is_free).collect()
        })
    }

    /// Rows of aligned tables that have the same label; where several have it, those that say
    /// the most alike.
    fn align_equal_labels(&mut self, tables: Sides<usize>) {
        let free = self.free_rows(tables);
        let mut by_label: BTreeMap<u32, Sides<Vec<usize>>> = BTreeMap::new();
        for side in [Side::Old, Side::New] {
            for row in free.get(side) {
                let label = self.indexes.get(side).rows[*row].task_id;
                by_label.entry(label).or_default().get_mut(side).push(*row);
            }
        }
        let mut found = Vec::new();
        for rows in by_label.values() {
            if let ([old], [new]) = (rows.old.as_slice(), rows.new.as_slice()) {
                found.push((*old, *new));
            } else {
                found.extend(self.assign_among(rows, SAME_LABEL));
            }
        }
        self.add_pairs(found);
    }

    fn assign_among(&self, rows: &Sides<Vec<usize>>, bar: f64) -> Vec<(usize, usize)> {
        const MOST: usize = 10_000;
        if rows.old.len().saturating_mul(rows.new.len()) > MOST {
            // a table of hundreds of equal labels is paired in its own order
            return rows.old.iter().copied().zip(rows.new.iter().copied()).collect();
        }
        let candidates = all_pairs(rows)
            .map(|(old, new)| {
                // in a grid equal labels are enough: cells of the same columns say more
                let rows = (&self.profiles.old[old], &self.profiles.new[new]);
                let filled = if self.is_grid(old) {
                    common_share(&rows.0.texts, &rows.1.texts)
                } else {
                    0.0
                };
                let worth =
                    self.content_likeness(old, new) + filled + self.tie_break(old, new) - bar;
                let held = EQUALLY_HELD * common_share(&rows.0.held, &rows.1.held);
                PairCandidate { old, new, worth: worth + held }
            })
            .collect();
        assign_pairs(candidates)
    }

    /// Rows left over in aligned tables whose labels differ but whose duties agree.
    fn align_renamed(&mut self, tables: Sides<usize>) {
        let free = self.free_rows(tables);
        let candidates = self
            .likely_pairs(&free)
            .into_iter()
            .map(|(old, new)| {
                let labels = dice_likeness(
                    &self.indexes.old.rows[old].label,
                    &self.indexes.new.rows[new].label,
                    self.vocabulary,
                );
                let label = if self.is_grid(old) { GRID_LABEL } else { LABEL };
                let worth = self.content_likeness(old, new) + label * labels - RENAMED;
                let equal =
                    common_share(&self.profiles.old[old].held, &self.profiles.new[new].held);
                let more = if worth > 0.0 { EQUAL_TEXTS * equal } else { 0.0 };
                PairCandidate { old, new, worth: worth + more + self.tie_break(old, new) }
            })
            .collect();
        let found = assign_pairs(candidates);
        self.add_pairs(found);
    }

    /// Rows left over anywhere that have the same label and say much the same: a row that was
    /// put into another table.
    fn align_transferred(&mut self) {
        let all = self.free_among(&self.indexes.map(|index| 0..index.rows.len()));
        let candidates = self
            .likely_pairs(&all)
            .into_iter()
            .filter(|(old, new)| {
                let (a, b) = (&self.indexes.old.rows[*old], &self.indexes.new.rows[*new]);
                a.task_id == b.task_id
                    && self.indexes.old.holds_sentences(a.table)
                        == self.indexes.new.holds_sentences(b.table)
            })
            .map(|(old, new)| {
                let worth = self.content_likeness(old, new) - TRANSFERRED;
                let place = if worth > 0.0 { self.same_place(old, new) } else { 0.0 };
                PairCandidate { old, new, worth: worth + place + self.tie_break(old, new) }
            })
            .collect();
        let found = assign_pairs(candidates);
        self.add_pairs(found);
    }

    /// Pairs that deserve a closer look: all of a small set, else those that share a rare word, a
    /// whole duty or the label.
    fn likely_pairs(&self, free: &Sides<Vec<usize>>) -> Vec<(usize, usize)> {
        const FEW: usize = 2_500;
        if free.old.len().saturating_mul(free.new.len()) <= FEW {
            return all_pairs(free).collect();
        }
        let mut postings: Postings<u64> = Postings::new(COMMON);
        for side in [Side::Old, Side::New] {
            for row in free.get(side) {
                let profile = &self.profiles.get(side)[*row];
                let label = &self.indexes.get(side).rows[*row].label;
                let words = profile.words.stems().chain(label.stems()).map(u64::from);
                let texts = profile.texts.iter().map(|id| u64::from(*id) | 1 << 40);
                postings.add_keys(side, *row, words.chain(texts));
            }
        }
        postings.pairs()
    }

    /// How much of what both rows say is the same, 0 to 1. An owner grid's row says nothing but
    /// its label.
    fn content_likeness(&self, old: usize, new: usize) -> f64 {
        let lines = (&self.indexes.old.rows[old], &self.indexes.new.rows[new]);
        if !self.indexes.old.holds_sentences(lines.0.table) {
            return if lines.0.task_id == lines.1.task_id { 1.0 } else { 0.0 };
        }
        let (a, b) = (&self.profiles.old[old], &self.profiles.new[new]);
        common_share(&a.texts, &b.texts).max(dice_likeness(&a.words, &b.words, self.vocabulary))
    }

    /// What it adds that both stand below the same headings, those aside that only name a party:
    /// the lists of one place are one table here and several there.
    fn same_place(&self, old: usize, new: usize) -> f64 {
        let tables = (self.indexes.old.rows[old].table, self.indexes.new.rows[new].table);
        let beside =
            (&self.indexes.old.tables[tables.0].beside, &self.indexes.new.tables[tables.1].beside);
        if beside.0 == beside.1 { SAME_PLACE } else { 0.0 }
    }

    fn is_grid(&self, old: usize) -> bool {
        !self.indexes.old.holds_sentences(self.indexes.old.rows[old].table)
    }

    /// Breaks ties, independently of the order.
    fn tie_break(&self, old: usize, new: usize) -> f64 {
        let rows = (&self.indexes.old.rows[old], &self.indexes.new.rows[new]);
        TIE * rows.0.fingerprint.tie_break(rows.1.fingerprint)
    }

    fn into_pairs(self) -> Vec<Sides<usize>> {
        self.partner
            .old
            .iter()
            .enumerate()
            .filter_map(|(old, new)| new.map(|new| Sides::new(old, new)))
            .collect()
    }
}
