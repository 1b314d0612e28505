//! Options of `alert`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const NOTES: &str = "\
Examples:
  respdiff alert                            what is new here, to your targets
  respdiff alert --repos list --fetch       in many repositories, fetched first
  respdiff alert --from-start --dry-run     what the whole history would tell
  respdiff alert --status                   what waits, since when, and why

What is new since the last run is written to the outbox first, then sent; what cannot be delivered
waits there for the next run. The first run on a repository only notes where it is.

Exit codes:
  0  all that was due was delivered
  2  something could not be found out, or a delivery failed (it stays in the outbox)";

#[derive(Clone, Debug, Args)]
#[command(after_help = NOTES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(in crate::cli) struct AlertArgs {
    /// Run `git fetch` in each repository first, and follow the branch of the remote
    #[arg(long, help_heading = "What to watch")]
    pub(in crate::cli) fetch: bool,
    /// Tell what came after REV, not after the last run; what was told is not told again
    #[arg(long, value_name = "REV", help_heading = "What to watch", conflicts_with = "from_start")]
    pub(in crate::cli) since: Option<String>,
    /// Tell the whole history; what was told is not told again
    #[arg(long, help_heading = "What to watch")]
    pub(in crate::cli) from_start: bool,
    /// Product names behind keyrefs, laid over the repositories' own
    #[arg(long, value_name = "FILE", help_heading = "What to watch",
          value_hint = ValueHint::FilePath)]
    pub(in crate::cli) keyrefs: Option<PathBuf>,
    /// Show what would be told; nothing is written, fetched or sent
    #[arg(long, help_heading = "Instead",
          conflicts_with_all = ["status", "retry"])]
    pub(in crate::cli) dry_run: bool,
    /// Show what waits for each target, since when, and what went wrong last
    #[arg(long, help_heading = "Instead", conflicts_with = "retry")]
    pub(in crate::cli) status: bool,
    /// Try everything that did not arrive once more, now; for targets that are gone, too
    #[arg(long, help_heading = "Instead")]
    pub(in crate::cli) retry: bool,
    /// How --status and --dry-run tell it
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(in crate::cli) format: AlertFormat,
    /// Say nothing unless something went wrong
    #[arg(short, long, help_heading = "Output")]
    pub(in crate::cli) quiet: bool,
    /// How long to wait for another run to end
    #[arg(long, value_name = "SECONDS", help_heading = "Output", default_value_t = 30)]
    pub(in crate::cli) wait: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AlertFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.alert-status/1; respdiff.alert/1, an event a line)
    Json,
}
