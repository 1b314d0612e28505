//! Headers that name a party by the people who act for it, or by its role.

use std::collections::BTreeSet;

use super::duty_nouns::is_duty_noun;
use super::lead_words::is_verb;
use super::table_header::TableHeader;
use super::text::TextReader;
use super::third_parties::{self, is_people};
use super::tokens::{self, Token, Who};
use super::{Names, remarks};
use crate::model::Party;
use crate::parse::{Cell, Run};
use crate::vocabulary::WordList;

/// Parties by what they do for each other.
static ROLES: WordList = WordList::named("roles of parties");
/// The name of a role is not longer.
const MOST_WORDS: usize = 3;

/// "Service provider (IBM)", "Consumer (you)": the brackets say who plays the role.
pub(super) fn explained_party(cell: &Cell, tokens: &[Token], names: &Names) -> Option<(Who, bool)> {
    let at = tokens.iter().position(|token| matches!(token, Token::Party(_)))?;
    let Token::Party(who @ (Who::Ibm | Who::Customer)) = tokens[at] else { return None };
    let bare = tokens::of_cell(&remarks::without_brackets(cell)?, names);
    let words: Vec<&str> = bare.iter().filter_map(Token::word).collect();
    let beside = tokens.iter().enumerate().filter(|(place, _)| *place != at);
    if !beside.map(|(_, token)| token.word()).eq(words.iter().map(|word| Some(*word))) {
        return None;
    }
    let tail = words.iter().rev().take_while(|word| is_duty_noun(word)).count();
    let (role, tail) = words.split_at(words.len() - tail);
    let plays = role.len() <= MOST_WORDS && role.last().is_some_and(|last| ROLES.has(last));
    plays.then_some((who, !tail.is_empty()))
}

/// The parties of columns whose headers name roles, at least two: "Provider responsibilities", or
/// "Provider" alone if the table's caption says what it is about. The first column says what a row
/// is about.
pub(super) fn parties_by_role(
    header: &TableHeader,
    says_itself: bool,
    reader: &mut TextReader<'_>,
) -> Option<Vec<Option<Party>>> {
    let mut parties: Vec<Option<Party>> = vec![None];
    for column in 1..header.cells.len() {
        let text = header.column_text(column, reader);
        let named = role_named(&text).filter(|name| says_itself || name.len() < text.len());
        parties.push(named.map(Party::Other));
    }
    let distinct: BTreeSet<&Party> = parties.iter().flatten().collect();
    (distinct.len() > 1).then_some(parties)
}

/// The role that a header names and nothing else but "responsibilities".
fn role_named(text: &str) -> Option<String> {
    let tokens = tokens::raw_tokens(text);
    let tail = tokens.iter().rev().take_while(|token| token.word().is_some_and(is_duty_noun));
    let used = tokens.len() - tail.count();
    let (last, before) = tokens[..used].split_last()?;
    let is_role = last.is_one_of(&ROLES) || third_parties::ends_with_kind(&tokens[..used]);
    let fits =
        is_role && before.len() < MOST_WORDS && before.iter().all(third_parties::may_qualify);
    fits.then(|| third_parties::written_words(text, &tokens, 0, used))
}

/// Whether a header names people of the customer: "Client admin", "Your users".
pub(super) fn is_of_customer_s_people(cell: &Cell, names: &Names) -> bool {
    const GROUPS: [&str; 5] = ["it", "operations", "ops", "security", "staff"];
    // customers have a support team, but "customer support" is their vendor's
    const VENDOR_S: [&str; 4] = ["care", "service", "success", "support"];
    let tokens = tokens::of_cell(cell, names);
    let tail = tokens.iter().rev().take_while(|token| token.is_a(is_duty_noun));
    let (name, _) = tokens.split_at(tokens.len() - tail.count());
    match name {
        // "Your customers" are somebody else
        [Token::Party(Who::Customer), Token::Party(Who::Customer)] => ends_in_users(cell),
        [Token::Party(Who::Customer), people @ ..] => {
            let words: Option<Vec<&str>> = people.iter().map(Token::word).collect();
            words.is_some_and(|words| {
                words.len() <= MOST_WORDS
                    && words.last().is_some_and(|last| is_people(last) || GROUPS.contains(last))
                    && !words.iter().any(|word| VENDOR_S.contains(word) || is_verb(word))
            })
        }
        _ => false,
    }
}

fn ends_in_users(cell: &Cell) -> bool {
    let runs = cell.pieces.iter().flat_map(|piece| &piece.runs);
    let mut texts = runs.filter_map(|run| match run {
        Run::Text(text) | Run::Code(text) => Some(text),
        Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => None,
    });
    texts.next_back().is_some_and(|text| text.trim_end().to_lowercase().ends_with("users"))
}
