//! One document with its matrices of both sides next to each other, row by row.

use std::collections::BTreeMap;

use crate::diff::DutyLink;
use crate::model::{Change, Document, Kind, Party, Place, Sides};

use super::{DocumentReport, PageLog};

mod pairs;
mod rows;

use pairs::{DutyInRow, PairPositions};
pub use pairs::{DutyPair, HeldDuty, MatrixPair, RowPair};

/// How many duties a party had, has, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Before.
    pub before: usize,
    /// Without a counterpart before.
    pub added: usize,
    /// Taken over from another party.
    pub gained: usize,
    /// Without a counterpart after.
    pub removed: usize,
    /// Handed over to another party.
    pub lost: usize,
    /// After.
    pub after: usize,
    /// Of those after, how many went with a page that was removed in the end.
    pub gone: usize,
}

/// All that is laid out of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What the comparison reports for it.
    pub report: DocumentReport,
    /// Its matrices in the order of the page, those that are gone last.
    pub matrices: Vec<MatrixPair>,
    /// Its duties by party.
    pub balance: BTreeMap<Party, Balance>,
    /// How many of its duties went to other documents.
    pub went_elsewhere: usize,
    /// Its editions, newest first; `None` without a history.
    pub life: Option<PageLog>,
}

impl Sheet {
    /// Lays out a document; `links` are those of its comparison, `away` names the document that
    /// an old duty went to.
    #[must_use]
    pub fn new(
        reported: DocumentReport,
        pages: Sides<Option<&Document>>,
        links: &[DutyLink],
        away: &BTreeMap<usize, String>,
    ) -> Self {
        let empty = Document::default();
        let pages = pages.map(|page| page.unwrap_or(&empty));
        let duties = pages.map(|page| page.duties().collect::<Vec<_>>());
        let strands = duty_pairs(links, &reported.changes, away);
        let matrices = rows::matrix_pairs(pages, &duties, &strands, &reported.changes);
        let balance = balance_of(&duties, &reported.changes);
        let went_elsewhere = away.len();
        Self { report: reported, matrices, balance, went_elsewhere, life: None }
    }
}

/// Every duty of both sides once.
fn duty_pairs(
    links: &[DutyLink],
    changes: &[Change],
    away: &BTreeMap<usize, String>,
) -> Vec<PairPositions> {
    let mut of = Sides::new(BTreeMap::new(), BTreeMap::new());
    for (at, change) in changes.iter().enumerate() {
        // an old place in another document is no duty of this one
        if let Some(place) = change.place.old.as_ref().filter(|place| place.path.is_none()) {
            of.old.insert(place.duty, at);
        }
        if let Some(place) = &change.place.new {
            of.new.insert(place.duty, at);
        }
    }
    let thread = |link: &DutyLink| {
        let new = link.duty.new.and_then(|new| of.new.get(&new));
        let change = new.or_else(|| link.duty.old.and_then(|old| of.old.get(&old))).copied();
        let gone = link.duty.old.filter(|_| link.duty.new.is_none() && change.is_none());
        let away = gone.and_then(|old| away.get(&old)).cloned();
        PairPositions { duty: link.duty, change, away }
    };
    links.iter().map(thread).collect()
}

fn balance_of(duties: &Sides<Vec<DutyInRow<'_>>>, changes: &[Change]) -> BTreeMap<Party, Balance> {
    let mut all: BTreeMap<Party, Balance> = BTreeMap::new();
    for (_, _, duty) in duties.old.iter().filter(|(_, _, duty)| !duty.reference) {
        all.entry(duty.party.clone()).or_default().before += 1;
    }
    for (_, _, duty) in duties.new.iter().filter(|(_, _, duty)| !duty.reference) {
        all.entry(duty.party.clone()).or_default().after += 1;
    }
    for change in changes.iter().filter(|change| !change.reference) {
        let mut count = |party: &Option<Party>, field: fn(&mut Balance) -> &mut usize| {
            if let Some(party) = party {
                *field(all.entry(party.clone()).or_default()) += 1;
            }
        };
        match change.kind {
            Kind::Moved => {
                count(&change.party.old, |balance| &mut balance.lost);
                count(&change.party.new, |balance| &mut balance.gained);
            }
            Kind::Added => count(&change.party.new, |balance| &mut balance.added),
            Kind::Removed => count(&change.party.old, |balance| &mut balance.removed),
            // a reference that became a duty, or the other way round
            Kind::Reworded | Kind::Relocated => match is_reference(change, duties) {
                Sides { old: true, new: false } => {
                    count(&change.party.new, |balance| &mut balance.added);
                }
                Sides { old: false, new: true } => {
                    count(&change.party.old, |balance| &mut balance.removed);
                }
                Sides { .. } => {}
            },
        }
    }
    all
}

/// Which sides of a change are references. A place in another document counts as a duty.
fn is_reference(change: &Change, duties: &Sides<Vec<DutyInRow<'_>>>) -> Sides<bool> {
    let of = |place: &Option<Place>, duties: &[DutyInRow<'_>]| {
        let here = place.as_ref().filter(|place| place.path.is_none());
        here.and_then(|place| duties.get(place.duty)).is_some_and(|(_, _, duty)| duty.reference)
    };
    Sides::new(of(&change.place.old, &duties.old), of(&change.place.new, &duties.new))
}

#[cfg(test)]
mod tests;
