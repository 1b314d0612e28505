//! Options of commands that look at the pages of one version.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(in crate::cli) struct VersionArgs {
    /// The version to look at [default: the working tree]
    #[arg(value_name = "REVISION")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Look at a file, no repository
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
          conflicts_with_all = ["revision", "paths"])]
    pub(in crate::cli) no_index: Option<PathBuf>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
}
