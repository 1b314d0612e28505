//! Pairs of duties to changes, with level, burden and id.

use crate::model::{Change, Document, Kind, Notice, Sides};

/// Which old duty became which new one, by index (see [`Document::duties`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Index on each side; none on the side where it has no counterpart.
    pub duty: Sides<Option<usize>>,
    /// What happened to it; none where it is as it was.
    pub kind: Option<Kind>,
}

/// All that two versions of a page differ in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The changes in final order.
    pub changes: Vec<Change>,
    /// Notices about the comparison (renames, possible moves, ...), not those of the pages.
    pub notices: Vec<Notice>,
    /// Every duty of both sides once: those that stayed, too.
    pub links: Vec<Link>,
}

/// One document of a range: its path and content on each side, none where it was not there.
#[derive(Clone, Debug)]
pub struct DocumentPair<'a> {
    /// The path on each side.
    pub path: Sides<Option<String>>,
    /// The content on each side.
    pub page: Sides<Option<&'a Document>>,
}

/// Compares two versions of one page.
#[must_use]
pub fn compare(_pages: Sides<&Document>) -> Comparison {
    Comparison::default()
}

/// Compares all changed documents of a range. Duties that left one document and appear in
/// another are paired across them; such a change stands with the new side's document and its
/// old place has a `path`. One comparison a pair, in the same order.
#[must_use]
pub fn compare_all(pairs: &[DocumentPair<'_>]) -> Vec<Comparison> {
    let empty = Document::default();
    pairs
        .iter()
        .map(|pair| {
            compare(Sides::new(pair.page.old.unwrap_or(&empty), pair.page.new.unwrap_or(&empty)))
        })
        .collect()
}
