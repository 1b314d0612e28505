//! Names of parties beside IBM and the customer, as headers give them: partners, vendors,
//! companies.
//!
//! Any other name needs a word for responsibility behind it, for most bare words (`Notes`,
//! `Resource`) label a row.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::tokens::{self, Token};
use crate::vocabulary::WordList;

/// What a party is: a name may end with it.
static KINDS: WordList = WordList::named("kinds of third parties");

/// What may stand before a kind ("Business Partner", "Managed service provider").
static QUALIFIERS: WordList = WordList::named("words before a kind of third party");

/// Companies whose software runs there, by the words of their names.
static COMPANIES: WordList = WordList::named("companies");

/// Longer names are sentences.
const MOST_WORDS: usize = 8;

/// Every word that such a name may begin with: most texts begin with none.
static FIRST_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let companies = COMPANIES.iter().filter_map(|name| name.split(' ').next());
    KINDS.iter().chain(QUALIFIERS.iter()).chain(companies).collect()
});

/// How many tokens at the head of `tokens` (raw ones) name such a party, if any do.
pub(super) fn named_third_party(tokens: &[Token]) -> Option<usize> {
    let first = tokens.first().and_then(Token::word)?;
    if !FIRST_WORDS.contains(first) {
        return None;
    }
    let (mut at, mut used) = (0, None);
    while at < MOST_WORDS {
        let rest = tokens.get(at..).unwrap_or_default();
        let Some(first) = rest.first() else { break };
        if let Some(length) = company_tokens(rest) {
            at += length;
            used = Some(at);
            continue;
        }
        let third = at > 0 && ["third", "3rd", "external"].iter().any(|w| tokens[at - 1].is(w));
        let ends = first
            .word()
            .is_some_and(|word| KINDS.has(word) || (third && matches!(word, "party" | "parties")));
        let joins = at > 0 && (*first == Token::Join || first.is("and") || first.is("or"));
        let qualifies = first.is_a(|word| QUALIFIERS.has(word));
        if !(ends || joins || qualifies) {
            break;
        }
        at += 1;
        if ends {
            used = Some(at);
        }
    }
    used
}

/// Whether a word says that people act for somebody: a name may end with it ("Security team").
pub(super) fn is_people(word: &str) -> bool {
    static PEOPLE: WordList = WordList::named("people who act for somebody");
    PEOPLE.has(word)
}

/// Whether a name of few words ends with what a party is, whatever stands before ("Vault vendor").
pub(super) fn ends_with_kind(tokens: &[Token]) -> bool {
    let Some((last, before)) = tokens.split_last() else { return false };
    last.is_a(|word| KINDS.has(word)) && before.len() <= 3 && before.iter().all(may_qualify)
}

/// Whether a word may stand before what a party is, so that both are a name: not in "Contact the
/// vendor".
pub(super) fn may_qualify(token: &Token) -> bool {
    const ASKS: [&str; 12] =
        ["ask", "by", "call", "contact", "for", "from", "of", "per", "see", "the", "to", "with"];
    token.is_a(|word| !ASKS.contains(&word))
}

/// How many tokens the company's name at their head has.
fn company_tokens(tokens: &[Token]) -> Option<usize> {
    let length_of = |name: &str| {
        let length = name.split(' ').count();
        let mut pairs = name.split(' ').zip(tokens);
        (length <= tokens.len() && pairs.all(|(word, token)| token.is(word))).then_some(length)
    };
    COMPANIES.iter().filter_map(length_of).max()
}

/// The words of a text that stand for some of its tokens, as written.
pub(super) fn written_words(text: &str, tokens: &[Token], from: usize, used: usize) -> String {
    let words = |tokens: &[Token]| tokens.iter().filter(|token| token.word().is_some()).count();
    let (before, mut left) = (words(&tokens[..from]), words(&tokens[from..from + used]));
    let mut passed = 0;
    let mut name: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let length = words(&tokens::raw_tokens(word));
        if passed < before {
            passed += length;
        } else if left >= length {
            left -= length;
            name.push(word);
        } else if left > 0 {
            // "Partner-managed"
            name.extend(word.match_indices('-').nth(left - 1).map(|(end, _)| &word[..end]));
            left = 0;
        }
    }
    let name = name.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parties() {
        for name in [
            "Partner",
            "Business Partner",
            "IBM Partner",
            "Technology partners",
            "Managed service provider",
            "3rd party",
            "Third-party vendor",
            "Third-party OS vendor",
            "Partner / vendor",
            "SAP",
            "SAP or partner",
            "Red Hat",
            "Amazon Web Services",
        ] {
            let tokens = tokens::raw_tokens(name);
            assert_eq!(named_third_party(&tokens), Some(tokens.len()), "{name}");
            assert_eq!(written_words(name, &tokens, 0, tokens.len()), name);
        }
        for label in ["Notes", "Service", "Party", "Managed service", "Cloud", "Third", "IBM", ""] {
            assert_eq!(named_third_party(&tokens::raw_tokens(label)), None, "{label}");
        }
    }

    #[test]
    fn as_written() {
        let tokens = tokens::raw_tokens("Duties of the (Third-party) Vendor's team");
        assert_eq!(written_words("Duties of the (Third-party) Vendor's team", &tokens, 3, 3), {
            "Third-party) Vendor"
        });
        assert_eq!(written_words("SAP®", &tokens::raw_tokens("SAP®"), 0, 1), "SAP");
        assert_eq!(
            written_words("Third-party-managed", &tokens::raw_tokens("third party managed"), 0, 2),
            { "Third-party" }
        );
    }
}
