//! Headers that name a party by the people who act for it, or by its role.

use super::duty_nouns::is_duty_noun;
use super::lead_words::is_verb;
use super::third_parties::is_people;
use super::tokens::{self, Token, Who};
use super::{Names, remarks};
use crate::parse::{Cell, Run};
use crate::vocabulary::WordList;

/// Parties by what they do for each other.
pub(super) static ROLES: WordList = WordList::named("roles of parties");
/// The name of a role is not longer.
pub(super) const MOST_WORDS: usize = 3;

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
