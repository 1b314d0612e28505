//! Options of `completions`.

use clap::Args;
use clap_complete::Shell;

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to print a script for
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: Shell,
}
