//! Neighbouring versions of a page, each distinct pair compared once.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::edition_runs::EditionRun;
use super::known_comparisons::{KnownComparisons, PairKey, pair_key};
use super::pages::PageContent;
use super::version_chain::VersionLinks;
use crate::diff::{self, Comparison};
use crate::model::Sides;

/// What two neighbouring contents differ in.
pub(super) struct Neighbours {
    pub(super) comparison: Arc<Comparison>,
    pub(super) step: Arc<VersionLinks>,
}

/// Compares each distinct pair of neighbours once: the last versions of neighbouring editions,
/// and all neighbours inside an edition of several. Those that are known are not compared again.
pub(super) fn all_pairs(
    contents: &[Option<Arc<PageContent>>],
    runs: &[EditionRun],
    known: &KnownComparisons,
) -> HashMap<PairKey, Neighbours> {
    let page = |at: &usize| contents.get(*at).and_then(Option::as_ref);
    let mut wanted: HashMap<PairKey, (&PageContent, &PageContent)> = HashMap::new();
    let mut want = |old: Option<&usize>, new: Option<&usize>| {
        if let (Some(old), Some(new)) = (old.and_then(page), new.and_then(page)) {
            wanted.insert(pair_key(old, new), (&**old, &**new));
        }
    };
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| runs.get(at)).and_then(|run| run.at.last());
        want(before, run.at.last());
        if run.at.len() > 1 {
            want(before, run.at.first());
            for neighbours in run.at.windows(2) {
                want(neighbours.first(), neighbours.last());
            }
        }
    }
    let compare = |(key, (old, new))| {
        let neighbours = match known.find(key) {
            Some(comparison) => Neighbours::new(comparison),
            None => compare_pair(old, new),
        };
        (key, neighbours)
    };
    wanted.into_par_iter().map(compare).collect()
}

pub(super) fn compare_pair(old: &PageContent, new: &PageContent) -> Neighbours {
    if old.document.matrices == new.document.matrices {
        let step = Arc::new(VersionLinks::all_unchanged(old.duty_count()));
        return Neighbours { comparison: Arc::default(), step };
    }
    Neighbours::new(Arc::new(diff::compare_pages(Sides::new(&old.document, &new.document))))
}

impl Neighbours {
    fn new(comparison: Arc<Comparison>) -> Self {
        let step = Arc::new(VersionLinks::new(&comparison));
        Self { comparison, step }
    }
}
