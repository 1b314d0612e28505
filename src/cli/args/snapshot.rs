//! Options of `snapshot`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

const EXAMPLES: &str = "\
Examples:
  respdiff snapshot                      the working tree, into snapshots/
  respdiff snapshot v2 --output signed   the boundary as it was signed
  respdiff check --baseline signed       what changed since
  respdiff snapshot --accept             after the review";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct SnapshotArgs {
    /// The version to store [default: the working tree]
    #[arg(value_name = "REV")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Where the snapshots are
    #[arg(long, value_name = "DIR", default_value = "snapshots", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) output: PathBuf,
    /// Accept what changed since: store pages anew, and remove those that are gone
    #[arg(long)]
    pub(in crate::cli) accept: bool,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
}
