//! Whether a text only points elsewhere: "See ...", "For more information, see ...", "Learn
//! more ...". This is the only place that decides it.

use super::canonical::words_of;
use crate::parse::{Run, split_sentences};
use crate::vocabulary::WordList;

/// The words that a reference can begin with; any other text is passed over at once.
static OPENERS: WordList = WordList::named("openers of references");
/// Words between "for" and what is to be found elsewhere.
const ADJECTIVES: [&str; 8] =
    ["more", "further", "additional", "detailed", "general", "specific", "full", "complete"];
/// What is to be found elsewhere.
const NOUNS: [&str; 7] =
    ["information", "info", "details", "detail", "instructions", "guidance", "documentation"];
/// What follows such a noun in a reference. "For information security" goes on otherwise.
static AFTER_NOUN: WordList = WordList::named("words behind the noun of a reference");

/// Whether every sentence of a text only points elsewhere. One that adds something to do makes
/// the text a duty like any other.
pub(super) fn is_reference(text: &str) -> bool {
    let first = text
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())
        .is_some_and(|word| OPENERS.has(&word.to_ascii_lowercase()));
    if !first {
        return false;
    }
    let sentences = split_sentences(&[Run::Text(text.to_owned())]);
    !sentences.is_empty() && sentences.iter().all(|sentence| points_elsewhere(sentence))
}

fn points_elsewhere(sentence: &[Run]) -> bool {
    let text: String = sentence
        .iter()
        .filter_map(|run| match run {
            Run::Text(text) => Some(text.as_str()),
            Run::Code(_) | Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => None,
        })
        .collect();
    let words = words_of(&text);
    let mut rest: &[String] = &words;
    while let Some((first, after)) = rest.split_first()
        && matches!(first.as_str(), "please" | "also" | "note")
    {
        rest = after;
    }
    let from_first = rest;
    let Some((first, rest)) = rest.split_first() else { return false };
    let next = rest.first().map_or("", String::as_str);
    let learns_more = |verb: &str, next: &str| matches!(verb, "learn" | "read") && next == "more";
    match first.as_str() {
        // "See to it that ..." and "See that ..." bind
        "see" => !matches!(next, "to" | "that" | "whether" | "if" | "about"),
        "refer" => next == "to",
        "find" => finds_more(rest),
        "for" => {
            names_information(rest) || (has_noun(rest) && leads_on(rest)) || only_leads_on(&text)
        }
        "to" => {
            let second = rest.get(1).map_or("", String::as_str);
            learns_more(next, second)
                || (next == "find" && finds_more(&rest[1..]))
                || (next == "learn" && matches!(second, "about" | "how") && leads_on(rest))
        }
        "more" | "further" | "additional" | "detailed" => {
            next == "reading" || is_found_elsewhere(from_first, &text)
        }
        "information" | "instructions" | "documentation" => stands_elsewhere(from_first, &text),
        "details" => text.starts_with("Details: ") || stands_elsewhere(from_first, &text),
        "related" => text.starts_with("Related: "),
        "you" => {
            next == "can"
                && rest.get(1).is_some_and(|verb| verb == "find")
                && finds_more(&rest[2..])
        }
        "check" => next == "out" && ends_with_more(rest),
        "visit" | "consult" => ends_with_more(rest),
        verb => learns_more(verb, next),
    }
}

/// "find out more", "find more information", "find details".
fn finds_more(rest: &[String]) -> bool {
    rest.iter().take(2).any(|word| word == "more")
        || rest.first().is_some_and(|word| word == "details")
}

/// "For a list of regions, see Regions": nothing but where to look. What stands between two commas
/// can bind: "For each fire, close the doors, see Doors".
fn only_leads_on(text: &str) -> bool {
    let Some((before, behind)) = text.split_once(", see ") else { return false };
    if before.contains(',') {
        return false;
    }
    let next = words_of(behind);
    !next.first().is_some_and(|next| matches!(next.as_str(), "to" | "that" | "whether" | "if"))
}

/// "Details are in Vaults", "Information about keys is available in Vaults". "Information that is in
/// transit" names no title, and what must be done with it is no reference.
fn stands_elsewhere(words: &[String], text: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let in_title = [" is in ", " are in "].iter().any(|verb| {
        text.split_once(verb).is_some_and(|(_, title)| title.starts_with(char::is_uppercase))
    });
    let stands = words.windows(2).take(MOST_WORDS).any(|pair| {
        matches!(
            (pair[0].as_str(), pair[1].as_str()),
            ("is" | "are", "available" | "here") | ("be", "found")
        )
    });
    (stands || in_title) && !binds(words)
}

/// Whether words say that something must be done.
fn binds(words: &[String]) -> bool {
    const BINDING: [&str; 6] = ["must", "should", "shall", "will", "required", "responsible"];
    words.iter().any(|word| BINDING.contains(&word.as_str()))
}

/// "... for details", "... for more information".
fn ends_with_more(rest: &[String]) -> bool {
    let Some((noun, before)) = rest.split_last() else { return false };
    let words = before.iter().rev().skip_while(|word| ADJECTIVES.contains(&word.as_str()));
    NOUNS.contains(&noun.as_str()) && words.map(String::as_str).next() == Some("for")
}

/// "(for) more information", but not "(for) additional information systems".
fn names_information(rest: &[String]) -> bool {
    let more = rest.first().is_some_and(|word| ADJECTIVES.contains(&word.as_str()));
    let after = rest.iter().skip_while(|word| ADJECTIVES.contains(&word.as_str()));
    let mut after = after.map(String::as_str);
    more && after.next().is_some_and(|noun| NOUNS.contains(&noun))
        && after.next().is_none_or(|next| AFTER_NOUN.has(next))
}

fn has_noun(rest: &[String]) -> bool {
    let mut words = rest.iter().skip_while(|word| ADJECTIVES.contains(&word.as_str()));
    words.next().is_some_and(|noun| NOUNS.contains(&noun.as_str()))
}

/// Whether a sentence says further on where to look.
fn leads_on(words: &[String]) -> bool {
    let mut pairs = words.iter().zip(words.iter().skip(1).map(Some).chain([None]));
    pairs.any(|(word, next)| match word.as_str() {
        "see" | "consult" | "visit" => true,
        "refer" | "go" => next.is_some_and(|next| next == "to"),
        _ => false,
    })
}

/// "More information is available in ...", "More information: ...". What must be done with it is
/// no reference.
fn is_found_elsewhere(words: &[String], text: &str) -> bool {
    let mut after =
        words.iter().map(String::as_str).skip(1).skip_while(|word| NOUNS.contains(word));
    let is_there = matches!(
        (after.next(), after.next()),
        (Some("can"), Some("be")) | (Some("is" | "are"), Some("available" | "in"))
    );
    let heading =
        text.split_once(':').is_some_and(|(head, _)| head.split_whitespace().count() <= 3);
    let named = has_noun(words) && (is_there || heading || names_information(words));
    named && !binds(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: bool, texts: &[&str]) {
        for text in texts {
            assert_eq!(is_reference(text), expected, "{text}");
        }
    }

    #[test]
    fn a_reference_only_points_elsewhere() {
        check(
            true,
            &[
                "See Vaults.",
                "See What is a vault? for details.",
                "(Also see Vaults.)",
                "Note: See Vaults.",
                "Please refer to the guide.",
                "For more information, see Vaults.",
                "For more information about keys, please see Vaults.",
                "For information, see Vaults.",
                "For details on keys, refer to Vaults.",
                "For instructions, see Vaults.",
                "For more information",
                "Check out Vaults for details.",
                "You can find more information in Vaults.",
                "Visit the catalog for more information.",
                "Learn more about vaults.",
                "To learn more about vaults, see What is a vault?",
                "To learn how to seal a vault, see Vaults.",
                "Find out more in the guide.",
                "More information: Vaults",
                "More details can be found in Vaults.",
                "For a list of towns, see Towns.",
                "Details are in Vaults.",
                "Details: Vaults",
                "You can find details in Vaults.",
                "Information about keys is in Vaults.",
                "Further reading: Vaults",
                "Related: Vaults",
                "See Vaults. For more information, see Keys.",
            ],
        );
    }

    #[test]
    fn what_has_to_be_done_is_no_reference() {
        check(
            false,
            &[
                "Seek help.",
                "Note that vaults are sealed.",
                "Check out the code.",
                "You can find the keys in the vault.",
                "Consult the desk for each incident.",
                "See to it that the vaults are sealed.",
                "See that the vaults are sealed.",
                "For information security, seal the vaults.",
                "For more information systems, seal the vaults.",
                "For each vault, seal the door.",
                "To seal a vault, turn the key.",
                "Refer incidents to the desk.",
                "Find and seal the vaults.",
                "Additional information about incidents must be kept.",
                "More vaults are sealed.",
                "For each vault, see that the door is closed.",
                "For each fire, close the doors, see Doors.",
                "Information that is in transit is sealed by you.",
                "Details are in your hands to keep.",
                "Information about fires that is available must be kept.",
                "Instructions that are in Plans must be followed.",
                "Documentation: Update the plans.",
                "Information about fires must be kept.",
                "Related vaults are sealed.",
                "See Vaults. Seal them daily.",
                "Seal the vaults. See Vaults.",
                "For more information, see Vaults. You must seal them.",
                "",
            ],
        );
    }
}
