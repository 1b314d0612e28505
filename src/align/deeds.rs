//! Which deed a text asks for. "Scan the images" and "Fix what is found in scanned images" share most
//! words, and are two deeds: in the second text, "scanned" says more of the images.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::page_index::IndexedDuty;
use super::similarity::{is_misspelling, shared_weight};
use super::words::{TITLE_WORD, Vocabulary, known_stem_text, stems_of};
use crate::model::Sides;
use crate::vocabulary::WordList;

/// Verbs that duties open with.
static VERBS: WordList = WordList::named("verbs that duties open with");

/// Whether a word is a form of a verb that duties open with.
pub(crate) fn is_verb_form(word: &str) -> bool {
    is_verb(word) || VERB_STEMS.contains(&*known_stem_text(word))
}

fn is_verb(word: &str) -> bool {
    VERBS.has(word)
}

/// The stems of these verbs.
static VERB_STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| stems_of(&VERBS));

/// The stems of verbs that say nothing of a deed themselves: "apply updates" is to update, "take
/// backups" to back up.
static LIGHT_STEMS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| stems_of(&WordList::named("verbs that say nothing of a deed")));

/// Whether two texts open with two verbs, and neither asks for the other's deed: each verb, if it
/// stands in the other text at all, is a noun or tells more of a noun there.
pub(super) fn ask_for_other_deeds(
    (a, a_head): (&str, u32),
    (b, b_head): (&str, u32),
    vocabulary: &Vocabulary,
) -> bool {
    // "apply updates" is to update
    let says_noun_of = |text: &str, head: u32, other: u32| {
        LIGHT_STEMS.contains(vocabulary.stem_text(head))
            && vocabulary.word_in(text, other).is_some()
    };
    // "Search Cloud upgrades the doors": the service's name is no verb
    let is_name = |head: u32| vocabulary.stem_weight(head) <= TITLE_WORD;
    a_head != b_head
        && !is_name(a_head)
        && !is_name(b_head)
        && !says_noun_of(a, a_head, b_head)
        && !says_noun_of(b, b_head, a_head)
        && opens_with_verb(a, a_head, vocabulary)
        && opens_with_verb(b, b_head, vocabulary)
        && !asks_for(a, b_head, vocabulary)
        && !asks_for(b, a_head, vocabulary)
}

/// Whether the word that opens a text is a verb, not a noun ("the audit log") or an adverb.
fn opens_with_verb(text: &str, head: u32, vocabulary: &Vocabulary) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.iter().position(|word| vocabulary.is_form_of(word, head));
    at.is_some_and(|at| {
        let is_form = VERB_STEMS.contains(vocabulary.stem_text(head));
        is_verb_at(&words, at) || (is_form && stands_as_verb(&words, at))
    })
}

/// Whether a canonical text has a verb of a stem where a verb can stand.
fn asks_for(text: &str, stem: u32, vocabulary: &Vocabulary) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (0..words.len()).any(|at| vocabulary.is_form_of(words[at], stem) && stands_as_verb(&words, at))
}

/// Whether a word is a verb where it stands, in whatever form.
fn stands_as_verb(words: &[&str], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| words[at]);
    is_verb_at(words, at) || is_inflected_verb(words[at], before)
}

/// Whether a word is a verb in its first form, where such a verb can stand.
fn is_verb_at(words: &[&str], at: usize) -> bool {
    let is_verb = |word: &&&str| is_verb(word);
    // "install, label, and test": without "and", what follows a verb is its object
    let before = words[..at].iter().rev().take_while(is_verb).count();
    let behind = words[at..].iter().take_while(is_verb).count();
    let is_one_of_several = matches!(words.get(at + behind), Some(&("and" | "or")))
        && words.get(at + behind + 1).as_ref().is_some_and(is_verb);
    let first = if is_one_of_several { at - before } else { at };
    behind > 0 && (first == 0 || leads_verb(&words[..first]))
}

/// Whether a verb in its first form can stand behind words. What "you can" do, "how to" do something, or
/// "a request to" do it, is no deed of the text.
fn leads_verb(words: &[&str]) -> bool {
    static LEADS: WordList = WordList::named("words behind which a verb stands");
    let (word, before) = match words {
        [.., before, word] => (*word, *before),
        [word] => (*word, ""),
        [] => return true,
    };
    match word {
        "to" => !matches!(before, "how" | "whether" | "when" | "request" | "requests"),
        "you" => !matches!(before, "that" | "which"),
        _ => LEADS.has(word) || word.ends_with("ly"),
    }
}

/// Whether a word in another form is a verb behind the word before it: "for scanning", "are
/// scanned", "IBM scans".
fn is_inflected_verb(word: &str, before: Option<&str>) -> bool {
    static GERUND: WordList = WordList::named("words before a verb that ends in -ing");
    const PASSIVE: [&str; 9] = ["and", "are", "be", "been", "being", "get", "is", "was", "were"];
    const SUBJECT: [&str; 6] = ["and", "customer", "ibm", "it", "service", "team"];
    let Some(before) = before else { return word.ends_with("ing") };
    (word.ends_with("ing") && GERUND.has(before))
        || (word.ends_with("ed") && (PASSIVE.contains(&before) || before.ends_with("ly")))
        || (word.ends_with('s') && SUBJECT.contains(&before))
}

/// Whether the first word that counts of each is nowhere in the other: another verb, in most cases.
pub(super) fn is_other_deed(items: Sides<&IndexedDuty<'_>>, vocabulary: &Vocabulary) -> bool {
    let (Some(old), Some(new)) = (items.old.head.first(), items.new.head.first()) else {
        return false;
    };
    let written = |text, stem| vocabulary.word_in(text, stem);
    let is_misspelled = || {
        let (old, new) = (written(items.old.text, *old), written(items.new.text, *new));
        old.zip(new).is_some_and(|(old, new)| is_misspelling(old, new))
    };
    let absent =
        Sides::new(!items.new.stem_counts.has_stem(*old), !items.old.stem_counts.has_stem(*new));
    // who provides a console to upgrade the cluster does not upgrade it
    let only_means = (absent.old && !absent.new && vocabulary.gives_means(*old))
        || (absent.new && !absent.old && vocabulary.gives_means(*new));
    only_means || (absent.old && absent.new && !is_misspelled())
}

/// Whether two texts ask for one deed, and have no other word in common: "Review firewall rules",
/// "Review invoices".
pub(super) fn shares_deed_only(items: Sides<&IndexedDuty<'_>>, vocabulary: &Vocabulary) -> bool {
    let deed = items.map(|item| item.head.first().copied());
    let (old, new) = (&items.old.stem_counts, &items.new.stem_counts);
    deed.old == deed.new
        && deed
            .old
            .is_some_and(|deed| shared_weight(old, new, vocabulary) <= vocabulary.stem_weight(deed))
}

/// Whether each opens with a verb that the other text does not ask for.
pub(super) fn opens_with_other_deed(
    items: Sides<&IndexedDuty<'_>>,
    vocabulary: &Vocabulary,
) -> bool {
    let opening = |item: &IndexedDuty<'_>| item.head.first().copied();
    let (Some(old), Some(new)) = (opening(items.old), opening(items.new)) else { return false };
    ask_for_other_deeds((items.old.text, old), (items.new.text, new), vocabulary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::words::page_stemmer;

    fn are_other(a: &str, b: &str) -> bool {
        let (mut vocabulary, stemmer) = (Vocabulary::default(), page_stemmer());
        let mut head = |text: &str| {
            vocabulary.add_text(text, &stemmer);
            vocabulary.head_stems(text, text, &stemmer)[0]
        };
        let (a_head, b_head) = (head(a), head(b));
        let forth = ask_for_other_deeds((a, a_head), (b, b_head), &vocabulary);
        let back = ask_for_other_deeds((b, b_head), (a, a_head), &vocabulary);
        assert_eq!(forth, back, "{a}, {b}");
        forth
    }

    #[test]
    fn a_verb_that_is_a_noun_in_the_other_text_is_another_deed() {
        for (a, b) in [
            ("scan doors for rust", "repair rust in scanned doors"),
            ("schedule repairs", "approve scheduled repairs"),
            ("supply doors on request", "request doors"),
            ("log access", "access logs"),
            ("publish the plan of repairs", "repair what the published plan names"),
            ("document how to restore the doors", "restore the doors"),
            ("release locks that you can install", "install locks"),
        ] {
            assert!(are_other(a, b), "{a}, {b}");
        }
    }

    #[test]
    fn the_name_of_the_service_is_no_verb() {
        let (mut vocabulary, stemmer) = (Vocabulary::default(), page_stemmer());
        vocabulary.learn_title("Search Doors", &stemmer);
        let (a, b) = ("search doors upgrades the locks", "customer upgrades the locks");
        let mut head = |text: &str| {
            vocabulary.add_text(text, &stemmer);
            vocabulary.head_stems(text, text, &stemmer)[0]
        };
        let (a_head, b_head) = (head(a), head(b));
        assert!(!ask_for_other_deeds((a, a_head), (b, b_head), &vocabulary));
    }

    #[test]
    fn another_wording_of_a_deed_is_the_same() {
        for (a, b) in [
            ("update the doors", "apply updates to the doors"),
            ("install and configure the doors", "configure and install the doors"),
            ("install label and test the doors", "test the doors"),
            ("scan the doors", "responsible for scanning the doors"),
            ("check that the doors are scanned", "scan the doors"),
            ("watch the doors which ibm watches", "ibm watches the doors"),
            ("user access management", "manage user access"),
            ("the audit logs are read by ibm", "read the audit logs"),
            ("monthly scan of the doors", "scan the doors monthly"),
        ] {
            assert!(!are_other(a, b), "{a}, {b}");
        }
    }
}
