//! Why two duties were paired, or were not.

use super::bars::Bars;
use super::judge::{Context, Verdict};
use super::similarity::{WordsThatCount, words_that_count};
use super::words::Vocabulary;
use super::{face::Face, order_key, pair_up};
use crate::model::{Document, Sides};

/// Why a duty has the partner that it has, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// How the pair was found.
    pub found: Found,
    /// All pairs that were weighed for either duty, the worthiest first.
    pub weighed: Vec<Weighing>,
}

/// How a pair was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// In the cell where it stood: same words, same party (or, in an owner layout, same row).
    InItsCell,
    /// By the assignment of greatest worth over all that cells left over.
    ByWorth,
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
    pub context: Context,
    /// What the sum of both has to reach.
    pub bar: f64,
    /// The words that counted.
    pub words: WordsThatCount,
}

impl Weighing {
    /// Likeness and context together.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.likeness + self.context.sum()
    }
}

/// Explains what became of one duty; `duty` names it on either side, or on both for a pair.
#[must_use]
pub fn explain(pages: Sides<&Document>, duty: Sides<Option<usize>>) -> Explanation {
    let swapped = order_key(pages.old) > order_key(pages.new);
    let (pages, duty) = if swapped { (pages.swap(), duty.swap()) } else { (pages, duty) };
    let mut vocabulary = Vocabulary::default();
    let faces = pages.map(|page| Face::new(page, &mut vocabulary));
    vocabulary.weigh();
    let mut pairing = pair_up(faces.as_ref(), &vocabulary);
    let is_it = |old: usize, new: usize| duty.old == Some(old) || duty.new == Some(new);
    let in_cell = pairing.search.pairs().any(|(old, new)| is_it(old, new));
    pairing.search.watch(duty);
    pairing.search.assign_left_over(&Bars::within_document());
    let found = match (in_cell, pairing.search.pairs().any(|(old, new)| is_it(old, new))) {
        (true, _) => Found::InItsCell,
        (false, true) => Found::ByWorth,
        (false, false) => Found::Nowhere,
    };
    let mut verdicts = pairing.search.take_watched();
    verdicts.sort_by(|a, b| {
        let by_index = (a.duty.old, a.duty.new).cmp(&(b.duty.old, b.duty.new));
        b.worth().total_cmp(&a.worth()).then(by_index)
    });
    let weigh = |verdict: &Verdict| {
        let items =
            Sides::new(&faces.old.items[verdict.duty.old], &faces.new.items[verdict.duty.new]);
        let mut words = words_that_count(&items.old.bag, &items.new.bag, &vocabulary);
        let mut duty = verdict.duty;
        if swapped {
            words.only = words.only.swap();
            duty = duty.swap();
        }
        Weighing {
            duty,
            same_party: verdict.same_party,
            likeness: verdict.likeness,
            context: verdict.context,
            bar: verdict.bar,
            words,
        }
    };
    Explanation { found, weighed: verdicts.iter().map(weigh).collect() }
}
