//! Raw flags, as clap reads them: one file a subcommand, and what all have in common.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::deliver;
use crate::error::Result;

mod ack;
mod alert;
mod blame;
mod check;
mod completions;
mod config;
mod diff;
mod examples;
mod explain;
mod general;
mod git_driver;
mod last_commits;
mod lint;
mod log;
mod man;
mod notes;
mod only;
mod oscal;
mod report;
mod schema;
mod show;
mod snapshot;
mod stats;
mod version;
mod words;

pub(super) use ack::AckArgs;
pub(super) use alert::AlertArgs;
#[cfg(feature = "alert")]
pub(super) use alert::AlertFormat;
pub(super) use blame::{BlameArgs, BlameFormat};
pub(super) use check::{AcksFrom, CheckArgs, CheckFormat, GateLevel};
pub(super) use completions::CompletionsArgs;
pub(super) use config::{ConfigArgs, ConfigCommand, ConfigFile};
pub(super) use diff::{ChangeView, CompareArgs, DiffArgs, DiffFormat};
pub(super) use explain::{ExplainArgs, ExplainFormat};
pub(super) use general::{command_line, with_own_words};
pub(super) use git_driver::GitDriverArgs;
pub(super) use last_commits::LastCommits;
pub(super) use lint::{LintArgs, LintFormat, SeverityArg};
pub(super) use log::{ByArg, LogArgs, LogFormat};
pub(super) use man::ManArgs;
pub(super) use notes::{NotesArgs, NotesByArg, NotesFormatArg};
pub(super) use only::{ChangeArgs, KindArg};
pub(super) use oscal::OscalArgs;
pub(super) use report::ReportArgs;
pub(super) use schema::{SchemaArgs, SchemaOf};
pub(super) use show::{ShowArgs, ShowFormat};
pub(super) use snapshot::SnapshotArgs;
pub(super) use stats::{StatsArgs, StatsBy, StatsFormat};
pub(super) use words::{RevisionArgs, SpanArgs};

/// Two lines: a command never follows revisions or paths.
const USAGE: &str = "\
respdiff [OPTIONS] [REVISION]... [-- <PATH>...]
       respdiff <COMMAND> ...";

const EXAMPLES: &str = "\
Examples:
  respdiff HEAD~5..HEAD                   what changed in the last five commits
  respdiff v1 v2 -- '*.md'                compare two tags, in some files only
  respdiff main...topic                   what topic changed since it branched off main
  respdiff                                compare HEAD with the working tree
  respdiff --no-index old.md new.md       compare two files outside a repository
  respdiff log responsibilities.md        the history of a page, edition by edition
  respdiff notes --prepend CHANGELOG.md   add release notes to a changelog
  respdiff report --output report.html    one HTML page, side by side, with a timeline
  respdiff show HEAD                      the responsibilities as respdiff reads them
  respdiff blame                          who has each duty, and since when
  respdiff alert                          send what is new since the last run
  respdiff lint                           what is wrong with the pages
  respdiff check main...HEAD              fail when a boundary moved and nobody accepted the move
  respdiff demo                           create a small repository to try respdiff on

Exit codes:
  0  success, whether or not anything changed
  1  with --exit-code: something changed; from check: a change is not acknowledged
  2  wrong usage, unreadable input, or an answer that would be incomplete";

/// Report which duties of a shared-responsibility page moved between IBM and the customer
///
/// Compares the responsibility pages of an IBM Cloud docs repository by what they mean. Reports
/// duties that moved to another party, were added, removed, reworded or relocated. Ignores
/// differences in formatting, order and the spelling of product names.
#[derive(Debug, Parser)]
#[command(name = "respdiff", version, override_usage = USAGE, after_help = EXAMPLES,
          max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) diff: DiffArgs,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare two versions (the default command)
    #[command(after_help = examples::DIFF)]
    Diff(DiffArgs),
    /// Show the history of each page, edition by edition
    #[command(after_help = examples::LOG)]
    Log(LogArgs),
    /// Show who has each duty, since when, and what happened to it
    Blame(BlameArgs),
    /// Show the responsibilities of each page as respdiff reads them
    #[command(after_help = examples::SHOW)]
    Show(ShowArgs),
    /// Explain a change: why respdiff matched two duties, or did not
    Explain(ExplainArgs),
    /// Write release notes, or add them to a changelog
    Notes(NotesArgs),
    /// Write one HTML page with every change, side by side
    Report(ReportArgs),
    /// Export the responsibilities as OSCAL, for compliance tools
    Oscal(OscalArgs),
    /// Count duties per party over time
    Stats(StatsArgs),
    /// Fail when a boundary moved and nobody accepted the move: the gate for CI
    Check(CheckArgs),
    /// Accept a change, and record that in a file that you review like code
    Ack(AckArgs),
    /// Store the pages as accepted, for `check --baseline`
    Snapshot(SnapshotArgs),
    /// Report what is wrong with responsibility pages
    Lint(LintArgs),
    /// Report new changes by webhook, Slack, mail, a feed or a command
    Alert(AlertArgs),
    /// Check or show the policy, or print its JSON Schema
    Config(ConfigArgs),
    /// Print the JSON Schema of an output
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Write a small docs repository and compare its last five commits
    #[command(after_help = examples::DEMO)]
    Demo(DemoArgs),
    /// Show duties instead of lines in `git diff`; git runs this command
    GitDriver(GitDriverArgs),
    /// Print a completion script for a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print manual pages
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
}

/// What every command understands.
#[derive(Clone, Debug, Args)]
pub(super) struct CommonArgs {
    /// Run in DIR; repeat it to run in several repositories (unlike git)
    #[arg(short = 'C', value_name = "DIR", global = true, help_heading = "General",
          value_hint = ValueHint::DirPath)]
    pub(super) directories: Vec<PathBuf>,
    /// Run in the repositories that FILE lists, one path per line
    #[arg(long, value_name = "FILE", global = true, help_heading = "General",
          value_hint = ValueHint::FilePath)]
    pub(super) repos: Option<PathBuf>,
    /// Use this policy instead of the repository's respdiff.yaml [env: `RESPDIFF_CONFIG`]
    #[arg(long, value_name = "FILE", global = true, help_heading = "General",
          value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,
    /// Color the output; `auto` follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`
    #[arg(long, value_name = "WHEN", global = true, help_heading = "General",
          value_enum, default_value_t = WhenArg::Auto)]
    pub(super) color: WhenArg,
    /// Make line numbers and commits clickable; `auto` does so if the terminal is known to support
    /// links
    #[arg(long, value_name = "WHEN", global = true, help_heading = "General",
          value_enum, default_value_t = WhenArg::Auto)]
    pub(super) hyperlinks: WhenArg,
    /// Wrap text at this many columns [default: the terminal's, else 80]
    #[arg(long, value_name = "COLUMNS", global = true, help_heading = "General",
          value_parser = parse_columns, allow_negative_numbers = true)]
    pub(super) width: Option<usize>,
    /// Do not send long output to a pager
    #[arg(long, global = true, help_heading = "General")]
    pub(super) no_pager: bool,
}

/// A number, with an error for people.
fn parse_number(text: &str) -> std::result::Result<usize, String> {
    text.parse().map_err(|_| "give a positive whole number, such as 5".to_owned())
}

/// The width of a text; narrower ones cannot be read.
fn parse_columns(text: &str) -> std::result::Result<usize, String> {
    let columns = text.parse().ok().filter(|columns| *columns >= deliver::LEAST_WIDTH);
    columns.ok_or_else(|| {
        format!("give a number of columns, such as 100; the minimum is {}", deliver::LEAST_WIDTH)
    })
}

/// A whole number of seconds.
fn parse_seconds(text: &str) -> std::result::Result<u32, String> {
    text.parse().map_err(|_| "give a positive whole number of seconds, such as 30".to_owned())
}

impl CommonArgs {
    /// A path that the user names, seen from `-C DIR`.
    pub(super) fn resolve_path(&self, path: &Path) -> PathBuf {
        match self.directories.as_slice() {
            [directory] if !self.is_several() => directory.join(path),
            _ => path.to_owned(),
        }
    }

    /// The same for what is to be written; no link below the folder leads it elsewhere.
    pub(super) fn to_write(&self, path: &Path) -> Result<PathBuf> {
        let folder = match self.directories.as_slice() {
            [directory] if !self.is_several() => directory,
            _ => Path::new(""),
        };
        deliver::safe_path_below(folder, path)
    }

    /// The same for one of several repositories, as if it were the only one.
    pub(super) fn within_folder(&self, folder: &Path) -> Self {
        Self { directories: vec![folder.to_owned()], repos: None, ..self.clone() }
    }

    /// Whether several repositories are asked for.
    pub(super) fn is_several(&self) -> bool {
        self.repos.is_some() || self.directories.len() > 1
    }

    /// The folder that the run is about.
    pub(super) fn start_folder(&self) -> &Path {
        self.directories.first().map_or(Path::new("."), PathBuf::as_path)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WhenArg {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// The folder to create; it must not exist yet
    #[arg(value_name = "DIR", default_value = "respdiff-demo", value_hint = ValueHint::DirPath)]
    pub(super) directory: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command_line().debug_assert();
    }
}
