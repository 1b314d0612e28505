//! What the deed of a text is done to, by what means, and when. "Train your users" is no wording of "Train
//! IBM operators"; "Renew the certificates every year" is one of "Renew the certificates".

use std::ops::Range;

use super::deeds::is_verb_form;
use super::page_index::IndexedDuty;
use super::words::Vocabulary;
use crate::model::Sides;
use crate::vocabulary::WordList;

/// Words behind which a text says when, how often or by what means, not what the deed is done to.
static CIRCUMSTANCES: WordList = WordList::named("words that open a circumstance");

/// Two words that open such circumstances, too.
const PHRASES: [(&str, &str); 6] = [
    ("at", "all"),
    ("at", "least"),
    ("in", "accordance"),
    ("in", "case"),
    ("on", "demand"),
    ("on", "request"),
];

/// What a deed is done with.
static TOOLS: WordList = WordList::named("tools for a deed");

/// Whether two texts ask for one deed done to two things, as far as words tell: one thing of IBM's, one
/// of the customer's. Another noun alone ("problems", "issues") may name the same thing.
pub(super) fn are_done_to_two_things(
    items: Sides<&IndexedDuty<'_>>,
    vocabulary: &Vocabulary,
) -> bool {
    let Some(objects) = Object::of_both(items, vocabulary) else { return false };
    let objects = Sides::new(&objects.old, &objects.new);
    if objects.old.stems.first() != objects.new.stems.first() {
        return false;
    }
    let only = Sides::new(
        &objects.old.stems[objects.old.range_beside(objects.new)],
        &objects.new.stems[objects.new.range_beside(objects.old)],
    );
    let says_more = !only.old.is_empty() || !only.new.is_empty();
    (says_more && are_of_two_owners(objects)) || is_one_the_service_s(objects, only, vocabulary)
}

/// Whether the one text speaks of IBM's things, the other of the customer's: "IBM operators", "your users".
fn are_of_two_owners(objects: Sides<&Object>) -> bool {
    let are_ibms = |object: &Object| object.is_ibms && !object.is_yours;
    let are_yours = |object: &Object| object.is_yours && !object.is_ibms;
    (are_ibms(objects.old) && are_yours(objects.new))
        || (are_yours(objects.old) && are_ibms(objects.new))
}

/// Whether the one text speaks of the service where the other speaks of something of the customer's: "a
/// plan for the service", "a plan for your workloads". An instance is the customer's name for the
/// service.
fn is_one_the_service_s(
    objects: Sides<&Object>,
    only: Sides<&[u32]>,
    vocabulary: &Vocabulary,
) -> bool {
    const SERVICE: [&str; 6] =
        ["backend", "infrastructur", "master", "platform", "provid", "servic"];
    const INSTANCE: [&str; 6] = ["cluster", "deploy", "environ", "instanc", "resourc", "servic"];
    let names = |stems: &[u32], words: &[&str]| {
        stems.iter().any(|stem| words.contains(&vocabulary.stem_text(*stem)))
    };
    let are_two = |service: &Object, only_service: &[u32], yours: &Object, only_yours: &[u32]| {
        yours.is_yours
            && !service.is_yours
            && names(only_service, &SERVICE)
            && !only_yours.is_empty()
            && !names(only_yours, &INSTANCE)
    };
    are_two(objects.old, only.old, objects.new, only.new)
        || are_two(objects.new, only.new, objects.old, only.old)
}

/// Whether two texts ask for one deed done to one thing, and differ in when or how alone.
pub(super) fn differ_in_circumstances(
    items: Sides<&IndexedDuty<'_>>,
    vocabulary: &Vocabulary,
) -> bool {
    const LEAST: f64 = 1.6;
    let Some(Sides { mut old, mut new }) = Object::of_both(items, vocabulary) else { return false };
    // two circumstances, or clauses, may tell two things apart: "data that the service stores"
    let both_say_more = old.has_circumstances && new.has_circumstances;
    if both_say_more
        || old.stems.first() != new.stems.first()
        || are_of_two_owners(Sides::new(&old, &new))
    {
        return false;
    }
    old.stems.sort_unstable();
    new.stems.sort_unstable();
    let weight: f64 = old.stems.iter().map(|stem| vocabulary.stem_weight(*stem)).sum();
    old.stems.len() > 1 && weight >= LEAST && old.stems == new.stems
}

/// Whether one text gives somebody the means and the other asks for what is done with them: "Provide a
/// console to configure alerts", "Configure alerts in the console".
pub(super) fn gives_means_to_other(
    items: Sides<&IndexedDuty<'_>>,
    vocabulary: &Vocabulary,
) -> bool {
    let opens_with_giving =
        items.map(|item| item.head.first().is_some_and(|head| vocabulary.gives_means(*head)));
    let gives = |item: &IndexedDuty<'_>| {
        let words: Vec<&str> = item.text.split(' ').collect();
        words.iter().any(|word| TOOLS.has(word))
            || words.windows(2).any(|pair| {
                (pair[0] == "to" && is_verb_form(pair[1]))
                    || (pair[0] == "for" && pair[1].ends_with("ing"))
            })
    };
    match (opens_with_giving.old, opens_with_giving.new) {
        (true, false) => gives(items.old),
        (false, true) => gives(items.new),
        (true, true) | (false, false) => false,
    }
}

/// The words of a text that say what is done to what.
#[derive(Default)]
struct Object {
    /// The stems that count, the deed first.
    stems: Vec<u32>,
    /// Whether it names IBM's things: "IBM operators".
    is_ibms: bool,
    /// Whether it names the customer's things: "your users".
    is_yours: bool,
    /// Whether the text goes on with when, how, or a clause.
    has_circumstances: bool,
}

impl Object {
    /// None where one of the texts opens with its circumstances.
    fn of_both(items: Sides<&IndexedDuty<'_>>, vocabulary: &Vocabulary) -> Option<Sides<Self>> {
        let old = Self::of_text(items.old.text, vocabulary)?;
        Some(Sides::new(old, Self::of_text(items.new.text, vocabulary)?))
    }

    fn of_text(canonical: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let words: Vec<&str> = canonical.split(' ').collect();
        let is_adverb = |word: &str| word.ends_with("ly") && !is_verb_form(word);
        let mut object = Self::default();
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).copied().unwrap_or_default();
            if object.stems.len() > 1 && matches!(*word, "that" | "which" | "who") {
                object.has_circumstances = true;
                break;
            }
            if opens_circumstances(&words[at..]) {
                if object.stems.is_empty() {
                    return None;
                }
                object.has_circumstances = true;
                break;
            }
            if !object.stems.is_empty() {
                object.is_ibms |=
                    matches!(*word, "ibm" | "ibm's") && !matches!(next, "cloud" | "support");
                object.is_yours |= matches!(*word, "your" | "customer's");
            }
            let stem = vocabulary.stem_id_of(word).filter(|_| !is_adverb(word));
            object.stems.extend(stem.filter(|stem| vocabulary.stem_weight(*stem) > 0.0));
        }
        Some(object)
    }

    /// Which stems are between those that another text has, too, in front and behind.
    fn range_beside(&self, other: &Self) -> Range<usize> {
        let front = self.stems.iter().zip(&other.stems).take_while(|(a, b)| a == b).count();
        let back = self.stems[front..].iter().rev().zip(other.stems[front..].iter().rev());
        front..self.stems.len() - back.take_while(|(a, b)| a == b).count()
    }
}

/// Whether words say when, how often or by what means something is done.
fn opens_circumstances(words: &[&str]) -> bool {
    match words {
        ["in", "the", "event", ..] => true,
        [first, second, ..] if PHRASES.contains(&(*first, *second)) => true,
        [first, ..] => CIRCUMSTANCES.has(first),
        [] => false,
    }
}
