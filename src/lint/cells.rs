//! Cells that end in mid air, or that speak of the other party.

use super::{QUOTED, quoted};
use crate::model::{Code, Duty, Layout, Matrix, Notice, Party};

/// Notices about the texts of one table.
pub(super) fn check(matrix: &Matrix, found: &mut Vec<Notice>) {
    let sentences = match matrix.layout {
        Layout::PartyColumns | Layout::PartyLists => true,
        Layout::OwnerGrid | Layout::OwnerList | Layout::Raci => false,
    };
    if !sentences {
        return;
    }
    for duty in matrix.rows.iter().flat_map(|row| &row.duties) {
        if is_cut_off(&duty.phrase.text) {
            let message = format!("{} ends in mid air", ending(&duty.phrase.text));
            found.push(Notice::at(duty.line, Code::CutOff, message));
        }
        if let Some(other) = names_other_party(duty) {
            let message = format!(
                "{} speaks of {other} but stands in the column of {}",
                quoted(&duty.phrase.text),
                name(&duty.party)
            );
            found.push(Notice::at(duty.line, Code::Contradiction, message));
        }
        if denies_own_party(duty) {
            let party = name(&duty.party);
            let message = format!(
                "{} says that it is not for {party} to do but stands in the column of {party}",
                quoted(&duty.phrase.text)
            );
            found.push(Notice::at(duty.line, Code::Contradiction, message));
        }
    }
}

/// A text as a message about its end quotes it.
fn ending(text: &str) -> String {
    match text.char_indices().rev().nth(QUOTED) {
        Some((cut, _)) => format!("\"...{}\"", text[cut..].trim_start()),
        None => format!("\"{text}\""),
    }
}

fn name(party: &Party) -> &str {
    match party {
        Party::Ibm => "IBM",
        Party::Shared => "both parties",
        Party::Customer => "the customer",
        Party::Other(name) => name,
    }
}

/// Whether a text breaks off: no stop at its end, and a last word that wants another one. Words
/// that may well end a sentence ("log in", "runs on") do not count.
fn is_cut_off(text: &str) -> bool {
    /// Words that always want another one.
    const OPEN: [&str; 19] = [
        "a",
        "an",
        "and",
        "as",
        "because",
        "if",
        "including",
        "its",
        "my",
        "or",
        "our",
        "such",
        "than",
        "the",
        "their",
        "using",
        "via",
        "while",
        "your",
    ];
    /// Words that want another one, except in a clause like "which region to deploy into".
    const STRANDED: [&str; 12] =
        ["are", "at", "be", "between", "by", "for", "from", "into", "is", "of", "to", "with"];
    const RELATIVE: [&str; 9] =
        ["which", "what", "that", "who", "whom", "whose", "where", "how", "whatever"];
    let text = text.trim_end();
    if text.ends_with(',') {
        return true;
    }
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
    // one word alone is a label, not a sentence
    let several = text.contains(char::is_whitespace);
    let last = last.to_lowercase();
    let is_stranded = || {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        STRANDED.contains(&&*last) && !words.any(|word| RELATIVE.contains(&&*word.to_lowercase()))
    };
    several && (OPEN.contains(&&*last) || is_stranded() || points_nowhere(text))
}

/// "For more information, see": the link behind it is gone.
fn points_nowhere(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ':', ' ']);
    let Some((head, last)) = text.rsplit_once(char::is_whitespace) else { return false };
    let head = head.trim_end();
    let sentence = head.rsplit(['.', '!', '?']).next().unwrap_or(head).trim_start();
    let announces = sentence.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("for "))
        && ["information", "details"].iter().any(|what| head.trim_end_matches(',').ends_with(what));
    last.eq_ignore_ascii_case("see") && (head.ends_with(',') || announces)
}

const CUSTOMER: &[&str] = &["the customer", "the customers", "customer", "customers", "you"];
const IBM: &[&str] = &["ibm", "ibm cloud"];

/// What a text says after its first words, where those name one of these.
fn said_of<'a>(text: &'a str, subjects: &[&str]) -> Option<&'a str> {
    let rest = |subject: &&str| text.strip_prefix(*subject)?.strip_prefix(' ');
    subjects.iter().find_map(rest)
}

/// The party that a text plainly gives its duty to, where that is not the column's. A negation
/// ("IBM does not ...", "it is not IBM's responsibility") is not taken for the opposite.
fn names_other_party(duty: &Duty) -> Option<&'static str> {
    const BINDS: &[&str] = &[
        "is responsible for",
        "are responsible for",
        "is also responsible for",
        "are also responsible for",
        "is solely responsible for",
        "are solely responsible for",
        "must",
        "is required to",
        "are required to",
    ];
    let text = duty.phrase.canonical.as_str();
    let (subjects, other) = match duty.party {
        Party::Ibm => (CUSTOMER, "the customer"),
        Party::Customer => (IBM, "IBM"),
        Party::Shared | Party::Other(_) => return None,
    };
    let binds = said_of(text, subjects).is_some_and(|rest| {
        BINDS.iter().any(|verb| begins_with(rest, verb)) && !begins_with(rest, "must not")
    });
    binds.then_some(other)
}

/// Whether a text plainly says that the column's own party does not do it ("IBM does not ...").
/// What a party may well promise to leave alone ("IBM does not store your keys"), what it is or
/// has, and what has an exception is not plain.
fn denies_own_party(duty: &Duty) -> bool {
    const DENIES: &[&str] = &[
        "is not responsible for",
        "are not responsible for",
        "isn't responsible for",
        "aren't responsible for",
    ];
    const DOES_NOT: &[&str] = &["does not ", "do not ", "doesn't ", "don't "];
    const PLEDGES: &str = "access alter change charge collect copy disclose duplicate examine \
                           expose have hold inspect intercept keep know log look modify monetize \
                           move need own persist read record require retain save see sell share \
                           store touch track transfer transmit use view want";
    const EXCEPTIONS: &[&str] =
        &["but", "except", "however", "if", "only", "unless", "until", "without"];
    let text = duty.phrase.canonical.as_str();
    let subjects = match duty.party {
        Party::Ibm => IBM,
        Party::Customer => CUSTOMER,
        Party::Shared | Party::Other(_) => return false,
    };
    let Some(rest) = said_of(text, subjects) else { return false };
    if rest.split(' ').any(|word| EXCEPTIONS.contains(&word)) {
        return false;
    }
    if DENIES.iter().any(|words| begins_with(rest, words)) {
        return true;
    }
    let Some(what) = DOES_NOT.iter().find_map(|not| rest.strip_prefix(*not)) else { return false };
    let verb = what.split(' ').next().unwrap_or_default();
    let is_free = begins_with(what, "have to") || begins_with(what, "need to");
    is_free || !PLEDGES.split(' ').any(|pledge| pledge == verb)
}

/// Whether a text begins with whole words.
fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Phrase;

    #[test]
    fn a_text_that_breaks_off() {
        assert!(is_cut_off("Send audit events to"));
        assert!(is_cut_off("Seal the vault,"));
        assert!(is_cut_off("For more information, see"));
        assert!(is_cut_off("Seal it. For details see."));
        assert!(!is_cut_off("Limit the keys that users see"));
        assert!(!is_cut_off("Guard what you see."));
        assert!(!is_cut_off("Decide which vault to put it into"));
        assert!(!is_cut_off("Manage the systems that the vault runs on"));
        assert!(!is_cut_off("Seal the vault."));
        assert!(!is_cut_off("With"));
    }

    fn duty(party: Party, canonical: &str) -> Duty {
        Duty {
            party,
            column: String::new(),
            phrase: Phrase { text: String::new(), canonical: canonical.to_owned() },
            area: None,
            line: 1,
            reference: false,
            lead_words: 0,
        }
    }

    #[test]
    fn a_party_that_is_said_not_to_do_it() {
        let told = |party, text| denies_own_party(&duty(party, text));
        assert!(told(Party::Ibm, "ibm does not back up the vaults"));
        assert!(told(Party::Ibm, "ibm is not responsible for vaults that you seal"));
        assert!(told(Party::Customer, "you do not have to seal the vaults"));
        assert!(told(Party::Customer, "customers are not responsible for sealing"));
        assert!(!told(Party::Customer, "ibm does not back up the vaults"));
        // what a party promises, and what has another side
        assert!(!told(Party::Ibm, "ibm does not store your seals"));
        assert!(!told(Party::Ibm, "ibm does not have access to your seals"));
        assert!(!told(Party::Ibm, "ibm does not open a vault unless you ask for it"));
        assert!(!told(Party::Customer, "do not seal the vaults"));
    }

    #[test]
    fn the_other_party_in_a_cell() {
        let told = |party, text| names_other_party(&duty(party, text)).is_some();
        assert!(told(Party::Ibm, "the customer is responsible for sealing the vault"));
        assert!(told(Party::Customer, "ibm must seal the vault"));
        assert!(!told(Party::Customer, "ibm does not seal the vault"));
        assert!(!told(Party::Customer, "it is not ibm's responsibility to seal the vault"));
        assert!(!told(Party::Ibm, "customers can seal the vault"));
        assert!(!told(Party::Customer, "customer is responsible for sealing"));
    }
}
