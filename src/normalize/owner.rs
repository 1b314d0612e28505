//! Cells that name the owner of a duty.

use std::collections::BTreeSet;

use super::content_kind::ContentKind;
use super::lead_words::is_verb;
use super::owner_words::{is_filler, known_party, may_precede_party};
use super::raci_pairs::joint_holder;
use super::text::TextReader;
use super::tokens::{self, Token, Who};
use super::{Names, header, remarks, third_parties};
use crate::model::Party;
use crate::parse::Cell;
use crate::vocabulary::WordList;

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
/// A name that is no known party's is shorter.
const MOST_UNKNOWN_WORDS: usize = 6;

/// Whom a cell names.
pub(super) fn of_cell(cell: &Cell, reader: &mut TextReader<'_>) -> Owner {
    let names = reader.names();
    let text = reader.cell_text(cell);
    if reader.content_kind(&text) != ContentKind::Words {
        return Owner::Nobody;
    }
    let pieces = if cell.pieces.len() > 1 { cell_texts(cell, reader) } else { Vec::new() };
    if says_what_each_does(&pieces, names) {
        return Owner::Prose;
    }
    let party = party_of_cell(cell, names).or_else(|| match pieces.as_slice() {
        [] | [_] => remarks::qualified_party(&text, names),
        [..] => all_known(&pieces, names).or_else(|| remarks::of_group(&text, names)),
    });
    if let Some(party) = party.or_else(|| acting_party(cell, &text, names)) {
        return Owner::Known(party);
    }
    let name = name_of(if pieces.len() > 1 { pieces.join(", ") } else { text }, names);
    if is_provider(cell, &name, reader) {
        return Owner::Known(names.provider());
    }
    let words = name.split(' ').count();
    if is_too_long(&name) || name.is_empty() || is_sentence(&name) {
        return Owner::Prose;
    }
    if words > MOST_UNKNOWN_WORDS && !names_parties(&name, names) {
        return Owner::Prose;
    }
    Owner::Named(name)
}

/// Whether an owner is IBM by the name of one of its products: the page's own, a known one, any
/// keyref's, or one that begins with "IBM".
fn is_provider(cell: &Cell, name: &str, reader: &mut TextReader<'_>) -> bool {
    const MOST_WORDS: usize = 5;
    let raw = tokens::first_raw_tokens(name, MOST_WORDS + 1);
    if raw.len() > MOST_WORDS {
        return false;
    }
    let others = (0..raw.len()).any(|at| third_parties::named_third_party(&raw[at..]).is_some());
    if others || third_parties::ends_with_kind(&raw) {
        return false;
    }
    let names = reader.names();
    let tokens = tokens::of_cell(cell, names);
    let word = |token: &Token| token.is_a(|word| !is_verb(word));
    let is_product = match tokens.split_first() {
        Some((Token::Party(Who::Product), [])) => true,
        Some((Token::Party(Who::Ibm), rest)) => {
            // "IBM Cloud Vault", but not "IBM support desk of the partner"
            let capital = |word: &str| word.starts_with(char::is_uppercase);
            rest.iter().all(word) && name.split(' ').all(capital)
        }
        Some(_) | None => false,
    };
    let canonical = super::canonical_text(name, names);
    let is_name = name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    is_product || Names::is_product(&canonical) || (is_name && reader.is_titled(&canonical))
}

/// The party that a whole cell names.
fn party_of_cell(cell: &Cell, names: &Names) -> Option<Party> {
    if let [piece] = cell.pieces.as_slice()
        && !tokens::open_with_party(piece.runs.iter(), names, may_precede_party)
    {
        return None;
    }
    known_party(&tokens::of_cell(cell, names), names)
}

/// The party of a cell that only says that it acts: "IBM manages", "Done by IBM", "Fully IBM".
fn acting_party(cell: &Cell, text: &str, names: &Names) -> Option<Party> {
    const LONGEST: usize = 60;
    static DONE: WordList = WordList::named("participles before the name of who acts");
    static WHOLLY: WordList = WordList::named("adverbs before the name of who acts");
    if text.len() > LONGEST || cell.pieces.len() != 1 {
        return None;
    }
    let tokens = tokens::of_cell(cell, names);
    let begin = tokens.iter().take_while(|token| token.is_one_of(&WHOLLY)).count();
    let rest = match &tokens[begin..] {
        [done, by, rest @ ..] if by.is("by") && done.is_one_of(&DONE) => {
            let group =
                text.split_once(" by ").and_then(|(_, name)| remarks::of_group(name, names));
            if group.is_some() {
                return group;
            }
            rest
        }
        rest => rest,
    };
    let (who, used) = tokens::listed_party(rest)?;
    let acts = used == rest.len() || header::only_acts(&rest[used..]);
    who.known_party(names).filter(|_| acts)
}

/// No name is as long.
fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST_NAME || text.split(' ').count() > MOST_WORDS
}

/// The texts of a cell: names below each other are a list.
fn cell_texts(cell: &Cell, reader: &mut TextReader<'_>) -> Vec<String> {
    const MOST: usize = 8;
    let texts =
        cell.pieces.iter().take(MOST).map(|piece| reader.plain_text(&piece.runs, piece.line));
    texts.filter(|text| !text.is_empty()).collect()
}

/// Whether lines of a cell name different parties, each with what it does: "IBM: Store the keys",
/// "You are responsible for making the keys".
fn says_what_each_does(pieces: &[String], names: &Names) -> bool {
    let does = |piece: &String| piece.contains(": ") || piece.contains(" responsible for ");
    let parties: BTreeSet<Party> =
        pieces.iter().filter_map(|piece| remarks::qualified_party(piece, names)).collect();
    parties.len() > 1 && pieces.iter().all(does)
}

/// The parties of a list of names, if each is one that is known.
fn all_known(pieces: &[String], names: &Names) -> Option<Party> {
    let parties: Option<Vec<Party>> =
        pieces.iter().map(|piece| remarks::qualified_party(piece, names)).collect();
    parties?.into_iter().reduce(|one, other| joint_holder(one, &other))
}

/// The name of another party as it is written, without remarks, footnotes and a full stop.
fn name_of(text: String, names: &Names) -> String {
    if text.len() > 2 * LONGEST_NAME {
        return text;
    }
    let parties = |text: &str| {
        let tokens = tokens::of_text(text, names);
        tokens.iter().filter(|token| matches!(token, Token::Party(_))).count()
    };
    let bare = remarks::bare_text(&text);
    if is_too_long(&bare) {
        return bare;
    }
    // what stands in brackets may be a party of its own
    let lost = bare.is_empty() || (bare != text && parties(&text) > parties(&bare));
    let name = if lost { text } else { bare };
    // one word is no sentence
    if name.contains(' ') { name } else { name.trim_end_matches('.').to_owned() }
}

fn is_sentence(text: &str) -> bool {
    const COMPANY: [&str; 8] = ["inc.", "ltd.", "corp.", "co.", "llc.", "s.a.", "b.v.", "pty."];
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    text.ends_with(['.', '!', '?', ':']) && !COMPANY.contains(&last.as_str())
}

/// Whether a text that names no known owner still reads as parties and nothing else: "IBM and Red
/// Hat", "Partner", "System Integrator (IBM or other)". People have names, too, and own other
/// things.
pub(super) fn names_parties(text: &str, names: &Names) -> bool {
    let tokens = tokens::of_text(text, names);
    let mut found = false;
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        let used = third_parties::named_third_party(rest).unwrap_or_default();
        rest = if used > 0 { &rest[used..] } else { after };
        found |= used > 0;
        match token {
            _ if used > 0 => {}
            Token::Party(_) => found = true,
            Token::Join => {}
            Token::Word(word) if is_filler(word) || is_helper(word) => {}
            Token::Word(_) => return false,
        }
    }
    found
}

/// The same in a column of owners, where any name that ends with what a party is ("Vault vendor")
/// may be one.
pub(super) fn may_be_party(text: &str, names: &Names) -> bool {
    names_parties(text, names) || third_parties::ends_with_kind(&tokens::raw_tokens(text))
}

/// Words between the names of those who share a duty.
fn is_helper(word: &str) -> bool {
    static HELPERS: WordList = WordList::named("words between the names of owners");
    HELPERS.has(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[track_caller]
    fn check(text: &str, expected: &Owner) {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
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
        check("Shared between IBM and you", &Owner::Known(Party::Shared));
        check("Both parties", &Owner::Known(Party::Shared));
        check("IBM and customer share the responsibility", &Owner::Known(Party::Shared));
        check("Both share responsibility", &Owner::Known(Party::Shared));
        check("IBM: Build doors.\nCustomer: Shut doors.", &Owner::Prose);
        check("Managed by IBM", &Owner::Known(Party::Ibm));
        check("n/a", &Owner::Nobody);
        check("IBM, vault owner", &Owner::Known(Party::Ibm));
        check("IBM\nYou", &Owner::Known(Party::Shared));
        check("{cos_full_notm}", &Owner::Known(Party::Ibm));
        check("Event Streams", &Owner::Known(Party::Ibm));
        check("IBM Cloud Vault", &Owner::Known(Party::Ibm));
        check("IBM owns", &Owner::Known(Party::Ibm));
        for text in ["IBM manages", "Done by IBM", "Fully IBM", "Fully managed by IBM"] {
            check(text, &Owner::Known(Party::Ibm));
        }
        check("Done by your team", &Owner::Known(Party::Customer));
        check("You manage", &Owner::Known(Party::Customer));
        check("You and IBM manage", &Owner::Known(Party::Shared));
        check("IBM manages doors", &Owner::Named("IBM manages doors".to_owned()));
        check("Primarily IBM", &Owner::Known(Party::Ibm));
        check("IBM for the platform, you for the data", &Owner::Known(Party::Shared));
        check("You, except for the platform, which IBM manages", &Owner::Known(Party::Shared));
        check("IBM until 2025; you after", &Owner::Known(Party::Shared));
        check("IBM, if you ask for it", &Owner::Known(Party::Ibm));
        check("- IBM\n- Customer (guests)", &Owner::Known(Party::Shared));
        for (text, name) in [
            ("Vault vendor", "Vault vendor"),
            ("IBM Vault Partner", "IBM Vault Partner"),
            ("Vault vendor* (on call)", "Vault vendor"),
            ("Equinix.", "Equinix"),
            ("Red Hat, Inc.", "Red Hat, Inc."),
            ("Equinix\nRed Hat", "Equinix, Red Hat"),
            ("System Integrator (IBM or other)", "System Integrator (IBM or other)"),
        ] {
            check(text, &Owner::Named(name.to_owned()));
        }
        check("You look after the keys of the vault.", &Owner::Prose);
    }

    #[test]
    fn parties_and_people() {
        let names = Names::builtin();
        for (text, expected) in [
            ("IBM and Red Hat", true),
            ("Red Hat", true),
            ("IBM/Partner", true),
            ("VMware, SAP and Microsoft", true),
            ("MSP", true),
            ("On-premises provider", true),
            ("System Integrator (IBM or other)", true),
            ("Third-party vendor", true),
            ("Customer (with help of IBM)", true),
            ("Ada Lovelace", false),
            ("Ada Lovelace, IBM", false),
            ("Red team", false),
            ("with help", false),
            ("", false),
        ] {
            assert_eq!(names_parties(text, &names), expected, "{text}");
        }
    }
}
