//! Options of `diff`, and what is to be compared.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::only::ChangeArgs;
use crate::render::text::ChangeStyle;

#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// A..B, A...B (since the merge base), A B, or REV (against the working tree)
    #[arg(value_name = "REVISION")]
    pub(in crate::cli) revisions: Vec<OsString>,
    /// Only pages that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Compare two files outside a repository (/dev/null stands for a missing file)
    #[arg(long, help_heading = "What to compare")]
    pub(in crate::cli) no_index: bool,
    /// Use the index instead of the working tree (or --staged)
    #[arg(long, alias = "staged", help_heading = "What to compare", conflicts_with = "no_index")]
    pub(in crate::cli) cached: bool,
    /// Read product names for keyrefs from FILE, in addition to the repository's own
    #[arg(long, value_name = "FILE", help_heading = "What to compare",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) changes: ChangeArgs,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum)]
    pub(in crate::cli) format: Option<DiffFormat>,
    /// Layout of the text
    #[arg(
        long,
        value_name = "VIEW",
        help_heading = "Output",
        value_enum,
        conflicts_with = "explain"
    )]
    pub(in crate::cli) view: Option<View>,
    /// Show one line per page
    #[arg(long, help_heading = "Output", conflicts_with_all = ["stat", "view", "explain"])]
    pub(in crate::cli) oneline: bool,
    /// Show how the number of duties per party changed, page by page
    #[arg(long, help_heading = "Output", conflicts_with_all = ["view", "explain"])]
    pub(in crate::cli) stat: bool,
    /// Show every duty of new and removed pages
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) all: bool,
    /// Exit with 1 if anything changed
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) exit_code: bool,
    /// Show the id of each change
    #[arg(long, help_heading = "Output")]
    pub(in crate::cli) ids: bool,
    /// Show why the duties of each change were or were not paired
    #[arg(long, help_heading = "Output", conflicts_with_all = ["format", "ids"])]
    pub(in crate::cli) explain: bool,
}

/// What is to be compared.
#[derive(Clone)]
pub(in crate::cli) struct What {
    pub(in crate::cli) revisions: Vec<OsString>,
    pub(in crate::cli) paths: Vec<OsString>,
    pub(in crate::cli) no_index: bool,
    pub(in crate::cli) cached: bool,
    pub(in crate::cli) keyrefs: Option<PathBuf>,
}

impl DiffArgs {
    /// How text lays the changes out.
    pub(in crate::cli) fn style(&self) -> ChangeStyle {
        ChangeStyle { ids: self.ids, split: self.view == Some(View::Split), all: self.all }
    }

    /// The part that says what to compare.
    pub(in crate::cli) fn what(self) -> What {
        let Self { revisions, paths, no_index, cached, keyrefs, .. } = self;
        What { revisions, paths, no_index, cached, keyrefs }
    }

    /// An option that was given, as the user would recognise it.
    pub(in crate::cli) fn first_given(&self) -> Option<&'static str> {
        [
            (self.no_index, "--no-index"),
            (self.cached, "--cached"),
            (self.keyrefs.is_some(), "--keyrefs"),
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
pub(in crate::cli) enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.diff/1)
    Json,
    /// For spreadsheets, one change per row
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum View {
    /// One change below the other, old and new words in one text (the default)
    Unified,
    /// Old and new words of each change side by side
    Split,
    /// Old and new tables side by side, only rows that changed
    Table,
}
