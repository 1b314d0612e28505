//! Whom a sentence names that ends in "... is responsible for".

use super::Names;
use super::lead::{LeadCandidate, LeadForm, LeadParty, Sure};
use super::lead_words::{is_adverb, is_copula, is_verb};
use super::remarks;
use super::third_parties::{self, written_words};
use super::tokens::{self, Token, Who, listed_party};
use crate::model::Party;

/// Most words of a clause before its verb.
const MOST_BEFORE: usize = 12;
/// Most words of a name.
const MOST_NAMED: usize = 6;

/// The lead in a clause that stands before "responsible": "The customer is", "You are solely",
/// "Skyvault is", "Your partner is".
pub(super) fn of_clause(clause: &str, names: &Names) -> Option<LeadCandidate> {
    let tokens = tokens::of_text(clause, names);
    let count_adverbs =
        |tokens: &[Token]| tokens.iter().rev().take_while(|token| is_adverb(token)).count();
    let behind = count_adverbs(&tokens);
    let (verb, before) = tokens[..tokens.len() - behind].split_last()?;
    if !verb.is_a(is_copula) {
        return None;
    }
    // "The customer then is", but "both" names a party
    let plain = before.iter().rev().take_while(|token| token.word().is_some() && is_adverb(token));
    let adverbs = behind + plain.count();
    let before = &before[..before.len() + behind - adverbs];
    let from = before.iter().rposition(|token| token.is("that") || token.is("which"));
    let subject = &before[from.map_or(0, |at| at + 1)..];
    if before.len() > MOST_BEFORE {
        return None;
    }
    if let Some((who, used)) = listed_party(subject)
        && used == subject.len()
        && who != Who::Product
    {
        let party = LeadParty::Party(who.known_party(names)?);
        return Some(LeadCandidate { named: party, form: LeadForm::Sentence, sure: Sure::Alone });
    }
    let party = of_name(&subject_text(clause, adverbs), subject, names)?;
    Some(LeadCandidate { named: party, form: LeadForm::Sentence, sure: Sure::BesideAnother })
}

/// Whose name a subject is that is no known party's alone: a group of a party's people, another
/// party, a product.
fn of_name(name: &str, subject: &[Token], names: &Names) -> Option<LeadParty> {
    if let Some(party) = remarks::of_group(name, names) {
        return Some(LeadParty::Party(party));
    }
    let raw = tokens::raw_tokens(name);
    if third_parties::named_third_party(&raw) == Some(raw.len()) {
        return Some(LeadParty::Party(Party::Other(written_words(name, &raw, 0, raw.len()))));
    }
    let quiet = |token: &Token| token.is_a(|word| !is_verb(word));
    let fits = subject.len() <= MOST_NAMED;
    match subject.split_first()? {
        (Token::Party(Who::Ibm), rest) if fits && rest.iter().all(quiet) => {
            Some(LeadParty::Party(names.provider()))
        }
        (Token::Party(Who::Product), []) => {
            Some(LeadParty::Product { name: name.to_owned(), known: true })
        }
        _ if fits && subject.iter().all(quiet) => {
            Some(LeadParty::Product { name: name.to_owned(), known: false })
        }
        _ => None,
    }
}

/// The subject as it is written, without an article.
fn subject_text(clause: &str, adverbs: usize) -> String {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let words = &words[..words.len().saturating_sub(adverbs + 1)];
    let from = words.iter().rposition(|word| matches!(*word, "that" | "which"));
    let words = &words[from.map_or(0, |at| at + 1)..];
    let article = words.first().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    let group = words.last().is_some_and(|word| matches!(*word, "team" | "service"));
    let plain = group && words.len() > 1 + usize::from(article);
    words[usize::from(article)..words.len() - usize::from(plain)].join(" ")
}

/// A sentence without the role that it opens with: "As a customer, it is your responsibility to".
pub(super) fn without_role(text: &str) -> &str {
    let opens = text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("as "));
    text.split_once(", ").filter(|_| opens).map_or(text, |(_, rest)| rest)
}
