//! Options of `ack`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

const EXAMPLES: &str = "\
Examples:
  respdiff ack 3f9a --by 'Ada Park' --reason 'agreed in the review' main...HEAD
  respdiff ack 3f9a --by 'Ada Park' --reason 'until the new runbook' --until 2026-03-31";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct AckArgs {
    /// The change's id, or its beginning, as `respdiff check` and `respdiff --ids` tell it
    #[arg(value_name = "CHANGE-ID")]
    pub(in crate::cli) id: String,
    /// Who accepts the change
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: String,
    /// The last day on which it counts (2026-03-31)
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) until: Option<String>,
    /// The range that the change is in: A..B, A...B, REV (against the working tree), or A B
    #[arg(value_name = "REVISION", num_args = 0..=2)]
    pub(in crate::cli) revisions: Vec<OsString>,
    /// Take the index instead of the working tree
    #[arg(long)]
    pub(in crate::cli) cached: bool,
    /// Take the changes against accepted snapshots instead of a range
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
}
