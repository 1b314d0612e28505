//! Options of `stats`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::LastCommits;
use super::words::SpanArgs;

const EXAMPLES: &str = "\
Examples:
  respdiff stats                                 duties per party since the first edition
  respdiff stats --by area iks.md                one page, heading by heading
  respdiff stats --by document v1..v2            page by page, between two tags
  respdiff stats --since 2024 --format csv       for a spreadsheet, one row per commit and party
  respdiff -C a -C b stats --format json         several repositories

respdiff counts only pages with an edition in the range.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub(crate) span: SpanArgs,
    #[command(flatten)]
    pub(crate) last: LastCommits,
    /// Count per party, per area or per document
    #[arg(long, value_name = "WHAT", help_heading = "Selection", value_enum, default_value_t)]
    pub(crate) by: StatsBy,
    /// Only editions since DATE, such as 2024-05-31, 2024-05 or 2024
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    pub(crate) since: Option<String>,
    /// Only editions up to and including DATE
    #[arg(long, value_name = "DATE", help_heading = "Selection")]
    pub(crate) until: Option<String>,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", help_heading = "Selection",
          value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(crate) format: StatsFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsBy {
    /// All pages together
    #[default]
    Party,
    /// Each heading, across pages
    Area,
    /// Each page
    #[value(alias = "page")]
    Document,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsFormat {
    /// For people
    #[default]
    Text,
    /// For spreadsheets, one row per commit and party (with --by: per commit, party, and area or
    /// page)
    Csv,
    /// For machines (respdiff.stats/1)
    Json,
}
