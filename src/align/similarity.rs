//! How alike two texts are, whatever their voice.

use super::words::{Bag, Vocabulary};
use crate::model::Sides;

/// Likeness of two bags, 0 to 1: the share of weight that both have in common, where a word that
/// was only spelled differently counts in part and a text that lives on inside a longer one
/// counts for more than its share.
pub(super) fn likeness(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> f64 {
    let common = Common::of(a, b, vocabulary);
    let (small, large) = if common.weight_a < common.weight_b {
        (common.weight_a, common.weight_b)
    } else {
        (common.weight_b, common.weight_a)
    };
    if large <= 0.0 {
        return voice_likeness(a, b);
    }
    if small <= 0.0 {
        return 0.0;
    }
    let shared = common.shared + misspelled(&common, vocabulary);
    let dice = (2.0 * shared / (small + large)).min(1.0);
    let contained = (shared / small).min(1.0);
    // a scrap of two words is contained in anything
    let trust = (small / 3.0).min(1.0) * 0.2;
    dice * (1.0 - trust) + contained * trust
}

/// Weight of a bag: how much the text says.
pub(super) fn weight(bag: &Bag, vocabulary: &Vocabulary) -> f64 {
    bag.iter().map(|(id, count)| vocabulary.weight(*id) * f64::from(*count)).sum()
}

struct Common {
    shared: f64,
    weight_a: f64,
    weight_b: f64,
    only_a: Vec<u32>,
    only_b: Vec<u32>,
}

impl Common {
    fn of(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> Self {
        let mut common = Self {
            shared: 0.0,
            weight_a: weight(a, vocabulary),
            weight_b: weight(b, vocabulary),
            only_a: Vec::new(),
            only_b: Vec::new(),
        };
        let mut rest = (a.iter().peekable(), b.iter().peekable());
        loop {
            match (rest.0.peek(), rest.1.peek()) {
                (Some((left, n)), Some((right, m))) if left == right => {
                    common.shared += vocabulary.weight(*left) * f64::from(*n.min(m));
                    rest.0.next();
                    rest.1.next();
                }
                (Some((left, _)), right) if right.is_none_or(|(right, _)| left < right) => {
                    common.only_a.push(*left);
                    rest.0.next();
                }
                (_, Some((right, _))) => {
                    common.only_b.push(*right);
                    rest.1.next();
                }
                (_, None) => break,
            }
        }
        common
    }
}

/// Words that stand on one side only but differ by a slip of the pen. Only looked for where few
/// are left, for that is where it can matter.
fn misspelled(common: &Common, vocabulary: &Vocabulary) -> f64 {
    const MOST: usize = 12;
    if common.only_a.len() > MOST || common.only_b.len() > MOST {
        return 0.0;
    }
    let mut taken = [false; MOST];
    let mut credit = 0.0;
    for x in &common.only_a {
        let word = vocabulary.text(*x);
        let twin = common.only_b.iter().enumerate().find(|(at, y)| {
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

/// Share of two sorted lists that both have, 0 to 1.
pub(super) fn share<T: Ord>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 0.0;
    }
    let (mut i, mut j, mut same) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Equal => {
                same += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    (2 * same) as f64 / (a.len() + b.len()) as f64
}

fn letter_pairs(word: &str) -> Vec<(u8, u8)> {
    word.as_bytes().windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Texts of nothing but voice words ("You are responsible.") are compared by those.
fn voice_likeness(a: &Bag, b: &Bag) -> f64 {
    let total: u32 = a.iter().chain(b).map(|(_, count)| count).sum();
    if total == 0 {
        return 1.0;
    }
    let shared: u32 = a
        .iter()
        .filter_map(|(id, n)| {
            b.binary_search_by_key(id, |(other, _)| *other).ok().map(|at| *n.min(&b[at].1))
        })
        .sum();
    f64::from(2 * shared) / f64::from(total)
}

/// Share of weight that two bags have in common, 0 to 1; for rows and tables, where spelling and
/// containment say nothing.
pub(super) fn dice(a: &Bag, b: &Bag, vocabulary: &Vocabulary) -> f64 {
    let all = weight(a, vocabulary) + weight(b, vocabulary);
    if all <= 0.0 {
        return 0.0;
    }
    let shared: f64 = a
        .iter()
        .filter_map(|(id, n)| {
            let at = b.binary_search_by_key(id, |(other, _)| *other).ok()?;
            Some(vocabulary.weight(*id) * f64::from(*n.min(&b[at].1)))
        })
        .sum();
    2.0 * shared / all
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
    let common = Common::of(a, b, vocabulary);
    let shared = a
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| b.binary_search_by_key(id, |(other, _)| *other).is_ok());
    WordsThatCount {
        shared: named(shared.collect()),
        only: Sides::new(named(common.only_a), named(common.only_b)),
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
