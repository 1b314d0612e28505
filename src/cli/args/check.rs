//! Options of `check`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const NOTES: &str = "\
Examples:
  respdiff check main...HEAD                       what a pull request would change
  respdiff check --cached                          what is about to be committed
  respdiff check --baseline snapshots              against what was accepted, no history needed
  respdiff check --fail-on scope v2..HEAD          duties that came or went fail, too
  respdiff check --format sarif main...HEAD        for code scanning

Exit codes:
  0  no change at or above the gate is left to acknowledge
  1  there is one
  2  it could not be known: a shallow clone, an unreadable policy, no responsibility page

With --format github, Markdown is added to the file that GITHUB_STEP_SUMMARY names.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(in crate::cli) struct CheckArgs {
    /// A..B, A...B (since they parted), REV (against the working tree), or A B
    #[arg(value_name = "REVISION", num_args = 0..=2)]
    pub(in crate::cli) revisions: Vec<OsString>,
    /// Only files that match, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(in crate::cli) paths: Vec<OsString>,
    /// Take the index instead of the working tree
    #[arg(long, help_heading = "What to check")]
    pub(in crate::cli) cached: bool,
    /// Hold the pages (of REV, else the working tree) against accepted snapshots; no history needed
    #[arg(long, value_name = "DIR", help_heading = "What to check",
          value_hint = ValueHint::DirPath)]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Product names behind keyrefs, laid over the repository's own
    #[arg(long, value_name = "FILE", help_heading = "What to check",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// From which level on a change fails [default: the policy's, else boundary]
    #[arg(long, value_name = "LEVEL", help_heading = "What counts", value_enum)]
    pub(in crate::cli) fail_on: Option<GateLevel>,
    /// Whose acknowledgements count: those of the new side, or merged ones only
    #[arg(long, value_name = "SIDE", help_heading = "What counts", value_enum, default_value_t)]
    pub(in crate::cli) acks: AcksFrom,
    /// How to tell the result
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(in crate::cli) format: CheckFormat,
    /// Add Markdown to FILE, too (at most 1,024 kB)
    #[arg(long, value_name = "FILE", help_heading = "Output", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) summary: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GateLevel {
    /// A duty is another party's
    Boundary,
    /// A duty was added or removed
    Scope,
    /// Words or places changed
    Wording,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AcksFrom {
    /// The new side's, listed for the reviewer
    #[default]
    New,
    /// The base side's: only once merged
    Base,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.check/1)
    Json,
    /// GitHub's workflow commands: annotations on the pages
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// `JUnit`, for CI servers
    Junit,
    /// Markdown for a comment (at most 64 kB)
    Markdown,
}
