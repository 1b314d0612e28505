//! The flags of `respdiff log`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::only::ChangeArgs;
use super::words::SpanArgs;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct LogArgs {
    #[command(flatten)]
    pub(crate) span: SpanArgs,
    /// Only editions since DATE, such as 2024-05-31, 2024-05 or 2024
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    pub(crate) since: Option<String>,
    /// Only editions up to and including DATE
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    pub(crate) until: Option<String>,
    /// Which date --since and --until use: the one in the page, or that of the commits (UTC)
    #[arg(long, value_name = "TIME", help_heading = "Selection", value_enum, default_value_t)]
    pub(crate) by: ByArg,
    #[command(flatten)]
    pub(crate) changes: ChangeArgs,
    /// Show at most N editions of each page
    #[arg(short = 'n', long = "number", alias = "max-count", value_name = "N",
          help_heading = "Selection", value_parser = super::parse_number,
          allow_negative_numbers = true)]
    pub(crate) number: Option<usize>,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", help_heading = "Selection",
          value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// Show the oldest edition of each page first
    #[arg(long, help_heading = "Output")]
    pub(crate) reverse: bool,
    /// Show every edition, even if no duty changed, and every duty of long new pages
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Show one line per edition
    #[arg(long, help_heading = "Output", conflicts_with = "stat")]
    pub(crate) oneline: bool,
    /// Show how many duties each party has in each edition
    #[arg(long, help_heading = "Output")]
    pub(crate) stat: bool,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(crate) format: LogFormat,
    /// Exit with 1 if anything changed
    #[arg(long, help_heading = "Output")]
    pub(crate) exit_code: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.log/1)
    Json,
    /// For machines, one edition per line, written as soon as it is found
    Jsonl,
    /// For spreadsheets, one change per row
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ByArg {
    /// The date in the front matter of the page
    #[default]
    Stamp,
    /// The dates of its commits
    Commit,
}
