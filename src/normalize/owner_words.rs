//! Words around the name of an owner.

use super::Names;
use super::duty_nouns::is_duty_noun;
use super::tokens::{self, Token, Who};
use crate::model::Party;
use crate::vocabulary::WordList;

/// The party that tokens name, if they say nothing else.
pub(super) fn known_party(tokens: &[Token], names: &Names) -> Option<Party> {
    let lead = tokens.iter().take_while(|token| token.is_a(is_filler)).count();
    let (who, used) = tokens::listed_party(&tokens[lead..])?;
    let rest = &tokens[lead + used..];
    // "IBM and customer share the responsibility"
    let shares = |token: &Token| who == Who::Shared && token.is("share");
    let filled = rest.iter().all(|token| shares(token) || may_precede_party(token));
    who.known_party(names).filter(|_| filled)
}

/// Whether a token may stand in front of an owner's name, or behind it.
pub(super) fn may_precede_party(token: &Token) -> bool {
    token.is("the") || token.is_a(is_filler)
}

/// Words around an owner's name that add nothing.
pub(super) fn is_filler(word: &str) -> bool {
    static FILLERS: WordList = WordList::named("words around the name of an owner");
    is_duty_noun(word) || FILLERS.has(word)
}
