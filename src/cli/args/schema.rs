//! Options of `schema`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The output to describe
    #[arg(value_name = "OUTPUT", value_enum, default_value_t)]
    pub(crate) of: SchemaOf,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// respdiff --format json
    #[default]
    Diff,
    /// respdiff show --format json
    Matrix,
    /// respdiff lint --format json
    Lint,
    /// respdiff blame --format json
    Blame,
    /// respdiff log --format json
    Log,
    /// respdiff explain --format json
    Explain,
    /// respdiff stats --format json
    Stats,
    /// respdiff check --format json
    Check,
    /// The events of respdiff alert
    Alert,
    /// respdiff alert --status --format json
    AlertStatus,
    /// respdiff notes --format json, and the data of its templates
    Notes,
    /// respdiff oscal --diff A..B
    OscalChanges,
    /// One line of respdiff show or blame --format jsonl
    Duty,
    /// --format json of any command in several repositories
    Repositories,
}
