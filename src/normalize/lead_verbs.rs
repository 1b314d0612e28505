//! Leads whose verb says that a party takes on what stands below: "IBM takes responsibility for
//! the following:", "You must complete these tasks:".

use super::duty_nouns::{is_duty_noun, is_responsibility};
use super::lead::Sure;
use super::lead_words::is_list_word;
use super::tokens::{self, Token, Who, listed_party};
use crate::vocabulary::WordList;

/// Most words between such a verb and the responsibility.
const MOST_ADJECTIVES: usize = 3;
/// Longer sentences introduce something else, too.
const MOST_WORDS: usize = 16;

/// Whose duties a sentence introduces that points down, and how sure that is.
pub(super) fn of_sentence(tokens: &[Token]) -> Option<(Who, Sure)> {
    // "IBM does not:", "You do not need to:", but not "You do these tasks if IBM does not:"
    const DENYING: [&str; 4] = ["cannot", "never", "no", "not"];
    const NEAR_VERB: usize = 2;
    let Some((who, used)) = listed_party(tokens) else { return of_passive(tokens) };
    let rest = &tokens[used..];
    let verb = rest.first()?.word()?;
    if rest.iter().take(NEAR_VERB).any(|token| DENYING.iter().any(|word| token.is(word))) {
        return None;
    }
    if is_required(rest) {
        return Some((who, Sure::Bare));
    }
    if takes_on(verb) || (who == Who::Shared && verb == "share") {
        let noun = rest.iter().position(|token| token.is_a(is_responsibility))?;
        let what = rest.get(noun + 1)?;
        let regards = what.is("for") || what.is("to");
        return (noun <= MOST_ADJECTIVES && regards).then_some((who, Sure::Alone));
    }
    let fits = (is_binding_verb(verb) || is_doing_verb(verb)) && rest.len() <= MOST_WORDS;
    fits.then_some((who, Sure::Bare))
}

/// "are required to", "are expected to do the following". What they are required to have is no duty.
fn is_required(behind: &[Token]) -> bool {
    let [verb, required, to, rest @ ..] = behind else { return false };
    let does = |word: &str| is_doing_verb(word) || is_list_word(word) || is_duty_noun(word);
    (verb.is("is") || verb.is("are"))
        && (required.is("required") || required.is("expected"))
        && to.is("to")
        && rest.iter().all(|token| token.is_a(does))
}

/// Whether words point at what stands below them: "the following", "these tasks", "as follows",
/// "listed below". "By following the guide" and "below 5 percent" do not.
pub(super) fn points_down(words: &[String]) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    (0..words.len()).any(|at| {
        let before = at.checked_sub(1).map_or("", word);
        let next = word(at + 1);
        match word(at) {
            "following" => before == "the",
            "follows" => before == "as",
            "these" => next.is_empty() || is_list_word(next) || is_duty_noun(next),
            "below" => {
                next.is_empty()
                    || matches!(before, "listed" | "described" | "given" | "shown" | "outlined")
            }
            _ => false,
        }
    })
}

/// Whether a short word belongs to a name: "Skyvault for VPC", "Skyvault on Satellite".
pub(super) fn is_within_name(word: &str, name: &str) -> bool {
    let upper = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let words: Vec<&str> = name.split(' ').collect();
    let at = words.iter().position(|other| *other == word);
    matches!(word, "for" | "on" | "in" | "with")
        && at.is_some_and(|at| at > 0 && upper(words.get(at - 1)) && upper(words.get(at + 1)))
}

/// "IBM tasks", "Tasks of the customer", "Activities for IBM": such a title is a lead beside
/// another where the text speaks of responsibilities.
pub(super) fn of_tasks(tokens: &[Token]) -> Option<(Who, Sure)> {
    if tokens.iter().any(|token| token.is_a(is_responsibility)) {
        return None;
    }
    let noun = |token: &Token| *token == Token::Join || token.is_a(is_duty_noun);
    let nouns = tokens.iter().take_while(|token| noun(token) || token.is("the")).count();
    if nouns > 0 {
        let (of, rest) = tokens[nouns..].split_first()?;
        let named = ["of", "for"].iter().any(|word| of.is(word)).then(|| listed_party(rest))??;
        return (named.1 == rest.len()).then_some((named.0, Sure::Bare));
    }
    // "Managed by IBM"
    if let [done, by, rest @ ..] = tokens
        && done.is_a(is_done)
        && by.is("by")
    {
        let (who, used) = listed_party(rest)?;
        return (used == rest.len()).then_some((who, Sure::Bare));
    }
    let (who, used) = listed_party(tokens)?;
    let rest = &tokens[used..];
    (!rest.is_empty() && rest.iter().all(noun)).then_some((who, Sure::Bare))
}

/// "Responsibilities: IBM" as "IBM responsibilities".
pub(super) fn party_first(head: &str, rest: &str) -> Option<String> {
    let only_noun = |part: &str| matches!(tokens::raw_tokens(part).as_slice(), [Token::Word(word)] if is_responsibility(word));
    let party = match (only_noun(head), only_noun(rest)) {
        (true, false) => rest,
        (false, true) => head,
        (true, true) | (false, false) => return None,
    };
    Some(format!("{party} responsibilities"))
}

/// Whether such a sentence says what the duties below it are about, beside whose they are.
pub(super) fn says_more(tokens: &[Token]) -> bool {
    let behind = tokens.iter().position(|token| token.is("for") || token.is("to"));
    behind.is_some_and(|at| {
        let names_nothing = |token: &Token| {
            token
                .word()
                .is_some_and(|word| is_list_word(word) || is_duty_noun(word) || is_doing_verb(word))
        };
        !tokens[at + 1..].iter().all(names_nothing)
    })
}

/// "The following tasks are performed by IBM:".
fn of_passive(tokens: &[Token]) -> Option<(Who, Sure)> {
    let verb = tokens.iter().position(|token| token.is("is") || token.is("are"))?;
    let (this, rest) = tokens.split_at(verb);
    let points = this.iter().all(|token| token.is_a(is_list_word));
    let tasks = this.iter().any(|token| token.is_a(is_duty_noun));
    let done = rest.get(1)?;
    let (who, used) = listed_party(rest.get(3..)?)?;
    let by = rest[2].is("by") && done.is_a(is_done);
    let between = (rest[2].is("by") || rest[2].is("between")) && *done == Token::Party(Who::Shared);
    let fits = points && tasks && (by || between) && used + 3 == rest.len();
    fits.then_some((who, Sure::Bare))
}

fn is_done(participle: &str) -> bool {
    matches!(
        participle,
        "performed" | "handled" | "done" | "completed" | "managed" | "covered" | "owned"
    )
}

fn takes_on(verb: &str) -> bool {
    static TAKING: WordList = WordList::named("verbs that take on duties");
    TAKING.has(verb)
}

fn is_binding_verb(verb: &str) -> bool {
    matches!(verb, "must" | "shall" | "will" | "need" | "needs" | "agree" | "agrees")
}

fn is_doing_verb(verb: &str) -> bool {
    static DOING: WordList = WordList::named("verbs that do");
    DOING.has(verb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::parse::Run;

    #[test]
    fn what_points_down() {
        let points = |text: &str| points_down(&crate::normalize::canonical::words_of(text));
        for text in [
            "You do the following tasks.",
            "The responsibilities are as follows.",
            "You complete these tasks.",
            "You do what is listed below.",
        ] {
            assert!(points(text), "{text}");
        }
        for text in [
            "Seal the vault by following the guide.",
            "Keep the load below 5 percent.",
            "Open these doors.",
        ] {
            assert!(!points(text), "{text}");
        }
    }

    #[test]
    fn who_takes_on_what_stands_below() {
        let names = Names::builtin();
        let of =
            |text: &str| of_sentence(&tokens::of_runs([Run::Text(text.to_owned())].iter(), &names));
        assert_eq!(of("IBM takes full responsibility for:"), Some((Who::Ibm, Sure::Alone)));
        assert_eq!(
            of("The customer assumes the responsibility for the following:"),
            Some((Who::Customer, Sure::Alone))
        );
        assert_eq!(of("You must complete these tasks:"), Some((Who::Customer, Sure::Bare)));
        assert_eq!(of("IBM performs the following tasks:"), Some((Who::Ibm, Sure::Bare)));
        assert_eq!(of("The following tasks are performed by IBM:"), Some((Who::Ibm, Sure::Bare)));
        assert_eq!(
            of("The following tasks are shared between you and IBM:"),
            Some((Who::Shared, Sure::Bare))
        );
        for text in ["You are required to:", "You are expected to do the following tasks:"] {
            assert_eq!(of(text), Some((Who::Customer, Sure::Bare)), "{text}");
        }
        assert_eq!(
            of("You must complete these tasks, which IBM does not do:"),
            Some((Who::Customer, Sure::Bare))
        );
        for text in [
            "You can choose from:",
            "IBM provides these plans:",
            "You have:",
            "Tasks:",
            "IBM does not do the following:",
            "You must not do the following:",
            "You are required to have one of these roles:",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
