//! Duties that left one document of a range and appear in another: a page was split or merged.

use std::collections::{BTreeMap, HashMap};

use super::change::KeptSections;
use super::{Comparison, PlacedDuty, change, compare_pages, id};
use crate::align::align_across_documents;
use crate::model::{Change, Document, Kind, Side, Sides};

/// One document of a range: its path and content on each side, none where it was not there.
#[derive(Clone, Debug)]
pub struct DocumentPair<'a> {
    /// The path on each side.
    pub path: Sides<Option<String>>,
    /// The content on each side.
    pub page: Sides<Option<&'a Document>>,
}

/// Compares all changed documents of a range. Duties that left one document and appear in
/// another are paired across them; such a change stands with the new side's document and its
/// old place has a `path`. One comparison a pair, in the same order.
#[must_use]
pub fn compare_all(pairs: &[DocumentPair<'_>]) -> Vec<Comparison> {
    let empty = Document::default();
    let mut comparisons: Vec<Comparison> = pairs
        .iter()
        .map(|pair| compare_pages(pair.page.map(|page| page.unwrap_or(&empty))))
        .collect();
    pair_across(pairs, &mut comparisons);
    comparisons
}

/// What the documents of a range lost and gained, as one page a side, and the place of a pair of
/// duties there: what a pair across documents was found by. None where they are not there.
#[must_use]
pub fn leftover_pages(
    pairs: &[DocumentPair<'_>],
    old: (usize, usize),
    new: (usize, usize),
) -> Option<(Sides<Document>, Sides<usize>)> {
    let empty = Document::default();
    let page = |page: Option<&'_ Document>| page.cloned().unwrap_or_else(|| empty.clone());
    let compared = |pair: &DocumentPair<'_>| {
        let pages = pair.page.map(page);
        compare_pages(pages.as_ref())
    };
    let comparisons: Vec<Comparison> = pairs.iter().map(compared).collect();
    let left = Sides::from_fn(|side| Leftover::gather(pairs, &comparisons, side));
    let at =
        |left: &Leftover, address: DocumentDuty| left.addresses.iter().position(|a| *a == address);
    let duty = Sides::new(at(&left.old, old)?, at(&left.new, new)?);
    Some((left.map(|left| left.page), duty))
}

/// A duty of a range: which document, which duty of it.
type DocumentDuty = (usize, usize);

fn pair_across(pairs: &[DocumentPair<'_>], comparisons: &mut [Comparison]) {
    let left = Sides::from_fn(|side| Leftover::gather(pairs, comparisons, side));
    if left.old.addresses.is_empty() || left.new.addresses.is_empty() {
        return;
    }
    let mut twins: HashMap<String, usize> = HashMap::new();
    let mut found: BTreeMap<usize, Vec<Change>> = BTreeMap::new();
    let mut kinds: Sides<BTreeMap<DocumentDuty, Kind>> = Sides::default();
    let duties = left.as_ref().map(|left| left.page.duties().collect::<Vec<_>>());
    for pair in align_across_documents(Sides::new(&left.old.page, &left.new.page)) {
        let at = Sides::new(left.old.addresses[pair.duty.old], left.new.addresses[pair.duty.new]);
        if at.old.0 == at.new.0 {
            continue;
        }
        let (old, new) = (&duties.old[pair.duty.old], &duties.new[pair.duty.new]);
        let mut change = change_between((at.old.1, old), (at.new.1, new));
        if change.kind == Kind::Moved && are_of_two_products(pairs, at) {
            continue;
        }
        if let Some(place) = change.place.old.as_mut() {
            place.path.clone_from(&pairs[at.old.0].path.old);
        }
        let placed = Sides::new(old, new);
        let among = twins.entry(id::between_documents(&change, placed, 0)).or_insert(0);
        change.id = id::between_documents(&change, placed, *among);
        *among += 1;
        kinds.old.insert(at.old, change.kind);
        kinds.new.insert(at.new, change.kind);
        found.entry(at.new.0).or_default().push(change);
    }
    for (document, comparison) in comparisons.iter_mut().enumerate() {
        replace_changes(document, comparison, &kinds, found.remove(&document).unwrap_or_default());
    }
}

/// Whether two documents belong to different subcollections: what one product's page no longer says
/// of one party was not given to the other party by another product's.
fn are_of_two_products(pairs: &[DocumentPair<'_>], at: Sides<DocumentDuty>) -> bool {
    let named = |page: Option<&Document>| page.and_then(|page| page.subcollection.clone());
    let old = named(pairs[at.old.0].page.old);
    let new = named(pairs[at.new.0].page.new);
    old.is_some() && new.is_some() && old != new
}

fn change_between(old: (usize, &PlacedDuty<'_>), new: (usize, &PlacedDuty<'_>)) -> Change {
    let (pair, kept) = (Sides::new(old.1, new.1), KeptSections::default());
    let kind = change::kind_of_pair(pair, false, &kept).unwrap_or(Kind::Relocated);
    change::build_change(kind, Sides::new(Some(old), Some(new)))
}

/// Replaces the changes of a document for duties that were found in another one.
fn replace_changes(
    document: usize,
    comparison: &mut Comparison,
    kinds: &Sides<BTreeMap<DocumentDuty, Kind>>,
    found: Vec<Change>,
) {
    let kind_of = |duty: Sides<Option<usize>>| match (duty.old, duty.new) {
        (Some(old), None) => kinds.old.get(&(document, old)),
        (None, Some(new)) => kinds.new.get(&(document, new)),
        (Some(_), Some(_)) | (None, None) => None,
    };
    comparison.changes.retain(|change| {
        let duty = change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty));
        kind_of(duty).is_none()
    });
    for link in &mut comparison.links {
        if let Some(kind) = kind_of(link.duty) {
            link.kind = Some(*kind);
        }
    }
    if !found.is_empty() {
        comparison.changes.extend(found);
        comparison.changes.sort_by_key(|change| {
            let place = change.place.new.as_ref().or(change.place.old.as_ref());
            (change.kind, place.map(|place| place.duty))
        });
    }
}

/// The removed (or added) duties of all documents, as one page.
struct Leftover {
    page: Document,
    addresses: Vec<DocumentDuty>,
}

impl Leftover {
    fn gather(pairs: &[DocumentPair<'_>], comparisons: &[Comparison], side: Side) -> Self {
        let mut left = Self { page: Document::default(), addresses: Vec::new() };
        for (document, (pair, comparison)) in pairs.iter().zip(comparisons).enumerate() {
            let mut wanted: Vec<usize> =
                comparison.links.iter().filter_map(|link| link.lone_duty(side)).collect();
            wanted.sort_unstable();
            if let Some(page) = pair.page.get(side) {
                left.add_document(document, page, &wanted);
            }
        }
        left
    }

    /// Adds a document's duties, each in a copy of its table and row.
    fn add_document(&mut self, document: usize, page: &Document, wanted: &[usize]) {
        self.addresses.extend(wanted.iter().map(|at| (document, *at)));
        let mut duties = 0..;
        for matrix in &page.matrices {
            let is_wanted = || duties.next().is_some_and(|at| wanted.binary_search(&at).is_ok());
            let copy = matrix.with_duties(is_wanted);
            if !copy.rows.is_empty() {
                self.page.matrices.push(copy.into());
            }
        }
    }
}
