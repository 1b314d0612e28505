//! How many duties each party has, before and after.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Document, Party, Sides};

/// How many duties each party has on each side of a page; those of a page that is not there are
/// none. IBM, the customer and shared duties are always counted, other parties where they have any.
/// References are no load.
#[must_use]
pub fn duties_by_party(pages: Sides<Option<&Document>>) -> Vec<(Party, Sides<usize>)> {
    let named = pages.new.or(pages.old).and_then(|page| page.provider.as_deref());
    let standing = [Party::of_provider(named), Party::Shared, Party::Customer];
    let mut counts: BTreeMap<Party, Sides<usize>> =
        standing.map(|party| (party, Sides::default())).into();
    for (is_new, page) in [(false, pages.old), (true, pages.new)] {
        let duties = page.into_iter().flat_map(Document::duties);
        for (_, _, duty) in duties.filter(|(_, _, duty)| !duty.reference) {
            let count = counts.entry(duty.party.clone()).or_default();
            *(if is_new { &mut count.new } else { &mut count.old }) += 1;
        }
    }
    counts.into_iter().collect()
}

/// A page, and how many duties each party has in it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageLoads {
    /// Its path, as in [`DocumentReport`](super::DocumentReport).
    pub path: String,
    /// Its path on the old side where it differs.
    pub old_path: Option<String>,
    /// The duties of each party.
    pub duties: Vec<(Party, Sides<usize>)>,
}

/// How many duties a party has, as a row, for tools that cannot handle data in keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyCount {
    /// `ibm`, `customer`, `shared` or `other:<name>`.
    pub party: Party,
    /// Its duties.
    pub count: usize,
}

/// The same by the party's name.
pub(super) fn counts_by_name(rows: &[PartyCount]) -> BTreeMap<String, usize> {
    rows.iter().map(|row| (row.party.to_string(), row.count)).collect()
}
