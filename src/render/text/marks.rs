//! Which words of a duty changed.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::text_writer::{Look, Word};
use crate::model::Sides;
use crate::render::safe;

/// Longer texts are shown as two: nobody reads marks in them, and comparing them costs.
const MOST_WORDS: usize = 1_500;
/// Below this share of words in common, marks are noise.
const SHARED: f64 = 0.4;

/// How a changed text is shown.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) enum MarkedText {
    /// One text with its changed words marked.
    Inline(Vec<Word>),
    /// Old and new as two texts, since they have little in common.
    Apart { old: Vec<Word>, new: Vec<Word> },
}

/// Marks what differs between two texts in both of them, for texts that stand side by side.
pub(in crate::render) fn mark_both(old: &str, new: &str, color: bool) -> Sides<Vec<Word>> {
    let (old, new) = (safe::make_visible(old), safe::make_visible(new));
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    let segments = word_segments(&old, &new);
    let segments = segments.unwrap_or_else(|| vec![WordSegment { same: false, old, new }]);
    let marked = segments.iter().map(|segment| segment.mark(color));
    let (old, new): (Vec<_>, Vec<_>) = marked.map(|Sides { old, new }| (old, new)).unzip();
    Sides::new(old.concat(), new.concat())
}

/// The words in runs; none where marks would be noise.
fn word_segments<'a>(old: &[&'a str], new: &[&'a str]) -> Option<Vec<WordSegment<'a>>> {
    if old.len().max(new.len()) > MOST_WORDS {
        return None;
    }
    let mut segments = compare_words(old, new, loose_key);
    if segments.iter().all(|segment| segment.same) {
        segments = compare_words(old, new, exact_key);
    }
    let shared: usize = segments.iter().filter(|segment| segment.same).map(|s| s.new.len()).sum();
    let few = (2 * shared) as f64 <= SHARED * (old.len() + new.len()) as f64;
    (!few).then_some(segments)
}

/// Marks what differs between two texts, word by word. Without colour the marks are those
/// of `git diff --word-diff`.
pub(in crate::render) fn mark_changes(old: &str, new: &str, color: bool) -> MarkedText {
    let (old, new) = (safe::make_visible(old), safe::make_visible(new));
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    if old == new {
        return MarkedText::Inline(plain_words(&new));
    }
    let Some(segments) = word_segments(&old, &new) else {
        let Sides { old, new } = WordSegment { same: false, old, new }.mark(color);
        return MarkedText::Apart { old, new };
    };
    let words = segments.iter().flat_map(|segment| {
        let Sides { old, new } = segment.mark(color);
        if segment.same { new } else { [old, new].concat() }
    });
    MarkedText::Inline(words.collect())
}

fn plain_words(words: &[&str]) -> Vec<Word> {
    words.iter().map(|word| Word::new(*word, Look::Plain)).collect()
}

/// A run of words that stayed or that gave way to others.
struct WordSegment<'a> {
    same: bool,
    old: Vec<&'a str>,
    new: Vec<&'a str>,
}

impl WordSegment<'_> {
    /// Its words on both sides, marked where they changed.
    fn mark(&self, color: bool) -> Sides<Vec<Word>> {
        if self.same {
            return Sides::new(plain_words(&self.old), plain_words(&self.new));
        }
        Sides::new(
            signed_words(&self.old, Look::Gone, color, ("[-", "-]")),
            signed_words(&self.new, Look::Fresh, color, ("{+", "+}")),
        )
    }
}

fn exact_key(word: &str) -> String {
    word.to_owned()
}

/// A word without what formatting changes: case and punctuation around it.
fn loose_key(word: &str) -> String {
    let bare = word.trim_matches(|c: char| ".,;:!?\"'()[]`“”‘’*_".contains(c));
    if bare.is_empty() { word.to_owned() } else { bare.to_lowercase() }
}

fn compare_words<'a>(
    old: &[&'a str],
    new: &[&'a str],
    key: fn(&str) -> String,
) -> Vec<WordSegment<'a>> {
    // numbers instead of texts: the comparison looks at each word many times
    let mut numbers = BTreeMap::new();
    let mut numbered = |words: &[&str]| -> Vec<usize> {
        words
            .iter()
            .map(|word| {
                let next = numbers.len();
                *numbers.entry(key(word)).or_insert(next)
            })
            .collect()
    };
    let (old_keys, new_keys) = (numbered(old), numbered(new));
    let mut segments: Vec<WordSegment<'a>> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        let same = matches!(op, DiffOp::Equal { .. });
        let segment = WordSegment {
            same,
            old: old.get(op.old_range()).unwrap_or_default().to_vec(),
            new: new.get(op.new_range()).unwrap_or_default().to_vec(),
        };
        push(&mut segments, segment);
    }
    without_crumbs(segments)
}

fn push<'a>(segments: &mut Vec<WordSegment<'a>>, segment: WordSegment<'a>) {
    match segments.last_mut() {
        Some(last) if last.same == segment.same => {
            last.old.extend(segment.old);
            last.new.extend(segment.new);
        }
        _ => segments.push(segment),
    }
}

/// A single short word that stayed between two changes ("the", "to") says nothing; it goes
/// with the changes around it.
fn without_crumbs(segments: Vec<WordSegment<'_>>) -> Vec<WordSegment<'_>> {
    let last = segments.len().saturating_sub(1);
    let mut out = Vec::with_capacity(segments.len());
    for (at, mut segment) in segments.into_iter().enumerate() {
        let crumb = matches!(segment.new[..], [word] if word.chars().count() <= 3);
        if segment.same && crumb && at > 0 && at < last {
            segment.same = false;
        }
        push(&mut out, segment);
    }
    out
}

/// The words, with signs at both ends where there is no colour.
fn signed_words(words: &[&str], look: Look, color: bool, signs: (&str, &str)) -> Vec<Word> {
    let last = words.len().saturating_sub(1);
    let sign = |at: usize, word: &&str| {
        let open = if !color && at == 0 { signs.0 } else { "" };
        let close = if !color && at == last { signs.1 } else { "" };
        Word::new(format!("{open}{word}{close}"), look)
    };
    words.iter().enumerate().map(|(at, word)| sign(at, word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(old: &str, new: &str) -> String {
        match mark_changes(old, new, false) {
            MarkedText::Inline(words) => {
                let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
                texts.join(" ")
            }
            MarkedText::Apart { .. } => "apart".to_owned(),
        }
    }

    #[test]
    fn changed_words_are_marked() {
        assert_eq!(
            inline("Water the plants every week.", "Water the plants every other day."),
            "Water the plants every [-week.-] {+other day.+}"
        );
    }

    #[test]
    fn each_side_shows_its_own_words() {
        let text = |words: &[Word]| {
            words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let shown = mark_both("Water the plants weekly.", "Water the plants twice a day.", false);
        assert_eq!(text(&shown.old), "Water the plants [-weekly.-]");
        assert_eq!(text(&shown.new), "Water the plants {+twice a day.+}");
        let shown = mark_both("Water the plants.", "Sail at dawn.", false);
        assert_eq!(text(&shown.old), "[-Water the plants.-]");
    }

    #[test]
    fn case_and_punctuation_are_no_change_beside_others() {
        assert_eq!(
            inline("water the plants, twice a day", "Water the plants once a day"),
            "Water the plants [-twice-] {+once+} a day"
        );
    }

    #[test]
    fn a_short_word_between_changes_goes_with_them() {
        assert_eq!(
            inline(
                "Keep all four spare keys of the harbour safe in town",
                "Keep all four spare lamps of each harbour safe in town"
            ),
            "Keep all four spare [-keys of the-] {+lamps of each+} harbour safe in town"
        );
    }

    #[test]
    fn texts_with_little_in_common_stand_apart() {
        assert_eq!(inline("Water the plants", "Feed every animal of the zoo"), "apart");
    }

    #[test]
    fn huge_texts_are_not_compared() {
        let old = "a ".repeat(2_000);
        assert_eq!(inline(&old, &old.replace('a', "b")), "apart");
    }
}
