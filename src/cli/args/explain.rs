//! Options of `explain`.

use std::ffi::OsString;
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
    /// A..B, A...B (since the merge base), A B, or REV (compared with the working tree); `A:PATH
    /// B:PATH` compares two files
    #[arg(value_name = "REVISION")]
    pub(crate) revisions: Vec<OsString>,
    /// Only pages that match PATH, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(crate) paths: Vec<OsString>,
    /// Compare two files outside a repository (/dev/null for a missing file)
    #[arg(long)]
    pub(crate) no_index: bool,
    /// Use the index instead of the working tree (same as --staged)
    #[arg(long, alias = "staged", conflicts_with = "no_index")]
    pub(crate) cached: bool,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    keyrefs: Option<PathBuf>,
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

impl ExplainArgs {
    /// The part that says what to compare.
    pub(crate) fn compare_args(&self) -> CompareArgs {
        CompareArgs {
            revisions: self.revisions.clone(),
            paths: self.paths.clone(),
            no_index: self.no_index,
            cached: self.cached,
            keyrefs: self.keyrefs.clone(),
        }
    }
}
