//! The flags of `respdiff log`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::only::ChangeArgs;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(in crate::cli) struct LogArgs {
    /// All that leads to REV, or a range A..B or A...B [default: HEAD]
    #[arg(value_name = "REVISION")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only pages that match, or did so under an earlier name
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Only editions since DAY (2024-05-31, 2024-05 or 2024)
    #[arg(long, value_name = "DAY", help_heading = "What to tell")]
    pub(in crate::cli) since: Option<String>,
    /// Only editions until DAY, which counts
    #[arg(long, value_name = "DAY", help_heading = "What to tell")]
    pub(in crate::cli) until: Option<String>,
    /// What the days are: those of stamps or of commits (UTC)
    #[arg(long, value_name = "TIME", help_heading = "What to tell", value_enum, default_value_t)]
    pub(in crate::cli) by: ByArg,
    #[command(flatten)]
    pub(in crate::cli) changes: ChangeArgs,
    /// At most N editions of each page
    #[arg(short = 'n', long = "number", value_name = "N", help_heading = "What to tell")]
    pub(in crate::cli) number: Option<usize>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", help_heading = "What to tell",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// Oldest edition first
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) reverse: bool,
    /// One line an edition
    #[arg(long, help_heading = "Output", conflicts_with = "stat")]
    pub(in crate::cli) oneline: bool,
    /// How many duties each party has in each edition
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) stat: bool,
    /// How to tell the editions
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(in crate::cli) format: LogFormat,
    /// Exit with 1 if there is any change
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) exit_code: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LogFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.log/1)
    Json,
    /// For machines, an edition a line, written as they are found
    Jsonl,
    /// For spreadsheets, a change a row
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ByArg {
    /// The date that the page tells
    #[default]
    Stamp,
    /// The time of its commits
    Commit,
}
