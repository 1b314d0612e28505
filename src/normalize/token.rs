//! Tokens of a small grammar: names of parties, what joins them, and other words.

use std::borrow::Cow;
use std::ops::ControlFlow;

use memchr::memchr_iter;

use super::canonical;
use super::footnote_signs::is_footnote_sign;
use crate::parse::Run;
use crate::vocabulary::WordList;

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

    pub(super) fn is_one_of(&self, list: &WordList) -> bool {
        self.is_a(|word| list.has(word))
    }

    /// Whether it is a word of a kind.
    pub(super) fn is_a(&self, is_of_kind: impl FnOnce(&str) -> bool) -> bool {
        self.word().is_some_and(is_of_kind)
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
pub(super) const LONGEST: usize = 160;

/// How long a run's text is.
pub(super) fn run_length(run: &Run) -> usize {
    match run {
        Run::Text(text) | Run::Code(text) => text.len(),
        Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => 0,
    }
}

/// The words of a name, whatever the grammar takes them for.
pub(super) fn raw_tokens(name: &str) -> Vec<Token> {
    let mut reader = TokenReader::of_all(push_raw);
    let _ = reader.read_text(name);
    reader.tokens
}

/// The same, but at most so many.
pub(super) fn first_raw_tokens(name: &str, most: usize) -> Vec<Token> {
    let mut reader = TokenReader { most, ..TokenReader::of_all(push_raw) };
    let _ = reader.read_text(name);
    reader.tokens
}

/// What the grammar takes the words for that are still raw.
pub(super) fn classify_tokens(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Word(word) => push_word(&word, &mut out),
            Token::Party(_) | Token::Join => out.push(token),
        }
    }
    out
}

/// Adds a word to the tokens.
type Push = fn(&str, &mut Vec<Token>);

pub(super) fn cut_tokens<'a>(
    runs: impl Iterator<Item = &'a Run>,
    of_key: &dyn Fn(&str) -> Token,
    push: Push,
) -> Vec<Token> {
    let mut reader = TokenReader::of_all(push);
    let _ = reader.read_runs(runs, of_key);
    reader.tokens
}

/// Cuts texts into tokens.
pub(super) struct TokenReader {
    pub(super) tokens: Vec<Token>,
    pub(super) push: Push,
    /// What does not end the reading; behind any other token nothing is read.
    pub(super) passed: fn(&Token) -> bool,
    /// So many tokens are read.
    pub(super) most: usize,
}

impl TokenReader {
    fn of_all(push: Push) -> Self {
        Self { tokens: Vec::new(), push, passed: |_| true, most: usize::MAX }
    }

    pub(super) fn read_runs<'a>(
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
        while let Some(at) = find_note(rest) {
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
            Some(last) if self.tokens.len() >= self.most || !(self.passed)(last) => {
                ControlFlow::Break(())
            }
            Some(_) | None => ControlFlow::Continue(()),
        }
    }
}

/// Where a footnote is cited; it takes less to look for the sign alone than to prepare a search.
fn find_note(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr_iter(b'[', bytes).find(|at| bytes.get(at + 1) == Some(&b'^'))
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

pub(super) fn push_raw(word: &str, tokens: &mut Vec<Token>) {
    let word = word.strip_suffix("'s").unwrap_or(word);
    tokens.push(Token::Word(word.to_owned()));
}

pub(super) fn push_word(word: &str, tokens: &mut Vec<Token>) {
    let word = word.trim_end_matches(is_footnote_sign);
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
        // "IBM customers", "the IBM Cloud account owner"
        "customers" | "clients" | "users" | "owner" | "owners"
            if is_of_ibm_account(tokens, word) =>
        {
            tokens.truncate(tokens.len() - usize::from(word.starts_with("owner")));
            tokens.pop();
            Token::Party(Who::Customer)
        }
        // "IBM Cloud" is one name
        "cloud" if tokens.last() == Some(&Token::Party(Who::Ibm)) => return,
        "" | "<" | ">" | "=" | "%" | "$" | "#" | "+" => return,
        "and" | "or" | "plus" => Token::Join,
        _ => match PARTIES.iter().find(|(name, _)| *name == word) {
            Some((_, who)) => Token::Party(*who),
            None => {
                misspelled_party(word).map_or_else(|| Token::Word(word.to_owned()), Token::Party)
            }
        },
    };
    tokens.push(token);
}

/// Whether a word behind tokens names people who have an account with IBM, not IBM's own.
fn is_of_ibm_account(tokens: &[Token], word: &str) -> bool {
    match tokens {
        [.., Token::Party(Who::Ibm), account] if word.starts_with("owner") => account.is("account"),
        [.., Token::Party(Who::Ibm)] => !word.starts_with("owner"),
        _ => false,
    }
}

/// The party whose name has a slip in it: letters that changed places, or one letter of a long
/// name that is wrong, missing or one too many.
fn misspelled_party(word: &str) -> Option<Who> {
    match word {
        "yuor" | "yoru" | "oyur" | "cleint" | "clinet" | "cilent" | "costumer" | "costumers" => {
            Some(Who::Customer)
        }
        "imb" | "bim" => Some(Who::Ibm),
        _ => ((7..=10).contains(&word.len()) && word.starts_with('c'))
            .then(|| strsim::osa_distance(word, "customer"))
            .filter(|slips| *slips == 1)
            .map(|_| Who::Customer),
    }
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
            // "Shared between IBM and the customer"
            Token::Word(word)
                if matches!(word.as_str(), "between" | "by") && found == Some(Who::Shared) =>
            {
                at += 1;
            }
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
