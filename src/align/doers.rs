//! Who does what a text asks for, where the text names the other party: "Ask IBM to restore the vault"
//! leaves the restoring to IBM, and "Notify you" is done for the customer.

use super::page_index::{IndexedDuty, OPENS_LIST};
use super::words::Vocabulary;
use crate::model::{Party, Sides};
use crate::vocabulary::WordList;

const IBM: &[&str] = &["ibm"];
const CUSTOMER: &[&str] = &["you", "customer", "customers"];

/// How canonical texts name a party; empty where there is no fixed name.
const fn names_of(party: &Party) -> &'static [&'static str] {
    match party {
        Party::Ibm | Party::Provider(_) => IBM,
        Party::Customer => CUSTOMER,
        Party::Shared | Party::Other(_) => &[],
    }
}

/// Whether a duty stayed with its holder though the texts of two parties are alike: one of them says
/// that it is not done, or leaves the deed to the holder of the other.
pub(super) fn stays_with_holder(items: Sides<&IndexedDuty<'_>>, vocabulary: &Vocabulary) -> bool {
    if items.old.text_id == items.new.text_id {
        return false;
    }
    leaves_deed_to(items.new, items.old, vocabulary)
        || leaves_deed_to(items.old, items.new, vocabulary)
        || is_done_on_one_side(items)
        || differ_in_denial(items)
}

/// Whether one text alone denies. Where both begin alike, a sentence went from column to column as it
/// was, and what it says of its column's party decides nothing.
fn differ_in_denial(items: Sides<&IndexedDuty<'_>>) -> bool {
    let first = items.map(|item| item.text.split(' ').next());
    let denies_own = |item: &IndexedDuty<'_>, other: &IndexedDuty<'_>| {
        item.denied || (is_negated(item.text) && !denies_of(item.text, names_of(other.party)))
    };
    let denied = Sides::new(denies_own(items.old, items.new), denies_own(items.new, items.old));
    denied.old != denied.new && first.old != first.new
}

/// Whether what a text denies is done by one of these: "IBM does not restart hosts, so you must".
fn denies_of(text: &str, names: &[&str]) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let denies = |word: &str| AUXILIARIES.has(word) || matches!(word, "cannot" | "never");
    words.windows(2).any(|pair| names.contains(&pair[0]) && denies(pair[1]))
}

/// Whether a text has the other's holder do the other's deed: "Ask IBM to restore", "Help the customer
/// restore", "Verify that IBM restored".
fn leaves_deed_to(
    text: &IndexedDuty<'_>,
    other: &IndexedDuty<'_>,
    vocabulary: &Vocabulary,
) -> bool {
    let names = names_of(other.party);
    if leaves_list_to(text.lead, names) {
        return true;
    }
    let Some(deed) = other.head.first() else { return false };
    let is_named = |word: &str| names.contains(&word);
    if !text.text.split(' ').any(is_named) || other.text.split(' ').any(is_named) {
        return false;
    }
    let words: Vec<&str> = text.text.split(' ').collect();
    let is_deed = |word: &&str| vocabulary.is_form_of(word, *deed);
    (1..words.len()).filter(|at| is_named(words[*at])).any(|at| {
        let says = |word: &&str| vocabulary.says_something(word);
        let asks = words[..at].iter().any(says) && !words[..at].iter().any(is_deed);
        asks && first_verb(&words[at + 1..]).is_some_and(is_deed)
            && !opens_with_help(&words[..at], &words[at + 1..])
    })
}

/// Whether a lead-in says that these do its items: "Teach the customer how to", "IBM needs you to".
fn leaves_list_to(lead: &str, names: &[&str]) -> bool {
    let words: Vec<&str> = lead.strip_prefix("the ").unwrap_or(lead).split(' ').collect();
    let holder = words.iter().skip(1).rposition(|word| names.contains(word));
    holder.is_some_and(|at| {
        let behind = &words[at + 2..];
        behind.contains(&"to") && behind.iter().all(|word| *word == "how" || OPENS_LIST.has(word))
    })
}

/// Whether the items of a list are done on one side, and on the other have a lead-in with a verb of its
/// own: "Perform the following tasks:", "Approve the following tasks:".
fn is_done_on_one_side(items: Sides<&IndexedDuty<'_>>) -> bool {
    static CIRCUMSTANCES: WordList = WordList::named("words that open a circumstance");
    static DOING: WordList = WordList::named("verbs that do");
    let is_done = |item: &IndexedDuty<'_>| !item.lead.is_empty() && item.text_id == item.body_id;
    let has_verb = |item: &IndexedDuty<'_>| {
        let first = item.lead.split(' ').next().unwrap_or_default();
        let says_where = ["for", "in", "on", "the", "to", "use", "with"].contains(&first);
        let does = item.lead.split(' ').any(|word| DOING.has(word));
        item.text_id != item.body_id && !says_where && !does && !CIRCUMSTANCES.has(first)
    };
    (is_done(items.old) && has_verb(items.new)) || (is_done(items.new) && has_verb(items.old))
}

/// Whether a party's name ends a phrase on who helps, or who does not do it: "With the help of IBM
/// Support, restore the vault", "You, not IBM, restore the vault".
fn opens_with_help(before: &[&str], behind: &[&str]) -> bool {
    let preposition = before.iter().rev().find(|word| **word != "the");
    let is_phrase = preposition
        .is_some_and(|word| matches!(*word, "by" | "from" | "not" | "of" | "than" | "with"));
    let next = behind.iter().find(|word| !matches!(**word, "cloud" | "support" | "team"));
    is_phrase && !next.is_some_and(|word| BETWEEN.has(word))
}

/// Words between a party's name and what the party does.
static BETWEEN: WordList = WordList::named("words between a party and what it does");

/// The word behind a party's name that says what the party does: "to restore", "support to restore",
/// "in restoring", "will restore".
fn first_verb<'w, 't>(words: &'w [&'t str]) -> Option<&'w &'t str> {
    words.iter().find(|word| !BETWEEN.has(word))
}

/// Whether the one party does for the other what the other did for it: "Notify you", "Notify IBM". The
/// party that is named first is the one that it is done for; both may be named in a text that moves
/// as it is ("Store the customer's data in IBM Cloud").
pub(super) fn turns_round(items: Sides<&IndexedDuty<'_>>) -> bool {
    is_for_other(items.old) && is_for_other(items.new)
}

fn is_for_other(item: &IndexedDuty<'_>) -> bool {
    let others = match item.party {
        Party::Ibm | Party::Provider(_) => CUSTOMER,
        Party::Customer => IBM,
        Party::Shared | Party::Other(_) => return false,
    };
    let words: Vec<&str> = item.text.split(' ').collect();
    let is_party = |word: &str| IBM.contains(&word) || CUSTOMER.contains(&word);
    // the first word may be who does it
    let first = (1..words.len()).find(|at| is_party(words[*at]) && !names_a_thing(&words, *at));
    first.is_some_and(|at| others.contains(&words[at]))
}

/// Whether a party's name tells a thing from others: "in the customer cluster". Right behind the verb
/// it is who something is given to: "Give IBM access".
fn names_a_thing(words: &[&str], at: usize) -> bool {
    const BEFORE: [&str; 8] = ["the", "a", "an", "each", "all", "any", "of", "to"];
    static BEHIND: WordList = WordList::named("words behind a party that is no thing");
    let follows_verb = at <= 2 && (at == 1 || BEFORE.contains(&words[1]));
    !follows_verb && words.get(at + 1).is_some_and(|next| !BEHIND.has(next))
}

/// Verbs that "not" denies. "Keys not kept by IBM" are some of the keys.
static AUXILIARIES: WordList = WordList::named("verbs that can be denied");

/// Verbs whose denial asks for the deed: "Do not forget to restart the hosts".
const ASKING: [&str; 5] = ["fail", "forget", "hesitate", "neglect", "only"];

/// Whether a text says that something is not done. "So that no paper is lost" denies nothing, and
/// neither does "do not open what is not sealed".
pub(super) fn is_negated(text: &str) -> bool {
    let ends_clause = |word: &str| {
        matches!(
            word,
            "so" | "that" | "which" | "who" | "if" | "when" | "unless" | "until" | "while"
        )
    };
    let words: Vec<&str> = text.split(' ').collect();
    let end = words.iter().position(|word| ends_clause(word)).unwrap_or(words.len());
    let (clause, rest) = words.split_at(end);
    let denies = |at: usize| {
        let before = at.checked_sub(1).map(|before| clause[before]);
        let next = clause.get(at + 1).copied().unwrap_or_default();
        let is_denial = match clause[at] {
            "not" => before.is_none_or(|before| AUXILIARIES.has(before)),
            "never" | "cannot" => true,
            "no" => next == "longer" || (at == 0 && next.starts_with("responsib")),
            _ => false,
        };
        is_denial && !ASKING.contains(&next)
    };
    let is_twofold = matches!(rest.first(), Some(&("that" | "which"))) && rest.contains(&"not");
    (0..clause.len()).any(denies) && !is_twofold
}
