//! Words of leads that are no names.

use super::tokens::{Token, Who};
use crate::vocabulary::WordList;

/// Words that make a sentence of a name.
pub(super) fn is_verb(word: &str) -> bool {
    static WORDS: WordList = WordList::named("words that make a sentence of a name");
    WORDS.has(word)
}

/// Verbs before "responsible".
pub(super) fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "are" | "remain" | "remains")
}

/// Words between "are" and "responsible"; "both" and "jointly" name a party, too.
pub(super) fn is_adverb(token: &Token) -> bool {
    static ADVERBS: WordList = WordList::named("adverbs beside responsible");
    *token == Token::Party(Who::Shared) || token.is_one_of(&ADVERBS)
}

/// Words that only speak of a list as such.
pub(super) fn is_list_word(word: &str) -> bool {
    static LIST_WORDS: WordList = WordList::named("words that only speak of a list");
    LIST_WORDS.has(word)
}

/// Words that distinguish responsibilities and name no party: "Additional responsibilities".
pub(super) fn is_plain_adjective(word: &str) -> bool {
    static ADJECTIVES: WordList = WordList::named("adjectives that name no party");
    ADJECTIVES.has(word)
}
