//! Options of `blame`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::words::RevisionArgs;

const BLAME_EXAMPLES: &str = "\
Examples:
  respdiff blame                              the working tree
  respdiff blame v2 responsibilities.md       one page of a tag
  respdiff blame --moved                      duties that have changed hands
  respdiff blame --duty 'restore drill'       everything that happened to one duty";

#[derive(Debug, Args)]
#[command(after_help = BLAME_EXAMPLES)]
pub(crate) struct BlameArgs {
    #[command(flatten)]
    pub(crate) at: RevisionArgs,
    /// Only duties with these words or this duty id, each with its full history
    #[arg(long, value_name = "TEXT|ID")]
    pub(crate) duty: Option<String>,
    /// Only duties that have changed hands at some point
    #[arg(long)]
    pub(crate) moved: bool,
    /// Show the id of each duty, which stays the same when the duty is reworded or moved
    #[arg(long)]
    pub(crate) ids: bool,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: BlameFormat,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum BlameFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.blame/1)
    Json,
    /// For spreadsheets, one duty per row
    Csv,
    /// For machines, one duty per line (respdiff.duty/1)
    Jsonl,
    /// A workbook: one sheet per page or repository, and a sheet of changes
    Xlsx,
}
