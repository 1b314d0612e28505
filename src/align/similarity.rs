//! How alike two texts are, whatever their voice.

use super::stem_counts::StemCounts;
use super::step_count::add_steps;
use super::words::Vocabulary;
use crate::model::Sides;

/// Likeness of two texts, 0 to 1: the share of weight that both have in common. A word with a
/// different spelling counts in part, and a text that is contained in a longer one counts for more
/// than its share.
pub(super) fn stem_likeness(a: &StemCounts, b: &StemCounts, vocabulary: &Vocabulary) -> f64 {
    let (a_weight, b_weight) = (vocabulary.text_weight(a), vocabulary.text_weight(b));
    let (small, large) =
        if a_weight < b_weight { (a_weight, b_weight) } else { (b_weight, a_weight) };
    if large <= 0.0 {
        return voice_likeness(a, b);
    }
    if small <= 0.0 {
        return 0.0;
    }
    let shared = shared_weight(a, b, vocabulary) + misspelled_weight(a, b, vocabulary);
    let dice = (2.0 * shared / (small + large)).min(1.0);
    let contained = (shared / small).min(1.0);
    // a scrap of two words is contained in anything
    let trust = (small / 3.0).min(1.0) * 0.2;
    dice * (1.0 - trust) + contained * trust
}

/// The weight of the words of each text that the other does not have; the lesser of both.
pub(super) fn least_own_weight(a: &StemCounts, b: &StemCounts, vocabulary: &Vocabulary) -> f64 {
    let least = vocabulary.text_weight(a).min(vocabulary.text_weight(b));
    least - shared_weight(a, b, vocabulary) - misspelled_weight(a, b, vocabulary)
}

/// The weight of the words that two texts have in common.
pub(super) fn shared_weight(a: &StemCounts, b: &StemCounts, vocabulary: &Vocabulary) -> f64 {
    a.common_stems(b).map(|(id, count)| vocabulary.stem_weight(id) * f64::from(count)).sum()
}

/// Words that stand on one side only but differ by a slip of the pen. Only looked for where few
/// are left, for that is where it can matter.
fn misspelled_weight(a: &StemCounts, b: &StemCounts, vocabulary: &Vocabulary) -> f64 {
    const MOST: usize = 12;
    let (Some(only_a), Some(only_b)) = (a.stems_not_in(b, MOST), b.stems_not_in(a, MOST)) else {
        return 0.0;
    };
    let mut taken = [false; MOST];
    let mut credit = 0.0;
    for x in &only_a {
        let word = vocabulary.stem_text(*x);
        let twin = only_b.iter().enumerate().find(|(at, y)| {
            !taken[*at]
                && vocabulary.stem_weight(**y) > 0.0
                && is_slip(word, vocabulary.stem_text(**y))
        });
        if let Some((at, y)) = twin {
            taken[at] = true;
            credit += 0.8 * vocabulary.stem_weight(*x).min(vocabulary.stem_weight(*y));
        }
    }
    credit
}

/// The pairs of letters of words up to this length are compared one by one.
const MOST_LETTERS: usize = 24;

/// Whether two stems are one word, misspelled: long enough, and most letter pairs in common.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    const SHARE: f64 = 0.7;
    if a.len() < 5 || b.len() < 5 {
        return false;
    }
    let (small, large) = if a.len() > b.len() { (b, a) } else { (a, b) };
    let all = a.len() + b.len() - 2;
    let share = |common: usize| (2 * common) as f64 / all as f64;
    // they cannot have more in common than the shorter one has
    share(small.len() - 1) >= SHARE
        && !a.bytes().any(|c| c.is_ascii_digit())
        && share(common_letter_pairs(small, large)) >= SHARE
}

/// Whether two words are one, misspelled: a slip, or one letter or the order of two in longer words.
pub(super) fn is_misspelling(a: &str, b: &str) -> bool {
    is_slip(a, b) || (a.len().min(b.len()) >= 5 && strsim::osa_distance(a, b) <= 1)
}

/// How many pairs of letters two words have in common.
fn common_letter_pairs(small: &str, large: &str) -> usize {
    const TAKEN: u32 = u32::MAX;
    add_steps(small.len());
    if large.len() > MOST_LETTERS {
        let (mut small, mut large): (Vec<u32>, Vec<u32>) =
            (letter_pairs(small).collect(), letter_pairs(large).collect());
        small.sort_unstable();
        large.sort_unstable();
        return common_items(&small, &large);
    }
    let mut left = [TAKEN; MOST_LETTERS];
    for (slot, pair) in left.iter_mut().zip(letter_pairs(large)) {
        *slot = pair;
    }
    let left = left.get_mut(..large.len()).unwrap_or_default();
    let mut is_left = |pair: &u32| match left.iter_mut().find(|slot| **slot == *pair) {
        Some(slot) => {
            *slot = TAKEN;
            true
        }
        None => false,
    };
    letter_pairs(small).filter(|pair| is_left(pair)).count()
}

/// Share of two sorted lists that both have, 0 to 1. As with [`StemCounts::common_stems`] a short list costs
/// little against a long one.
pub(super) fn common_share<T: Ord>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 0.0;
    }
    let (small, large) = if a.len() > b.len() { (b, a) } else { (a, b) };
    add_steps(1 + small.len());
    (2 * common_items(small, large)) as f64 / (a.len() + b.len()) as f64
}

/// How many items two sorted lists have in common.
fn common_items<T: Ord>(small: &[T], mut large: &[T]) -> usize {
    let mut same = 0_usize;
    for item in small {
        large = &large[large.partition_point(|other| other < item)..];
        if let [first, rest @ ..] = large
            && first == item
        {
            same += 1;
            large = rest;
        }
    }
    same
}

fn letter_pairs(word: &str) -> impl Iterator<Item = u32> {
    word.as_bytes().windows(2).map(|pair| (u32::from(pair[0]) << 8) | u32::from(pair[1]))
}

/// Texts of nothing but voice words ("You are responsible.") are compared by those.
fn voice_likeness(a: &StemCounts, b: &StemCounts) -> f64 {
    let total = a.total_count() + b.total_count();
    if total == 0 {
        return 1.0;
    }
    let shared: u32 = a.common_stems(b).map(|(_, count)| count).sum();
    f64::from(2 * shared) / f64::from(total)
}

/// Share of weight that two bags have in common, 0 to 1; for rows and tables, where spelling and
/// containment say nothing.
pub(super) fn dice_likeness(a: &StemCounts, b: &StemCounts, vocabulary: &Vocabulary) -> f64 {
    let all = vocabulary.text_weight(a) + vocabulary.text_weight(b);
    if all <= 0.0 { 0.0 } else { 2.0 * shared_weight(a, b, vocabulary) / all }
}

/// The words of two texts and their bags that count: those in common, those on one side only.
pub(super) fn words_that_count(
    texts: Sides<&str>,
    (a, b): (&StemCounts, &StemCounts),
    vocabulary: &Vocabulary,
) -> WordsThatCount {
    let named = |ids: Vec<u32>| {
        let counted = |id: u32| CountedWord {
            stem: vocabulary.stem_text(id).to_owned(),
            weight: vocabulary.stem_weight(id),
            word: texts.map(|text| vocabulary.word_in(text, id).map(str::to_owned)),
        };
        let mut words: Vec<CountedWord> =
            ids.into_iter().map(counted).filter(|word| word.weight > 0.0).collect();
        words.sort_by(|x, y| y.weight.total_cmp(&x.weight).then_with(|| x.stem.cmp(&y.stem)));
        words
    };
    let only = |a: &StemCounts, b: &StemCounts| a.stems_not_in(b, usize::MAX).unwrap_or_default();
    WordsThatCount {
        shared: named(a.common_stems(b).map(|(id, _)| id).collect()),
        only: Sides::new(named(only(a, b)), named(only(b, a))),
    }
}

/// The words that two texts were compared by, weightiest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordsThatCount {
    /// In both texts.
    pub shared: Vec<CountedWord>,
    /// In one of them only.
    pub only: Sides<Vec<CountedWord>>,
}

/// A word that two texts were compared by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CountedWord {
    /// What is left of it for comparing: one for all its forms and for verbs of one meaning.
    pub stem: String,
    /// How much it says, 0 to 1.
    pub weight: f64,
    /// The first such word of each text, in the form that is compared.
    pub word: Sides<Option<String>>,
}

impl WordsThatCount {
    /// The same for the texts the other way round.
    pub(super) fn mirrored(self) -> Self {
        let turn = |words: Vec<CountedWord>| {
            let turned = |word: CountedWord| CountedWord { word: word.word.swap(), ..word };
            words.into_iter().map(turned).collect()
        };
        Self { shared: turn(self.shared), only: self.only.swap().map(turn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_leaves_most_pairs_of_letters() {
        let long = "interoperability-of-authorizations";
        for (a, b, expected) in [
            ("encrypt", "encyrpt", false),
            ("maintain", "maintian", false),
            ("configur", "configure", true),
            ("certific", "certificat", true),
            ("vault", "vaults", true),
            ("key", "keys", false),
            ("vault1", "vault2", false),
            ("banana", "bananas", true),
            ("aaaaa", "aaaaaaaaa", false),
            (long, &long[2..], true),
            (long, &long[..16], false),
        ] {
            assert_eq!(is_slip(a, b), expected, "{a}, {b}");
            assert_eq!(common_letter_pairs(a, b), common_letter_pairs(b, a), "{a}, {b}");
            let sorted = |word| {
                let mut pairs: Vec<u32> = letter_pairs(word).collect();
                pairs.sort_unstable();
                pairs
            };
            let share = common_share(&sorted(a), &sorted(b));
            let is_word = !a.bytes().any(|c| c.is_ascii_digit()) && a.len().min(b.len()) >= 5;
            assert_eq!(is_slip(a, b), is_word && share >= 0.7, "{a}, {b}: {share}");
        }
    }
}
