//! `respdiff A..B` is `respdiff diff A..B`: a first word that names no command is a revision.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

use crate::history::similar_names;

use super::args::Cli;

/// The arguments with `diff` spelled out where they begin with a revision, so that a later
/// one may be named like a command.
pub(super) fn spelled_out(mut args: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    let named = |word: &OsStr| {
        word == "help" || command.get_subcommands().any(|known| word == known.get_name())
    };
    if first_word(&command, &args).is_some_and(|word| !named(word)) {
        args.insert(1, OsString::from("diff"));
    }
    args
}

/// `help --help` as `help`: the help of `help` is that of all commands, and `config help --help` that
/// of `config`.
pub(super) fn without_help_of_help(mut args: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    if first_word(&command, &args).is_some_and(|word| word == "help" || word == "config") {
        let at = args.windows(2).position(|two| {
            matches!(two, [word, option] if word == "help" && (option == "--help" || option == "-h"))
        });
        at.map(|at| args.remove(at + 1));
    }
    args
}

/// `log -5` as `log -n 5`, as in git, and in every command that takes a number; the value of an option
/// stays as it is written.
pub(super) fn with_numbers(args: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    let named = first_word(&command, &args).and_then(|word| command.find_subcommand(word));
    let takes_number =
        |named: &&clap::Command| named.get_arguments().any(|a| a.get_id() == "number");
    let Some(named) = named.filter(takes_number) else { return args };
    let takes_value =
        |option: &str| value_follows(&command, option) || value_follows(named, option);
    let (mut is_over, mut is_value) = (false, false);
    let spell = |arg: OsString| {
        is_over |= arg == "--";
        let was_value = is_value;
        is_value = !was_value && takes_value(&arg.to_string_lossy());
        let number = arg.to_str().and_then(|text| text.strip_prefix('-')).map(str::to_owned);
        match number.filter(|number| !is_over && !was_value && is_number(number)) {
            Some(number) => vec![OsString::from("-n"), OsString::from(number)],
            None => vec![arg],
        }
    };
    args.into_iter().flat_map(spell).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The command that the arguments name.
pub(super) fn named_command(args: &[OsString]) -> String {
    let command = Cli::command();
    let word = first_word(&command, args).map(|word| word.to_string_lossy().into_owned());
    word.filter(|word| command.find_subcommand(word).is_some()).unwrap_or_default()
}

/// What branches are usually called.
const USUAL_BRANCHES: [&str; 2] = ["main", "master"];

/// The first word where it is no command, and the commands that it is like.
pub(super) fn mistyped_command(args: &[OsString]) -> Option<(String, String)> {
    let command = Cli::command();
    let word = first_word(&command, args)?.to_str()?.to_owned();
    // `main~5` is a revision, whatever it resembles
    if !word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') {
        return None;
    }
    let names: Vec<String> =
        command.get_subcommands().map(|known| known.get_name().to_owned()).collect();
    if names.contains(&word) {
        return None;
    }
    // `main` is a branch that is not there, and no slip for `man`
    let branches = USUAL_BRANCHES.map(str::to_owned);
    let like = similar_names(&word, names.into_iter().chain(branches).collect());
    let is_branch = |name: &String| USUAL_BRANCHES.contains(&name.trim_matches('\''));
    if like.first().is_none_or(is_branch) {
        return None;
    }
    Some((word, like.join(" or ")))
}

/// The first argument that is neither an option nor the value of one.
fn first_word<'a>(command: &clap::Command, args: &'a [OsString]) -> Option<&'a OsStr> {
    let mut rest = args.iter().skip(1);
    while let Some(arg) = rest.next() {
        let text = arg.to_string_lossy();
        if text == "--" {
            return None;
        }
        if !text.starts_with('-') || text == "-" {
            return Some(arg);
        }
        if value_follows(command, &text) {
            rest.next();
        }
    }
    None
}

fn value_follows(command: &clap::Command, option: &str) -> bool {
    command.get_arguments().filter(|known| known.get_action().takes_values()).any(|known| {
        let longs = known.get_long_and_visible_aliases().into_iter().flatten();
        let mut longs = longs.chain(known.get_all_aliases().into_iter().flatten());
        let long = longs.any(|long| option.strip_prefix("--") == Some(long));
        let short = known.get_short().is_some_and(|short| option == format!("-{short}"));
        long || short
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(spelled_out(args(given)), args(expected));
    }

    #[test]
    fn a_revision_makes_it_a_diff() {
        check("respdiff HEAD~5..HEAD", "respdiff diff HEAD~5..HEAD");
        check("respdiff -C dir HEAD show", "respdiff diff -C dir HEAD show");
        check("respdiff --format json HEAD", "respdiff diff --format json HEAD");
    }

    #[test]
    fn a_command_stays_one() {
        check("respdiff -C dir show HEAD", "respdiff -C dir show HEAD");
        check("respdiff --color=never schema", "respdiff --color=never schema");
        check("respdiff help", "respdiff help");
    }

    #[test]
    fn a_number_is_one_of_editions_and_a_value_stays_as_it_is() {
        let check = |given: &str, expected: &str| {
            let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
            assert_eq!(with_numbers(args(given)), args(expected));
        };
        check("respdiff log -5", "respdiff log -n 5");
        check("respdiff -C dir log --oneline -5 HEAD", "respdiff -C dir log --oneline -n 5 HEAD");
        for value in ["--number -1", "-n -1", "--max-count -1", "--width -1", "--area -1", "-- -5"]
        {
            let line = format!("respdiff log {value} page.md");
            check(&line, &line);
        }
        for command in ["stats", "notes", "report"] {
            check(&format!("respdiff {command} -5"), &format!("respdiff {command} -n 5"));
        }
        check("respdiff diff -5", "respdiff diff -5");
    }

    #[test]
    fn a_slip_of_the_finger_is_known() {
        let shown = |line: &str| {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            mistyped_command(&args).map(|(_, like)| like)
        };
        assert_eq!(shown("respdiff -C dir statss"), Some("'stats'".to_owned()));
        assert_eq!(shown("respdiff explian abc"), Some("'explain'".to_owned()));
        assert_eq!(shown("respdiff stats"), None);
        assert_eq!(shown("respdiff HEAD~5..HEAD"), None);
        assert_eq!(shown("respdiff main"), None);
        assert_eq!(shown("respdiff mian --stat"), None);
        assert_eq!(shown("respdiff main~5 main~6 main~7"), None);
    }

    #[test]
    fn without_a_word_nothing_is_added() {
        check("respdiff --cached -- show", "respdiff --cached -- show");
        check("respdiff --help", "respdiff --help");
    }
}
