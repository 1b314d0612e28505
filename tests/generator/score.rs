//! Holds what was told against the truth, each change once.
//!
//! A told change hits an expected one where kind and parties agree, and on each side the words
//! (canonical, so that style does not matter), the headings and, where the layout has rows, the
//! row's label. Stricter than the words alone: near twins are here on purpose. Of the two
//! readings of a split the one that more of what was told agrees with counts.
//!
//! An expected `relocated` that goes untold is no miss (it is counted apart); a told one that
//! nothing covers is a false alarm.

use std::collections::BTreeMap;

use respdiff::diff::Comparison;
use respdiff::model::{Change, Kind, Place};
use respdiff::normalize::{Names, canonical_text};

use super::Pair;
use super::model::Holder;
use super::truth::{Expected, Spot};

/// Share of the longer text's words that both must have.
const SAME_TEXT: f64 = 0.85;
/// Share of a label's or a heading's words.
const SAME_LABEL: f64 = 0.7;

/// How one pair went.
#[derive(Debug, Default)]
pub(crate) struct Verdict<'a> {
    pub(crate) hits: Vec<(&'a Expected, &'a Change)>,
    pub(crate) misses: Vec<&'a Expected>,
    pub(crate) false_alarms: Vec<&'a Change>,
}

impl Verdict<'_> {
    /// Whether nothing was missed (a relocation may be) and nothing told without cause.
    pub(crate) fn is_exact(&self) -> bool {
        self.false_alarms.is_empty()
            && self.misses.iter().all(|expected| expected.kind == Kind::Relocated)
    }
}

/// Judges what was told of a pair.
pub(crate) fn judge<'a>(pair: &'a Pair, told: &'a Comparison) -> Verdict<'a> {
    let judge = Judge { names: Names::builtin(), pair };
    let told: Vec<&Change> = told.changes.iter().collect();
    let expected = judge.readings(&told);
    let agrees: Vec<Vec<usize>> = expected
        .iter()
        .map(|expected| (0..told.len()).filter(|at| judge.agrees(expected, told[*at])).collect())
        .collect();
    let partner = match_once(&agrees, told.len());
    let mut verdict = Verdict::default();
    for (at, change) in told.iter().enumerate() {
        match partner[at] {
            Some(hit) => verdict.hits.push((expected[hit], change)),
            None => verdict.false_alarms.push(change),
        }
    }
    let missed = (0..expected.len()).filter(|at| !partner.contains(&Some(*at)));
    verdict.misses = missed.map(|at| expected[at]).collect();
    verdict
}

/// Which expected change each told one hits, as many as can be at once.
fn match_once(agrees: &[Vec<usize>], told: usize) -> Vec<Option<usize>> {
    fn seek(
        at: usize,
        agrees: &[Vec<usize>],
        seen: &mut [bool],
        partner: &mut [Option<usize>],
    ) -> bool {
        for told in &agrees[at] {
            if std::mem::replace(&mut seen[*told], true) {
                continue;
            }
            if partner[*told].is_none_or(|other| seek(other, agrees, seen, partner)) {
                partner[*told] = Some(at);
                return true;
            }
        }
        false
    }
    let mut partner = vec![None; told];
    for at in 0..agrees.len() {
        seek(at, agrees, &mut vec![false; told], &mut partner);
    }
    partner
}

struct Judge<'a> {
    names: Names,
    pair: &'a Pair,
}

impl<'a> Judge<'a> {
    /// The truth with one reading of each ambiguity.
    fn readings(&self, told: &[&Change]) -> Vec<&'a Expected> {
        let mut hits: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for expected in &self.pair.truth {
            if let Some(reading) = expected.reading {
                let hit = told.iter().any(|change| self.agrees(expected, change));
                *hits.entry(reading).or_default() += usize::from(hit);
            }
        }
        let best = |at: usize| {
            let count = |reading| hits.get(&(at, reading)).copied().unwrap_or_default();
            usize::from(count(1) > count(0))
        };
        self.pair
            .truth
            .iter()
            .filter(|expected| expected.reading.is_none_or(|(at, reading)| best(at) == reading))
            .collect()
    }

    fn agrees(&self, expected: &Expected, told: &Change) -> bool {
        let party = told.party.as_ref().map(|party| party.as_ref().map(ToString::to_string));
        expected.kind == told.kind
            && expected.from.map(Holder::name) == party.old.as_deref()
            && expected.to.map(Holder::name) == party.new.as_deref()
            && self.stands(expected.old.as_ref(), told.place.old.as_ref())
            && self.stands(expected.new.as_ref(), told.place.new.as_ref())
    }

    /// Rows count only where both layouts have them: without, equal duties of one area are the
    /// same to a reader.
    fn has_rows(&self) -> bool {
        self.pair.style.old.shape.has_rows() && self.pair.style.new.shape.has_rows()
    }

    fn stands(&self, spot: Option<&Spot>, place: Option<&Place>) -> bool {
        match (spot, place) {
            (None, None) => true,
            (Some(spot), Some(place)) => {
                let (both, _, spot_words) = self.common(&spot.section, &place.section.join(" "));
                self.share(&spot.text, &place.text) >= SAME_TEXT
                    && (!self.has_rows() || self.share(&spot.task, &place.task) >= SAME_LABEL)
                    && both >= SAME_LABEL * spot_words
            }
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// Share of the longer text's words that both have.
    fn share(&self, a: &str, b: &str) -> f64 {
        let (both, longer, _) = self.common(a, b);
        if longer == 0.0 { 1.0 } else { both / longer }
    }

    /// How many words both have, how many the longer one, how many the first.
    fn common(&self, a: &str, b: &str) -> (f64, f64, f64) {
        let (a, b) = (canonical_text(a, &self.names), canonical_text(b, &self.names));
        let words = |text: &str| -> Vec<String> {
            text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let (a, mut b) = (words(&a), words(&b));
        let longer = a.len().max(b.len());
        let mut both = 0;
        for word in &a {
            if let Some(at) = b.iter().position(|other| other == word) {
                b.swap_remove(at);
                both += 1;
            }
        }
        (f64::from(both), longer as f64, a.len() as f64)
    }
}
