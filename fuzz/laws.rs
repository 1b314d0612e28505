//! What must hold of any text: of those that the fuzzers make and of real pages (`tests/corpus.rs`).

use crate::diff::{Comparison, compare};
use crate::lint;
use crate::model::{Change, Document, Kind, Place, Sides};
use crate::normalize::{Names, canonical, may_assign_responsibility, read};

/// Longer inputs only make the fuzzer slow.
pub const MOST: usize = 8_192;

/// Reads a page and checks that whatever came of it is within the text.
pub fn page(text: &[u8], names: &Names) -> Document {
    let page = read(text, names);
    assert!(read(text, names) == page, "reading twice differs");
    if !page.matrices.is_empty() {
        assert!(may_assign_responsibility(text), "a responsibility page is passed over");
    }
    let breaks = text.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    let within = |line: usize| assert!(line >= 1 && line <= breaks + 1, "line {line} of {breaks}");
    for matrix in &page.matrices {
        within(matrix.line);
        for row in &matrix.rows {
            within(row.line);
            for duty in &row.duties {
                within(duty.line);
                assert!(!duty.phrase.text.trim().is_empty(), "a duty without words");
                let twice = canonical(&duty.phrase.canonical, names);
                assert!(twice == duty.phrase.canonical, "normalizing twice: {twice:?}");
            }
        }
    }
    for notice in page.notices.iter().chain(&lint::content(&page)) {
        notice.line.into_iter().for_each(within);
    }
    page
}

/// Nothing changed between a page and itself.
pub fn same(page: &Document) {
    let told = compare(Sides::new(page, page));
    assert!(told.changes.is_empty(), "diff(x, x) tells {:?}", told.changes);
}

/// `diff(b, a)` is `diff(a, b)`, seen from the other side.
pub fn mirror(old: &Document, new: &Document) {
    let there = compare(Sides::new(old, new));
    let back = compare(Sides::new(new, old));
    let (there, back) = (facts(&there, false), facts(&back, true));
    assert!(there == back, "no mirror: {there:#?} {back:#?}");
}

fn facts(comparison: &Comparison, mirrored: bool) -> Vec<String> {
    let mut facts: Vec<String> =
        comparison.changes.iter().map(|change| fact(change, mirrored)).collect();
    facts.sort();
    facts
}

fn fact(change: &Change, mirrored: bool) -> String {
    let kind = match change.kind {
        Kind::Added if mirrored => Kind::Removed,
        Kind::Removed if mirrored => Kind::Added,
        kind @ (Kind::Moved | Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated) => {
            kind
        }
    };
    let side = |place: &Option<Place>| {
        place.as_ref().map(|place| (place.task.clone(), place.line, place.text.clone()))
    };
    let mut place = Sides::new(side(&change.place.old), side(&change.place.new));
    let mut party = change.party.clone();
    if mirrored {
        place = place.swap();
        party = party.swap();
    }
    format!("{} {party:?} {place:?}", kind.name())
}
