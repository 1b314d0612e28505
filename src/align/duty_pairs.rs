//! What the cells left over: one search over the whole page for duties that were reworded, moved
//! or put elsewhere.

use std::collections::BTreeSet;

use super::alignment::NearMiss;
use super::assignment::{PairCandidate, assign_pairs};
use super::duties::DutySearch;
use super::leftover;
use super::moved_duties::MovedDuties;
use super::pair_score::{LeftoverCounts, PairScore, PairScorer};
use super::thresholds::Thresholds;
use crate::model::{Side, Sides};

impl DutySearch<'_, '_> {
    /// Pairs what is left by the assignment with the greatest total score, and records the pairs
    /// that only just missed the threshold.
    pub(super) fn assign_left_over(&mut self, thresholds: &Thresholds) {
        let free = self.all_free();
        let leftovers = LeftoverCounts::count_leftovers(self.indexes, &free);
        let scorer = PairScorer {
            indexes: self.indexes,
            vocabulary: self.vocabulary,
            row_of_old: &self.row_of_old,
            table_of_old: &self.table_of_old,
            places: &self.places,
            leftovers: &leftovers,
            spare: self.spare.as_ref().map(Vec::as_slice),
            thresholds,
        };
        let judged: Vec<PairScore> = self
            .likely_pairs(&free)
            .into_iter()
            .filter_map(|(old, new)| scorer.score_pair(old, new))
            .collect();
        if let Some(kept) = &mut self.verdicts {
            kept.extend(&judged);
        }
        let moved = MovedDuties::among(&judged, self.indexes);
        let judged: Vec<PairScore> = judged.into_iter().filter(|j| !moved.part_pair(j)).collect();
        let candidates = judged
            .iter()
            .map(|j| PairCandidate { old: j.duty.old, new: j.duty.new, worth: j.worth() })
            .collect();
        for (old, new) in assign_pairs(candidates) {
            self.add_pair(old, new);
        }
        leftover::pair_changed_halves(self, &judged);
        leftover::pair_whole_texts(self);
        self.set_duplicates_aside();
        self.note_possible_moves(&judged, thresholds);
    }

    fn note_possible_moves(&mut self, judged: &[PairScore], thresholds: &Thresholds) {
        let mut doubtful: Vec<&PairScore> = judged
            .iter()
            .filter(|j| !j.same_party && j.over_threshold() + j.deed_loss > -thresholds.doubt)
            .filter(|j| self.is_free(Side::Old, j.duty.old) && self.is_free(Side::New, j.duty.new))
            .collect();
        doubtful.sort_by(|a, b| PairScore::best_first(a, b));
        let mut reported = Sides::new(BTreeSet::new(), BTreeSet::new());
        for j in doubtful {
            if !reported.old.contains(&j.duty.old) && !reported.new.contains(&j.duty.new) {
                reported.old.insert(j.duty.old);
                reported.new.insert(j.duty.new);
                self.possible_moves.push(NearMiss { duty: j.duty, similarity: j.likeness });
            }
        }
        self.possible_moves.sort_by_key(|miss| (miss.duty.old, miss.duty.new));
    }
}
