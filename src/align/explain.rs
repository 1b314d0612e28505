//! Why two duties were paired, or were not.

use super::page_index::{self, IndexedDuty, PageIndex};
use super::pair_score::{PairContext, PairScore};
use super::similarity::{WordsThatCount, words_that_count};
use super::thresholds::Thresholds;
use super::words::Vocabulary;
use super::{duties::DutySearch, order_key, pair_up};
use crate::model::{Document, Sides};

/// Why a duty has the partner that it has, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// How the pair was found.
    pub found: FoundBy,
    /// All pairs that were weighed for either duty, the worthiest first.
    pub weighed: Vec<Weighing>,
}

/// How a pair was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// In the cell where it stood: same words, same party (or, in an owner layout, same row).
    InItsCell,
    /// By the assignment with the greatest total score over all that the cells left over.
    ByWorth,
    /// As the same words in the hands of the same party: they stand elsewhere, too, with another one.
    AmongTwins,
    /// As a part of the other duty, which its own party goes on with.
    AsPart,
    /// Not at all: no pair reached its bar, or a worthier one took the partner.
    Nowhere,
}

/// A pair with what spoke for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighing {
    /// Index on each side (see [`Document::duties`]).
    pub duty: Sides<usize>,
    /// Whether both are of one party: the bar for a move is higher.
    pub same_party: bool,
    /// How alike both texts are, 0 to 1.
    pub likeness: f64,
    /// What place and company add.
    pub context: PairContext,
    /// What the sum of both has to reach.
    pub bar: f64,
    /// The words that counted.
    pub words: WordsThatCount,
}

impl Weighing {
    /// Likeness and context together.
    #[must_use]
    pub fn total_score(&self) -> f64 {
        self.likeness + self.context.total_score()
    }

    fn mirrored(mut self) -> Self {
        self.duty = self.duty.swap();
        self.words = self.words.mirrored();
        self
    }
}

/// Explains what became of one duty; `duty` names it on either side, or on both for a pair.
#[must_use]
pub fn explain_duty(pages: Sides<&Document>, duty: Sides<Option<usize>>) -> Explanation {
    let nothing = || Explanation { found: FoundBy::Nowhere, weighed: Vec::new() };
    explain_each(pages, &[duty], AlignScope::OnePage).pop().unwrap_or_else(nothing)
}

/// What the pages that are aligned are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlignScope {
    /// Two versions of one page (see [`align_pages`](super::align_pages)).
    OnePage,
    /// What different pages lost and gained (see [`align_across_documents`](super::align_across_documents)).
    Strangers,
}

/// Explains several duties of the same pages, which are aligned once.
#[must_use]
pub fn explain_each(
    pages: Sides<&Document>,
    duties: &[Sides<Option<usize>>],
    scope: AlignScope,
) -> Vec<Explanation> {
    let swapped = order_key(pages.old) > order_key(pages.new);
    let pages = if swapped { pages.swap() } else { pages };
    let (indexes, vocabulary) = page_index::index_pages(pages);
    let (mut search, thresholds) = match scope {
        AlignScope::OnePage => {
            (pair_up(indexes.as_ref(), &vocabulary).search, Thresholds::within_document())
        }
        AlignScope::Strangers => {
            (DutySearch::new(indexes.as_ref(), &vocabulary), Thresholds::across_documents())
        }
    };
    let in_cell = search.found_pairs().collect();
    search.keep_verdicts();
    search.assign_left_over(&thresholds);
    let verdicts = search.take_verdicts();
    let by_worth = search.found_pairs().collect();
    if scope == AlignScope::OnePage {
        search.settle_twins();
    }
    let steps = PairsByStep { in_cell, by_worth, settled: search.found_pairs().collect() };
    let items = indexes.as_ref().map(|index| index.items.as_slice());
    let explain = |duty: &Sides<Option<usize>>| {
        let duty = if swapped { duty.swap() } else { *duty };
        let is_it = |(old, new): &(usize, usize)| duty.old == Some(*old) || duty.new == Some(*new);
        let mut about: Vec<&PairScore> =
            verdicts.iter().filter(|v| is_it(&(v.duty.old, v.duty.new))).collect();
        about.sort_by(|a, b| PairScore::best_first(a, b));
        let weighed = about.into_iter().map(|verdict| {
            let weighing = weighing_of(verdict, indexes.as_ref(), &vocabulary);
            if swapped { weighing.mirrored() } else { weighing }
        });
        Explanation { found: steps.found_by(duty, items), weighed: weighed.collect() }
    };
    duties.iter().map(explain).collect()
}

/// The pairs that were there after each step.
struct PairsByStep {
    in_cell: Vec<(usize, usize)>,
    by_worth: Vec<(usize, usize)>,
    settled: Vec<(usize, usize)>,
}

impl PairsByStep {
    /// How a duty got its partner; `duty` names it on either side, or on both for a pair.
    fn found_by(&self, duty: Sides<Option<usize>>, items: Sides<&[IndexedDuty<'_>]>) -> FoundBy {
        let has_it = |pairs: &[(usize, usize)]| {
            pairs.iter().any(|&(old, new)| duty.old == Some(old) || duty.new == Some(new))
        };
        let pair = duty.old.zip(duty.new);
        let has_pair = |pairs: &[(usize, usize)]| pair.is_some_and(|pair| pairs.contains(&pair));
        if !has_pair(&self.settled) && pair.is_some_and(|pair| self.is_part(pair, items)) {
            FoundBy::AsPart
        } else if has_pair(&self.settled) && !has_pair(&self.by_worth) {
            FoundBy::AmongTwins
        } else if has_it(&self.in_cell) {
            FoundBy::InItsCell
        } else if has_it(&self.settled) {
            FoundBy::ByWorth
        } else {
            FoundBy::Nowhere
        }
    }

    /// Whether a pair is a part that moved beside the whole that its own party goes on with.
    fn is_part(&self, (old, new): (usize, usize), items: Sides<&[IndexedDuty<'_>]>) -> bool {
        let same_party = |old: usize, new: usize| items.old[old].party == items.new[new].party;
        let goes_on = |&(whole, kept): &(usize, usize)| {
            (whole == old || kept == new) && same_party(whole, kept)
        };
        !same_party(old, new) && self.settled.iter().any(goes_on)
    }
}

fn weighing_of(
    verdict: &PairScore,
    indexes: Sides<&PageIndex<'_>>,
    vocabulary: &Vocabulary,
) -> Weighing {
    let duty = verdict.duty;
    let items = Sides::new(&indexes.old.items[duty.old], &indexes.new.items[duty.new]);
    Weighing {
        duty,
        same_party: verdict.same_party,
        likeness: verdict.likeness,
        context: verdict.context,
        bar: verdict.bar,
        words: words_that_count(
            items.map(|item| item.text),
            (&items.old.stem_counts, &items.new.stem_counts),
            vocabulary,
        ),
    }
}
