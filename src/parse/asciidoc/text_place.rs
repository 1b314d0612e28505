//! Where a text of a page stands.

use super::condition::ConditionId;

/// Where a text stands, or an attribute is set or asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TextPlace {
    pub(super) line: usize,
    /// Which line it is of all that are read.
    pub(super) order: usize,
    pub(super) condition: ConditionId,
}
