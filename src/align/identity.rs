//! What counts as equal, and which of several equally good pairs is chosen. Neither depends on
//! where anything stands on its page, so no order and no other section changes what is paired.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::model::{ComparedText, Party};

/// What a tie-break adds at most: less than any likeness says.
pub(super) const TIE: f64 = 0.002;

/// Numbers of texts: equal texts of both versions have one number.
#[derive(Default)]
pub(super) struct TextIds<'a> {
    texts: FxHashMap<ComparedText<'a>, u32>,
    held: FxHashMap<(u32, &'a Party), u32>,
}

impl<'a> TextIds<'a> {
    pub(super) fn of_text(&mut self, text: &'a str) -> u32 {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        *self.texts.entry(ComparedText(text)).or_insert(next)
    }

    /// The number of a text in the hands of a party.
    pub(super) fn of_held(&mut self, text: u32, party: &'a Party) -> u32 {
        let next = u32::try_from(self.held.len()).unwrap_or(u32::MAX);
        *self.held.entry((text, party)).or_insert(next)
    }
}

/// A fingerprint of content, by which ties are broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    pub(super) fn of_content(content: impl Hash) -> Self {
        let mut hasher = FxHasher::default();
        content.hash(&mut hasher);
        Self(spread_bits(hasher.finish()))
    }

    /// The fingerprint of several contents in any order.
    pub(super) fn of_all(parts: impl Iterator<Item = Self>) -> Self {
        Self(spread_bits(parts.fold(0, |sum: u64, part| sum.wrapping_add(part.0))))
    }

    /// A number from 0 to 1 that is the same whichever of the two is called old.
    pub(super) fn tie_break(self, other: Self) -> f64 {
        (spread_bits(self.0.wrapping_add(other.0)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.0);
    }
}

/// Spreads a number over all bits (the finish of `splitmix64`).
const fn spread_bits(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_broken_the_same_way_from_both_sides() {
        let (a, b, c) = (
            Fingerprint::of_content("a"),
            Fingerprint::of_content("b"),
            Fingerprint::of_content("c"),
        );
        assert_eq!(a.tie_break(b).total_cmp(&b.tie_break(a)), std::cmp::Ordering::Equal);
        assert_ne!(a.tie_break(b).total_cmp(&a.tie_break(c)), std::cmp::Ordering::Equal);
        let all = |parts: [Fingerprint; 2]| Fingerprint::of_all(parts.into_iter());
        assert_eq!(all([a, b]), all([b, a]));
        assert_ne!(all([a, b]), all([a, c]));
    }

    #[test]
    fn equal_texts_have_one_number() {
        let mut ids = TextIds::default();
        let keys = ids.of_text("seal the keys");
        assert_eq!(ids.of_text("seal thekeys"), keys);
        assert_ne!(ids.of_text("seal the vault"), keys);
        assert_ne!(ids.of_held(keys, &Party::Ibm), ids.of_held(keys, &Party::Customer));
    }
}
