//! Options of `config`.

use std::ffi::OsString;

use clap::{Args, Subcommand};

const EXAMPLES: &str = "\
Examples:
  respdiff config check          is respdiff.yaml as it should be?
  respdiff config show main      what counts on main, and where it was said
  respdiff config schema         for editors";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ConfigArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ConfigCommand {
    /// Read the policy and tell what is wrong with it (exit code 2)
    Check {
        /// The revision whose policy is meant [default: the working tree's]
        #[arg(value_name = "REV")]
        revision: Option<OsString>,
    },
    /// Print the policy in force, every value with where it came from
    Show {
        /// The revision whose policy is meant [default: the working tree's]
        #[arg(value_name = "REV")]
        revision: Option<OsString>,
    },
    /// Print the JSON Schema of respdiff.yaml
    Schema,
}
