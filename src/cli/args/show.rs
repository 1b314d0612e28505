//! Options of `show`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    /// The version to show [default: the working tree]
    #[arg(value_name = "REVISION")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Show a file, no repository
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
          conflicts_with_all = ["revision", "paths"])]
    pub(in crate::cli) no_index: Option<PathBuf>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// How to tell the matrices
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(in crate::cli) format: ShowFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ShowFormat {
    /// Aligned tables
    #[default]
    Text,
    /// The same fields as the JSON
    Yaml,
    /// For machines (respdiff.matrix/1)
    Json,
}
