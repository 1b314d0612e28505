//! Options of `oscal`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueHint};

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
    /// The revision to export [default: the working tree, or HEAD in a bare repository]
    #[arg(value_name = "REVISION", conflicts_with = "diff")]
    pub(crate) revision: Option<OsString>,
    /// Only pages that match PATH, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(crate) paths: Vec<OsString>,
    /// The folder to write: a new one, or one that this command wrote before (required without --diff)
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath,
          required_unless_present = "diff", conflicts_with = "diff")]
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
