//! Raw flags, as clap reads them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::model::Code;

const EXAMPLES: &str = "\
Examples:
  respdiff HEAD~5..HEAD                 what changed in the last five commits
  respdiff v1 v2 -- '*.md'              between two tags, in some files only
  respdiff main...topic                 what topic changed since it left main
  respdiff                              HEAD against the working tree
  respdiff --no-index old.md new.md     two files, no repository
  respdiff log -- responsibilities.md   the life of a page, edition by edition
  respdiff show HEAD                    the matrices as they are read
  respdiff blame                        who holds each duty since when
  respdiff lint                         what is wrong in the pages as they stand
  respdiff demo                         a small repository to try it on

Exit codes:
  0  no error, whatever changed
  1  with --exit-code: something changed
  2  wrong usage, unreadable input, or an answer that could not be complete";

/// Tells which duties of a shared-responsibility page moved between IBM and the customer
///
/// Compares the responsibility pages of an IBM Cloud docs repository by what they mean: duties
/// that moved to another party, were added, removed, reworded or relocated. Formatting, order
/// and spellings of product names are no changes.
#[derive(Debug, Parser)]
#[command(name = "respdiff", version, after_help = EXAMPLES, max_term_width = 100)]
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
    Diff(DiffArgs),
    /// Show who holds each duty, since when, and its line of descent
    Blame(BlameArgs),
    /// Show why two duties were paired, or were not
    Explain(ExplainArgs),
    /// Tell the life of each page, edition by edition
    Log(LogArgs),
    /// Show the matrices of responsibility pages as they are read
    Show(ShowArgs),
    /// Tell what is wrong in responsibility pages as they stand
    Lint(LintArgs),
    /// Print the JSON Schema of an output
    Schema(SchemaArgs),
    /// Write a small docs repository and compare its last five commits
    Demo(DemoArgs),
}

/// What every command understands.
#[derive(Debug, Args)]
pub(super) struct CommonArgs {
    /// Run as if started in DIR; several times: in each of these repositories
    #[arg(short = 'C', value_name = "DIR", global = true, help_heading = "General",
          value_hint = ValueHint::DirPath)]
    pub(super) directories: Vec<PathBuf>,
    /// Run in the repositories that FILE lists, one path a line
    #[arg(long, value_name = "FILE", global = true, help_heading = "General",
          value_hint = ValueHint::FilePath)]
    pub(super) repos: Option<PathBuf>,
    /// Use colour; `auto` follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`
    #[arg(long, value_name = "WHEN", global = true, help_heading = "General",
          value_enum, default_value_t = ColorArg::Auto)]
    pub(super) color: ColorArg,
    /// Columns to lay text out for [default: the terminal's, else 80]
    #[arg(long, value_name = "COLUMNS", global = true, help_heading = "General")]
    pub(super) width: Option<usize>,
    /// Do not page long output
    #[arg(long, global = true, help_heading = "General")]
    pub(super) no_pager: bool,
}

impl CommonArgs {
    /// A path that the user names, seen from `-C DIR`.
    pub(super) fn resolve(&self, path: &Path) -> PathBuf {
        match self.directories.as_slice() {
            [directory] if !self.is_several() => directory.join(path),
            _ => path.to_owned(),
        }
    }

    /// Whether several repositories are asked for.
    pub(super) fn is_several(&self) -> bool {
        self.repos.is_some() || self.directories.len() > 1
    }

    /// The folder that the run is about.
    pub(super) fn folder(&self) -> &Path {
        self.directories.first().map_or(Path::new("."), PathBuf::as_path)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// A..B, A...B (since they parted), REV (against the working tree), or A B
    #[arg(value_name = "REVISION", num_args = 0..=2)]
    pub(super) revisions: Vec<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(super) paths: Vec<OsString>,
    /// Compare two files, no repository (/dev/null is no file)
    #[arg(long, help_heading = "What to compare")]
    pub(super) no_index: bool,
    /// Take the index instead of the working tree
    #[arg(long, help_heading = "What to compare", conflicts_with = "no_index")]
    pub(super) cached: bool,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", help_heading = "What to compare",
          value_hint = ValueHint::FilePath)]
    pub(super) keyrefs: Option<PathBuf>,
    /// How to tell the changes
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum)]
    pub(super) format: Option<DiffFormat>,
    /// Exit with 1 if there is any change
    #[arg(long, help_heading = "Output")]
    pub(super) exit_code: bool,
    /// Tell the id of each change
    #[arg(long, help_heading = "Output")]
    pub(super) ids: bool,
    /// Tell of each change why its duties were paired, or were not
    #[arg(long, help_heading = "Output", conflicts_with_all = ["format", "ids"])]
    pub(super) explain: bool,
}

/// What is to be compared.
#[derive(Clone)]
pub(super) struct What {
    pub(super) revisions: Vec<OsString>,
    pub(super) paths: Vec<OsString>,
    pub(super) no_index: bool,
    pub(super) cached: bool,
    pub(super) keyrefs: Option<PathBuf>,
}

impl DiffArgs {
    /// The part that says what to compare.
    pub(super) fn what(self) -> What {
        let Self { revisions, paths, no_index, cached, keyrefs, .. } = self;
        What { revisions, paths, no_index, cached, keyrefs }
    }

    /// An option that was given, as the user would recognise it.
    pub(super) fn first_given(&self) -> Option<&'static str> {
        [
            (self.no_index, "--no-index"),
            (self.cached, "--cached"),
            (self.keyrefs.is_some(), "--keyrefs"),
            (self.format.is_some(), "--format"),
            (self.exit_code, "--exit-code"),
            (self.ids, "--ids"),
            (self.explain, "--explain"),
        ]
        .into_iter()
        .find_map(|(given, name)| given.then_some(name))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.diff/1)
    Json,
}

const BLAME_EXAMPLES: &str = "\
Examples:
  respdiff blame                              the working tree (HEAD in a bare repository)
  respdiff blame v2 -- responsibilities.md    a tag, one page
  respdiff blame --moved                      what ever changed hands
  respdiff blame --duty 'restore drill'       all that happened to one duty";

#[derive(Debug, Args)]
#[command(after_help = BLAME_EXAMPLES)]
pub(super) struct BlameArgs {
    /// The version to look at [default: the working tree]
    #[arg(value_name = "REVISION")]
    pub(super) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(super) paths: Vec<OsString>,
    /// Only duties with these words, or the one with this id, each with all that happened to it
    #[arg(long, value_name = "TEXT|ID")]
    pub(super) duty: Option<String>,
    /// Only duties that ever changed hands
    #[arg(long)]
    pub(super) moved: bool,
    /// Tell the id of each duty, which stays for life
    #[arg(long)]
    pub(super) ids: bool,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) keyrefs: Option<PathBuf>,
    /// How to tell the duties
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: BlameFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum BlameFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.blame/1)
    Json,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  respdiff --ids HEAD~5..HEAD                       which changes there are
  respdiff explain 3f9a HEAD~5..HEAD                why one of them is told as it is
  respdiff explain 3f9a --no-index old.md new.md    between two files
  respdiff --explain HEAD~5..HEAD                   all of them";

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(super) struct ExplainArgs {
    /// The change's id, or the beginning of it
    #[arg(value_name = "CHANGE-ID")]
    pub(super) change: String,
    /// A..B, A...B (since they parted), REV (against the working tree), or A B
    #[arg(value_name = "REVISION", num_args = 0..=2)]
    revisions: Vec<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    paths: Vec<OsString>,
    /// Compare two files, no repository (/dev/null is no file)
    #[arg(long)]
    no_index: bool,
    /// Take the index instead of the working tree
    #[arg(long, conflicts_with = "no_index")]
    cached: bool,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    keyrefs: Option<PathBuf>,
}

impl ExplainArgs {
    /// The part that says what to compare.
    pub(super) fn what(self) -> What {
        let Self { revisions, paths, no_index, cached, keyrefs, .. } = self;
        What { revisions, paths, no_index, cached, keyrefs }
    }
}
mod log;

pub(super) use log::{ByArg, KindArg, LogArgs, LogFormat};

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The version to show [default: the working tree]
    #[arg(value_name = "REVISION")]
    pub(super) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(super) paths: Vec<OsString>,
    /// Show a file, no repository
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
          conflicts_with_all = ["revision", "paths"])]
    pub(super) no_index: Option<PathBuf>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) keyrefs: Option<PathBuf>,
    /// How to tell the matrices
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: ShowFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    /// Aligned tables
    #[default]
    Text,
    /// The same fields as the JSON
    Yaml,
    /// For machines (respdiff.matrix/1)
    Json,
}

const LINT_EXAMPLES: &str = "\
Examples:
  respdiff lint                         the working tree (HEAD in a bare repository)
  respdiff lint v2 -- '*.md'            a tag, some files only
  respdiff lint --no-index page.md      a file, no repository
  respdiff lint --exit-code             fail a build on any finding
  respdiff lint --explain cut-off       what a code means";

#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub(super) struct LintArgs {
    /// The version to look at [default: the working tree]
    #[arg(value_name = "REVISION")]
    pub(super) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(super) paths: Vec<OsString>,
    /// Look at a file, no repository
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
          conflicts_with_all = ["revision", "paths"])]
    pub(super) no_index: Option<PathBuf>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) keyrefs: Option<PathBuf>,
    /// How to tell the findings
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: LintFormat,
    /// Exit with 1 if there is any finding
    #[arg(long)]
    pub(super) exit_code: bool,
    /// Tell what a code means and what to do about it, and look at no page
    #[arg(long, value_name = "CODE", value_parser = code_parser(), hide_possible_values = true,
          conflicts_with_all = ["revision", "paths", "no_index"])]
    pub(super) explain: Option<Code>,
}

/// The codes as values of an option, so that a misspelled one is answered with the nearest.
fn code_parser() -> impl TypedValueParser<Value = Code> {
    let names = Code::ALL.map(Code::name);
    PossibleValuesParser::new(names).try_map(|name| {
        Code::ALL.into_iter().find(|code| code.name() == name).ok_or("no such code")
    })
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum LintFormat {
    /// For people and editors
    #[default]
    Text,
    /// For machines (respdiff.lint/1)
    Json,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Which output
    #[arg(value_name = "OUTPUT", value_enum, default_value_t)]
    pub(super) output: SchemaOf,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// respdiff --format json
    #[default]
    Diff,
    /// respdiff show --format json
    Matrix,
    /// respdiff lint --format json
    Lint,
    /// respdiff blame --format json
    Blame,
    /// respdiff log --format json
    Log,
    /// diff or log --format json in several repositories
    Repositories,
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// The folder to make; it must not hold anything yet
    #[arg(value_name = "DIR", default_value = "respdiff-demo", value_hint = ValueHint::DirPath)]
    pub(super) directory: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
