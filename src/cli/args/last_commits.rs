//! How many commits a range has.

use clap::Args;

#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct LastCommits {
    /// Only the last N commits up to REV, as in `git log -5`
    #[arg(short = 'n', long = "number", alias = "max-count", value_name = "N",
          value_parser = super::parse_number, allow_negative_numbers = true)]
    pub(crate) number: Option<usize>,
}
