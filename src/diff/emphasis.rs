//! Meaning that single words carry: a rewording can matter more than a move.

use std::collections::BTreeMap;

use crate::model::{Emphasis, Sides};
use crate::vocabulary::WordList;

/// Which kinds of weighty words differ between two canonical texts, in the order of
/// [`Emphasis`].
pub(super) fn emphasis_changes(texts: Sides<&str>) -> Vec<Emphasis> {
    let words = texts.map(|text| text.split(' ').collect::<Vec<_>>());
    let mut found = Vec::new();
    if clause_strength(&words.old) != clause_strength(&words.new) {
        found.push(Emphasis::Strength);
    }
    if count_negations(&words.old) != count_negations(&words.new) {
        found.push(Emphasis::Negation);
    }
    if count_quantities(&words.old) != count_quantities(&words.new) {
        found.push(Emphasis::Quantity);
    }
    found
}

/// How binding a text is. A plain statement or imperative binds as "must" does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Must,
    Should,
    Can,
}

/// The strength of the main clause: a "can" behind "that" or "so" speaks of somebody's use of the
/// duty, not of the duty.
fn clause_strength(words: &[&str]) -> Strength {
    static SUBORDINATE: WordList = WordList::named("words that open a clause");
    const REACH: usize = 5;
    for (at, word) in words.iter().enumerate() {
        let clause = &words[at.saturating_sub(REACH)..at];
        if clause.iter().any(|before| SUBORDINATE.has(before)) {
            continue;
        }
        match *word {
            "must" | "shall" | "required" | "responsible" => return Strength::Must,
            "should" | "recommended" | "recommend" | "recommends" | "encouraged" | "advised" => {
                return Strength::Should;
            }
            "can" | "can't" | "cannot" | "may" | "might" | "could" | "optionally" | "optional" => {
                return Strength::Can;
            }
            _ => {}
        }
    }
    Strength::Must
}

fn count_negations(words: &[&str]) -> usize {
    static NEGATIONS: WordList = WordList::named("words that deny");
    words.iter().filter(|word| NEGATIONS.has(word) || word.ends_with("n't")).count()
}

/// Numbers and periods with how often each stands there.
fn count_quantities<'w>(words: &[&'w str]) -> BTreeMap<&'w str, usize> {
    static QUANTITIES: WordList = WordList::named("words for numbers and periods");
    let mut found = BTreeMap::new();
    for word in words {
        if word.starts_with(|c: char| c.is_ascii_digit()) || QUANTITIES.has(word) {
            *found.entry(*word).or_insert(0) += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[Emphasis]) {
        assert_eq!(emphasis_changes(Sides::new(old, new)), expected, "{old} => {new}");
        assert_eq!(emphasis_changes(Sides::new(new, old)), expected, "{new} => {old}");
    }

    #[test]
    fn strength_is_that_of_the_main_clause() {
        check("you must seal the vault", "you should seal the vault", &[Emphasis::Strength]);
        check("you must seal the vault", "seal the vault", &[]);
        check(
            "customer is responsible for sealing the vault",
            "you can seal the vault",
            &[Emphasis::Strength],
        );
        check("seal the vault", "seal the vault so that users can open it", &[]);
    }

    #[test]
    fn a_negation_that_came_or_went() {
        check("ibm reads your keys", "ibm does not read your keys", &[Emphasis::Negation]);
        check("ibm can read your keys", "ibm can't read your keys", &[Emphasis::Negation]);
    }

    #[test]
    fn numbers_and_periods() {
        check("rotate every 30 days", "rotate every 90 days", &[Emphasis::Quantity]);
        check("rotate daily", "rotate weekly", &[Emphasis::Quantity]);
        check("rotate the 2 keys daily", "rotate daily the 2 keys", &[]);
    }
}
