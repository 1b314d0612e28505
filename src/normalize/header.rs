//! Which column is whose: the grammar of header cells.
//!
//! A party's name and nothing but "responsibilities" (or a word in its place) makes a party
//! column. The grammar is strict, so `Client | Language` or `Account owner` do not match.

use super::column_role::Role;
use super::duty_nouns::{is_duty_noun, is_responsibility};
use super::lead_words::{is_plain_adjective, is_verb};
use super::owner_header::is_owner;
use super::text::TextReader;
use super::tokens::{self, Token, Who, listed_party};
use super::{Names, header_names, remarks, third_parties};
use crate::model::{Code, Party};
use crate::parse::Cell;
use crate::vocabulary::WordList;

/// The role of a header cell.
pub(super) fn column_role(cell: &Cell, names: &Names) -> Role {
    let tokens = tokens::with_author_named(tokens::of_cell(cell, names));
    if is_owner(&tokens) {
        return Role::Owner;
    }
    if let Some((who, named)) = header_party(&tokens) {
        return Role::Party { who, named };
    }
    // "Client (or designate)"
    let bare = remarks::without_brackets(cell).map(|bare| tokens::of_cell(&bare, names));
    if let Some(bare) = bare {
        if let Some((who, named)) = header_party(&bare) {
            return Role::Party { who, named };
        }
        if is_owner(&bare) {
            return Role::Owner;
        }
    }
    if let Some(who) = remarks::named_before_others(cell, names) {
        return Role::Party { who, named: false };
    }
    if let Some((who, named)) = header_names::explained_party(cell, &tokens, names) {
        return Role::Party { who, named };
    }
    other_party(&tokens).map_or(Role::Label, Role::Other)
}

/// "IBM", "IBM responsibilities", "Responsibilities of IBM", "You are responsible for",
/// "How IBM helps", "What you can do".
fn header_party(tokens: &[Token]) -> Option<(Who, bool)> {
    let lead = tokens.iter().take_while(|token| token.is_a(can_lead)).count();
    let (lead, below) = tokens.split_at(lead);
    let (who, used) = listed_party(below)?;
    let rest = &below[used..];
    // "IBM-managed" says no more than "IBM": plans are also distinguished that way
    let manages = lead.is_empty() && matches!(rest, [only] if only.is("managed"));
    // a policy that names a party means its column
    let own = matches!(who, Who::Own(_));
    let named = own || !lead.is_empty() || !(rest.is_empty() || manages);
    let qualified = lead.is_empty() && who == Who::Ibm && is_qualified(rest);
    (manages || qualified || asks_for_duties(lead, rest)).then_some((who, named))
}

/// "SRE responsibilities" behind "IBM": a qualifier changes no party, but a partner is another.
fn is_qualified(rest: &[Token]) -> bool {
    let Some((last, qualifier)) = rest.split_last() else { return false };
    let quiet =
        |token: &Token| *token == Token::Party(Who::Product) || token.is_a(|word| !is_verb(word));
    last.is_a(is_responsibility)
        && (1..=3).contains(&qualifier.len())
        && qualifier.iter().all(quiet)
        && !third_parties::ends_with_kind(qualifier)
        && third_parties::named_third_party(qualifier).is_none()
}

/// Whether what stands before and behind a party's name asks for its duties and nothing else.
fn asks_for_duties(lead: &[Token], rest: &[Token]) -> bool {
    let asks = lead.first().is_some_and(|token| token.is("how") || token.is("what"));
    if asks {
        lead.len() == 1 && is_help_phrase(rest)
    } else if lead.is_empty() {
        only_acts(rest) || rest.iter().all(|token| *token == Token::Join || token.is_a(is_tail))
    } else {
        rest.is_empty() && lead.last().is_some_and(|token| token.is("of") || token.is("by"))
    }
}

/// "provides", "manage", "takes care of": what a party does, and nothing else.
pub(super) fn only_acts(rest: &[Token]) -> bool {
    static VERBS: WordList = WordList::named("verbs of headers");
    let cares = |token: &Token| token.is("takes") || token.is("take");
    match rest {
        [only] => only.is_one_of(&VERBS),
        [takes, care, of] => cares(takes) && care.is("care") && of.is("of"),
        _ => false,
    }
}

/// "Partner", "SAP role", "Managed by a vendor": a party that is known to be one by its name
/// alone, where other columns are IBM's and the customer's.
fn third_party(text: &str) -> Option<Party> {
    let mut tokens = tokens::raw_tokens(text);
    for token in &mut tokens {
        if token.is("and") || token.is("or") {
            *token = Token::Join;
        }
    }
    let lead = tokens.iter().take_while(|token| token.is_a(can_lead)).count();
    // "Managed service provider" is a name, "Managed by a provider" is not
    let begin =
        if third_parties::named_third_party(&tokens) == Some(tokens.len()) { 0 } else { lead };
    let article = tokens.get(begin).is_some_and(|token| token.is("the"));
    let from = begin + usize::from(article);
    let used = third_parties::named_third_party(&tokens[from..])?;
    let rest = &tokens[from + used..];
    let manages = begin == 0 && matches!(rest, [only] if only.is("managed"));
    (manages || asks_for_duties(&tokens[..begin], rest))
        .then(|| Party::Other(third_parties::written_words(text, &tokens, from, used)))
}

fn can_lead(word: &str) -> bool {
    is_duty_noun(word) || matches!(word, "how" | "what" | "of" | "by" | "managed" | "owned")
}

fn is_tail(word: &str) -> bool {
    is_duty_noun(word) || matches!(word, "is" | "are" | "responsible" | "for")
}

/// What follows "How IBM", "What you".
pub(super) fn is_help_phrase(rest: &[Token]) -> bool {
    static HELP_WORDS: WordList = WordList::named("words behind how and the name of a party");
    // "helps you"
    let rest = match rest {
        [helps, Token::Party(Who::Customer)] if helps.is("help") || helps.is("helps") => &rest[..1],
        _ => rest,
    };
    !rest.is_empty() && rest.len() <= 4 && rest.iter().all(|token| token.is_one_of(&HELP_WORDS))
}

/// The name of nobody known: "Vendor responsibilities", "Customer / partner responsibilities",
/// "How Skyvault helps".
fn other_party(tokens: &[Token]) -> Option<String> {
    if let Some(helper) = helper_name(tokens) {
        return Some(helper);
    }
    let (last, name) = tokens.split_last()?;
    let joins = name.contains(&Token::Party(Who::Customer));
    let words: Option<Vec<&str>> = name
        .iter()
        .map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            Token::Join | Token::Party(Who::Customer) if joins => Some("/"),
            Token::Join | Token::Party(_) => None,
        })
        .collect();
    let words = words?;
    let plain = words.iter().all(|word| *word == "/" || is_plain_adjective(word));
    let fits = last.is_a(is_responsibility) && (1..=4).contains(&words.len());
    (fits && !plain).then(|| words.join(" "))
}

/// Whom a header asks about: "Skyvault" in "How Skyvault helps".
fn helper_name(tokens: &[Token]) -> Option<String> {
    const PRONOUNS: [&str; 7] = ["it", "this", "that", "each", "we", "they", "to"];
    let (asks, rest) = tokens.split_first()?;
    let words: Vec<&str> = rest.iter().map_while(Token::word).collect();
    let length = (1..=3).find(|&length| is_help_phrase(rest.get(length..).unwrap_or_default()))?;
    let name = words.get(..length)?;
    let named = !name.iter().any(|word| PRONOUNS.contains(word) || is_verb(word));
    (named && (asks.is("how") || asks.is("what"))).then(|| name.join(" "))
}

/// The party of each column, or none where the header names no two parties.
pub(super) fn column_parties(
    header: &[Cell],
    roles: &[Role],
    reader: &mut TextReader<'_>,
) -> Option<Vec<Option<Party>>> {
    let known = |party: &Party| {
        roles.iter().any(
            |role| matches!(role, Role::Party { who, .. } if who.known_party(reader.names()).as_ref() == Some(party)),
        )
    };
    let named = roles
        .iter()
        .any(|role| matches!(role, Role::Party { who, named: true } if *who != Who::Product));
    let (ibm, customer) = (known(&Party::Ibm), known(&Party::Customer));
    if !(ibm || customer) || !(named || (ibm && customer)) {
        return None;
    }
    let mut parties: Vec<Option<Party>> =
        roles.iter().zip(header).map(|(role, cell)| party_of(role, cell, ibm, reader)).collect();
    if ibm && customer {
        name_people_s_party(&mut parties, header, reader.names());
    }
    if customer && parties.contains(&Some(Party::Ibm)) {
        // the first column says what a row is about, whatever its name
        for (at, party) in parties.iter_mut().enumerate().skip(1) {
            if party.is_none() && roles[at] != Role::Owner {
                *party = third_party(&reader.cell_text(&header[at]));
            }
        }
    }
    let mut distinct: Vec<&Party> = parties.iter().flatten().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() == 1 {
        let is_its =
            is_label_and_party(header, roles, reader) || named_twice(header, roles, reader);
        return is_its.then_some(parties);
    }
    (!distinct.is_empty()).then_some(parties)
}

/// The parties of columns of which some are IBM's and some are those of people of the customer:
/// "Customer admin", "Customer developer". No column is called "Customer".
pub(super) fn parties_with_people(
    header: &[Cell],
    roles: &[Role],
    reader: &mut TextReader<'_>,
) -> Option<Vec<Option<Party>>> {
    let mut parties: Vec<Option<Party>> =
        roles.iter().zip(header).map(|(role, cell)| party_of(role, cell, true, reader)).collect();
    name_people_s_party(&mut parties, header, reader.names());
    let both = [reader.names().provider(), Party::Customer].map(Some);
    both.iter().all(|party| parties.contains(party)).then_some(parties)
}

/// Gives the columns of the customer's people ("Client admin", "Your users") to the customer; the
/// first column says what a row is about.
fn name_people_s_party(parties: &mut [Option<Party>], header: &[Cell], names: &Names) {
    for (party, cell) in parties.iter_mut().zip(header).skip(1) {
        if matches!(party, None | Some(Party::Other(_)))
            && header_names::is_of_customer_s_people(cell, names)
        {
            *party = Some(Party::Customer);
        }
    }
}

/// Whether a header is `Task | Your responsibilities`: what a row is about and what one party does.
fn is_label_and_party(header: &[Cell], roles: &[Role], reader: &TextReader<'_>) -> bool {
    let [_, party] = header else { return false };
    let named = matches!(roles, [Role::Label, Role::Party { named: true, .. }]);
    named && holds_duty_word(party, reader.names())
}

/// Whether two columns are given to one party, and nothing to anybody else ("Your
/// responsibilities" twice): all is that party's.
fn named_twice(header: &[Cell], roles: &[Role], reader: &mut TextReader<'_>) -> bool {
    let named = |role: &Role| matches!(role, Role::Party { named: true, .. });
    let columns: Vec<usize> = (0..roles.len()).filter(|&column| named(&roles[column])).collect();
    let says = |column: &usize| holds_duty_word(&header[*column], reader.names());
    if columns.len() < 2 || !columns.iter().all(says) {
        return false;
    }
    let line = header.iter().flat_map(|cell| &cell.pieces).map(|piece| piece.line).next();
    let name = reader.cell_text(&header[columns[0]]);
    let message = format!(
        "{} columns name one party (\"{name}\") and none names the other; all of them are read as that party's",
        columns.len()
    );
    reader.add_notice(line.unwrap_or(1), Code::Contradiction, message);
    true
}

/// The party of one column of a header that names a known one.
fn party_of(role: &Role, cell: &Cell, ibm: bool, reader: &mut TextReader<'_>) -> Option<Party> {
    match role {
        Role::Party { who: Who::Product, named: false } | Role::Owner | Role::Label => None,
        Role::Party { who: Who::Several, .. } => Some(Party::Other(party_name(cell, reader))),
        Role::Party { who: Who::Product, named: true } if ibm => {
            Some(Party::Other(party_name(cell, reader)))
        }
        Role::Party { who, .. } => {
            Some(who.known_party(reader.names()).unwrap_or_else(|| reader.names().provider()))
        }
        Role::Other(words) => {
            let product = super::canonical_text(words, reader.names());
            let named = Names::is_product(&product) || reader.is_titled(&product);
            // a company's products carry its name, but its own duties are not IBM's
            let raw = tokens::raw_tokens(words);
            let is_company = third_parties::named_third_party(&raw) == Some(raw.len());
            let is_ibm = !ibm && named && !is_company;
            let provider = reader.names().provider();
            Some(if is_ibm { provider } else { Party::Other(other_name(cell, words, reader)) })
        }
    }
}

/// The parties of columns whose names are alike but for the party: "IBM details | Customer
/// details", "Handled by IBM | Handled by you". Such names are no duties' by themselves.
pub(super) fn alike_but_for_parties(header: &[Cell], names: &Names) -> Option<Vec<Option<Party>>> {
    let mut parties = vec![None; header.len()];
    let mut shared: Option<Vec<String>> = None;
    for (cell, party) in header.iter().zip(&mut parties).skip(1) {
        let tokens = tokens::with_author_named(tokens::of_cell(cell, names));
        if !tokens.iter().any(|token| matches!(token, Token::Party(_))) {
            continue;
        }
        let (who, words) = tokens::words_beside_party(tokens)?;
        if *shared.get_or_insert_with(|| words.clone()) != words {
            return None;
        }
        *party = who.known_party(names);
    }
    let both = [Party::Ibm, Party::Customer].into_iter();
    both.map(Some).all(|party| parties.contains(&party)).then_some(parties)
}

/// The name of nobody known as it is written, of which `words` are the words.
fn other_name(cell: &Cell, words: &str, reader: &mut TextReader<'_>) -> String {
    let text = reader.cell_text(cell);
    let asks = ["how", "what"].iter().any(|asks| {
        text.split_once(' ').is_some_and(|(first, _)| first.eq_ignore_ascii_case(asks))
    });
    if asks {
        let name: Vec<&str> = text.split(' ').skip(1).take(words.split(' ').count()).collect();
        return name.join(" ");
    }
    party_name(cell, reader)
}

/// The name before "responsibilities", as written.
fn party_name(cell: &Cell, reader: &mut TextReader<'_>) -> String {
    let text = reader.cell_text(cell);
    let name = text.rsplit_once(' ').map_or(text.as_str(), |(name, _)| name);
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).to_owned()
}

fn holds_duty_word(cell: &Cell, names: &Names) -> bool {
    tokens::of_cell(cell, names).iter().any(|token| token.is_a(is_responsibility))
}

/// Whether exactly one party is named, with a word for responsibility: such a table assigns
/// something, but leaves the other side untold.
pub(super) fn names_one_party_only(header: &[Cell], roles: &[Role], names: &Names) -> bool {
    let mut parties =
        roles.iter().zip(header).filter(|(role, _)| matches!(role, Role::Party { .. }));
    parties.next().is_some_and(|(_, cell)| holds_duty_word(cell, names)) && parties.next().is_none()
}

#[cfg(test)]
mod tests;
