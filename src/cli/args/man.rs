//! Options of `man`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Print the page of this command [default: respdiff itself]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
    /// Write the pages of all commands to the folder DIR, creating it if needed; with COMMAND, write
    /// its page to FILE
    #[arg(long, short, value_name = "DIR|FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) output: Option<PathBuf>,
}
