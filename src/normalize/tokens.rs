//! Short texts (headers, owner cells, lead lines) as tokens of a small grammar.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::Names;
use super::canonical;
use super::keyref_names::key_family;
use crate::model::Party;
use crate::parse::{Cell, Run};

/// Who a word or a keyref names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Ibm,
    Customer,
    Shared,
    /// A product: IBM, where the other column is the customer's.
    Product,
    /// Several parties, the customer not among them: there is nobody here to share with.
    Several,
    /// Another party that a policy names.
    Own(usize),
}

/// A token of a short text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A party's name.
    Party(Who),
    /// "and", "or", `&`, `/`, `,`, `+`.
    Join,
    /// Any other word, lower case.
    Word(String),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Party(_) | Self::Join => None,
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.word() == Some(word)
    }
}

/// The names of parties; a client is a customer by then.
pub(super) const PARTIES: [(&str, Who); 13] = [
    ("ibm", Who::Ibm),
    ("you", Who::Customer),
    ("your", Who::Customer),
    ("yours", Who::Customer),
    ("customer", Who::Customer),
    ("customers", Who::Customer),
    ("user", Who::Customer),
    ("users", Who::Customer),
    ("shared", Who::Shared),
    ("both", Who::Shared),
    ("joint", Who::Shared),
    ("jointly", Who::Shared),
    ("mutual", Who::Shared),
];

/// Families of keyrefs that name IBM.
pub(super) const IBM_KEYS: [&str; 4] = ["ibm", "cloud", "bluemix", "ibmcloud"];

/// Longer texts are no names; nothing beyond is read.
const LONGEST: usize = 160;

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

/// How long a run's text is.
fn run_length(run: &Run) -> usize {
    match run {
        Run::Text(text) | Run::Code(text) => text.len(),
        Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => 0,
    }
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
        let mut reader = TokenReader { tokens: Vec::new(), push: push_word, passed };
        let _ = reader.read_runs(runs, &|key| of_key(key, names));
        reader.tokens
    };
    matches!(tokens.iter().find(|token| !passed(token)), Some(Token::Party(_)))
}

/// The words of a name, whatever the grammar takes them for.
pub(super) fn raw_tokens(name: &str) -> Vec<Token> {
    let mut reader = TokenReader::of_all(push_raw);
    let _ = reader.read_text(name);
    reader.tokens
}

/// What the grammar takes the words for that are still raw.
fn classify_tokens(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Word(word) => push_word(&word, &mut out),
            Token::Party(_) | Token::Join => out.push(token),
        }
    }
    out
}

type Push = fn(&str, &mut Vec<Token>);

fn cut_tokens<'a>(
    runs: impl Iterator<Item = &'a Run>,
    of_key: &dyn Fn(&str) -> Token,
    push: Push,
) -> Vec<Token> {
    let mut reader = TokenReader::of_all(push);
    let _ = reader.read_runs(runs, of_key);
    reader.tokens
}

fn of_key(key: &str, names: &Names) -> Token {
    let name = names.get(key).unwrap_or_default();
    let canonical = super::canonical_text(name, names);
    let ibm = IBM_KEYS.contains(&key_family(key).as_str())
        || matches!(canonical.as_str(), "ibm" | "ibm cloud");
    Token::Party(if ibm { Who::Ibm } else { Who::Product })
}

/// Cuts texts into tokens.
struct TokenReader {
    tokens: Vec<Token>,
    push: Push,
    /// What does not end the reading; behind any other token nothing is read.
    passed: fn(&Token) -> bool,
}

impl TokenReader {
    fn of_all(push: Push) -> Self {
        Self { tokens: Vec::new(), push, passed: |_| true }
    }

    fn read_runs<'a>(
        &mut self,
        runs: impl Iterator<Item = &'a Run>,
        of_key: &dyn Fn(&str) -> Token,
    ) -> ControlFlow<()> {
        let mut length = 0;
        for run in runs {
            match run {
                Run::Text(text) | Run::Code(text) => {
                    length += text.len();
                    if length > LONGEST {
                        self.tokens.clear();
                        return ControlFlow::Break(());
                    }
                    self.read_text(text)?;
                }
                Run::Keyref { key, .. } => {
                    self.tokens.push(of_key(key));
                    self.end_token()?;
                }
                Run::Content(_) | Run::Image { .. } => {}
            }
        }
        ControlFlow::Continue(())
    }

    /// Footnote marks, brackets and other signs say nothing; `/`, `,`, `;`, `&` and `+` join.
    fn read_text(&mut self, text: &str) -> ControlFlow<()> {
        let mut rest = text;
        while let Some(at) = rest.find("[^") {
            self.read_plain(&rest[..at])?;
            rest = rest[at..].find(']').map_or("", |end| &rest[at + end + 1..]);
        }
        self.read_plain(rest)
    }

    fn read_plain(&mut self, text: &str) -> ControlFlow<()> {
        const JOINS: [char; 5] = [',', ';', '/', '&', '+'];
        for part in text.split_inclusive(JOINS) {
            let joins = part.ends_with(JOINS);
            let part = without_endings(part.trim_end_matches(JOINS));
            canonical::visit_words(&part, |word| {
                (self.push)(word, &mut self.tokens);
                self.end_token()
            })?;
            if joins && !self.tokens.is_empty() {
                self.tokens.push(Token::Join);
                self.end_token()?;
            }
        }
        ControlFlow::Continue(())
    }

    fn end_token(&self) -> ControlFlow<()> {
        match self.tokens.last() {
            Some(last) if !(self.passed)(last) => ControlFlow::Break(()),
            Some(_) | None => ControlFlow::Continue(()),
        }
    }
}

/// The text without the possessive of a keyref before it, and without "(s)" behind a word.
fn without_endings(text: &str) -> Cow<'_, str> {
    let text = ["'s", "’s"]
        .iter()
        .find_map(|ending| text.strip_prefix(ending))
        .filter(|rest| !rest.starts_with(char::is_alphanumeric))
        .unwrap_or(text);
    if text.contains("(s)") { text.replace("(s)", " ").into() } else { text.into() }
}

fn push_raw(word: &str, tokens: &mut Vec<Token>) {
    let word = word.strip_suffix("'s").unwrap_or(word);
    tokens.push(Token::Word(word.to_owned()));
}

fn push_word(word: &str, tokens: &mut Vec<Token>) {
    let word = word.trim_end_matches(super::remarks::is_footnote_sign);
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word == "you're" {
        tokens.extend([Token::Party(Who::Customer), Token::Word("are".to_owned())]);
        return;
    }
    let is_number = word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && matches!(tokens.last(), Some(Token::Party(_))) {
        // a footnote's
        return;
    }
    let token = match word {
        // "IBM Cloud" is one name
        "cloud" if tokens.last() == Some(&Token::Party(Who::Ibm)) => return,
        "" | "<" | ">" | "=" | "%" | "$" | "#" | "+" => return,
        "and" | "or" | "plus" => Token::Join,
        _ => match PARTIES.iter().find(|(name, _)| *name == word) {
            Some((_, who)) => Token::Party(*who),
            None => Token::Word(word.to_owned()),
        },
    };
    tokens.push(token);
}

/// The party that a list of names at the head of `tokens` stands for, and how many tokens it is.
pub(super) fn listed_party(tokens: &[Token]) -> Option<(Who, usize)> {
    let mut found: Option<Who> = None;
    let mut used = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Party(who) => {
                // two names side by side are a list only after "both" or "shared"
                let listed = used == at && at > 0;
                if listed && found != Some(Who::Shared) {
                    break;
                }
                found = Some(found.map_or(*who, |before| joint_party(before, *who)));
                at += 1;
                used = at;
            }
            Token::Join if found.is_some() => at += 1,
            Token::Word(word) if word == "the" => at += 1,
            // "IBM with the customer"
            Token::Word(word)
                if word == "with" && found.is_some() && ends_with_party(tokens, at + 1) =>
            {
                at += 1;
            }
            Token::Join | Token::Word(_) => break,
        }
    }
    found.map(|who| (who, used))
}

/// Whether a party stands here, and nothing behind it.
fn ends_with_party(tokens: &[Token], at: usize) -> bool {
    let rest = tokens.get(at..).unwrap_or_default();
    let rest = rest.strip_prefix(&[Token::Word("the".to_owned())]).unwrap_or(rest);
    matches!(rest, [Token::Party(_)])
}

fn joint_party(one: Who, other: Who) -> Who {
    let either = |who: Who| one == who || other == who;
    match (one, other) {
        _ if one == other => one,
        (Who::Ibm, Who::Product) | (Who::Product, Who::Ibm) => Who::Ibm,
        _ if either(Who::Customer) || either(Who::Shared) => Who::Shared,
        _ => Who::Several,
    }
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
