//! The words of a text, counted.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::step_count::add_steps;

/// A text's stems, each with how often it stands there.
#[derive(Clone, Debug, Default)]
pub(super) struct StemCounts {
    /// By stem id.
    stems: Vec<(u32, u32)>,
    weight: OnceCell<f64>,
}

impl StemCounts {
    /// Counts the stems of a text.
    pub(super) fn from_ids(mut ids: Vec<u32>) -> Self {
        ids.sort_unstable();
        let mut stems: Vec<(u32, u32)> = Vec::with_capacity(ids.len());
        for id in ids {
            match stems.last_mut() {
                Some((last, count)) if *last == id => *count += 1,
                _ => stems.push((id, 1)),
            }
        }
        Self { stems, ..Self::default() }
    }

    /// The stems of several texts, counted together.
    pub(super) fn merge_all<'b>(texts: impl Iterator<Item = &'b Self>) -> Self {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for (id, count) in texts.flat_map(|text| &text.stems) {
            *counts.entry(*id).or_default() += count;
        }
        Self { stems: counts.into_iter().collect(), ..Self::default() }
    }

    /// Each stem once.
    pub(super) fn stems(&self) -> impl Iterator<Item = u32> {
        self.stems.iter().map(|(id, _)| *id)
    }

    /// How many stems there are, repeated ones counted each time.
    pub(super) fn total_count(&self) -> u32 {
        self.stems.iter().map(|(_, count)| count).sum()
    }

    pub(super) fn has_stem(&self, stem: u32) -> bool {
        self.count_of(stem).is_some()
    }

    fn count_of(&self, stem: u32) -> Option<u32> {
        let at = self.stems.binary_search_by_key(&stem, |(id, _)| *id).ok()?;
        Some(self.stems[at].1)
    }

    /// How much the text says, where each stem has this weight; counted once.
    pub(super) fn total_weight(&self, stem_weight: impl Fn(u32) -> f64) -> f64 {
        let weigh = |(id, count): &(u32, u32)| stem_weight(*id) * f64::from(*count);
        *self.weight.get_or_init(|| self.stems.iter().map(weigh).sum())
    }

    /// The stems of both, with how often they are in both. It costs what the smaller holds:
    /// thousands of rows may be held against the one that took them all.
    pub(super) fn common_stems<'b>(
        &'b self,
        other: &'b Self,
    ) -> impl Iterator<Item = (u32, u32)> + use<'b> {
        let swapped = self.stems.len() > other.stems.len();
        let (small, large) = if swapped { (other, self) } else { (self, other) };
        add_steps(1 + small.stems.len());
        small.stems.iter().filter_map(|(id, n)| Some((*id, large.count_of(*id)?.min(*n))))
    }

    /// The stems that the other text does not have, if there are at most `most` of them.
    pub(super) fn stems_not_in(&self, other: &Self, most: usize) -> Option<Vec<u32>> {
        let shared = self.common_stems(other).count();
        let few = self.stems.len() - shared <= most;
        few.then(|| self.stems().filter(|id| !other.has_stem(*id)).collect())
    }
}
