//! Cells that name the owner of a duty.

use super::Names;
use super::blank::Worth;
use super::text::Reader;
use super::tokens::{self, Token, is_duty_noun};
use crate::model::Party;
use crate::parse::Cell;

/// What a cell says of an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody: blank, or "not applicable".
    Nobody,
    /// IBM, the customer, or both.
    Known(Party),
    /// Another short name.
    Named(String),
    /// A text that names nobody.
    Prose,
}

/// Longer texts are no names.
const LONGEST_NAME: usize = 80;
const MOST_WORDS: usize = 9;

/// Whom a cell names.
pub(super) fn of_cell(cell: &Cell, reader: &mut Reader<'_>) -> Owner {
    let text = reader.cell(cell);
    if reader.worth(&text) != Worth::Words {
        return Owner::Nobody;
    }
    if let Some(party) = known(&tokens::of_cell(cell, reader.names()), reader.names()) {
        return Owner::Known(party);
    }
    let sentence = text.ends_with(['.', '!', '?', ':']);
    if text.len() > LONGEST_NAME || sentence || text.split(' ').count() > MOST_WORDS {
        return Owner::Prose;
    }
    Owner::Named(text)
}

/// Whether a cell that names no known owner still reads as parties and nothing else: "IBM and Red
/// Hat", "Partner", "Customer (with help of IBM)". People have names, too, and own other things.
pub(super) fn names_parties(cell: &Cell, names: &Names) -> bool {
    let tokens = tokens::of_cell(cell, names);
    let mut found = false;
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        match token {
            Token::Party(_) => found = true,
            Token::Join => {}
            Token::Word(word) if is_organization(word) => found = true,
            Token::Word(word)
                if word == "red" && after.first().is_some_and(|next| next.is("hat")) =>
            {
                found = true;
                rest = after.get(1..).unwrap_or_default();
            }
            Token::Word(word) if is_filler(word) || is_helper(word) => {}
            Token::Word(_) => return false,
        }
    }
    found
}

/// What parties are called that are neither IBM nor the customer.
fn is_organization(word: &str) -> bool {
    matches!(
        word,
        "partner"
            | "partners"
            | "vendor"
            | "vendors"
            | "provider"
            | "providers"
            | "supplier"
            | "suppliers"
            | "reseller"
            | "resellers"
    )
}

/// Words between the names of those who share a duty.
fn is_helper(word: &str) -> bool {
    matches!(word, "the" | "with" | "from" | "help" | "support" | "assistance" | "third" | "party")
}

/// The party that tokens name, if they say nothing else.
fn known(tokens: &[Token], names: &Names) -> Option<Party> {
    let lead = tokens.iter().take_while(|token| token.word().is_some_and(is_filler)).count();
    let (who, used) = tokens::parties(&tokens[lead..])?;
    let rest = &tokens[lead + used..];
    let filled = rest.iter().all(|token| token.word().is_some_and(is_filler));
    who.party(names).filter(|_| filled)
}

/// Words around an owner's name that add nothing.
fn is_filler(word: &str) -> bool {
    is_duty_noun(word)
        || matches!(
            word,
            "responsible" | "is" | "are" | "by" | "of" | "for" | "only" | "owned" | "managed"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[track_caller]
    fn check(text: &str, expected: &Owner) {
        let names = Names::builtin();
        let mut reader = Reader::new(&names, Vec::new());
        assert_eq!(of_cell(&cell(text), &mut reader), *expected, "{text}");
    }

    #[test]
    fn owners_in_all_spellings() {
        check("IBM", &Owner::Known(Party::Ibm));
        check("IBM Cloud®", &Owner::Known(Party::Ibm));
        check("You", &Owner::Known(Party::Customer));
        check("Client's responsibility", &Owner::Known(Party::Customer));
        check("Shared [^note-1]", &Owner::Known(Party::Shared));
        check("You and IBM", &Owner::Known(Party::Shared));
        check("Managed by IBM", &Owner::Known(Party::Ibm));
        check("n/a", &Owner::Nobody);
        check("IBM, vault owner", &Owner::Named("IBM, vault owner".to_owned()));
        check("Vault vendor", &Owner::Named("Vault vendor".to_owned()));
        check("You look after the keys of the vault.", &Owner::Prose);
    }

    #[test]
    fn parties_and_people() {
        let names = Names::builtin();
        for (text, expected) in [
            ("IBM and Red Hat", true),
            ("Red Hat", true),
            ("IBM/Partner", true),
            ("Third-party vendor", true),
            ("Customer (with help of IBM)", true),
            ("Ada Lovelace", false),
            ("Ada Lovelace, IBM", false),
            ("Red team", false),
            ("with help", false),
            ("", false),
        ] {
            assert_eq!(names_parties(&cell(text), &names), expected, "{text}");
        }
    }
}
