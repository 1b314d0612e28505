//! Sentences and titles that say what the text around them is about.

use crate::model::Party;
use crate::normalize::Names;
use crate::normalize::canonical;
use crate::normalize::duty_nouns::{is_misspelled_responsibility, is_responsibility};
use crate::normalize::lead_words::{is_adverb, is_copula};
use crate::normalize::tokens::{self, Token};
use crate::parse::Piece;
use crate::vocabulary::WordList;

/// What a paragraph introduces.
pub(super) enum Intro {
    Nothing,
    /// Duties: its last sentence introduces them.
    Duties(Piece),
    /// Something that is no duty.
    Else,
}

/// Whether a sentence points at things, or at the steps of a procedure: "You need the following
/// roles:", "To seal a vault, complete these steps:".
fn points_at_things(text: &str) -> bool {
    static THINGS: WordList = WordList::named("things that a sentence points at");
    let words = canonical::words_of(text);
    // "You must complete the following steps" binds, "You must have the following roles" does not
    let has = words.iter().any(|word| word == "have");
    let binds = |word: &String| {
        is_responsibility(word)
            || word == "responsible"
            || (!has && ["must", "shall", "should"].contains(&word.as_str()))
    };
    let duties = words.iter().any(binds);
    let points = |word: &String| word == "following" || word == "these";
    let mut behind = words.iter().skip_while(|word| !points(word)).skip(1).take(2);
    !duties && behind.any(|word| THINGS.has(word))
}

/// Whether a sentence introduces what nobody has to do.
pub(super) fn introduces_else(text: &str) -> bool {
    static BINDING: WordList = WordList::named("words that bind in an introduction");
    static OTHER: WordList = WordList::named("words that introduce something else");
    if points_at_things(text) {
        return true;
    }
    let words = canonical::words_of(text);
    let binds = |word: &String| BINDING.has(word) || is_misspelled_responsibility(word);
    words.iter().any(|word| OTHER.has(word)) && !words.iter().any(binds)
}

/// Whether a sentence points at what stands below it and does not say what that is: "See the
/// following table.", "The following list provides some examples:".
pub(super) fn only_points(text: &str) -> bool {
    static POINTING: WordList = WordList::named("words of a sentence that only points");
    let words = canonical::words_of(text);
    !words.is_empty() && words.iter().all(|word| POINTING.has(word))
}

/// Whether a sentence says that somebody has to do something: "You must ...".
pub(super) fn binds(text: &str) -> bool {
    static MUST: WordList = WordList::named("words that bind");
    let words = canonical::words_of(text);
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    words.iter().any(|word| MUST.has(word)) || (has("responsible") && !has("who"))
}

/// Whether a sentence says that a party has to do something, and opens with that party: "You must
/// ...", "The customer is responsible for ...", "It is your responsibility to ...". What a party "should
/// see" is expected, not done.
pub(super) fn binds_party(text: &str, party: &Party, names: &Names) -> bool {
    static OBLIGED: WordList = WordList::named("words of who is obliged");
    const EXPECTING: [&str; 7] = ["be", "expect", "not", "notice", "now", "receive", "see"];
    let tokens = tokens::of_text(text, names);
    let is_it = tokens.len() > 2 && tokens[0].is("it") && tokens[1].is("is");
    let subject = if is_it { &tokens[2..] } else { &tokens[..] };
    let Some((who, used)) = tokens::listed_party(subject) else { return false };
    if who.known_party(names).as_ref() != Some(party) {
        return false;
    }
    let rest = &subject[used..];
    if is_it {
        return rest.first().is_some_and(|token| token.is_a(is_responsibility));
    }
    let verb = rest.iter().position(|token| !is_adverb(token)).unwrap_or_default();
    let rest = &rest[verb.min(rest.len())..];
    let Some((first, behind)) = rest.split_first() else { return false };
    let next = behind.iter().find(|token| !is_adverb(token));
    let next_is = |words: &[&str]| next.is_some_and(|next| words.iter().any(|word| next.is(word)));
    match first.word() {
        Some("must" | "shall") => true,
        Some("should") => next.is_some() && !next_is(&EXPECTING),
        Some("need" | "needs") => next_is(&["to"]),
        Some(verb) if is_copula(verb) => next.is_some_and(|next| next.is_one_of(&OBLIGED)),
        Some(_) | None => false,
    }
}

/// Whether an item is a label of the list below it, and no sentence: "Backup restore".
pub(super) fn is_label(text: &str) -> bool {
    static SENTENCE: WordList = WordList::named("words of sentences that no label has");
    const MOST_WORDS: usize = 8;
    let words = canonical::words_of(text);
    text.ends_with(char::is_alphanumeric)
        && words.len() <= MOST_WORDS
        && !words.iter().any(|word| SENTENCE.has(word))
}

/// Whether a text explains a word: "A copy of the vault", "The time within which ...". Nobody does
/// anything in it, and nothing is done.
pub(super) fn explains_word(text: &str) -> bool {
    let words = canonical::words_of(text);
    let begins = words.first().is_some_and(|word| {
        matches!(word.as_str(), "a" | "an" | "the" | "any" | "one" | "each" | "every")
    });
    let within = |word: &&String| {
        !matches!(word.as_str(), "that" | "which" | "who" | "whose" | "where" | "when" | "how")
    };
    let acts = |word: &String| {
        ["is", "are", "must", "should", "shall", "will", "can", "may", "has", "have", "remains"]
            .contains(&word.as_str())
    };
    begins && !words.iter().take_while(within).any(acts)
}

/// Whether a subheading opens a part that holds no duties.
pub(super) fn leads_elsewhere(title: &str) -> bool {
    static OPENINGS: WordList = WordList::named("openings of titles of what is no duty");
    // "Limitations of access" can be an area of duties
    static ALONE: WordList = WordList::named("titles of what is no duty");
    let title = canonical::words_of(title).join(" ");
    let opens = OPENINGS.iter().any(|opening| title.starts_with(opening));
    opens || title.starts_with("related ") || ALONE.has(&title)
}

/// Whether a sentence is about responsibilities as such: "Review your responsibilities."
pub(super) fn speaks_of_responsibilities(text: &str) -> bool {
    let tokens = tokens::raw_tokens(text);
    let itself = |token: &Token| {
        ["list", "table", "section", "topic", "page", "overview", "matrix"]
            .iter()
            .any(|word| token.is(word))
    };
    if tokens.first().is_some_and(|first| first.is("this")) && tokens.get(1).is_some_and(itself) {
        return true;
    }
    let models = tokens.windows(2).any(|pair| {
        pair[0].is_a(is_responsibility) && (pair[1].is("model") || pair[1].is("between"))
    });
    models
        || tokens
            .iter()
            .filter_map(Token::word)
            .any(|word| word.ends_with("ies") && is_responsibility(word))
}
