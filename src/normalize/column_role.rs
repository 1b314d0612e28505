//! What a header says of its column.

use super::tokens::Who;

/// What a header cell says of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A party's duties. `named` where the header says more than the bare name.
    Party { who: Who, named: bool },
    /// "<name> responsibilities" of a name that is no known party.
    Other(String),
    /// The owner of each row's duty.
    Owner,
    /// Anything else.
    Label,
}
