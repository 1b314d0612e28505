//! The command line: one file per command, which lists the steps of a run in order.
//!
//! clap's types stop here; what is below gets validated options.

mod ack;
mod advice;
#[cfg(feature = "alert")]
mod alert;
#[cfg(not(feature = "alert"))]
#[path = "no_alert.rs"]
mod alert;
mod args;
mod asked_names;
mod baseline;
mod blame;
mod check;
mod check_request;
mod clock;
mod comparison;
mod completions;
mod config;
mod default_command;
mod demo;
mod diff;
mod error_output;
mod explain;
mod export_gaps;
mod former_pages;
mod git_driver;
mod in_force;
mod input;
mod keyref_faults;
mod keyrefs;
mod last_change;
mod left_out;
mod lint;
mod log;
mod man;
mod notes;
mod notes_below;
mod notes_feed;
mod nothing_found;
mod oscal;
mod other_dates;
mod outcome;
mod output;
mod overlooked;
mod pages;
mod policy;
mod range;
mod release_notes;
mod report;
mod same_duties;
mod schema;
mod session;
mod several;
mod shell;
mod show;
mod snapshot;
mod stats;
mod stored;
mod swapped_ends;
mod table;
mod threads;
mod unmatched_rules;
mod views;
mod way_out;
mod words;
mod written_notes;

use std::ffi::OsString;

use clap::FromArgMatches;
use clap::error::{ContextKind, ErrorKind as ClapKind};

use crate::deliver::{self, Paging};
use crate::error::{Error, ErrorKind, Result};
use crate::render::safe;

use args::{Cli, Command};
use error_output::{complain_of, print_error, print_line};
use outcome::Outcome;

/// Runs the command line and gives its exit code (see the contract: 0, 1 or 2).
#[must_use]
pub fn main(args: Vec<OsString>) -> u8 {
    threads::limit_threads();
    let args = git_driver::guard_paths(args);
    let mistyped = || default_command::mistyped_command(&args);
    let cli = match parse_arguments(&args) {
        Ok(cli) => cli,
        Err(error) => {
            let code = print_clap_answer(&error, &default_command::named_command(&args));
            if let Some((_, like)) = mistyped().filter(|_| code != 0) {
                print_line(&format!("hint: did you mean the command {like}?"));
            }
            return code;
        }
    };
    match run(cli) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Changed) => 1,
        Ok(Outcome::Failed) => 2,
        Err(error) => {
            print_error(&error);
            let message = error.to_string();
            if let Some((_, like)) = mistyped().filter(|(word, _)| message.contains(word)) {
                print_line(&format!("hint: did you mean the command {like}?"));
            }
            error.exit_code()
        }
    }
}

fn parse_arguments(args: &[OsString]) -> std::result::Result<Cli, clap::Error> {
    let mut command = args::command_line();
    let args = default_command::without_help_of_help(args.to_vec());
    let args = default_command::with_numbers(default_command::spelled_out(args));
    let matches = command.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

fn run(cli: Cli) -> Result<Outcome> {
    let Cli { mut command, diff, common } = cli;
    if let Some(command) = &mut command {
        words::settle_words(command, &common)?;
    }
    if let Some(stray) = command.as_ref().and_then(|_| diff.first_given()) {
        return Err(Error::new(ErrorKind::Usage, format!("`{stray}` comes before the command"))
            .with_hint("write options after the command name"));
    }
    if common.is_several() {
        refuse_several(command.as_ref())?;
    }
    match command {
        None => diff::run(diff, &common),
        Some(Command::Diff(options)) => diff::run(options, &common),
        Some(Command::Alert(options)) => alert::run(&options, &common),
        Some(Command::Blame(options)) => blame::run(&options, &common),
        Some(Command::Explain(options)) => explain::run(&options, &common),
        Some(Command::GitDriver(options)) => git_driver::run(&options, &common),
        Some(Command::Log(options)) => log::run(&options, &common),
        Some(Command::Notes(options)) => release_notes::run(&options, &common),
        Some(Command::Oscal(options)) => oscal::run(&options, &common),
        Some(Command::Report(options)) => report::run(&options, &common),
        Some(Command::Show(options)) => show::run(&options, &common),
        Some(Command::Stats(options)) => stats::run(&options, &common),
        Some(Command::Lint(options)) => lint::run(&options, &common),
        Some(Command::Schema(options)) => schema::run(&options, &common),
        Some(Command::Check(options)) => check::run(&options, &common),
        Some(Command::Ack(options)) => ack::run(&options, &common),
        Some(Command::Snapshot(options)) => snapshot::run(&options, &common),
        Some(Command::Config(options)) => config::run(&options, &common),
        Some(Command::Demo(options)) => demo::run(&options, &common),
        Some(Command::Completions(options)) => completions::run(&options, &common),
        Some(Command::Man(options)) => man::run(&options, &common),
    }
}

/// Refuses several repositories (`-C` repeated, or `--repos`) where a command is about one, or about
/// none.
fn refuse_several(command: Option<&Command>) -> Result<()> {
    let (message, hint) = match command {
        Some(Command::Ack(options)) if !options.prune => (
            "an acknowledgement belongs to one repository",
            "name the repository with a single -C; `respdiff check` with all of them lists the changes of each",
        ),
        Some(Command::Config(options)) if !options.reads_repository() => {
            ("this command reads no repository", "omit -C and --repos")
        }
        Some(Command::Config(options)) if !options.takes_several() => (
            "`config show` prints the policy of one repository",
            "name the repository with a single -C; `respdiff config check` takes several",
        ),
        Some(Command::Demo(_)) => ("demo writes one repository", "use a single -C, or none"),
        Some(Command::GitDriver(_)) => (
            "git-driver compares the one page that git hands over",
            "omit -C and --repos: git runs it in the right folder",
        ),
        Some(Command::Completions(_) | Command::Man(_) | Command::Schema(_)) => {
            ("this command reads no repository", "omit -C and --repos")
        }
        None
        | Some(
            Command::Ack(_)
            | Command::Alert(_)
            | Command::Blame(_)
            | Command::Check(_)
            | Command::Config(_)
            | Command::Diff(_)
            | Command::Explain(_)
            | Command::Lint(_)
            | Command::Log(_)
            | Command::Notes(_)
            | Command::Oscal(_)
            | Command::Report(_)
            | Command::Show(_)
            | Command::Snapshot(_)
            | Command::Stats(_),
        ) => return Ok(()),
    };
    Err(Error::new(ErrorKind::Usage, message).with_hint(hint))
}

/// Prints clap's own answer: help and version are results, the rest is a usage error.
fn print_clap_answer(error: &clap::Error, command: &str) -> u8 {
    if error.kind() == ClapKind::UnknownArgument {
        return print_unknown_option(error, command);
    }
    if error.kind() == ClapKind::InvalidSubcommand {
        return print_unknown_command(error, command);
    }
    if let Some(error) = unknown_code(error) {
        print_error(&error);
        return error.exit_code();
    }
    let text = args::with_own_words(&error.render().to_string());
    if !matches!(error.kind(), ClapKind::DisplayHelp | ClapKind::DisplayVersion) {
        deliver::print_to_stderr(&plain_clap_text(&text, command));
        return 2;
    }
    match deliver::write_result(text.as_bytes(), &Paging::Never) {
        Ok(()) => 0,
        Err(error) => {
            print_error(&error);
            error.exit_code()
        }
    }
}

/// What clap says, as all other errors are written: without a line of usage, and with a hint.
fn plain_clap_text(text: &str, command: &str) -> String {
    let mut shown = Vec::new();
    let mut is_usage = false;
    for line in text.lines() {
        is_usage = line.starts_with("Usage:") || (is_usage && !line.is_empty());
        if !is_usage && !line.is_empty() && !line.starts_with("For more information") {
            // it repeats what was given
            shown.push(safe::make_visible(&line.replace("  tip: ", "hint: ")).into_owned());
        }
    }
    if !shown.iter().any(|line| line.starts_with("hint: ")) {
        let help = format!("respdiff {command}").trim_end().to_owned();
        shown.push(if command == "report" && text.contains("--output <FILE>") {
            format!("hint: name the file, as in `{help} --output duties.html`")
        } else {
            format!("hint: `{help} --help` lists the options")
        });
    }
    shown.join("\n") + "\n"
}

/// clap would advise to put the option behind `--`, and show usage made of what it resembles.
fn print_unknown_option(error: &clap::Error, command: &str) -> u8 {
    let of = |kind| error.get(kind).map(ToString::to_string);
    let option = of(ContextKind::InvalidArg).unwrap_or_default();
    let near = of(ContextKind::SuggestedArg).filter(|near| {
        let bare = |text: &str| text.trim_start_matches('-').to_owned();
        strsim::damerau_levenshtein(&bare(near), &bare(&option)) <= 2
    });
    let help = format!("respdiff {command}").trim_end().to_owned();
    let commits = option.strip_prefix('-').filter(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let hint = match near {
        _ if commits.is_some_and(|commits| !commits.is_empty()) && takes_range(command) => {
            let commits = commits.unwrap_or_default();
            format!(
                "name a range instead: HEAD~{commits}..HEAD; `log`, `stats`, `notes` and `report` take a number"
            )
        }
        Some(near) => format!("did you mean '{near}'? `{help} --help` lists all options"),
        None => option_advice(&option, command)
            .map_or_else(|| format!("`{help} --help` lists the options"), str::to_owned),
    };
    let what = if option.starts_with('-') { "unknown option" } else { "unexpected argument" };
    print_error(&Error::new(ErrorKind::Usage, format!("{what} '{option}'")).with_hint(hint));
    2
}

/// clap would list all codes in one long line.
fn unknown_code(error: &clap::Error) -> Option<Error> {
    let of = |kind| error.get(kind).map(ToString::to_string);
    let is_code = of(ContextKind::InvalidArg)?.starts_with("--explain ");
    let code = of(ContextKind::InvalidValue).filter(|code| is_code && !code.is_empty())?;
    let where_they_are = "findings end with their code, as in [cut-off]; notices begin with it";
    let hint = match of(ContextKind::SuggestedValue) {
        Some(near) => format!("did you mean '{near}'? {where_they_are}"),
        None => where_they_are.to_owned(),
    };
    Some(Error::new(ErrorKind::Usage, format!("there is no code '{code}'")).with_hint(hint))
}

/// clap calls a command a subcommand.
fn print_unknown_command(error: &clap::Error, command: &str) -> u8 {
    let of = |kind| error.get(kind).map(ToString::to_string);
    let name = of(ContextKind::InvalidSubcommand).unwrap_or_default();
    let help = format!("respdiff {command}").trim_end().to_owned();
    let listed = format!("`{help} --help` lists the commands");
    // the nearest name comes last
    let near = of(ContextKind::SuggestedSubcommand);
    let hint = match near.as_deref().and_then(|names| names.rsplit(", ").next()) {
        Some(near) => format!("did you mean '{near}'? {listed}"),
        None => listed,
    };
    print_error(&Error::new(ErrorKind::Usage, format!("unknown command '{name}'")).with_hint(hint));
    2
}

/// Whether a command is about a range.
fn takes_range(command: &str) -> bool {
    matches!(command, "" | "diff" | "check" | "explain")
}

/// What to do instead of an option that people know from git or from another command.
fn option_advice(option: &str, command: &str) -> Option<&'static str> {
    match (option, command) {
        ("-p" | "-u" | "--patch" | "--word-diff", "" | "diff" | "log") => {
            Some("respdiff always shows the changed words; --oneline and --stat show less")
        }
        ("-p" | "-u" | "--patch" | "--word-diff", "check") => {
            Some("omit it: `respdiff check` always shows the changed words")
        }
        ("-p" | "-u" | "--patch" | "--word-diff", _) => {
            Some("`respdiff diff` and `respdiff log` show the changed words")
        }
        ("--name-only" | "--name-status", "" | "diff") => Some("--oneline shows one line per page"),
        ("--name-only" | "--name-status", "log") => Some("--oneline shows one line per edition"),
        ("--name-only" | "--name-status", _) => {
            Some("`respdiff diff --oneline` shows one line per changed page")
        }
        ("--json", _) => Some("write --format json"),
        ("-v", _) => Some("`respdiff --version` prints the version"),
        ("--cached" | "--staged", "blame") => {
            Some("this command cannot read the index; `respdiff --cached` compares HEAD with it")
        }
        ("--cached" | "--staged", "log" | "stats" | "notes" | "report") => {
            Some("this command reads commits; `respdiff --cached` compares HEAD with the index")
        }
        ("--follow", _) => Some("omit it: `respdiff log` follows renamed pages"),
        ("--author" | "--grep", "log") => Some("select changes with --kind, --party or --area"),
        ("--since" | "--until" | "--after" | "--before", "notes" | "report" | "diff" | "") => Some(
            "name a range, such as REV..HEAD; `respdiff log --oneline --since DATE` lists the commits",
        ),
        ("--kind" | "--party" | "--area", "notes" | "report" | "blame") => {
            Some("`respdiff log` and `respdiff diff` take --kind, --party and --area")
        }
        ("--party" | "--area", "show") => {
            Some("`respdiff show --format csv` writes one row per duty, with party and area")
        }
        _ => None,
    }
}
