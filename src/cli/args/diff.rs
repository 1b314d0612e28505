//! Options of `diff`, and what is to be compared.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::only::ChangeArgs;
use crate::render::text::ChangeStyle;

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    #[command(flatten, next_help_heading = "What to compare")]
    pub(crate) what: CompareArgs,
    #[command(flatten)]
    pub(crate) changes: ChangeArgs,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum)]
    pub(crate) format: Option<DiffFormat>,
    /// Layout of the text
    #[arg(
        long,
        value_name = "VIEW",
        help_heading = "Output",
        value_enum,
        conflicts_with = "explain"
    )]
    pub(crate) view: Option<ChangeView>,
    /// Show one line per page
    #[arg(long, help_heading = "Output", conflicts_with_all = ["stat", "view", "explain", "ids", "all"])]
    pub(crate) oneline: bool,
    /// Show how the number of duties per party changed, page by page
    #[arg(long, help_heading = "Output", conflicts_with_all = ["view", "explain", "ids", "all"])]
    pub(crate) stat: bool,
    /// Show every duty of new and removed pages
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Exit with 1 if anything changed
    #[arg(long, help_heading = "Output")]
    pub(crate) exit_code: bool,
    /// Show the id of each change
    #[arg(long, help_heading = "Output")]
    pub(crate) ids: bool,
    /// Explain each change: why respdiff matched two duties, or did not
    #[arg(long, help_heading = "Output", conflicts_with_all = ["format", "ids"])]
    pub(crate) explain: bool,
}

/// What is to be compared.
#[derive(Clone, Debug, Args)]
pub(crate) struct CompareArgs {
    /// A..B, A...B (since the merge base), A B, or REV (compared with the working tree); `A:PATH
    /// B:PATH` compares two files
    #[arg(value_name = "REVISION", help_heading = None::<&str>)]
    pub(crate) revisions: Vec<OsString>,
    /// Only pages that match PATH, as in git
    #[arg(value_name = "PATH", last = true, help_heading = None::<&str>)]
    pub(crate) paths: Vec<OsString>,
    /// Compare two files outside a repository (/dev/null for a missing file)
    #[arg(long)]
    pub(crate) no_index: bool,
    /// Use the index instead of the working tree (same as --staged)
    #[arg(long, alias = "staged", conflicts_with = "no_index")]
    pub(crate) cached: bool,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
}

impl DiffArgs {
    /// How text lays the changes out.
    pub(crate) fn change_style(&self) -> ChangeStyle {
        ChangeStyle { ids: self.ids, split: self.view == Some(ChangeView::Split), all: self.all }
    }

    /// An option that was given, as the user would recognise it.
    pub(crate) fn first_given(&self) -> Option<&'static str> {
        [
            (self.what.no_index, "--no-index"),
            (self.what.cached, "--cached"),
            (self.what.keyrefs.is_some(), "--keyrefs"),
            (!self.changes.kind.is_empty(), "--kind"),
            (!self.changes.party.is_empty(), "--party"),
            (self.changes.area.is_some(), "--area"),
            (self.format.is_some(), "--format"),
            (self.view.is_some(), "--view"),
            (self.output.is_some(), "--output"),
            (self.oneline, "--oneline"),
            (self.stat, "--stat"),
            (self.all, "--all"),
            (self.exit_code, "--exit-code"),
            (self.ids, "--ids"),
            (self.explain, "--explain"),
        ]
        .into_iter()
        .find_map(|(given, name)| given.then_some(name))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.diff/1)
    Json,
    /// For spreadsheets, one change per row
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangeView {
    /// One change after another, with old and new words in one text (the default)
    Unified,
    /// Old and new words of each change side by side
    Split,
    /// Old and new tables side by side, only rows that changed
    Table,
}
