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

/// Whether the one text is about what IBM brings ("the IBM-provided add-ons", "images that IBM
/// builds") and the other about what the customer does ("the add-ons that you install").
pub(super) fn have_other_owners(a: &str, b: &str) -> bool {
    let owners = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        (names_owner(&words, &["ibm"]), names_owner(&words, &["you", "customer"]))
    };
    let (is_ibms, is_customers) = owners(a);
    // hardly a text says whose a thing is
    is_ibms != is_customers && owners(b) == (is_customers, is_ibms)
}

/// Whether a thing in a canonical text, given by its words, is said to be one of these parties'.
fn names_owner(words: &[&str], parties: &[&str]) -> bool {
    const BROUGHT: [&str; 6] = ["provided", "managed", "owned", "supplied", "built", "installed"];
    let is_party = |word: &str| parties.contains(&word);
    // "IBM-provided images", "images that IBM provides", "images provided by IBM"
    words.windows(2).any(|pair| {
        (is_party(pair[0]) && BROUGHT.contains(&pair[1]))
            || (matches!(pair[0], "that" | "which") && is_party(pair[1]))
    }) || words
        .windows(3)
        .any(|words| BROUGHT.contains(&words[0]) && words[1] == "by" && is_party(words[2]))
}

#[cfg(test)]
mod tests {
    use super::have_other_owners;

    #[test]
    fn what_ibm_brings_is_not_what_the_customer_does() {
        for (ibm, you) in [
            ("update the ibm provided add ons", "update the add ons that you install"),
            ("scan the images that ibm builds", "scan the images that you build"),
            ("renew keys managed by ibm", "renew customer managed keys"),
        ] {
            assert!(have_other_owners(ibm, you), "{ibm}, {you}");
            assert!(have_other_owners(you, ibm), "{ibm}, {you}");
            assert!(!have_other_owners(ibm, ibm) && !have_other_owners(you, you));
        }
        let both = "replace images that ibm provides with images that you build";
        assert!(!have_other_owners(both, "scan the images that you build"));
        assert!(!have_other_owners("ibm patches the hosts", "you patch the hosts"));
    }
}
