//! Options of `explain`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::CompareArgs;

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  respdiff --ids HEAD~5..HEAD                       list the changes with their ids
  respdiff explain 3f9a HEAD~5..HEAD                why respdiff reports one of them
  respdiff explain 3f9a --no-index old.md new.md    between two files
  respdiff --explain HEAD~5..HEAD                   why respdiff reports each of them

The number after a word is its weight: 1.0, or less for words that many duties share.";

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// The id of the change or its first digits, as printed by `respdiff --ids`
    #[arg(value_name = "CHANGE-ID")]
    pub(crate) change: String,
    #[command(flatten)]
    pub(crate) what: CompareArgs,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: ExplainFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.explain/1)
    Json,
}
