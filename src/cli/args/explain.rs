//! Options of `explain`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::What;

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  respdiff --ids HEAD~5..HEAD                       which changes there are
  respdiff explain 3f9a HEAD~5..HEAD                why one of them is told as it is
  respdiff explain 3f9a --no-index old.md new.md    between two files
  respdiff --explain HEAD~5..HEAD                   all of them";

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(in crate::cli) struct ExplainArgs {
    /// The change's id, or the beginning of it
    #[arg(value_name = "CHANGE-ID")]
    pub(in crate::cli) change: String,
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
    /// How to tell the figures
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: ExplainFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExplainFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.explain/1)
    Json,
}

impl ExplainArgs {
    /// The part that says what to compare.
    pub(in crate::cli) fn what(self) -> What {
        let Self { revisions, paths, no_index, cached, keyrefs, .. } = self;
        What { revisions, paths, no_index, cached, keyrefs }
    }
}
