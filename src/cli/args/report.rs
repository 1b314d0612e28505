//! Options of `report`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::LastCommits;
use super::words::SpanArgs;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  respdiff report --output report.html                the whole history, edition by edition
  respdiff report v1..v2 --output report.html         what changed between two tags
  respdiff -C vpc -C power report --output both.html  several repositories on one page
  respdiff report HEAD~5..HEAD --output - | less      to standard output")]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) span: SpanArgs,
    #[command(flatten)]
    pub(crate) last: LastCommits,
    /// Write the report, one self-contained HTML file, to FILE; `-` for standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}
