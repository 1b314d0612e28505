//! Nouns that ask for a deed: "take a backup of the keys".

use crate::vocabulary::WordList;

/// Nouns of deeds with their verbs, where both have two stems.
static DEED_NOUNS: WordList = WordList::named("nouns of deeds with their verbs");

/// The verb of a text that opens with its noun, and the text behind it: "take a nightly backup of the
/// keys" asks to back up, "backup software" and "keep backups of the keys" do not.
pub(super) fn deed_as_noun(canonical: &str) -> Option<(&'static str, &str)> {
    const MAKING: [&str; 9] =
        ["complete", "conduct", "create", "do", "execute", "make", "perform", "run", "take"];
    static VOICE: WordList = WordList::named("words before the noun of a deed");
    let mut rest = behind_responsibility(canonical);
    let mut is_made = false;
    loop {
        let (word, behind) = rest.split_once(' ')?;
        let verb_of = |pair: &'static str| pair.strip_prefix(word)?.strip_prefix(' ');
        if let Some(verb) = DEED_NOUNS.iter().find_map(verb_of) {
            // "backup the keys" is how many write it
            let is_verb = ["the ", "your ", "all "].iter().any(|word| behind.starts_with(word));
            let object = if is_verb { Some(behind) } else { behind.strip_prefix("of ") };
            return object.map(|object| (verb, object));
        }
        let making = MAKING.iter().any(|verb| {
            word.strip_prefix(verb.trim_end_matches('e'))
                .is_some_and(|end| matches!(end, "" | "e" | "s" | "es" | "ing"))
        });
        let is_time = matches!(word, "daily" | "nightly" | "weekly" | "monthly" | "regular");
        if !(VOICE.has(word) || (is_time && is_made) || (making && !is_made)) {
            return None;
        }
        is_made |= making;
        rest = behind;
    }
}

/// The text behind "you are fully responsible for" or "you have full responsibility for": how much of a
/// duty somebody has is no duty of its own.
fn behind_responsibility(canonical: &str) -> &str {
    const HOLDING: [&str; 12] = [
        "are",
        "customer",
        "customers",
        "full",
        "has",
        "have",
        "ibm",
        "is",
        "sole",
        "the",
        "whole",
        "you",
    ];
    static ADVERBS: WordList = WordList::named("adverbs before the name of who acts");
    let holder = canonical.split_once(" for ").and_then(|(before, rest)| {
        let (holder, noun) = before.rsplit_once(' ')?;
        matches!(noun, "responsible" | "responsibility").then_some((holder, rest))
    });
    let is_plain = |holder: &str| holder.split(' ').all(|w| HOLDING.contains(&w) || ADVERBS.has(w));
    holder.filter(|(holder, _)| is_plain(holder)).map_or(canonical, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::deed_as_noun;

    #[test]
    fn a_noun_that_asks_for_a_deed() {
        for (text, verb) in [
            ("take a nightly backup of doors", "back"),
            ("ibm creates backups of doors", "back"),
            ("you are responsible for the maintenance of doors", "maintain"),
            ("setup of doors", "set"),
            ("customer is fully responsible for the setup of doors", "set"),
            ("ibm has sole responsibility for the maintenance of doors", "maintain"),
        ] {
            assert_eq!(deed_as_noun(text), Some((verb, "doors")), "{text}");
        }
        assert_eq!(deed_as_noun("backup the doors"), Some(("back", "the doors")));
        for text in [
            "run the backup server",
            "keep backups of doors",
            "perform a test of the failover of doors",
            "setup guide of doors",
            "restore doors",
            "daily backup of doors",
            "take a full backup of doors",
            "you have a backup of doors",
            "backup",
        ] {
            assert_eq!(deed_as_noun(text), None, "{text}");
        }
    }
}
