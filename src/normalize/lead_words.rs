//! Words of leads that are no names.

use super::tokens::{Token, Who};

/// Words that make a sentence of a name.
pub(super) fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "not"
            | "no"
            | "of"
            | "for"
            | "to"
            | "that"
            | "which"
            | "in"
            | "on"
            | "with"
            | "share"
            | "shares"
            | "has"
            | "have"
            | "can"
            | "must"
            | "define"
            | "defines"
            | "assign"
            | "assigns"
            | "and"
            | "understand"
    )
}

/// Verbs before "responsible".
pub(super) fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "are" | "remain" | "remains")
}

/// Words between "are" and "responsible"; "both" and "jointly" name a party, too.
pub(super) fn is_adverb(token: &Token) -> bool {
    const ADVERBS: [&str; 9] =
        ["also", "solely", "fully", "entirely", "ultimately", "only", "each", "always", "still"];
    *token == Token::Party(Who::Shared) || token.word().is_some_and(|word| ADVERBS.contains(&word))
}

/// Words that only speak of a list as such.
pub(super) fn is_list_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "following"
            | "these"
            | "tasks"
            | "items"
            | "activities"
            | "actions"
            | "areas"
            | "aspects"
            | "things"
            | "duties"
            | "responsibilities"
            | "include"
            | "includes"
            | "are"
            | "is"
            | "as"
            | "follows"
    )
}

/// Words that distinguish responsibilities and name no party: "Additional responsibilities".
pub(super) fn is_plain_adjective(word: &str) -> bool {
    matches!(
        word,
        "additional"
            | "all"
            | "basic"
            | "common"
            | "core"
            | "daily"
            | "detailed"
            | "extra"
            | "further"
            | "general"
            | "important"
            | "individual"
            | "key"
            | "main"
            | "major"
            | "more"
            | "new"
            | "ongoing"
            | "optional"
            | "other"
            | "overall"
            | "related"
            | "remaining"
            | "special"
            | "specific"
            | "total"
            | "typical"
            | "various"
    )
}
