//! Which changes are asked for: the same flags for `diff` and `log`.

use clap::{Args, ValueEnum};

#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct ChangeArgs {
    /// Only changes of these kinds
    #[arg(
        long,
        value_name = "KIND",
        help_heading = "What to tell",
        value_enum,
        value_delimiter = ','
    )]
    pub(in crate::cli) kind: Vec<KindArg>,
    /// Only changes that concern these parties (ibm, customer, shared, or a name)
    #[arg(long, value_name = "PARTY", help_heading = "What to tell", value_delimiter = ',')]
    pub(in crate::cli) party: Vec<String>,
    /// Only changes under a heading that holds TEXT
    #[arg(long, value_name = "TEXT", help_heading = "What to tell")]
    pub(in crate::cli) area: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KindArg {
    /// Another party has it now
    Moved,
    /// It has no counterpart before
    Added,
    /// It has no counterpart after
    Removed,
    /// In other words
    Reworded,
    /// In another place
    Relocated,
}
