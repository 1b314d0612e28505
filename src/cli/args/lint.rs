//! Options of `lint`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};

use super::version::VersionArgs;
use crate::model::Code;

const LINT_EXAMPLES: &str = "\
Examples:
  respdiff lint                                the pages of the working tree
  respdiff lint v2 -- '*.md'                   some files of a tag
  respdiff lint --no-index page.md             a file outside a repository
  respdiff lint --fail-on warning              exit with 1 on errors and warnings
  respdiff lint --format sarif                 for code scanning
  respdiff lint --across -C docs -C overview   also report pages that contradict each other
  respdiff lint --explain cut-off              what a code means and what to do about it";

#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub(crate) struct LintArgs {
    #[command(flatten)]
    pub(crate) version: VersionArgs,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: LintFormat,
    /// Exit with 1 if there is any finding; the same as --fail-on note
    #[arg(long, conflicts_with = "fail_on")]
    pub(crate) exit_code: bool,
    /// Exit with 1 if there is a finding of this severity or a worse one
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(crate) fail_on: Option<SeverityArg>,
    /// Also report duties that two pages give to different parties, even if the pages are in
    /// different repositories
    #[arg(long, conflicts_with_all = ["no_index", "explain"])]
    pub(crate) across: bool,
    /// Explain a code and what to do about it, without reading a page
    #[arg(long, value_name = "CODE", value_parser = code_parser(), hide_possible_values = true,
          conflicts_with_all = ["words", "paths", "no_index"])]
    pub(crate) explain: Option<Code>,
}

/// The codes as values of an option, so that a misspelled one is answered with the nearest.
fn code_parser() -> impl TypedValueParser<Value = Code> {
    let names = Code::ALL.map(Code::name);
    PossibleValuesParser::new(names).try_map(|name| {
        Code::ALL.into_iter().find(|code| code.name() == name).ok_or("no such code")
    })
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// For people and editors
    #[default]
    Text,
    /// For machines (respdiff.lint/1)
    Json,
    /// GitHub annotations on the pages
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit: one suite per page, one case per finding
    Junit,
    /// GitHub's Markdown, for a comment
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeverityArg {
    /// Readers cannot rely on what the page says
    Error,
    /// Should be fixed
    Warning,
    /// Worth knowing
    Note,
}
