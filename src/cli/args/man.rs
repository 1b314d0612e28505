//! Options of `man`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// Print the page of this command [default: respdiff itself]
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    pub(in crate::cli) command: Option<String>,
    /// Write the pages of all commands to DIR, creating it if needed
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) output: Option<PathBuf>,
}
