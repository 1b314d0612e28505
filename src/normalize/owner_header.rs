//! Headers of columns in which the owners of duties stand.

use super::Names;
use super::column_role::Role;
use super::duty_nouns::{is_duty_noun, is_responsibility};
use super::tokens::{self, Token, Who};
use crate::parse::Cell;
use crate::vocabulary::WordList;

/// The header of a column that names owners: "Owner", "Who renews", "Maintained by".
pub(super) fn is_owner(tokens: &[Token]) -> bool {
    static OWNERS: WordList = WordList::named("nouns for owners");
    static HOLDERS: WordList = WordList::named("nouns behind responsible");
    const MOST_WORDS: usize = 5;
    const LONGEST_NAME: usize = 8;
    let words: Option<Vec<&str>> =
        tokens.iter().filter(|token| !token.is("r") && !token.is("the")).map(Token::word).collect();
    // "Premium with SAP - Supplier for vaults responsible"
    let is_named =
        |words: &Vec<&str>| words.len() <= LONGEST_NAME && words.ends_with(&["responsible"]);
    let Some(words) = words.filter(|words| words.len() <= MOST_WORDS || is_named(words)) else {
        return false;
    };
    match words.as_slice() {
        [noun, "of"] => is_responsibility(noun),
        ["who", ..]
        | ["assigned", "to"]
        | ["party" | "parties" | "origination"]
        | ["control", "origination"]
        | [.., "responsible"] => true,
        ["responsible" | "owning" | "accountable", .., who] => {
            words[1] == "for" || HOLDERS.has(who)
        }
        [.., "by"] => words.len() == 2 && !matches!(words[0], "used" | "supported" | "required"),
        [] | ["account", ..] => false,
        [.., last] => words.len() <= 3 && OWNERS.has(last),
    }
}

/// Whether such a header also stands over other things than duties: who manages a plan, who renews
/// a contract, who pays, whose a key is.
pub(super) fn is_doubtful(cell: &Cell, names: &Names) -> bool {
    let tokens = tokens::of_cell(cell, names);
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).filter(|w| *w != "the").collect();
    match words.as_slice() {
        ["who", rest @ ..] => !rest.iter().any(|word| {
            word.starts_with("responsib") || matches!(*word, "accountable" | "owns" | "does")
        }),
        [done, "by"] => !matches!(*done, "owned" | "performed" | "done" | "executed" | "completed"),
        [.., "manager" | "maintainer" | "operator"] => true,
        [thing, "owner" | "owners" | "ownership"] => {
            let rank = matches!(*thing, "primary" | "secondary" | "main" | "process" | "control");
            !(rank || is_duty_noun(thing))
        }
        _ => false,
    }
}

/// Whether a header may name owners if its cells do: "Responsibility" is a duty's column in
/// one table and an owner's in another. Under the words of a scheme that may be any header
/// ("Implementation").
pub(super) fn may_name_owners(cell: &Cell, role: &Role, names: &Names) -> bool {
    match role {
        Role::Owner => true,
        Role::Label => {
            let tokens = tokens::of_cell(cell, names);
            names.policy_vocabulary().is_some_and(|own| own.has_preset)
                || matches!(tokens.as_slice(), [Token::Word(word)] if is_responsibility(word))
        }
        Role::Party { .. } | Role::Other(_) => false,
    }
}

/// Whether a header may name owners beside a column of tasks alone: "Task | Team", "Duty | IBM or you".
/// Elsewhere such a column is about people, prices or rights: "Topic | Team | Contact".
pub(super) fn names_doers(cell: &Cell, role: &Role, names: &Names) -> bool {
    static DOERS: WordList = WordList::named("headers of who acts");
    match role {
        Role::Label => {
            let tokens = tokens::of_cell(cell, names);
            let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
            match words.as_slice() {
                [word] => DOERS.has(word),
                words => *words == ["by", "whom"],
            }
        }
        Role::Party { who, named } => *who == Who::Shared && !named,
        Role::Owner | Role::Other(_) => false,
    }
}

/// Whether a header stands over what has to be done.
pub(super) fn names_tasks(cell: &Cell, names: &Names) -> bool {
    let tokens = tokens::of_cell(cell, names);
    let is_task = |word: &str| {
        is_responsibility(word)
            || matches!(word, "task" | "tasks" | "activity" | "activities" | "duty" | "duties")
    };
    tokens.iter().filter_map(Token::word).any(is_task)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::fixture::cell;

    #[test]
    fn columns_of_owners() {
        let names = Names::builtin();
        let owns = |text: &str| is_owner(&tokens::of_cell(&cell(text), &names));
        for text in [
            "Owner",
            "Task owner",
            "Ownership",
            "Manager",
            "Who renews",
            "Who is responsible (R)",
            "Who is responsible for it",
            "Responsible",
            "Responsible team",
            "Responsible for setup",
            "Premium with SAP responsible",
            "Premium with SAP - Supplier for vaults responsible",
            "Maintained by",
            "Managed by",
            "Assigned to",
            "Party",
            "Control Origination",
            "Responsibility of",
        ] {
            assert!(owns(text), "{text}");
        }
        for text in [
            "Account owner",
            "Used by",
            "Customer provided",
            "Responsibility",
            "Language",
            "Duty",
            "Owner of the account that you use today",
            "",
        ] {
            assert!(!owns(text), "{text}");
        }
    }
}
