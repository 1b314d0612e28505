//! What a comparison comes to, in numbers.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Burden, Change, Kind, Party, Sides};

use super::Report;
use super::published::is_zero;

/// How many references changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReferenceCounts {
    /// Its references without a counterpart in the old version.
    pub added: usize,
    /// Its references without a counterpart in the new version.
    pub removed: usize,
    /// Its references in other words.
    pub reworded: usize,
    /// Its references in another place.
    pub relocated: usize,
}

impl ReferenceCounts {
    const fn plus(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            removed: self.removed + other.removed,
            reworded: self.reworded + other.reworded,
            relocated: self.relocated + other.relocated,
        }
    }

    fn count_change(&mut self, kind: Kind) {
        match kind {
            Kind::Moved => {}
            Kind::Added => self.added += 1,
            Kind::Removed => self.removed += 1,
            Kind::Reworded => self.reworded += 1,
            Kind::Relocated => self.relocated += 1,
        }
    }
}

/// How many duties are whose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountsByHolder {
    /// The customer's.
    pub customer: usize,
    /// IBM's.
    pub ibm: usize,
    /// Those of both.
    pub shared: usize,
    /// Those of other parties.
    pub other: usize,
}

impl CountsByHolder {
    const fn plus(self, other: Self) -> Self {
        Self {
            customer: self.customer + other.customer,
            ibm: self.ibm + other.ibm,
            shared: self.shared + other.shared,
            other: self.other + other.other,
        }
    }

    fn count_party(&mut self, party: Option<&Party>) {
        match party {
            Some(Party::Customer) => self.customer += 1,
            Some(Party::Ibm | Party::Provider(_)) => self.ibm += 1,
            Some(Party::Shared) => self.shared += 1,
            Some(Party::Other(_)) => self.other += 1,
            None => {}
        }
    }
}

/// How many changes shift work to each party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Burden")]
pub struct BurdenCounts {
    /// Its changes by which the customer's load grew.
    pub customer: usize,
    /// Its changes by which IBM's load grew.
    pub ibm: usize,
}

/// How many changes there are of each kind. Except in `respdiff.stats/1`, they include changes of
/// references, which assign no duty: subtract `references` to count duties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Its duties that another party has now.
    pub moved: usize,
    /// Of these, how many the customer has now.
    #[serde(skip)]
    pub moved_to_customer: usize,
    /// Of these, how many IBM has now.
    #[serde(skip)]
    pub moved_to_ibm: usize,
    /// Of these, how many both have now.
    #[serde(skip)]
    pub moved_to_shared: usize,
    /// Its duties without a counterpart in the old version.
    pub added: usize,
    /// Its duties without a counterpart in the new version.
    pub removed: usize,
    /// Its duties in other words.
    pub reworded: usize,
    /// Its duties in another place.
    pub relocated: usize,
    /// Whose the added duties are, without references.
    #[serde(skip)]
    pub added_to: CountsByHolder,
    /// Whose the removed duties were, without references.
    #[serde(skip)]
    pub removed_from: CountsByHolder,
    /// Its changes by the party whose load grew.
    pub burden: BurdenCounts,
    /// How many of these changes are of references. References never move.
    pub references: ReferenceCounts,
    /// How many more changes the policy leaves out (`level: off`).
    #[serde(rename = "ignored_by_policy", skip_serializing_if = "is_zero")]
    pub ignored: usize,
    /// The name that a policy gives IBM's part; none without changes, or for IBM.
    #[serde(skip)]
    provider: Option<String>,
}

impl Summary {
    /// All changes together.
    #[must_use]
    pub const fn total_changes(&self) -> usize {
        self.moved + self.added + self.removed + self.reworded + self.relocated
    }

    /// The changes of duties that did not move, with the words for them. References are no duties.
    #[must_use]
    pub const fn without_references(&self) -> [(usize, &'static str); 4] {
        let references = &self.references;
        [
            (self.added - references.added, "added"),
            (self.removed - references.removed, "removed"),
            (self.reworded - references.reworded, "reworded"),
            (self.relocated - references.relocated, "relocated"),
        ]
    }

    /// What the provider is called.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        self.provider.as_deref().unwrap_or("IBM")
    }

    /// The counts of some changes.
    #[must_use]
    pub fn of_changes<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut summary = Self::default();
        for change in changes {
            summary.count_change(change);
        }
        summary
    }

    /// The same, where the policy leaves out more changes.
    #[must_use]
    pub const fn with_ignored(mut self, ignored: usize) -> Self {
        self.ignored = ignored;
        self
    }

    /// By how many more changes the customer's load grew than IBM's; below 0 the other way round.
    #[must_use]
    pub fn net_shift(&self) -> i64 {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        count(self.burden.customer) - count(self.burden.ibm)
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            moved: self.moved + other.moved,
            moved_to_customer: self.moved_to_customer + other.moved_to_customer,
            moved_to_ibm: self.moved_to_ibm + other.moved_to_ibm,
            moved_to_shared: self.moved_to_shared + other.moved_to_shared,
            added: self.added + other.added,
            removed: self.removed + other.removed,
            reworded: self.reworded + other.reworded,
            relocated: self.relocated + other.relocated,
            added_to: self.added_to.plus(other.added_to),
            removed_from: self.removed_from.plus(other.removed_from),
            references: self.references.plus(other.references),
            burden: BurdenCounts {
                customer: self.burden.customer + other.burden.customer,
                ibm: self.burden.ibm + other.burden.ibm,
            },
            ignored: self.ignored + other.ignored,
            provider: self.provider.clone().or_else(|| other.provider.clone()),
        }
    }

    /// Counts one change more.
    pub fn count_change(&mut self, change: &Change) {
        if self.provider.is_none() {
            self.provider.clone_from(&change.provider);
        }
        if change.reference {
            self.references.count_change(change.kind);
        } else if change.kind == Kind::Added {
            self.added_to.count_party(change.party.new.as_ref());
        } else if change.kind == Kind::Removed {
            self.removed_from.count_party(change.party.old.as_ref());
        }
        match change.kind {
            Kind::Moved => {
                self.moved += 1;
                match change.party.new {
                    Some(Party::Customer) => self.moved_to_customer += 1,
                    Some(Party::Ibm | Party::Provider(_)) => self.moved_to_ibm += 1,
                    Some(Party::Shared) => self.moved_to_shared += 1,
                    Some(Party::Other(_)) | None => {}
                }
            }
            Kind::Added => self.added += 1,
            Kind::Removed => self.removed += 1,
            Kind::Reworded => self.reworded += 1,
            Kind::Relocated => self.relocated += 1,
        }
        match change.burden {
            Burden::Customer => self.burden.customer += 1,
            Burden::Ibm => self.burden.ibm += 1,
            Burden::None => {}
        }
    }
}

impl Report {
    /// The counts over all documents.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of_changes(self.documents.iter().flat_map(|document| &document.changes))
            .with_ignored(self.ignored)
    }

    /// Whether any page was read at either end.
    #[must_use]
    pub fn has_read_pages(&self) -> bool {
        self.pages_read != Sides::default() || !self.documents.is_empty()
    }
}
