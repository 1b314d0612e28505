//! Options of `blame`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const BLAME_EXAMPLES: &str = "\
Examples:
  respdiff blame                              the working tree (HEAD in a bare repository)
  respdiff blame v2 -- responsibilities.md    a tag, one page
  respdiff blame --moved                      what ever changed hands
  respdiff blame --duty 'restore drill'       all that happened to one duty";

#[derive(Debug, Args)]
#[command(after_help = BLAME_EXAMPLES)]
pub(in crate::cli) struct BlameArgs {
    /// The version to look at [default: the working tree]
    #[arg(value_name = "REVISION")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Only duties with these words, or the one with this id, each with all that happened to it
    #[arg(long, value_name = "TEXT|ID")]
    pub(in crate::cli) duty: Option<String>,
    /// Only duties that ever changed hands
    #[arg(long)]
    pub(in crate::cli) moved: bool,
    /// Tell the id of each duty, which stays for life
    #[arg(long)]
    pub(in crate::cli) ids: bool,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// How to tell the duties
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: BlameFormat,
    /// Write csv, jsonl or xlsx to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum BlameFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.blame/1)
    Json,
    /// For spreadsheets, a duty a row
    Csv,
    /// For machines, a duty a line (respdiff.duty/1)
    Jsonl,
    /// A workbook: a sheet a page or repository, and a sheet of changes
    Xlsx,
}
