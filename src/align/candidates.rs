//! Which of the leftover duties are compared with each other.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::duties::DutySearch;
use crate::model::{Side, Sides};

/// A stem in more duties than this leads to no candidates; rarer ones do that better.
const COMMON_STEM: usize = 40;
/// A text that more duties than this share is looked for only near where it stood.
const COMMON_TEXT: usize = 64;
/// In a row of hundreds of duties, each is compared with this many at its own height.
const NEAR: usize = 8;

/// Each of the old ones with each of the new ones.
pub(super) fn all_pairs(free: &Sides<Vec<usize>>) -> impl Iterator<Item = (usize, usize)> {
    free.old.iter().flat_map(|old| free.new.iter().map(move |new| (*old, *new)))
}

/// Rows or tables of both sides by what is known of them.
pub(super) struct Postings<K> {
    by_key: HashMap<K, Sides<Vec<usize>>>,
    /// What more of a side have in common leads to no pairs.
    most: usize,
}

impl<K: Eq + Hash> Postings<K> {
    pub(super) fn new(most: usize) -> Self {
        Self { by_key: HashMap::new(), most }
    }

    pub(super) fn add_keys(&mut self, side: Side, at: usize, keys: impl Iterator<Item = K>) {
        for key in keys {
            let found = self.by_key.entry(key).or_default().get_mut(side);
            if found.len() <= self.most && found.last() != Some(&at) {
                found.push(at);
            }
        }
    }

    /// All that have a key in common.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let are_few = |found: &&Sides<Vec<usize>>| {
            found.old.len() <= self.most && found.new.len() <= self.most
        };
        let pairs: BTreeSet<_> = self.by_key.values().filter(are_few).flat_map(all_pairs).collect();
        pairs.into_iter().collect()
    }
}

impl DutySearch<'_, '_> {
    /// All pairs of few duties; of many, those of one row, of one text, and with rare words in common.
    pub(super) fn likely_pairs(&self, free: &Sides<Vec<usize>>) -> BTreeSet<(usize, usize)> {
        const FEW: usize = 900;
        if free.old.len().saturating_mul(free.new.len()) <= FEW {
            return all_pairs(free).collect();
        }
        let mut pairs = BTreeSet::new();
        self.pairs_of_one_row(free, &mut pairs);
        self.pairs_of_one_text(free, &mut pairs);
        self.pairs_of_rare_stems(free, &mut pairs);
        pairs
    }

    /// All with all in a row; in a row of hundreds, each with those at its height.
    fn pairs_of_one_row(&self, free: &Sides<Vec<usize>>, pairs: &mut BTreeSet<(usize, usize)>) {
        for olds in free.old.chunk_by(|a, b| self.row_of(*a) == self.row_of(*b)) {
            let row = olds.first().and_then(|old| self.row_of_old[self.row_of(*old)]);
            let Some(row) = row else { continue };
            let items = self.indexes.new.rows[row].items.clone();
            let news: Vec<usize> = items.filter(|new| self.is_free(Side::New, *new)).collect();
            let few = olds.len().saturating_mul(news.len()) <= COMMON_TEXT * COMMON_TEXT;
            for (at, old) in olds.iter().enumerate() {
                let from = if few { 0 } else { at * news.len() / olds.len() };
                let from = from.saturating_sub(if few { 0 } else { NEAR / 2 });
                let take = if few { COMMON_TEXT } else { NEAR };
                pairs.extend(news.iter().skip(from).take(take).map(|new| (*old, *new)));
            }
        }
    }

    fn row_of(&self, old: usize) -> usize {
        self.indexes.old.items[old].row
    }

    /// Equal texts, all with all; a crowd of them in its own order.
    fn pairs_of_one_text(&self, free: &Sides<Vec<usize>>, pairs: &mut BTreeSet<(usize, usize)>) {
        let mut by_text: HashMap<u32, Sides<Vec<usize>>> = HashMap::new();
        for side in [Side::Old, Side::New] {
            for at in free.get(side) {
                let text = self.indexes.get(side).items[*at].text_id;
                by_text.entry(text).or_default().get_mut(side).push(*at);
            }
        }
        for found in by_text.values() {
            if found.old.len() <= COMMON_TEXT && found.new.len() <= COMMON_TEXT {
                pairs.extend(all_pairs(found));
            } else {
                pairs.extend(found.old.iter().copied().zip(found.new.iter().copied()));
            }
        }
    }

    fn pairs_of_rare_stems(&self, free: &Sides<Vec<usize>>, pairs: &mut BTreeSet<(usize, usize)>) {
        let mut postings: HashMap<u32, Vec<usize>> = HashMap::new();
        for new in &free.new {
            for stem in self.indexes.new.items[*new].stem_counts.stems() {
                let duties = postings.entry(stem).or_default();
                if duties.len() <= COMMON_STEM {
                    duties.push(*new);
                }
            }
        }
        for old in &free.old {
            let mut hits: HashMap<usize, f64> = HashMap::new();
            for stem in self.indexes.old.items[*old].stem_counts.stems() {
                let duties = postings.get(&stem).filter(|duties| duties.len() <= COMMON_STEM);
                for new in duties.into_iter().flatten() {
                    *hits.entry(*new).or_default() += self.vocabulary.stem_weight(stem);
                }
            }
            let mut best: Vec<(usize, f64)> = hits.into_iter().collect();
            best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            pairs.extend(best.into_iter().take(COMMON_STEM).map(|(new, _)| (*old, new)));
        }
    }
}
