//! Options of `config`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

const EXAMPLES: &str = "\
Examples:
  respdiff config check          report mistakes in respdiff.yaml
  respdiff config show main      the policy of main, and where each value comes from
  respdiff config schema         for completion and checks in an editor";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

impl ConfigArgs {
    /// Whether it is about a repository at all.
    pub(crate) const fn reads_repository(&self) -> bool {
        !matches!(self.command, ConfigCommand::Schema { .. })
    }

    /// Whether several repositories can be asked for.
    pub(crate) const fn takes_several(&self) -> bool {
        matches!(self.command, ConfigCommand::Check { .. })
    }
}

/// A file that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFile {
    /// respdiff.yaml
    Policy,
    /// The file with the targets of `alert`
    Alert,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Report mistakes in the policy; exit with 2 if it has errors
    Check {
        /// Use the policy of this revision [default: the working tree, or HEAD in a bare repository]
        #[arg(value_name = "REV")]
        revision: Option<OsString>,
    },
    /// Print the policy in force, and where each value comes from
    Show {
        /// Use the policy of this revision [default: the working tree, or HEAD in a bare repository]
        #[arg(value_name = "REV")]
        revision: Option<OsString>,
        /// Write to FILE instead of standard output
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Print the JSON Schema of respdiff.yaml, or of the file that `alert` reads
    Schema {
        /// The file to describe
        #[arg(value_name = "FILE", value_enum, default_value_t = ConfigFile::Policy)]
        file: ConfigFile,
        /// Write to FILE instead of standard output
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
}
