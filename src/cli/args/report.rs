//! Options of `report`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  respdiff report --output report.html                the whole history, edition by edition
  respdiff report v1..v2 --output report.html         what changed between two tags
  respdiff -C vpc -C power report --output both.html  several repositories on one page
  respdiff report HEAD~5..HEAD --output - | less      to standard output")]
pub(crate) struct ReportArgs {
    /// Everything up to REV, or a range: A..B, A...B, A B [default: HEAD]
    #[arg(value_name = "REVISION")]
    pub(crate) words: Vec<OsString>,
    /// The revision or range among them.
    #[arg(skip)]
    pub(crate) revision: Option<OsString>,
    /// Only pages that match PATH now or matched it under an earlier name
    #[arg(value_name = "PATH", last = true)]
    pub(crate) paths: Vec<OsString>,
    /// Write the report, one self-contained HTML file, to FILE; `-` for standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}
