//! Options of `show`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::version::VersionArgs;

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    pub(crate) version: VersionArgs,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: ShowFormat,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    /// Aligned tables
    #[default]
    Text,
    /// YAML with the fields of the JSON
    Yaml,
    /// For machines (respdiff.matrix/1)
    Json,
    /// For spreadsheets, one duty per row, with its id and last change
    Csv,
    /// For machines, one duty per line (respdiff.duty/1)
    Jsonl,
    /// A workbook: one sheet per page or repository, and a sheet of changes
    Xlsx,
}
