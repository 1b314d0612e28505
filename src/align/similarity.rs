//! How alike two texts are, whatever their voice.

use super::bag::Bag;
use super::words::Vocabulary;
use super::work::add_steps;
use crate::model::Sides;

/// Likeness of two texts, 0 to 1: the share of weight that both have in common. A word with a
/// different spelling counts in part, and a text that is contained in a longer one counts for more
/// than its share.
pub(super) fn likeness(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> f64 {
    let (a_weight, b_weight) = (a.weight(vocabulary), b.weight(vocabulary));
    let (small, large) =
        if a_weight < b_weight { (a_weight, b_weight) } else { (b_weight, a_weight) };
    if large <= 0.0 {
        return voice_likeness(a, b);
    }
    if small <= 0.0 {
        return 0.0;
    }
    let shared = shared_weight(a, b, vocabulary) + misspelled(a, b, vocabulary);
    let dice = (2.0 * shared / (small + large)).min(1.0);
    let contained = (shared / small).min(1.0);
    // a scrap of two words is contained in anything
    let trust = (small / 3.0).min(1.0) * 0.2;
    dice * (1.0 - trust) + contained * trust
}

fn shared_weight(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> f64 {
    a.common(b).map(|(id, count)| vocabulary.weight(id) * f64::from(count)).sum()
}

/// Words that stand on one side only but differ by a slip of the pen. Only looked for where few
/// are left, for that is where it can matter.
fn misspelled(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> f64 {
    const MOST: usize = 12;
    let (Some(only_a), Some(only_b)) = (a.only(b, MOST), b.only(a, MOST)) else { return 0.0 };
    let mut taken = [false; MOST];
    let mut credit = 0.0;
    for x in &only_a {
        let word = vocabulary.text(*x);
        let twin = only_b.iter().enumerate().find(|(at, y)| {
            !taken[*at] && vocabulary.weight(**y) > 0.0 && is_slip(word, vocabulary.text(**y))
        });
        if let Some((at, y)) = twin {
            taken[at] = true;
            credit += 0.8 * vocabulary.weight(*x).min(vocabulary.weight(*y));
        }
    }
    credit
}

/// Whether two stems are one word, misspelled: long enough, and most letter pairs in common.
fn is_slip(a: &str, b: &str) -> bool {
    if a.len() < 5 || b.len() < 5 || a.bytes().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let (mut left, mut right) = (letter_pairs(a), letter_pairs(b));
    left.sort_unstable();
    right.sort_unstable();
    share(&left, &right) >= 0.7
}

/// Share of two sorted lists that both have, 0 to 1. As with [`Bag::common`] a short list costs
/// little against a long one.
pub(super) fn share<T: Ord>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 0.0;
    }
    let (small, mut large) = if a.len() > b.len() { (b, a) } else { (a, b) };
    add_steps(1 + small.len());
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
    (2 * same) as f64 / (a.len() + b.len()) as f64
}

fn letter_pairs(word: &str) -> Vec<(u8, u8)> {
    word.as_bytes().windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Texts of nothing but voice words ("You are responsible.") are compared by those.
fn voice_likeness(a: &Bag, b: &Bag) -> f64 {
    let total = a.total() + b.total();
    if total == 0 {
        return 1.0;
    }
    let shared: u32 = a.common(b).map(|(_, count)| count).sum();
    f64::from(2 * shared) / f64::from(total)
}

/// Share of weight that two bags have in common, 0 to 1; for rows and tables, where spelling and
/// containment say nothing.
pub(super) fn dice(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> f64 {
    let all = a.weight(vocabulary) + b.weight(vocabulary);
    if all <= 0.0 { 0.0 } else { 2.0 * shared_weight(a, b, vocabulary) / all }
}

/// The words of both bags that count, with their weight: those in common, those on one side only.
pub(super) fn words_that_count(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> WordsThatCount {
    let named = |ids: Vec<u32>| {
        let mut words: Vec<(String, f64)> = ids
            .into_iter()
            .map(|id| (vocabulary.text(id).to_owned(), vocabulary.weight(id)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        words.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
        words
    };
    let only = |a: &Bag, b: &Bag| a.only(b, usize::MAX).unwrap_or_default();
    WordsThatCount {
        shared: named(a.common(b).map(|(id, _)| id).collect()),
        only: Sides::new(named(only(a, b)), named(only(b, a))),
    }
}

/// The words that two texts were compared by: stems, each with its weight, weightiest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordsThatCount {
    /// In both texts.
    pub shared: Vec<(String, f64)>,
    /// In one of them only.
    pub only: Sides<Vec<(String, f64)>>,
}
