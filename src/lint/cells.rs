//! Cells that end in mid air, or that speak of the other party.

use super::quotes::{QUOTED, quoted_beginning};
use crate::model::{Code, Layout, Matrix, Notice, Party};
use crate::normalize::{denies_own_party, names_other_party};
use crate::vocabulary::WordList;

/// Notices about the texts of one table.
pub(super) fn check_cells(matrix: &Matrix, provider: &str, found: &mut Vec<Notice>) {
    let sentences = match matrix.layout {
        Layout::PartyColumns | Layout::PartyLists => true,
        Layout::OwnerGrid | Layout::OwnerList | Layout::Raci => false,
    };
    if !sentences {
        return;
    }
    for duty in matrix.rows.iter().flat_map(|row| &row.duties) {
        if is_cut_off(&duty.phrase.text) {
            let message =
                format!("{} ends in the middle of a sentence", quoted_ending(&duty.phrase.text));
            found.push(Notice::at(duty.line, Code::CutOff, message));
        }
        if let Some(other) = names_other_party(duty, provider) {
            let message = format!(
                "{} names {other} but is in {}",
                quoted_beginning(&duty.phrase.text),
                column_name(&duty.party)
            );
            found.push(Notice::at(duty.line, Code::Contradiction, message));
        }
        if denies_own_party(duty) {
            let message = format!(
                "{} says that {} does not have this duty, but is in {}",
                quoted_beginning(&duty.phrase.text),
                party_name(&duty.party),
                column_name(&duty.party)
            );
            found.push(Notice::at(duty.line, Code::Contradiction, message));
        }
    }
}

/// A text as a message about its end quotes it.
fn quoted_ending(text: &str) -> String {
    match text.char_indices().rev().nth(QUOTED) {
        Some((cut, _)) => format!("\"...{}\"", text[cut..].trim_start()),
        None => format!("\"{text}\""),
    }
}

fn party_name(party: &Party) -> &str {
    match party {
        Party::Ibm => "IBM",
        Party::Shared => "both parties",
        Party::Customer => "the customer",
        Party::Provider(name) | Party::Other(name) => name,
    }
}

/// The column that lists a party's duties.
fn column_name(party: &Party) -> String {
    match party {
        Party::Ibm | Party::Customer => format!("{}'s column", party_name(party)),
        Party::Shared => "the column of both parties".to_owned(),
        Party::Provider(name) | Party::Other(name) => format!("the column of {name}"),
    }
}

/// Whether a text breaks off: no stop at its end, and a last word that wants another one. Words
/// that may well end a sentence ("log in", "runs on") do not count.
fn is_cut_off(text: &str) -> bool {
    static OPEN: WordList = WordList::named("words that always want another one");
    // as in "which region to deploy into"
    static STRANDED: WordList =
        WordList::named("words that want another one but in a relative clause");
    static RELATIVE: WordList = WordList::named("words that open a relative clause");
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
        STRANDED.has(&last) && !words.any(|word| RELATIVE.has(&word.to_lowercase()))
    };
    several && (OPEN.has(&last) || is_stranded() || points_nowhere(text))
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
