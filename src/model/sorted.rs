//! Sorts lists of whatever type with one and the same code.

use std::cmp::Ordering;

/// Sorts as the standard library does, which keeps the order of equal items.
///
/// The standard library's sort is built anew for each type and each order, six kilobytes each time.
/// Here the positions are sorted, always by the same code, and then the items exchanged. That is
/// slower by a call per comparison: where thousands are sorted again and again, use the standard
/// library's.
pub trait SortItems<T> {
    /// Sorts by an order.
    fn sort_items_by(&mut self, order: impl Fn(&T, &T) -> Ordering);

    /// Sorts by a key.
    fn sort_items_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.sort_items_by(|a, b| key(a).cmp(&key(b)));
    }
}

impl<T> SortItems<T> for [T] {
    fn sort_items_by(&mut self, order: impl Fn(&T, &T) -> Ordering) {
        let mut sources = sorted_positions(self.len(), &|a, b| order(&self[a], &self[b]));
        for start in 0..sources.len() {
            let mut place = start;
            // each place takes its item from the next of the circle, up to the first one's
            while sources[place] != start {
                let source = std::mem::replace(&mut sources[place], place);
                self.swap(place, source);
                place = source;
            }
            sources[place] = place;
        }
    }
}

/// The positions of the items in their new order.
fn sorted_positions(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_by(|a, b| order(*a, *b));
    positions
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::SortItems;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(items in prop::collection::vec((0_u8..9, any::<u8>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut found = items;
            found.sort_items_by_key(|(key, _)| *key);
            prop_assert_eq!(found, expected);
        }
    }
}
