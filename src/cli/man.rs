//! `respdiff man`: manual pages, one a command, from the same words as `--help`.

use clap::builder::Resettable;
use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};

use super::Outcome;
use super::args::{CommonArgs, ManArgs, command_line};
use super::error_output::print_line;
use super::output::Output;

/// User commands.
const SECTION: &str = "1";

pub(super) fn run(args: &ManArgs, common: &CommonArgs) -> Result<Outcome> {
    let pages = all_commands();
    if let (None, Some(folder)) = (&args.command, &args.output) {
        let mut files = Vec::new();
        for command in pages {
            files.push((format!("{}.{SECTION}", command_name(&command)), man_page(command)?));
        }
        deliver::write_files(&common.to_write(folder)?, &files)?;
        print_line(&format!("Wrote {} pages to {}.", files.len(), folder.display()));
        return Ok(Outcome::Done);
    }
    let wanted = args.command.as_deref().unwrap_or("respdiff");
    let known: Vec<String> = pages.iter().map(|page| page.get_name().to_owned()).collect();
    let Some(command) = pages.into_iter().find(|page| page.get_name() == wanted) else {
        return Err(Error::new(ErrorKind::Usage, format!("unknown command `{wanted}`"))
            .with_hint(format!("the commands are {}", known[1..].join(", "))));
    };
    let output = Output::to_file(common, args.output.as_deref())?.without_pager();
    output.write(&man_page(command)?)?;
    Ok(Outcome::Done)
}

/// respdiff itself, and each of its commands.
fn all_commands() -> Vec<Command> {
    let mut all = command_line().disable_help_subcommand(true);
    all.build();
    let inner: Vec<Command> =
        all.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    std::iter::once(all).chain(inner).collect()
}

fn command_name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn man_page(command: Command) -> Result<Vec<u8>> {
    let is_inner = command.get_name() != "respdiff";
    let closing = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let usage = usage_line(&command);
    let command = command.after_help(Resettable::Reset).override_usage(usage);
    let title = command_name(&command).to_owned();
    let version = concat!("respdiff ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command).title(title).section(SECTION).source(version);
    let mut page = Vec::new();
    man.manual("respdiff manual").render(&mut page).map_err(|source| {
        Error::new(ErrorKind::Output, "the page cannot be written").with_source(source)
    })?;
    page.extend(help_sections(&closing).render().into_bytes());
    if is_inner {
        let mut roff = Roff::new();
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("respdiff"), roman(format!("({SECTION})"))]);
        page.extend(roff.render().into_bytes());
    }
    Ok(page)
}

/// The command, every option with the name of its value, and what stands without an option.
fn usage_line(command: &Command) -> String {
    let mut words = Vec::new();
    let shown = |arg: &&Arg| !arg.is_hide_set();
    for arg in command.get_arguments().filter(shown).filter(|arg| !arg.is_positional()) {
        let short = arg.get_short().map(|short| format!("-{short}"));
        let long = arg.get_long().map(|long| format!("--{long}"));
        let names = short.into_iter().chain(long).collect::<Vec<_>>().join("|");
        let value = if arg.get_action().takes_values() {
            format!(" {}", value_names(arg))
        } else {
            String::new()
        };
        words.push(optional_words(&format!("{names}{value}"), arg.is_required_set()));
    }
    for arg in command.get_positionals().filter(shown) {
        let dashes = if arg.is_last_set() { "-- " } else { "" };
        words.push(optional_words(&format!("{dashes}{}", value_names(arg)), arg.is_required_set()));
    }
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let usage = format!("{name} {}", words.join(" "));
    let has_inner = command.get_subcommands().any(|inner| !inner.is_hide_set());
    match (has_inner, command.is_subcommand_required_set()) {
        (false, _) => usage,
        (true, true) => format!("{usage} COMMAND"),
        (true, false) => format!("{usage}\n{name} COMMAND ..."),
    }
}

fn value_names(arg: &Arg) -> String {
    let id = || vec![arg.get_id().as_str().to_uppercase()];
    let names = arg.get_value_names();
    let names = names.map_or_else(id, |names| names.iter().map(ToString::to_string).collect());
    let is_many = matches!(arg.get_action(), ArgAction::Append);
    format!("{}{}", names.join(" "), if is_many { "..." } else { "" })
}

fn optional_words(words: &str, is_required: bool) -> String {
    if is_required { words.to_owned() } else { format!("[{words}]") }
}

/// What `--help` closes with, line by line: a line at the margin that ends in a colon is a
/// heading.
fn help_sections(text: &str) -> Roff {
    let mut roff = Roff::new();
    let mut as_written = false;
    for line in text.lines() {
        let heading = line
            .strip_suffix(':')
            .filter(|heading| !heading.starts_with(' ') && heading.split_whitespace().count() <= 2);
        match heading {
            Some(heading) => {
                if as_written {
                    roff.control("fi", []);
                }
                roff.control("SH", [heading.to_uppercase().as_str()]);
                roff.control("nf", []);
                as_written = true;
            }
            None if line.trim().is_empty() => {
                roff.control("PP", []);
            }
            None => {
                if !as_written {
                    roff.control("SH", ["NOTES"]);
                    roff.control("nf", []);
                    as_written = true;
                }
                roff.text([roman(line)]);
            }
        }
    }
    if as_written {
        roff.control("fi", []);
    }
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_help_stay_lines() {
        let text = help_sections("Examples:\n  respdiff log    tells\n\nThen:\n  more").to_roff();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..3], [".SH EXAMPLES", ".nf", "  respdiff log    tells"]);
        assert_eq!(lines[3..], [".PP", ".fi", ".SH THEN", ".nf", "  more", ".fi"]);
    }

    #[test]
    fn the_synopsis_names_the_values() {
        let log = all_commands().into_iter().find(|page| page.get_name() == "log").unwrap();
        let page = String::from_utf8(man_page(log).unwrap()).unwrap();
        let (_, synopsis) = page.split_once(".SH SYNOPSIS\n").unwrap();
        let line = synopsis.lines().next().unwrap().replace("\\-", "-").replace("\\fR", "");
        assert!(line.starts_with("\\fBrespdiff log"), "{line}");
        for words in [
            "[--since DATE]",
            "[--kind KIND...]",
            "[-n|--number N]",
            "[REVISION...]",
            "[-- PATH...]",
        ] {
            assert!(line.contains(words), "{line}");
        }
    }

    #[test]
    fn every_command_has_its_page() {
        let names: Vec<String> =
            all_commands().iter().map(|page| command_name(page).to_owned()).collect();
        assert_eq!(names[0], "respdiff");
        assert!(names.contains(&"respdiff-git-driver".to_owned()), "{names:?}");
        assert!(!names.contains(&"respdiff-help".to_owned()), "{names:?}");
    }
}
