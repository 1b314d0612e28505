//! Options of `oscal`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::words::RevisionArgs;

const NOTES: &str = "\
Examples:
  respdiff oscal --output oscal                          catalog, profile and system security plan
  respdiff oscal v2 --output oscal -- '*.md'             some pages of a tag
  respdiff oscal --output oscal --component-definition   also a component definition
  respdiff oscal --diff v1..v2                           what differs, as JSON

DIR is a workspace for compliance-trestle. respdiff writes it as a whole or not at all, and refuses
a folder that contains other files. With several repositories, each gets a folder below DIR.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(crate) struct OscalArgs {
    #[command(flatten)]
    pub(crate) at: RevisionArgs,
    /// The folder to write: a new one, or one that this command wrote before (required without
    /// --diff). With --diff, the file to write instead of standard output
    #[arg(long, short, value_name = "DIR|FILE", value_hint = ValueHint::AnyPath,
          required_unless_present = "diff")]
    pub(crate) output: Option<PathBuf>,
    /// Name of the documents [default: the pages' subcollection, else `responsibilities`]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Also write a component definition
    #[arg(long, conflicts_with = "diff")]
    pub(crate) component_definition: bool,
    /// Print which exported duties differ between two versions, by UUID
    #[arg(long, value_name = "A..B")]
    pub(crate) diff: Option<OsString>,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}
