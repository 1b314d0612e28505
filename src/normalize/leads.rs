//! The grammar of leads: lines that name the party of what stands below them.

use super::duty_nouns::{is_duty_noun, is_responsibility};
use super::header::is_help_phrase;
use super::lead::{LONGEST_NAME, LeadCandidate, LeadForm, LeadParty, Sure};
use super::lead_words::{is_adverb, is_copula, is_list_word, is_plain_adjective, is_verb};
use super::text::TextReader;
use super::tokens::{self, Token, Who, listed_party};
use super::{Names, lead_subject, lead_twins, lead_verbs, third_parties};
use crate::model::Party;
use crate::parse::{Run, head_of};
use crate::vocabulary::WordList;

/// Longer sentences introduce nothing.
const LONGEST_SENTENCE: usize = 480;
/// Most words between a party and its responsibilities, and behind them.
const MOST_BETWEEN: usize = 6;
const MOST_BEHIND: usize = 12;

/// Reads a whole line: a paragraph, an item, a term, a heading.
pub(super) fn of_line(text: &str, runs: &[Run], reader: &TextReader<'_>) -> Option<LeadCandidate> {
    if let Some(found) = of_sentence(text, reader) {
        return Some(found);
    }
    let long = text.len() > LONGEST_NAME;
    if long || (text.ends_with(['.', '!']) && !points_down(text)) {
        return None;
    }
    let tokens = tokens::with_author_named(tokens::of_runs(runs.iter(), reader.names()));
    of_name(text, &tokens, reader.names())
        .or_else(|| named_in_brackets(text, reader.names()))
        .or_else(|| named_before_brackets(text, reader.names()))
}

/// "Your responsibilities (managed plan)": what stands in brackets changes no party.
fn named_before_brackets(text: &str, names: &Names) -> Option<LeadCandidate> {
    let (head, _) = text.trim_end_matches([':', ' ']).strip_suffix(')')?.rsplit_once(" (")?;
    worded_name(head, names)
}

/// A part of a title that names a party for sure.
fn worded_name(part: &str, names: &Names) -> Option<LeadCandidate> {
    let tokens = tokens::of_text(part, names);
    let found = of_name(part, &tokens, names)?;
    let fits = found.form == LeadForm::Pure && found.sure == Sure::Alone;
    fits.then_some(LeadCandidate { form: LeadForm::Worded, ..found })
}

/// "Provider responsibilities (IBM)", "Cloud customer (you) responsibilities".
fn named_in_brackets(text: &str, names: &Names) -> Option<LeadCandidate> {
    let (head, rest) = text.split_once('(')?;
    let (inside, behind) = rest.split_once(')')?;
    let cut = |text: &str| tokens::of_text(text, names);
    let inside = cut(inside);
    let (who, used) = listed_party(&inside)?;
    let outside = cut(&format!("{head} {behind}"));
    let noun = outside.iter().position(|token| token.is_a(is_responsibility))?;
    let (before, rest) = (&outside[..noun], &outside[noun + 1..]);
    let quiet = before.iter().all(|token| match token {
        Token::Party(other) => *other == who,
        Token::Join => false,
        Token::Word(word) => !is_verb(word),
    });
    let fits = used == inside.len() && quiet && (1..=MOST_BETWEEN).contains(&noun);
    let form = self::form_behind(rest, who).filter(|_| fits)?;
    lead_candidate(who, form, Sure::BesideAnother, names)
}

/// Reads a title: its two parts on either side of a colon or dash, too.
pub(super) fn of_title(text: &str, runs: &[Run], reader: &TextReader<'_>) -> Option<LeadCandidate> {
    if let Some(found) = of_line(text, runs, reader) {
        return Some(found);
    }
    if let Some(bare) = without_ordinal(text) {
        return of_title(bare, &[Run::Text(bare.to_owned())], reader);
    }
    let dashes = [": ", " - ", " – ", " — "];
    let cut = dashes.iter().find_map(|dash| text.split_once(dash));
    let parts = cut.or_else(|| text.strip_suffix(')')?.split_once(" ("));
    let found = parts.and_then(|(head, rest)| {
        if let Some(text) = lead_verbs::party_first(head, rest) {
            return of_line(&text, &[Run::Text(text.clone())], reader);
        }
        [head, rest].into_iter().find_map(|part| worded_name(part, reader.names()))
    });
    found.or_else(|| lead_twins::of_title(text, runs, reader.names()))
}

/// A title without its number: "2. Your responsibilities", "1.3 IBM responsibilities".
fn without_ordinal(text: &str) -> Option<&str> {
    let (number, rest) = text.split_once(' ')?;
    let counts = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ')'));
    counts.then_some(rest)
}

/// Whether a title speaks of a party and of responsibilities.
pub(super) fn names_party_and_duties(title: &str, reader: &TextReader<'_>) -> bool {
    let tokens = tokens::of_text(title, reader.names());
    let party = tokens.iter().any(|token| matches!(token, Token::Party(_)));
    party && tokens.iter().any(|token| token.is_a(is_responsibility))
}

/// Whether a sentence points at what stands below it.
pub(super) fn points_down(text: &str) -> bool {
    text.ends_with(':')
        || (may_point_down(text) && lead_verbs::points_down(&super::canonical::words_of(text)))
}

/// A cheap look before the words are cut: "following", "follows", "below", "these".
fn may_point_down(text: &str) -> bool {
    let holds = |part: &str| {
        let part = part.as_bytes();
        text.as_bytes().windows(part.len()).any(|bytes| bytes.eq_ignore_ascii_case(part))
    };
    !text.is_ascii() || holds("low") || holds("these")
}

/// Whether a line says that a party is responsible for the list below it, and nothing else: "You are
/// responsible for:", "The customer is responsible for the following tasks:".
pub(super) fn gives_list_to_party(text: &str, names: &Names) -> bool {
    let tokens = tokens::of_text(text, names);
    let Some((_, used)) = listed_party(&tokens) else { return false };
    let Some(at) = tokens.iter().position(|token| token.is("responsible")) else { return false };
    let is_between = |token: &Token| is_adverb(token) || token.word().is_some_and(is_copula);
    let only_lists = |token: &Token| {
        token.is("for") || token.word().is_some_and(|word| is_list_word(word) || is_duty_noun(word))
    };
    used <= at && tokens[used..at].iter().all(is_between) && tokens[at + 1..].iter().all(only_lists)
}

/// "IBM's recovery responsibilities", "Duties of the client", "What you are responsible for".
fn of_name(text: &str, tokens: &[Token], names: &Names) -> Option<LeadCandidate> {
    let asks =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| words.iter().any(|w| t.is(w)));
    if asks(0, &["what", "how"]) {
        if asks(1, &["is", "are", "am"]) {
            return of_question(&tokens[2..], names);
        }
        let (who, used) = listed_party(&tokens[1..])?;
        let rest = &tokens[1 + used..];
        let says = rest.iter().any(|token| token.is("responsible"));
        let sure = if says { Sure::Alone } else { Sure::BesideAnother };
        return is_help_phrase(rest)
            .then(|| lead_candidate(who, LeadForm::Pure, sure, names))
            .flatten();
    }
    if let Some((who, sure)) = lead_verbs::of_tasks(tokens) {
        return lead_candidate(who, LeadForm::Pure, sure, names);
    }
    let nouns = count_nouns(tokens);
    if nouns > 0
        && tokens.get(nouns) == Some(&Token::Party(Who::Shared))
        && asks(nouns + 1, &["by", "between"])
    {
        let (who, used) = listed_party(&tokens[nouns + 2..])?;
        let whole = nouns + 2 + used == tokens.len() && who == Who::Shared;
        return whole.then(|| lead_candidate(who, LeadForm::Pure, Sure::Alone, names)).flatten();
    }
    if nouns > 0 && asks(nouns, &["of", "for"]) {
        let (who, used) = listed_party(&tokens[nouns + 1..])?;
        let form = form_behind(&tokens[nouns + 1 + used..], who)?;
        let sure = if asks(nouns, &["of"]) { Sure::Alone } else { Sure::BesideAnother };
        return lead_candidate(who, form, sure, names);
    }
    let Some((who, used)) = listed_party(tokens) else { return of_other(text, tokens) };
    let (name, rest) = tokens.split_at(used);
    if name.contains(&Token::Join) && who == Who::Shared && !rest.is_empty() {
        let says = rest.iter().any(|token| token.is_a(is_responsibility));
        return says.then_some(LeadCandidate {
            named: LeadParty::Several,
            form: LeadForm::Pure,
            sure: Sure::Alone,
        });
    }
    if rest.is_empty() {
        return lead_candidate(who, LeadForm::Pure, Sure::Bare, names);
    }
    let noun = rest.iter().position(|token| token.is_a(is_responsibility))?;
    let form = form_behind(&rest[noun + 1..], who)?;
    if who == Who::Product {
        let product = LeadParty::Product { name: before_noun(text), known: true };
        let sure = Sure::BesideAnother;
        return (noun <= MOST_BETWEEN).then_some(LeadCandidate { named: product, form, sure });
    }
    let (form, sure) = form_between(&rest[..noun], form, text)?;
    lead_candidate(who, form, sure, names)
}

/// What stands between a party's name and its responsibilities.
fn form_between(words: &[Token], form: LeadForm, text: &str) -> Option<(LeadForm, Sure)> {
    let role = |token: &Token| *token == Token::Join || token.is_a(is_duty_noun);
    let has =
        |token: &Token| ["has", "have", "the", "following", "these"].iter().any(|w| token.is(w));
    if words.iter().all(role) {
        return Some((form, Sure::Alone));
    }
    if words.iter().all(has) {
        return words.len().gt(&1).then_some((form, Sure::Alone));
    }
    let quiet = words.len() <= MOST_BETWEEN
        && words.iter().all(|token| *token == Token::Join || token.is_a(|w| !is_verb(w)));
    let sure = if is_possessive(text) { Sure::Alone } else { Sure::BesideAnother };
    quiet.then_some((LeadForm::Worded, sure))
}

/// Whether the party's name owns what follows: "Your", "IBM's", "the clients'".
fn is_possessive(text: &str) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    let head = lower.split("responsib").next().unwrap_or_default();
    head.starts_with("your ") || head.contains("'s ") || head.contains("s' ")
}

/// "your responsibilities", "IBM responsible for", "my duties", behind "What are".
fn of_question(tokens: &[Token], names: &Names) -> Option<LeadCandidate> {
    let own = tokens.first().is_some_and(|token| token.is("my") || token.is("i"));
    let (who, used) = if own { (Who::Customer, 1) } else { listed_party(tokens)? };
    let rest = &tokens[used..];
    let noun = rest.first()?.word()?;
    let fits = is_responsibility(noun) || noun == "responsible";
    let party = match who {
        Who::Ibm => names.provider(),
        Who::Customer => Party::Customer,
        Who::Shared | Who::Several | Who::Product | Who::Own(_) => return None,
    };
    let whole =
        rest[1..].iter().all(|token| token.is("for")) || form_behind(&rest[1..], who).is_some();
    (fits && whole).then_some(LeadCandidate {
        named: LeadParty::Party(party),
        form: LeadForm::Worded,
        sure: Sure::Alone,
    })
}

/// "Skyvault responsibilities", "Partner responsibilities": beside a known party's lead only.
fn of_other(text: &str, tokens: &[Token]) -> Option<LeadCandidate> {
    let noun = tokens.iter().position(|token| token.is_a(is_responsibility))?;
    let form = form_behind(&tokens[noun + 1..], Who::Product)?;
    let name = before_noun(text);
    let plain = |token: &Token| token.is_a(is_plain_adjective);
    if tokens[..noun].iter().all(plain) {
        return None;
    }
    let part = |word: &str| !is_verb(word) || lead_verbs::is_within_name(word, &name);
    let words = tokens[..noun].iter().all(|token| token.is_a(part));
    let raw = tokens::raw_tokens(&name);
    let named = if third_parties::named_third_party(&raw) == Some(raw.len()) {
        LeadParty::Party(Party::Other(name))
    } else {
        LeadParty::Product { name, known: false }
    };
    let fits = words && (1..=MOST_BETWEEN).contains(&noun);
    fits.then_some(LeadCandidate { named, form, sure: Sure::BesideAnother })
}

/// The name in front of the word for responsibility.
fn before_noun(text: &str) -> String {
    let count = |words: &str| {
        tokens::raw_tokens(words)
            .iter()
            .filter_map(Token::word)
            .take_while(|w| !is_responsibility(w))
            .count()
    };
    let name: Vec<&str> = text.split(' ').take_while(|word| count(word) > 0).collect();
    let name = name.join(" ");
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(&name).to_owned()
}

/// How many tokens at the head are words for duties.
fn count_nouns(tokens: &[Token]) -> usize {
    let fits =
        |token: &&Token| **token == Token::Join || token.is("the") || token.is_a(is_duty_noun);
    let count = tokens.iter().take_while(fits).count();
    let says = tokens[..count].iter().any(|token| token.is_a(is_responsibility));
    if says { count } else { 0 }
}

/// "include, but are not limited to, the following".
const UNLIMITED: [&str; 5] = ["but", "are", "not", "limited", "to"];

/// What stands behind the responsibilities: nothing, "include the following", "for HA and DR".
/// "When using Skyvault" makes the title of a whole page of it.
fn form_behind(tokens: &[Token], who: Who) -> Option<LeadForm> {
    static OPENERS: WordList = WordList::named("words that open what responsibilities are for");
    let quiet = |token: &&Token| {
        **token == Token::Join || token.is_a(|word| is_list_word(word) || is_duty_noun(word))
    };
    let rest = &tokens[tokens.iter().take_while(quiet).count()..];
    let is_unlimited = rest.len() >= UNLIMITED.len()
        && UNLIMITED.iter().zip(rest).all(|(word, token)| token.is(word));
    let rest = if is_unlimited { &rest[UNLIMITED.len()..] } else { rest };
    let rest = &rest[rest.iter().take_while(quiet).count()..];
    let Some(first) = rest.first().and_then(|first| first.word()) else {
        return rest.is_empty().then_some(LeadForm::Pure);
    };
    let regards = rest.iter().any(|token| token.is("regard") || token.is("respect"));
    let opens = OPENERS.has(first) || (first == "with" && regards);
    let uses = rest.iter().any(|token| token.is("using"))
        || rest.windows(2).any(|pair| matches!(pair, [Token::Party(_), use_] if use_.is("use")));
    let titles = uses && matches!(who, Who::Customer | Who::Shared);
    (opens && !titles && rest.len() <= MOST_BEHIND).then_some(LeadForm::Worded)
}

/// "As a customer, you are responsible for:", "The following tasks are your responsibility:".
fn of_sentence(text: &str, reader: &TextReader<'_>) -> Option<LeadCandidate> {
    if text.len() > LONGEST_SENTENCE {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let found = ["responsible", "accountable"].iter().find_map(|word| lower.find(word));
    let names = reader.names();
    let cut = |text: &str| tokens::of_text(text, names);
    if let Some(at) = found {
        let clause = text[..at].rsplit(", ").next()?;
        let rest = cut(head_of(&text[at..], LONGEST_NAME));
        // "responsible only for"
        let adverbs = rest.iter().skip(1).take_while(|token| is_adverb(token)).count();
        let mut behind = rest.iter().skip(1 + adverbs);
        let bare = behind.all(|t| t.is_a(|w| w == "for" || is_list_word(w)));
        let leads = text.ends_with(':') || (bare && !text.ends_with('.')) || points_down(text);
        let asks = leads && rest.get(1 + adverbs).is_some_and(|t| t.is("for") || t.is("to"));
        return if asks { lead_subject::of_clause(clause, names) } else { None };
    }
    let text = lead_subject::without_role(text);
    if !points_down(text) || text.len() > LONGEST_NAME {
        return None;
    }
    let tokens = cut(text);
    if let Some((who, sure)) = lead_verbs::of_sentence(&tokens) {
        // such a sentence names the party; its subject is repeated with each item
        let form =
            if lead_verbs::says_more(&tokens) { LeadForm::Sentence } else { LeadForm::Worded };
        return lead_candidate(who, form, sure, names);
    }
    let verb = tokens.iter().position(|token| token.is("is") || token.is("are"))?;
    let (this, rest) = tokens.split_at(verb);
    let points = this.iter().all(|token| {
        token.is_a(|word| is_list_word(word) || is_duty_noun(word) || matches!(word, "it" | "this"))
    });
    let rest = &rest[1..];
    if !points || verb > MOST_BETWEEN {
        return None;
    }
    // "the responsibilities of IBM", "your responsibilities"
    let nouns = count_nouns(rest);
    let (who, behind_it) = if nouns > 0 && rest.get(nouns).is_some_and(|token| token.is("of")) {
        let (who, used) = listed_party(&rest[nouns + 1..])?;
        (who, &rest[nouns + 1 + used..])
    } else {
        let (who, used) = listed_party(rest)?;
        let noun = rest.get(used)?.is_a(is_responsibility);
        (who, rest.get(used + 1..).filter(|_| noun)?)
    };
    form_behind(behind_it, who)?;
    lead_candidate(who, LeadForm::Sentence, Sure::Alone, names)
}

fn lead_candidate(who: Who, form: LeadForm, sure: Sure, names: &Names) -> Option<LeadCandidate> {
    Some(LeadCandidate { named: LeadParty::Party(who.known_party(names)?), form, sure })
}

#[cfg(test)]
mod tests;
