//! Options of `alert`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const NOTES: &str = "\
Examples:
  respdiff alert                            send what is new in this repository
  respdiff alert --repos list --fetch       fetch and watch many repositories
  respdiff alert --from-start --dry-run     show the alerts for the whole history
  respdiff alert --status                   show what is waiting, since when, and why

Each run writes new events to the outbox and then sends them. An event that cannot be delivered
stays there for the next run. The first run in a repository only records the current commit.

Exit codes:
  0  everything that was due was delivered
  2  a repository could not be read, a delivery failed (the event stays in the outbox), the outbox
     cannot be used, or the configuration has a mistake, even if only for one target";

#[derive(Clone, Debug, Args)]
#[command(after_help = NOTES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct AlertArgs {
    /// Run `git fetch` in each repository first, and watch the branch of the remote instead of the
    /// local one
    #[arg(long, help_heading = "What to watch")]
    pub(crate) fetch: bool,
    /// Report all changes after REV that were not reported before
    #[arg(long, value_name = "REV", help_heading = "What to watch", conflicts_with = "from_start")]
    pub(crate) since: Option<String>,
    /// Report the whole history, except what was already reported
    #[arg(long, help_heading = "What to watch")]
    pub(crate) from_start: bool,
    /// Also read product names (keyrefs) from FILE, in the format of a repository's keyref.yaml
    #[arg(long, value_name = "FILE", help_heading = "What to watch",
          value_hint = ValueHint::FilePath)]
    pub(crate) keyrefs: Option<PathBuf>,
    /// Show what would be sent, without writing, fetching or sending anything
    #[arg(long, help_heading = "Other actions",
          conflicts_with_all = ["status", "retry"])]
    pub(crate) dry_run: bool,
    /// Show what is waiting for each target, since when, and the last error
    #[arg(long, help_heading = "Other actions", conflicts_with = "retry")]
    pub(crate) status: bool,
    /// Retry every failed delivery now, even to targets that are no longer configured
    #[arg(long, help_heading = "Other actions")]
    pub(crate) retry: bool,
    /// Output format of --status and --dry-run
    #[arg(long, value_name = "FORMAT", help_heading = "Output", value_enum, default_value_t)]
    pub(crate) format: AlertFormat,
    /// The file that names the targets [env: `RESPDIFF_ALERT_CONFIG`]
    #[arg(long, value_name = "FILE", help_heading = "What to watch",
          value_hint = ValueHint::FilePath)]
    pub(crate) alert_config: Option<PathBuf>,
    /// Print only errors, warnings, and what targets of type stdout print
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,
    /// How long to wait for another run to finish
    #[arg(long, value_name = "SECONDS", help_heading = "Output", default_value_t = 30,
          value_parser = super::parse_seconds, allow_negative_numbers = true)]
    pub(crate) wait: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum AlertFormat {
    /// For people
    #[default]
    Text,
    /// For machines (respdiff.alert-status/1; respdiff.alert/1, one event per line)
    Json,
}
