//! Short texts (headers, owner cells, lead lines) as tokens of a small grammar.

use super::Names;
use super::keyref_names::key_family;
use super::token::{
    IBM_KEYS, LONGEST, TokenReader, classify_tokens, cut_tokens, push_raw, push_word, run_length,
};
pub(super) use super::token::{Token, Who, first_raw_tokens, listed_party, raw_tokens};
use crate::model::Party;
use crate::parse::{Cell, Run};

/// The tokens of a cell; none where it is too long to be a name.
pub(super) fn of_cell(cell: &Cell, names: &Names) -> Vec<Token> {
    let length: usize = cell.pieces.iter().flat_map(|piece| &piece.runs).map(run_length).sum();
    if length > LONGEST {
        return Vec::new();
    }
    let mut tokens: Vec<Token> = Vec::new();
    for piece in &cell.pieces {
        let more = of_runs(piece.runs.iter(), names);
        let party = |token: Option<&Token>| matches!(token, Some(Token::Party(_)));
        // names below each other are a list
        if party(tokens.last()) && party(more.first()) {
            tokens.push(Token::Join);
        }
        tokens.extend(more);
    }
    tokens
}

/// The tokens of a text; none where it is too long to be a name.
pub(super) fn of_text(text: &str, names: &Names) -> Vec<Token> {
    of_runs([Run::Text(text.to_owned())].iter(), names)
}

/// The tokens of runs; none where they are too long to be a name.
pub(super) fn of_runs<'a>(runs: impl Iterator<Item = &'a Run>, names: &Names) -> Vec<Token> {
    match names.policy_vocabulary() {
        Some(own) => classify_tokens(own.with_party_names(cut_tokens(
            runs,
            &|key| of_key(key, names),
            push_raw,
        ))),
        None => cut_tokens(runs, &|key| of_key(key, names), push_word),
    }
}

/// Whether a party stands at the head of runs, but for words that are `passed` over. No more of
/// them is read than that takes.
pub(super) fn open_with_party<'a>(
    runs: impl Iterator<Item = &'a Run>,
    names: &Names,
    passed: fn(&Token) -> bool,
) -> bool {
    let tokens = if names.policy_vocabulary().is_some() {
        // its names may have several words
        of_runs(runs, names)
    } else {
        let mut reader =
            TokenReader { tokens: Vec::new(), push: push_word, passed, most: usize::MAX };
        let _ = reader.read_runs(runs, &|key| of_key(key, names));
        reader.tokens
    };
    matches!(tokens.iter().find(|token| !passed(token)), Some(Token::Party(_)))
}

/// The same tokens with "we" and "our" as IBM's name, where no other party is named: IBM writes the
/// pages.
pub(super) fn with_author_named(mut tokens: Vec<Token>) -> Vec<Token> {
    if !tokens.iter().any(|token| matches!(token, Token::Party(_))) {
        for token in tokens.iter_mut().filter(|token| token.is("we") || token.is("our")) {
            *token = Token::Party(Who::Ibm);
        }
    }
    tokens
}

/// The party that a text names, IBM or the customer, and the words around the name; none where it
/// names nobody, several parties, or nothing beside the party.
pub(super) fn words_beside_party(mut tokens: Vec<Token>) -> Option<(Who, Vec<String>)> {
    let at = tokens.iter().position(|token| matches!(token, Token::Party(_)))?;
    let Token::Party(who @ (Who::Ibm | Who::Customer)) = tokens.remove(at) else { return None };
    tokens.retain(|token| !token.is("the"));
    let words = tokens.iter().map(|token| token.word().map(without_person));
    let words: Vec<String> = words.collect::<Option<_>>()?;
    (!words.is_empty()).then_some((who, words))
}

/// A word without what its subject changes of it: "takes" and "take", "is" and "are".
fn without_person(word: &str) -> String {
    let base = match word {
        "are" => "is",
        "have" => "has",
        "do" => "does",
        _ => word,
    };
    base.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(base).to_owned()
}

fn of_key(key: &str, names: &Names) -> Token {
    let name = names.get(key).unwrap_or_default();
    let canonical = super::canonical_text(name, names);
    let ibm = IBM_KEYS.contains(&key_family(key).as_str())
        || matches!(canonical.as_str(), "ibm" | "ibm cloud");
    Token::Party(if ibm { Who::Ibm } else { Who::Product })
}

impl Who {
    /// The party, where it is one without knowing the other columns.
    pub(super) fn known_party(self, names: &Names) -> Option<Party> {
        match self {
            Self::Ibm => Some(names.provider()),
            Self::Customer => Some(Party::Customer),
            Self::Shared => Some(Party::Shared),
            Self::Product | Self::Several => None,
            Self::Own(at) => names.policy_vocabulary()?.party_at(at).cloned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        of_runs([Run::Text(text.to_owned())].iter(), &Names::builtin())
    }

    #[track_caller]
    fn check(text: &str, who: Option<Who>) {
        let tokens = tokens(text);
        let found =
            listed_party(&tokens).filter(|(_, used)| *used == tokens.len()).map(|(who, _)| who);
        assert_eq!(found, who, "{text}");
    }

    #[test]
    fn the_first_tokens_are_those_of_the_whole() {
        let text = "IBM's Cloud, or the [^1] vault/door vendor";
        let all = raw_tokens(text);
        for most in 1..all.len() + 2 {
            assert_eq!(first_raw_tokens(text, most), all[..most.min(all.len())], "{most}");
        }
    }

    #[test]
    fn lists_of_parties() {
        check("IBM", Some(Who::Ibm));
        check("IBM® Cloud", Some(Who::Ibm));
        check("The client", Some(Who::Customer));
        check("You and IBM", Some(Who::Shared));
        check("IBM/Customer", Some(Who::Shared));
        check("Both IBM and you", Some(Who::Shared));
        check("Shared (customer, IBM)[^1]", Some(Who::Shared));
        check("Shared *", Some(Who::Shared));
        check("IBM with you", Some(Who::Shared));
        check("IBM; the customer", Some(Who::Shared));
        check("IBM¹", Some(Who::Ibm));
        check("You 2", Some(Who::Customer));
        check("Customer(s)", Some(Who::Customer));
        check("IBM: S", None);
        check("IBM with your help", None);
        check("IBM, solution owner", None);
        check("Workload provider", None);
        check("", None);
    }

    #[test]
    fn keyrefs_name_ibm_or_a_product() {
        let names = Names::builtin();
        let keyref = |key: &str| of_key(key, &names);
        assert_eq!(keyref("IBM_notm"), Token::Party(Who::Ibm));
        assert_eq!(keyref("cloud"), Token::Party(Who::Ibm));
        assert_eq!(keyref("Bluemix_notm"), Token::Party(Who::Ibm));
        assert_eq!(keyref("cos_short"), Token::Party(Who::Product));
    }
}
