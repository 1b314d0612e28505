//! Neighbouring versions of a page, each distinct pair compared once.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::edition_runs::EditionRun;
use super::pages::PageContent;
use super::version_chain::VersionLinks;
use crate::diff::{self, Comparison};
use crate::model::Sides;

/// What two neighbouring contents differ in.
pub(super) struct Neighbours {
    pub(super) comparison: Comparison,
    pub(super) step: Arc<VersionLinks>,
}

/// Which two contents.
pub(super) type PairKey = (usize, usize);

pub(super) fn pair_key(old: &Arc<PageContent>, new: &Arc<PageContent>) -> PairKey {
    (Arc::as_ptr(old).addr(), Arc::as_ptr(new).addr())
}

/// Compares each distinct pair of neighbours once: the last versions of neighbouring editions,
/// and all neighbours inside an edition of several.
pub(super) fn all_pairs(
    contents: &[Option<Arc<PageContent>>],
    runs: &[EditionRun],
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
    wanted.into_par_iter().map(|(key, (old, new))| (key, compare_pair(old, new))).collect()
}

pub(super) fn compare_pair(old: &PageContent, new: &PageContent) -> Neighbours {
    if old.document.matrices == new.document.matrices {
        let step = Arc::new(VersionLinks::all_unchanged(old.duty_count()));
        return Neighbours { comparison: Comparison::default(), step };
    }
    let comparison = diff::compare_pages(Sides::new(&old.document, &new.document));
    let step = Arc::new(VersionLinks::new(&comparison));
    Neighbours { comparison, step }
}
