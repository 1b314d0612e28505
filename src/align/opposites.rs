//! Words that tell two things of one kind apart: data "at rest" and "in transit", incidents of the
//! "platform" and of the "application". What one party does for one of them, the other party may
//! always have done for the other.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::stem_counts::StemCounts;
use super::words::{Vocabulary, page_stemmer};

/// By stem: the lines of `opposites.txt` that it stands in, and whether on the left of the bar.
static SIDES: LazyLock<FxHashMap<String, Vec<(usize, bool)>>> = LazyLock::new(|| {
    let stemmer = page_stemmer();
    let mut sides: FxHashMap<String, Vec<(usize, bool)>> = FxHashMap::default();
    for (at, line) in include_str!("opposites.txt").lines().enumerate() {
        let Some((left, right)) = line.split_once('|') else { continue };
        for (words, is_left) in [(left, true), (right, false)] {
            for word in words.split_whitespace() {
                let stem = stemmer.stem(word).into_owned();
                sides.entry(stem).or_default().push((at, is_left));
            }
        }
    }
    sides
});

/// Whether two texts speak of two such things: one word of a pair stands in the one text only, its
/// opposite in the other only.
pub(super) fn name_opposites(a: &StemCounts, b: &StemCounts, vocabulary: &Vocabulary) -> bool {
    const MOST: usize = 12;
    let (Some(only_a), Some(only_b)) = (a.stems_not_in(b, MOST), b.stems_not_in(a, MOST)) else {
        return false;
    };
    let sides = |stem: &u32| SIDES.get(vocabulary.stem_text(*stem));
    only_a.iter().filter_map(sides).flatten().any(|(line, is_left)| {
        only_b.iter().filter_map(sides).flatten().any(|other| *other == (*line, !is_left))
    })
}
