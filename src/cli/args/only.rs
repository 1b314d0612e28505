//! Which changes are asked for: the same flags for `diff` and `log`.

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ChangeArgs {
    /// Only changes of these kinds, separated by commas
    #[arg(
        long,
        value_name = "KIND",
        help_heading = "Selection",
        value_enum,
        value_delimiter = ','
    )]
    pub(crate) kind: Vec<KindArg>,
    /// Only changes that involve these parties (ibm, customer, shared, or a name)
    #[arg(long, value_name = "PARTY", help_heading = "Selection", value_delimiter = ',',
          value_parser = NonEmptyStringValueParser::new())]
    pub(crate) party: Vec<String>,
    /// Only changes under a heading that contains TEXT, or in a task that contains it
    #[arg(long, value_name = "TEXT", help_heading = "Selection",
          value_parser = NonEmptyStringValueParser::new())]
    pub(crate) area: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindArg {
    /// The duty moved to another party
    Moved,
    /// The duty is new
    Added,
    /// The duty is gone
    Removed,
    /// The duty is worded differently
    Reworded,
    /// The duty is under another section or task, or on another page
    Relocated,
}
