//! Texts as words and the keyrefs among them that no name is known for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::model::{Document, Phrase, Side, Sides};

/// Names have no more words than this.
const LONGEST_NAME: usize = 12;
/// What may be glued to a keyref: nothing, a possessive or a plural.
const ENDINGS: [&str; 3] = ["", "'s", "s"];
/// Lower-case words within a name.
const SMALL_WORDS: &[&str] =
    &["a", "an", "and", "as", "by", "for", "in", "of", "on", "or", "the", "to", "with"];
/// Words that are written like a name, but stand for a party.
const PARTIES: &[&str] =
    &["both", "customer", "customers", "ibm", "user", "users", "we", "you", "your"];

/// Unknown keyrefs that are read as the same words.
pub(super) struct KeyrefGroup<'a> {
    pub(super) spelling: &'a str,
    words: Vec<&'a str>,
    /// The lines where they stand.
    lines: Sides<BTreeSet<usize>>,
}

pub(super) struct KeyrefGroups<'a>(pub(super) Vec<KeyrefGroup<'a>>);

/// A piece of a text in which keyrefs stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextPart<'a> {
    Word(&'a str),
    Key { at: usize, ending: &'a str },
}

impl<'a> KeyrefGroups<'a> {
    /// The unknown keyrefs of both pages, if there are any.
    pub(super) fn of_pages(pages: Sides<&'a Document>) -> Option<Self> {
        let mut keys: BTreeMap<&str, KeyrefGroup<'_>> = BTreeMap::new();
        for (side, page) in [(Side::Old, pages.old), (Side::New, pages.new)] {
            for (key, lines) in &page.unknown_keyrefs {
                let Some(name) = page.names.get(key).filter(|name| !name.is_empty()) else {
                    continue;
                };
                let found = keys.entry(&name.canonical).or_insert_with(|| KeyrefGroup {
                    spelling: key,
                    words: name.canonical.split(' ').collect(),
                    lines: Sides::default(),
                });
                found.lines.get_mut(side).extend(lines);
            }
        }
        let mut keys: Vec<_> = keys.into_values().collect();
        // the longest that fits is the one that stands there
        keys.sort_by_key(|key| std::cmp::Reverse(key.words.len()));
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// The words of a text and the keyrefs among them, if there are any on its lines.
    pub(super) fn text_parts<'t>(
        &self,
        canonical: &'t str,
        side: Side,
        lines: &LineRange,
    ) -> Option<Vec<TextPart<'t>>> {
        let here: Vec<(usize, &KeyrefGroup<'_>)> = self.0.iter().enumerate().collect();
        let here: Vec<_> = here
            .into_iter()
            .filter(|(_, key)| {
                let stands = key.lines.get(side);
                lines.as_ref().map_or(!stands.is_empty(), |lines| {
                    stands.range(lines.clone()).next().is_some()
                })
            })
            .collect();
        if here.is_empty() {
            return None;
        }
        let mut rest: &[&str] = &canonical.split(' ').collect::<Vec<_>>();
        let mut parts = Vec::with_capacity(rest.len());
        while let Some((word, below)) = rest.split_first() {
            let found = here.iter().find_map(|(at, key)| Some((*at, key, key.glued_ending(rest)?)));
            if let Some((at, key, ending)) = found {
                parts.push(TextPart::Key { at, ending });
                rest = &rest[key.words.len()..];
            } else {
                parts.push(TextPart::Word(word));
                rest = below;
            }
        }
        parts.iter().any(|part| matches!(part, TextPart::Key { .. })).then_some(parts)
    }

    /// Puts names in the places of keyrefs.
    pub(super) fn rewrite_phrase<'n>(
        &self,
        phrase: &mut Phrase,
        side: Side,
        lines: &LineRange,
        lead_words: Option<&mut usize>,
        name_of: &impl Fn(usize) -> Option<&'n str>,
    ) {
        let Some(parts) = self.text_parts(&phrase.canonical, side, lines) else { return };
        let lead = lead_words.as_ref().map_or(0, |lead| **lead);
        let (mut read, mut lead_now) = (0, 0);
        let mut words: Vec<String> = Vec::with_capacity(parts.len());
        for part in &parts {
            match part {
                TextPart::Word(word) => {
                    words.push((*word).to_owned());
                    read += 1;
                }
                TextPart::Key { at, ending } => {
                    let own = self.0[*at].words.join(" ");
                    let name = name_of(*at).unwrap_or(&own);
                    words.extend(format!("{name}{ending}").split(' ').map(str::to_owned));
                    read += self.0[*at].words.len();
                }
            }
            if read <= lead {
                lead_now = words.len();
            }
        }
        phrase.canonical = words.join(" ");
        if let Some(lead_words) = lead_words {
            *lead_words = lead_now;
        }
    }
}

impl KeyrefGroup<'_> {
    /// What is glued to the keyref, where the text begins with it.
    fn glued_ending<'t>(&self, text: &[&'t str]) -> Option<&'t str> {
        let head = text.get(..self.words.len())?;
        let (last, before) = self.words.split_last()?;
        let (found, found_before) = head.split_last()?;
        let ending = found.strip_prefix(last).filter(|ending| ENDINGS.contains(ending))?;
        (found_before == before).then_some(ending)
    }
}

/// The lines that a text stands on, where they are known.
pub(super) type LineRange = Option<RangeInclusive<usize>>;

/// Whether a text says anything beside its keyrefs, and none of them stands right behind another.
pub(super) fn has_own_words(parts: &[TextPart<'_>]) -> bool {
    let is_key = |part: &TextPart<'_>| matches!(part, TextPart::Key { .. });
    !parts.iter().all(is_key) && !parts.windows(2).any(|two| two.iter().all(is_key))
}

/// Whether the first and the last word agree, as far as the parts name them.
pub(super) fn may_fit(parts: &[TextPart<'_>], words: &[&str]) -> bool {
    let agrees = |part: Option<&TextPart<'_>>, word: Option<&&str>| match part {
        Some(TextPart::Word(expected)) => word == Some(expected),
        Some(TextPart::Key { .. }) | None => true,
    };
    parts.len() <= words.len() + LONGEST_NAME
        && agrees(parts.first(), words.first())
        && agrees(parts.last(), words.last())
}

/// Whether the words are the parts with one name for each keyref; `bound` holds those names.
pub(super) fn words_fit(
    parts: &[TextPart<'_>],
    words: &[&str],
    bound: &mut BTreeMap<usize, String>,
) -> bool {
    let Some((first, rest)) = parts.split_first() else { return words.is_empty() };
    match *first {
        TextPart::Word(word) => words
            .split_first()
            .is_some_and(|(head, below)| *head == word && words_fit(rest, below, bound)),
        TextPart::Key { at, ending } => (1..=LONGEST_NAME.min(words.len())).any(|length| {
            let (name, below) = words.split_at(length);
            let name = name.join(" ");
            let Some(name) = name.strip_suffix(ending).filter(|name| !name.is_empty()) else {
                return false;
            };
            if let Some(before) = bound.get(&at) {
                return before == name && words_fit(rest, below, bound);
            }
            bound.insert(at, name.to_owned());
            let found = words_fit(rest, below, bound);
            if !found {
                bound.remove(&at);
            }
            found
        }),
    }
}

/// A name as the text writes it, if it is written as a name: with capitals or digits.
pub(super) fn written_name(text: &str, canonical: &str) -> Option<String> {
    if PARTIES.contains(&canonical) {
        return None;
    }
    let split = |c: char| c.is_whitespace() || matches!(c, '-' | '/');
    let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text.split(split).map(bare).filter(|word| !word.is_empty()).collect();
    let name: Vec<&str> = canonical.split(' ').collect();
    let says = |word: &String, expected: &&str| {
        let word = word.to_lowercase().replace('’', "'");
        word.strip_prefix(expected).is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let found = words.windows(name.len()).find(|found| {
        let last = found.len() - 1;
        found.iter().zip(&name).enumerate().all(|(at, (word, expected))| {
            let small = at > 0 && at < last && SMALL_WORDS.contains(expected);
            let marked = word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
            says(word, expected) && (small || marked)
        })
    })?;
    let (last, before) = found.split_last()?;
    let bare = last.chars().take(name.last()?.chars().count()).collect();
    Some(before.iter().cloned().chain([bare]).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_fit(parts: &[TextPart<'_>], text: &str, expected: Option<&[&str]>) {
        let words: Vec<&str> = text.split(' ').collect();
        let mut bound = BTreeMap::new();
        let found = words_fit(parts, &words, &mut bound);
        let names: Vec<&str> = bound.values().map(String::as_str).collect();
        assert_eq!(found.then_some(&*names), expected, "{text}");
    }

    #[test]
    fn one_keyref_is_one_name() {
        let key = |at, ending| TextPart::Key { at, ending };
        let parts = [key(0, "'s"), TextPart::Word("keys"), TextPart::Word("in"), key(1, "")];
        check_fit(&parts, "vault pro's keys in sky", Some(&["vault pro", "sky"]));
        check_fit(&parts, "vault pro keys in sky", None);
        let twice = [key(0, ""), TextPart::Word("and"), key(0, "s")];
        check_fit(&twice, "sky vault and sky vaults", Some(&["sky vault"]));
        check_fit(&twice, "sky vault and sky keys", None);
    }

    #[test]
    fn names_are_written_as_names() {
        let written = |text, name| written_name(text, name);
        let vault = Some("Vault Assistant for Mainframes".to_owned());
        let text = "Use (Vault Assistant\u{ae} for Mainframes).";
        assert_eq!(written(text, "vault assistant for mainframes"), vault);
        assert_eq!(written("Sky-Vault's keys", "sky vault"), Some("Sky Vault".to_owned()));
        assert_eq!(written("Rotate all keys of etcd3", "etcd3"), Some("etcd3".to_owned()));
        assert_eq!(written("Rotate all keys", "all"), None);
        assert_eq!(written("IBM rotates", "ibm"), None);
    }
}
