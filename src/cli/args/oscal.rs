//! Options of `oscal`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

const NOTES: &str = "\
Examples:
  respdiff oscal --output oscal                        catalog, profile and system security plan
  respdiff oscal v2 --output oscal -- '*.md'           of a tag, some files only
  respdiff oscal --output oscal --component-definition with a component definition, too
  respdiff oscal --diff v1..v2                         what was added, changed and removed, as JSON

The folder is a workspace for compliance-trestle. It is written as a whole or not at all, and a folder
that holds anything else is refused.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(in crate::cli) struct OscalArgs {
    /// The version to export [default: the working tree]
    #[arg(value_name = "REVISION", conflicts_with = "diff")]
    pub(in crate::cli) revision: Option<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// The folder to write, new or written by this command before
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath,
          required_unless_present = "diff", conflicts_with = "diff")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// What the documents are called [default: the pages' subcollection, else `responsibilities`]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) name: Option<String>,
    /// Write a component definition, too
    #[arg(long, conflicts_with = "diff")]
    pub(in crate::cli) component_definition: bool,
    /// Print which exported duties differ between two versions, by uuid
    #[arg(long, value_name = "A..B")]
    pub(in crate::cli) diff: Option<OsString>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
}
