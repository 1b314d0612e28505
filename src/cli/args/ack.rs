//! Options of `ack`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

const EXAMPLES: &str = "\
Examples:
  respdiff ack 3f9a --by 'Ada Park' --reason 'agreed in the review' main...HEAD
  respdiff ack 3f9a --by 'Ada Park' --reason 'until the new runbook' --until 2027-03-31
  respdiff ack --prune main...HEAD      remove acknowledgements that match no change";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AckArgs {
    /// The change's id or its first digits, as printed by `respdiff check` and `respdiff --ids`
    /// (required without --prune)
    #[arg(value_name = "CHANGE-ID", required_unless_present = "prune")]
    pub(crate) id: Option<String>,
    /// Who accepts the change (required without --prune)
    #[arg(long, value_name = "NAME", required_unless_present = "prune")]
    pub(crate) by: Option<String>,
    /// Why the change is accepted (required without --prune)
    #[arg(long, value_name = "TEXT", required_unless_present = "prune")]
    pub(crate) reason: Option<String>,
    /// Remove acknowledgements that have expired; with a range or a baseline, also remove those
    /// that match no change in it
    #[arg(long, conflicts_with_all = ["by", "reason", "until"])]
    pub(crate) prune: bool,
    /// The last day on which the acknowledgement counts, such as 2027-03-31
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// The range with the change: A..B, A...B, A B, or REV (compared with the working tree)
    #[arg(value_name = "REVISION", num_args = 0..=2)]
    pub(crate) revisions: Vec<OsString>,
    /// Use the index instead of the working tree (same as --staged)
    #[arg(long, alias = "staged")]
    pub(crate) cached: bool,
    /// Accept a change since the accepted snapshots in DIR, instead of in a range
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) baseline: Option<PathBuf>,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}
