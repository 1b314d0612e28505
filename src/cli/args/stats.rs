//! Options of `stats`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const EXAMPLES: &str = "\
Examples:
  respdiff stats                                 who has how much to do since the first edition
  respdiff stats --by area -- iks.md             one page, heading by heading
  respdiff stats --by document v1..v2            which pages shifted between two tags
  respdiff stats --since 2024 --format csv       for a spreadsheet: one row a commit and party
  respdiff -C a -C b stats --format json         several repositories

Only pages that have an edition in the range are counted.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct StatsArgs {
    /// All that leads to REV, or a range A..B or A...B [default: HEAD]
    #[arg(value_name = "REVISION")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only pages that match, or did so under an earlier name
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// What to count by, beside the parties
    #[arg(long, value_name = "WHAT", help_heading = "What to tell", value_enum, default_value_t)]
    pub(in crate::cli) by: StatsBy,
    /// Only editions since DAY (2024-05-31, 2024-05 or 2024)
    #[arg(long, value_name = "DAY", help_heading = "What to tell")]
    pub(in crate::cli) since: Option<String>,
    /// Only editions until DAY, which counts
    #[arg(long, value_name = "DAY", help_heading = "What to tell")]
    pub(in crate::cli) until: Option<String>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", help_heading = "What to tell",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// How to tell the numbers
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(in crate::cli) format: StatsFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatsBy {
    /// All documents together
    #[default]
    Party,
    /// The headings, across documents
    Area,
    /// The documents
    Document,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StatsFormat {
    /// For people
    #[default]
    Text,
    /// For spreadsheets, one row a commit and party
    Csv,
    /// For machines (respdiff.stats/1)
    Json,
}
