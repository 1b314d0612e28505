//! The smallest separate obligation.

use super::{Party, Phrase};

/// One obligation of one party, as one version of a page states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The holder, by the column, the owner cell or the lead line.
    pub party: Party,
    /// The header of the column it stands in (plain text), or the lead line of its list.
    pub column: String,
    /// What has to be done. In an owner grid `<row>: <column>`.
    pub phrase: Phrase,
    /// In an owner grid the heading of the column, which is the duty's area there.
    pub area: Option<Phrase>,
    /// Line of the file, from 1.
    pub line: usize,
    /// Whether it only points elsewhere ("See ...", "For more information, see ...").
    pub reference: bool,
}
