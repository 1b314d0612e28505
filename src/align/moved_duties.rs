//! Duties that went to another party while their old place got a similar text. The two texts of one
//! party in one cell look like a rewording, but the duty itself is the other party's now.

use std::collections::HashSet;

use super::doers::is_negated;
use super::page_index::PageIndex;
use super::pair_score::PairScore;
use crate::model::Sides;

/// Duties that have a counterpart in the hands of another party.
pub(super) struct MovedDuties<'f, 'a> {
    indexes: Sides<&'f PageIndex<'a>>,
    any: Sides<HashSet<usize>>,
    /// Those whose counterpart in the same row asks for the same deed.
    same_deed: Sides<HashSet<usize>>,
}

impl<'f, 'a> MovedDuties<'f, 'a> {
    pub(super) fn among(judged: &[PairScore], indexes: Sides<&'f PageIndex<'a>>) -> Self {
        let moved = || judged.iter().filter(|pair| !pair.same_party && pair.over_threshold() > 0.0);
        let sides = |pairs: Vec<&PairScore>| {
            Sides::from_fn(|side| pairs.iter().map(|pair| *pair.duty.get(side)).collect())
        };
        let same_deed = moved().filter(|pair| !pair.other_deed && pair.context.same_row > 0.0);
        Self { indexes, any: sides(moved().collect()), same_deed: sides(same_deed.collect()) }
    }

    /// Whether such a duty parts a pair of one party: the one text denies what the other asks for
    /// ("IBM does not back up the vault", "The papers are not counted"), or asks for another deed.
    pub(super) fn part_pair(&self, pair: &PairScore) -> bool {
        let Sides { old, new } = pair.duty;
        let went = Sides::new(self.any.old.contains(&old), self.any.new.contains(&new));
        if !pair.same_party || !(went.old || went.new) {
            return false;
        }
        let items = Sides::new(&self.indexes.old.items[old], &self.indexes.new.items[new]);
        let denied = items.map(|item| item.denied || is_negated(item.text));
        let is_denied =
            (denied.new && !denied.old && went.old) || (denied.old && !denied.new && went.new);
        let is_other = pair.other_deed
            && (self.same_deed.old.contains(&old) || self.same_deed.new.contains(&new));
        is_denied || is_other
    }
}
