//! Comparisons of two contents that were made already, so that none is made twice.

use std::collections::HashMap;
use std::sync::Arc;

use super::pages::PageContent;
use crate::diff::{self, Comparison};
use crate::model::Sides;

/// Which two contents.
pub(super) type PairKey = (usize, usize);

pub(super) fn pair_key(old: &Arc<PageContent>, new: &Arc<PageContent>) -> PairKey {
    (Arc::as_ptr(old).addr(), Arc::as_ptr(new).addr())
}

/// The comparisons of some contents.
#[derive(Default)]
pub(super) struct KnownComparisons(HashMap<PairKey, KnownComparison>);

struct KnownComparison {
    comparison: Arc<Comparison>,
    /// They stay in memory, so that no other content gets their addresses.
    _pages: Sides<Arc<PageContent>>,
}

impl KnownComparisons {
    /// Compares two contents, if that was not done before.
    pub(super) fn compare_once(
        &mut self,
        old: &Arc<PageContent>,
        new: &Arc<PageContent>,
    ) -> Arc<Comparison> {
        let known = self.0.entry(pair_key(old, new)).or_insert_with(|| {
            let documents = Sides::new(&old.document, &new.document);
            KnownComparison {
                comparison: Arc::new(diff::compare_pages(documents)),
                _pages: Sides::new(Arc::clone(old), Arc::clone(new)),
            }
        });
        Arc::clone(&known.comparison)
    }

    /// The comparison of two contents, if it is known.
    pub(super) fn find(&self, pair: PairKey) -> Option<Arc<Comparison>> {
        self.0.get(&pair).map(|known| Arc::clone(&known.comparison))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::document;
    use super::*;

    #[test]
    fn two_contents_are_compared_once() {
        let page = |line: &str| Arc::new(PageContent::new(document(&[line])));
        let (old, new) = (page("1 ibm: a"), page("1 customer: a"));
        let mut known = KnownComparisons::default();
        assert!(known.find(pair_key(&old, &new)).is_none());
        let first = known.compare_once(&old, &new);
        assert!(!first.changes.is_empty());
        assert!(Arc::ptr_eq(&first, &known.compare_once(&old, &new)));
        let found = known.find(pair_key(&old, &new));
        assert!(found.is_some_and(|found| Arc::ptr_eq(&first, &found)));
        assert!(known.find(pair_key(&new, &old)).is_none());
    }
}
