//! What the deed of a text is done to, and how it is done. "Renew the client certificates" is no wording
//! of "Renew the server certificates"; "Renew the certificates every year" is one of "Renew the
//! certificates".

use super::deeds::is_verb_form;
use super::page_index::IndexedDuty;
use super::similarity::is_misspelling;
use super::words::Vocabulary;
use crate::model::Sides;

/// Words behind which a text says when, how often or by what means, not what the deed is done to.
const CIRCUMSTANCES: [&str; 33] = [
    "according",
    "after",
    "annually",
    "as",
    "based",
    "because",
    "before",
    "by",
    "continuously",
    "depending",
    "during",
    "each",
    "every",
    "except",
    "if",
    "once",
    "per",
    "periodically",
    "regularly",
    "so",
    "through",
    "throughout",
    "unless",
    "until",
    "upon",
    "using",
    "via",
    "when",
    "whenever",
    "where",
    "while",
    "within",
    "without",
];

/// Two words that open such circumstances, too.
const PHRASES: [(&str, &str); 6] = [
    ("at", "all"),
    ("at", "least"),
    ("in", "accordance"),
    ("in", "case"),
    ("on", "demand"),
    ("on", "request"),
];

/// Verbs that give somebody what a deed is done with.
const GIVING: [&str; 6] = ["deliver", "give", "make", "offer", "provide", "supply"];

/// What a deed is done with.
const TOOLS: [&str; 28] = [
    "ability",
    "api",
    "apis",
    "button",
    "capabilities",
    "capability",
    "cli",
    "console",
    "dashboard",
    "dashboards",
    "documentation",
    "feature",
    "features",
    "functionality",
    "guidance",
    "instructions",
    "interface",
    "interfaces",
    "option",
    "options",
    "plug",
    "portal",
    "sandbox",
    "script",
    "sdk",
    "tool",
    "tools",
    "wizard",
];

/// Whether two texts ask for one deed done to two things: between the words that both have in front
/// and behind, each names something that the other does not.
pub(super) fn are_done_to_two_things(
    items: Sides<&IndexedDuty<'_>>,
    vocabulary: &Vocabulary,
) -> bool {
    // what differs little in a long text is no other thing
    const SHARE: f64 = 0.12;
    const LEAST_EACH: f64 = 0.6;
    const LEAST_BOTH: f64 = 1.6;
    const MOST: usize = 4;
    let Some(objects) = Object::of_both(items, vocabulary) else { return false };
    if objects.old.stems.first() != objects.new.stems.first() {
        return false;
    }
    let only =
        Sides::new(objects.old.stems_beside(&objects.new), objects.new.stems_beside(&objects.old));
    let owners = Sides::new(&objects.old, &objects.new);
    if are_of_two_owners(owners) || is_one_the_service_s(owners, only, vocabulary) {
        return true;
    }
    let weigh = |stems: &[u32]| stems.iter().map(|stem| vocabulary.stem_weight(*stem)).sum::<f64>();
    let says = |stems: &[u32], own: &IndexedDuty<'_>, other: &IndexedDuty<'_>| {
        let weight = weigh(stems);
        stems.len() <= MOST
            && weight >= LEAST_EACH
            && weight >= SHARE * vocabulary.text_weight(&own.stem_counts)
            && !stems.iter().any(|stem| other.stem_counts.has_stem(*stem))
    };
    says(only.old, items.old, items.new)
        && says(only.new, items.new, items.old)
        && weigh(only.old) + weigh(only.new) >= LEAST_BOTH
        && !are_spellings_of_one(items, only, vocabulary)
}

/// Whether the one text speaks of IBM's things, the other of the customer's: "IBM operators", "your users".
fn are_of_two_owners(objects: Sides<&Object>) -> bool {
    let are_ibms = |object: &Object| object.is_ibms && !object.is_yours;
    let are_yours = |object: &Object| object.is_yours && !object.is_ibms;
    (are_ibms(objects.old) && are_yours(objects.new))
        || (are_yours(objects.old) && are_ibms(objects.new))
}

/// Whether the one text speaks of the service where the other speaks of something of the customer's:
/// "a plan for the service", "a plan for your workloads".
fn is_one_the_service_s(
    objects: Sides<&Object>,
    only: Sides<&[u32]>,
    vocabulary: &Vocabulary,
) -> bool {
    const SERVICE: [&str; 6] =
        ["backend", "infrastructur", "master", "platform", "provid", "servic"];
    let is_service = |object: &Object, stems: &[u32]| {
        let names_it = stems.iter().any(|stem| SERVICE.contains(&vocabulary.stem_text(*stem)));
        names_it && !object.is_yours
    };
    let both_differ = !only.old.is_empty() && !only.new.is_empty();
    both_differ
        && ((objects.new.is_yours && is_service(objects.old, only.old))
            || (objects.old.is_yours && is_service(objects.new, only.new)))
}

/// Whether words of two texts are one word in two spellings, or a name and its initials: "VMs".
fn are_spellings_of_one(
    items: Sides<&IndexedDuty<'_>>,
    only: Sides<&[u32]>,
    vocabulary: &Vocabulary,
) -> bool {
    let (old_text, new_text) = (items.old.text, items.new.text);
    let old: Vec<&str> =
        only.old.iter().filter_map(|stem| vocabulary.word_in(old_text, *stem)).collect();
    let new: Vec<&str> =
        only.new.iter().filter_map(|stem| vocabulary.word_in(new_text, *stem)).collect();
    are_initials(&old, &new)
        || are_initials(&new, &old)
        || old.iter().any(|a| new.iter().any(|b| is_misspelling(a, b)))
}

fn are_initials(short: &[&str], long: &[&str]) -> bool {
    let [short] = short else { return false };
    let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
    long.len() > 1 && short.trim_end_matches('s') == initials.trim_end_matches('s')
}

/// Whether two texts ask for one deed done to one thing, and differ in when or how alone.
pub(super) fn differ_in_circumstances(
    items: Sides<&IndexedDuty<'_>>,
    vocabulary: &Vocabulary,
) -> bool {
    const LEAST: f64 = 1.6;
    let Some(Sides { mut old, mut new }) = Object::of_both(items, vocabulary) else { return false };
    // a clause may tell one thing from others: "data that the service stores"
    let have_clauses = old.has_clause && new.has_clause;
    if have_clauses
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
    let opens_with_giving = items.map(|item| {
        let head = item.head.first().and_then(|head| vocabulary.word_in(item.text, *head));
        head.is_some_and(|head| {
            GIVING.iter().any(|verb| head.starts_with(verb.trim_end_matches('e')))
        })
    });
    let gives = |item: &IndexedDuty<'_>| {
        let words: Vec<&str> = item.text.split(' ').collect();
        words.iter().any(|word| TOOLS.contains(word))
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
struct Object {
    /// The stems that count, the deed first.
    stems: Vec<u32>,
    /// Whether it names IBM's things: "IBM operators".
    is_ibms: bool,
    /// Whether it names the customer's things: "your users".
    is_yours: bool,
    /// Whether a clause says which of several things: "that the service stores".
    has_clause: bool,
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
        let mut object =
            Self { stems: Vec::new(), is_ibms: false, is_yours: false, has_clause: false };
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).copied().unwrap_or_default();
            if object.stems.len() > 1 && matches!(*word, "that" | "which" | "who") {
                object.has_clause = true;
                break;
            }
            if opens_circumstances(&words[at..]) {
                if object.stems.is_empty() {
                    return None;
                }
                break;
            }
            if !object.stems.is_empty() {
                object.is_ibms |= matches!(*word, "ibm" | "ibm's") && next != "cloud";
                object.is_yours |= matches!(*word, "your" | "customer's");
            }
            let stem = vocabulary.stem_id_of(word).filter(|_| !is_adverb(word));
            object.stems.extend(stem.filter(|stem| vocabulary.stem_weight(*stem) > 0.0));
        }
        Some(object)
    }

    /// The stems between those that another text has, too, in front and behind.
    fn stems_beside(&self, other: &Self) -> &[u32] {
        let front = self.stems.iter().zip(&other.stems).take_while(|(a, b)| a == b).count();
        let rest = &self.stems[front..];
        let back = rest.iter().rev().zip(other.stems[front..].iter().rev());
        &rest[..rest.len() - back.take_while(|(a, b)| a == b).count()]
    }
}

/// Whether words say when, how often or by what means something is done.
fn opens_circumstances(words: &[&str]) -> bool {
    match words {
        ["in", "the", "event", ..] => true,
        [first, second, ..] if PHRASES.contains(&(*first, *second)) => true,
        [first, ..] => CIRCUMSTANCES.contains(first),
        [] => false,
    }
}
