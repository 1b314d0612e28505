//! Options of `check`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const NOTES: &str = "\
Examples:
  respdiff check main...HEAD                       what a pull request would change
  respdiff check --cached                          what is about to be committed
  respdiff check --baseline snapshots              changes since the pages were accepted
  respdiff check --fail-on scope v2..HEAD          also fail on added and removed duties
  respdiff check --format sarif main...HEAD        for code scanning

Exit codes:
  0  every change at or above the level is acknowledged
  1  a change at or above the level is not acknowledged
  2  the check could not complete, for example because
       - respdiff can no longer tell who has which duty on a page
       - the change would keep the next check from reading a page
       - a page has unresolved merge conflicts, or only Git LFS has its content
       - the clone is too shallow for the range
       - the policy cannot be read
       - there is no responsibility page

With --format github, respdiff also appends a summary in Markdown to the file that
GITHUB_STEP_SUMMARY names.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(crate) struct CheckArgs {
    /// A..B, A...B (since the merge base), A B, or REV (compared with the working tree); `A:PATH
    /// B:PATH` compares two files
    #[arg(value_name = "REVISION")]
    pub(crate) revisions: Vec<OsString>,
    /// Only pages that match PATH, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(crate) paths: Vec<OsString>,
    /// Use the index instead of the working tree (same as --staged)
    #[arg(long, alias = "staged", help_heading = "What to check")]
    pub(crate) cached: bool,
    /// Compare the pages (of REV, or the working tree) with accepted snapshots; needs no history
    #[arg(long, value_name = "DIR", help_heading = "What to check",
          value_hint = ValueHint::DirPath)]
    pub(crate) baseline: Option<PathBuf>,
    /// Also read product names (keyrefs) from FILE, in the format of the repository's keyref.yaml
    #[arg(long, value_name = "FILE", help_heading = "What to check",
          value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// Fail on changes at this level and above [default: the policy's, else boundary]
    #[arg(long, value_name = "LEVEL", help_heading = "What counts", value_enum)]
    pub(crate) fail_on: Option<GateLevel>,
    /// Whether acknowledgements count at once, or only after they are merged
    #[arg(long, value_name = "SIDE", help_heading = "What counts", value_enum, default_value_t)]
    pub(crate) acks: AcksFrom,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output",
          value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(crate) format: CheckFormat,
    /// Also append a summary in Markdown to FILE (at most 1,024 kB)
    #[arg(long, value_name = "FILE", help_heading = "Output", value_hint = ValueHint::FilePath)]
    pub(crate) summary: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GateLevel {
    /// A duty moved to another party
    Boundary,
    /// A duty was added or removed
    Scope,
    /// A duty was reworded or relocated
    Wording,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum AcksFrom {
    /// At once: those in the new version count, and `check` lists them for the reviewer
    #[default]
    New,
    /// After they are merged: only those in the old version count
    Base,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.check/1)
    Json,
    /// GitHub's workflow commands: annotations on the pages
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit, for CI servers
    Junit,
    /// Markdown for a comment (at most 64 kB)
    Markdown,
}
