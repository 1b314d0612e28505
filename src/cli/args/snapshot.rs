//! Options of `snapshot`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::words::RevisionArgs;

const EXAMPLES: &str = "\
Examples:
  respdiff snapshot                      store the working tree in snapshots/
  respdiff snapshot v2 --output signed   store the pages of a tag
  respdiff check --baseline signed       what changed since then
  respdiff snapshot --accept             accept the changes after a review";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SnapshotArgs {
    #[command(flatten)]
    pub(crate) at: RevisionArgs,
    /// Folder of the snapshots
    #[arg(long, short, value_name = "DIR", default_value = "snapshots",
          value_hint = ValueHint::DirPath)]
    pub(crate) output: PathBuf,
    /// Accept all changes: store changed pages again, and remove the snapshots of deleted ones
    #[arg(long)]
    pub(crate) accept: bool,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}
