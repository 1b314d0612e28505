//! Options of commands that look at the pages of one version.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::words::RevisionArgs;

#[derive(Debug, Args)]
pub(crate) struct VersionArgs {
    #[command(flatten)]
    pub(crate) at: RevisionArgs,
    /// Read the index instead of the working tree (same as --staged)
    #[arg(long, alias = "staged", conflicts_with = "no_index")]
    pub(crate) cached: bool,
    /// Read one file outside a repository
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
          conflicts_with_all = ["words", "paths"])]
    pub(crate) no_index: Option<PathBuf>,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}
