//! Texts that plainly speak against the party in whose column they stand.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::model::{Duty, Party};
use crate::vocabulary::WordList;

/// How one party is named in canonical texts.
struct PartyNames {
    /// As who does something.
    subjects: &'static [&'static str],
    /// As whose something is.
    possessives: &'static [&'static str],
    /// Behind "of".
    objects: &'static [&'static str],
}

const CUSTOMER: PartyNames = PartyNames {
    subjects: &["the customer", "the customers", "customer", "customers", "you"],
    possessives: &["your", "the customer's", "customer's", "the customers", "yours"],
    objects: &["the customer", "customers", "the customers", "you"],
};
const IBM: PartyNames = PartyNames {
    subjects: &["ibm cloud", "ibm"],
    possessives: &["ibm's", "ibm cloud's"],
    objects: &["ibm", "ibm cloud"],
};

/// What a responsibility is called.
const DUTY_NOUNS: &[&str] = &["responsibility", "duty", "task", "job", "obligation"];
/// Words that make a text say less than it seems to.
const EXCEPTIONS: &[&str] =
    &["but", "except", "however", "if", "only", "unless", "until", "without"];
/// More such words, which the oldest rules here did not know.
static CONDITIONS: WordList = WordList::named("conditions of a text");
/// Words that make a text speak of a part of something, or of both parties.
const PARTS: &[&str] =
    &["that", "which", "who", "whose", "what", "how", "also", "alone", "both", "jointly", "other"];

/// Words without which no text denies anything.
static DENYING: LazyLock<[Finder<'_>; 3]> =
    LazyLock::new(|| ["not ", "n't ", "never "].map(Finder::new));
/// The word that binds a party, behind its name.
static MUST: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(" must"));

/// What a text says after its first words, where those name one of these.
fn said_of<'a>(text: &'a str, subjects: &[&str]) -> Option<&'a str> {
    let rest = |subject: &&str| text.strip_prefix(*subject)?.strip_prefix(' ');
    subjects.iter().find_map(rest)
}

/// The party that a text plainly gives its duty to, where that is not the column's. A negation
/// ("IBM does not ...", "it is not IBM's responsibility") is not taken for the opposite.
pub(crate) fn names_other_party<'p>(duty: &Duty, provider: &'p str) -> Option<&'p str> {
    let text = duty.phrase.canonical.as_str();
    let (names, own, other) = match duty.party {
        Party::Ibm | Party::Provider(_) => (CUSTOMER, IBM, "the customer"),
        Party::Customer => (IBM, CUSTOMER, provider),
        Party::Shared | Party::Other(_) => return None,
    };
    let binds = said_of(text, names.subjects).is_some_and(|rest| is_bound(rest, &own))
        || (is_whole(duty) && is_called_the_duty_of(text, &names));
    binds.then_some(other)
}

/// "must ...", "is responsible for ...", "and Skyvault are fully responsible for ...".
fn is_bound(rest: &str, own: &PartyNames) -> bool {
    const BINDS: &[&str] = &["must", "is required to", "are required to"];
    const ADVERBS: &[&str] =
        &["also", "solely", "fully", "entirely", "wholly", "ultimately", "always"];
    const LONGEST_NAME: usize = 5;
    if BINDS.iter().any(|verb| begins_with(rest, verb)) {
        return !begins_with(rest, "must not");
    }
    // another name may stand beside it, but not that of the column's own party
    let mut words: Vec<&str> = rest.split(' ').collect();
    if words.first() == Some(&"and") {
        let verb = words.iter().take(LONGEST_NAME).position(|word| *word == "are");
        let Some(verb) = verb else { return false };
        let named = words[1..verb].join(" ");
        if verb == 1 || own.subjects.iter().any(|name| begins_with(&named, name)) {
            return false;
        }
        words.drain(..verb);
    }
    if !matches!(words.first(), Some(&("is" | "are"))) {
        return false;
    }
    let verb = 1 + usize::from(words.get(1).is_some_and(|word| ADVERBS.contains(word)));
    words.get(verb) == Some(&"responsible") && words.get(verb + 1) == Some(&"for")
}

/// Whether a text is one sentence without exceptions.
fn is_plain(duty: &Duty) -> bool {
    let several = duty.phrase.text.trim_end_matches(['.', ' ']).contains(". ");
    let mut words = duty.phrase.canonical.split(' ');
    !several && !words.any(|word| EXCEPTIONS.contains(&word) || CONDITIONS.has(word))
}

/// Whether such a text speaks of the whole of something.
fn is_whole(duty: &Duty) -> bool {
    is_plain(duty) && !duty.phrase.canonical.split(' ').any(|word| PARTS.contains(&word))
}

/// "It is your responsibility to ...", "... is the responsibility of the customer".
fn is_called_the_duty_of(text: &str, names: &PartyNames) -> bool {
    ["is ", "is solely ", "remains "].iter().any(|verb| names_duty(text, verb, names))
}

/// Whether the words that call something a party's duty stand behind some others.
fn names_duty(text: &str, before: &str, names: &PartyNames) -> bool {
    let behind =
        text.match_indices(before).filter(|(at, _)| *at == 0 || text[..*at].ends_with(' '));
    let mut behind = behind.map(|(at, _)| &text[at + before.len()..]);
    behind.any(|rest| {
        let owned = said_of(rest, names.possessives)
            .is_some_and(|noun| DUTY_NOUNS.iter().any(|known| begins_with(noun, known)));
        let given = DUTY_NOUNS.iter().any(|noun| {
            let of = rest.strip_prefix("the ").and_then(|rest| rest.strip_prefix(*noun));
            let whose = of.and_then(|rest| rest.strip_prefix(" of "));
            whose.is_some_and(|whose| names.objects.iter().any(|name| begins_with(whose, name)))
        });
        owned || given
    })
}

/// Whether a text plainly says that the column's own party does not do it ("IBM does not ...",
/// "IBM cannot ...", "it is not IBM's responsibility ..."). What a party may well promise to leave
/// alone ("IBM does not store your keys"), what it is or has, and what has an exception is not
/// plain.
pub(crate) fn denies_own_party(duty: &Duty) -> bool {
    let text = duty.phrase.canonical.as_str();
    let names = match duty.party {
        Party::Ibm | Party::Provider(_) => IBM,
        Party::Customer => CUSTOMER,
        Party::Shared | Party::Other(_) => return false,
    };
    if may_deny(text) && is_whole(duty) {
        let denied = ["is not ", "isn't ", "it's not ", "is never "];
        if denied.iter().any(|not| names_duty(text, not, &names)) || is_not_done_by(text, &names) {
            return true;
        }
    }
    let Some(rest) = said_of(text, names.subjects) else { return false };
    if rest.split(' ').any(|word| EXCEPTIONS.contains(&word)) {
        return false;
    }
    is_not_responsible(rest)
        || rest.starts_with("no longer ")
        || does_not(rest, &duty.party)
        || (is_plain(duty) && is_not_able(rest, &duty.party))
}

/// Whether a text has a word that denies something.
fn may_deny(text: &str) -> bool {
    DENYING.iter().any(|word| word.find(text.as_bytes()).is_some())
}

/// Whether a text plainly says that the other party does it, whoever has the column: "IBM rotates
/// the keys for you." is no duty of the customer.
pub(crate) fn is_done_by_other(duty: &Duty) -> bool {
    let text = duty.phrase.canonical.as_str();
    let (names, own) = match duty.party {
        Party::Ibm | Party::Provider(_) => (CUSTOMER, IBM),
        Party::Customer => (IBM, CUSTOMER),
        Party::Shared | Party::Other(_) => return false,
    };
    // "IBM services that you must configure" names things
    let binds = |at: usize| own.subjects.iter().any(|own| ends_with_words(&text[..at], own));
    if MUST.find_iter(text.as_bytes()).any(binds) {
        return false;
    }
    let by = |party: &&str| text.strip_suffix(*party).is_some_and(|text| text.ends_with("ed by "));
    let passive = names.objects.iter().any(by);
    let acts = said_of(text, names.subjects).is_some_and(|rest| {
        let verb = rest.split(' ').next().unwrap_or_default();
        (verb.ends_with('s') && verb.len() > 3 && rest.contains(' '))
            || matches!(verb, "must" | "will")
    });
    passive || acts
}

/// "The hosts are not managed by IBM", and nothing behind it.
fn is_not_done_by(text: &str, names: &PartyNames) -> bool {
    static DONE: WordList = WordList::named("participles of what nobody does");
    let head = names.objects.iter().find_map(|name| text.strip_suffix(*name)?.strip_suffix(" by "));
    head.is_some_and(|head| {
        ["is not ", "are not ", "isn't ", "aren't "].iter().any(|not| {
            head.rsplit_once(not).is_some_and(|(what, done)| !what.is_empty() && DONE.has(done))
        })
    })
}

fn is_not_responsible(rest: &str) -> bool {
    static DENIES: WordList = WordList::named("denials of responsibility");
    DENIES.opens(rest)
}

/// "does not back up ...", "will not back up ...". "You will not ..." says what happens to you.
fn does_not(rest: &str, party: &Party) -> bool {
    static DOES_NOT: WordList = WordList::named("denials of a deed");
    static WILL_NOT: WordList = WordList::named("denials of a deed to come");
    static PLEDGES: WordList = WordList::named("verbs that pledge to leave alone");
    let will_not = || WILL_NOT.words_behind(rest).filter(|_| *party == Party::Ibm);
    let Some(what) = DOES_NOT.words_behind(rest).or_else(will_not) else { return false };
    let verb = what.split(' ').next().unwrap_or_default();
    let is_free = begins_with(what, "have to") || begins_with(what, "need to");
    is_free || !PLEDGES.has(verb)
}

/// "cannot ...", "does not have access to ...". What the customer cannot change or use is a rule
/// for the customer to keep.
fn is_not_able(rest: &str, party: &Party) -> bool {
    static CANNOT: WordList = WordList::named("denials of an ability");
    static NO_ACCESS: WordList = WordList::named("denials of access");
    static RULES: WordList = WordList::named("verbs of what nobody may do");
    if NO_ACCESS.opens(rest) {
        return true;
    }
    let Some(what) = CANNOT.words_behind(rest) else { return false };
    let verb = what.split(' ').next().unwrap_or_default();
    *party == Party::Ibm || !RULES.has(verb)
}

/// Whether a text ends with whole words behind others.
fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|before| before.ends_with(' '))
}

/// Whether a text begins with whole words.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests;
