//! Which old row and matrix stands beside which new one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Change, Document, Kind, Layout, Matrix, Phrase, Place, Row, Sides};

use super::pairs::{DutyInRow, DutyPair, HeldDuty, MatrixPair, PairPositions, RowPair};

/// A row by its matrix and its number there.
type RowAddress = (usize, usize);

/// The new side's matrices with the old rows beside theirs, then the old ones that are gone.
pub(super) fn matrix_pairs(
    pages: Sides<&Document>,
    duties: &Sides<Vec<DutyInRow<'_>>>,
    threads: &[PairPositions],
    changes: &[Change],
) -> Vec<MatrixPair> {
    let homes = pages.map(duty_addresses);
    let matched = Matched::match_rows(pages, &homes, threads, changes);
    let shown: Vec<DutyPair> =
        threads.iter().map(|thread| duty_pair(thread, duties, changes)).collect();
    let mut by_row: Sides<BTreeMap<RowAddress, Vec<&DutyPair>>> = Sides::default();
    for (thread, strand) in threads.iter().zip(&shown) {
        let new = thread.duty.new.and_then(|at| homes.new.get(at));
        let old = thread.duty.old.and_then(|at| homes.old.get(at));
        match (new, old) {
            (Some(home), _) => by_row.new.entry(*home).or_default().push(strand),
            (None, Some(home)) => match matched.rows.get(home) {
                Some(beside) => by_row.new.entry(*beside).or_default().push(strand),
                None => by_row.old.entry(*home).or_default().push(strand),
            },
            (None, None) => {}
        }
    }
    let laying = RowLayout { pages, matched, by_row };
    let new =
        pages.new.matrices.iter().enumerate().map(|(at, matrix)| laying.matrix_pair(at, matrix));
    let gone = |(at, _): &(usize, &Arc<Matrix>)| !laying.matched.matrices.contains_key(at);
    let old = pages.old.matrices.iter().enumerate().filter(gone);
    new.chain(old.map(|(at, matrix)| laying.gone_matrix(at, matrix))).collect()
}

/// Where each duty stands, by its index.
fn duty_addresses(page: &Document) -> Vec<RowAddress> {
    let mut all = Vec::new();
    for (at, matrix) in page.matrices.iter().enumerate() {
        for (row, content) in matrix.rows.iter().enumerate() {
            all.extend(content.duties.iter().map(|_| (at, row)));
        }
    }
    all
}

/// The texts of a strand: those of the change, else as the page does.
fn duty_pair(
    thread: &PairPositions,
    duties: &Sides<Vec<DutyInRow<'_>>>,
    changes: &[Change],
) -> DutyPair {
    let change = thread.change.and_then(|at| changes.get(at));
    let own = |at: Option<usize>, duties: &[DutyInRow<'_>]| {
        let (matrix, row, duty) = duties.get(at?)?;
        let area = duty.area.as_ref().filter(|_| matrix.layout == Layout::OwnerGrid);
        let text = area.filter(|area| !area.is_empty() && !row.task.is_empty());
        let text = text.unwrap_or(&duty.phrase).text.clone();
        Some(HeldDuty { party: duty.party.clone(), text, line: duty.line })
    };
    // what came from another document is known to the change only
    let elsewhere = |place: &Place| {
        let party = change.and_then(|change| change.party.old.clone())?;
        Some(HeldDuty { party, text: place.text.clone(), line: place.line })
    };
    let old = own(thread.duty.old, &duties.old)
        .or_else(|| elsewhere(change?.place.old.as_ref().filter(|place| place.path.is_some())?));
    let new = own(thread.duty.new, &duties.new);
    DutyPair { duty: Sides::new(old, new), change: thread.change, away: thread.away.clone() }
}

/// Old rows and matrices, each with the new one that it stands beside, and the way back.
struct Matched {
    rows: BTreeMap<RowAddress, RowAddress>,
    matrices: BTreeMap<usize, usize>,
    /// The first old row beside each new one.
    row_before: BTreeMap<RowAddress, RowAddress>,
    matrices_before: BTreeMap<usize, Vec<usize>>,
}

impl Matched {
    fn match_rows(
        pages: Sides<&Document>,
        homes: &Sides<Vec<RowAddress>>,
        threads: &[PairPositions],
        changes: &[Change],
    ) -> Self {
        let mut rows = Votes::default();
        let mut matrices = Votes::default();
        for thread in threads {
            let kind = thread.change.and_then(|at| changes.get(at)).map(|change| change.kind);
            // a duty that went elsewhere says nothing of its neighbours
            let weight = match kind {
                Some(Kind::Relocated | Kind::Added | Kind::Removed) => continue,
                Some(Kind::Moved | Kind::Reworded) => 1,
                None => 2,
            };
            let old = thread.duty.old.and_then(|at| homes.old.get(at));
            let new = thread.duty.new.and_then(|at| homes.new.get(at));
            let (Some(old), Some(new)) = (old, new) else { continue };
            let labels = (row_at(pages.old, *old), row_at(pages.new, *new));
            let same = labels.0.map(canonical_label) == labels.1.map(canonical_label);
            rows.cast_vote(*old, *new, if same { weight * 4 } else { weight });
            matrices.cast_vote(old.0, new.0, weight);
        }
        let mut matrices = matrices.count_votes();
        by_heading(pages, &mut matrices);
        let mut rows = rows.count_votes();
        by_label(pages, &matrices, &mut rows);
        let mut row_before = BTreeMap::new();
        for (old, new) in &rows {
            // rows of another matrix say nothing of this one's
            if matrices.get(&old.0) == Some(&new.0) {
                row_before.entry(*new).or_insert(*old);
            }
        }
        let mut matrices_before: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (old, new) in &matrices {
            matrices_before.entry(*new).or_default().push(*old);
        }
        Self { rows, matrices, row_before, matrices_before }
    }
}

fn row_at(page: &Document, at: RowAddress) -> Option<&Row> {
    page.matrices.get(at.0)?.rows.get(at.1)
}

fn canonical_label(row: &Row) -> &str {
    &row.task.canonical
}

/// Matrices that no duty ties stand together where their headings and layouts are the same.
fn by_heading(pages: Sides<&Document>, matched: &mut BTreeMap<usize, usize>) {
    let key = |matrix: &Matrix| {
        let headings = matrix.section.iter().map(|heading| heading.canonical.clone());
        (matrix.layout, headings.collect::<Vec<_>>())
    };
    let mut free: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let taken: BTreeSet<usize> = matched.values().copied().collect();
    for (at, matrix) in pages.new.matrices.iter().enumerate().rev() {
        if !taken.contains(&at) {
            free.entry(key(matrix)).or_default().push(at);
        }
    }
    for (at, matrix) in pages.old.matrices.iter().enumerate() {
        if matched.contains_key(&at) {
            continue;
        }
        if let Some(new) = free.get_mut(&key(matrix)).and_then(Vec::pop) {
            matched.insert(at, new);
        }
    }
}

/// Rows that no duty ties stand together where their matrices do and their labels are the same.
fn by_label(
    pages: Sides<&Document>,
    matrices: &BTreeMap<usize, usize>,
    rows: &mut BTreeMap<RowAddress, RowAddress>,
) {
    let mut labels: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (at, matrix) in pages.new.matrices.iter().enumerate() {
        for (number, row) in matrix.rows.iter().enumerate() {
            labels.entry((at, canonical_label(row))).or_insert(number);
        }
    }
    for (old, new) in matrices {
        let Some(matrix) = pages.old.matrices.get(*old) else { continue };
        for (number, row) in matrix.rows.iter().enumerate() {
            if let Some(beside) = labels.get(&(*new, canonical_label(row))) {
                rows.entry((*old, number)).or_insert((*new, *beside));
            }
        }
    }
}

/// Weighted votes for old-to-new pairs.
struct Votes<K>(BTreeMap<K, BTreeMap<K, usize>>);

impl<K> Default for Votes<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy> Votes<K> {
    fn cast_vote(&mut self, old: K, new: K, weight: usize) {
        *self.0.entry(old).or_default().entry(new).or_default() += weight;
    }

    /// The most votes win, the first of equals.
    fn count_votes(self) -> BTreeMap<K, K> {
        let winner = |votes: BTreeMap<K, usize>| {
            let first = votes.into_iter().rev().max_by_key(|(_, weight)| *weight);
            first.map(|(new, _)| new)
        };
        self.0.into_iter().filter_map(|(old, votes)| Some((old, winner(votes)?))).collect()
    }
}

/// All that rows are laid out from.
struct RowLayout<'a> {
    pages: Sides<&'a Document>,
    matched: Matched,
    by_row: Sides<BTreeMap<RowAddress, Vec<&'a DutyPair>>>,
}

impl RowLayout<'_> {
    /// A matrix of the new side, with all that stood in its place before.
    fn matrix_pair(&self, at: usize, matrix: &Matrix) -> MatrixPair {
        let olds = self.matched.matrices_before.get(&at).map(Vec::as_slice).unwrap_or_default();
        let mut lost = self.lost_rows(olds, at);
        let mut rows = lost.remove(&None).unwrap_or_default();
        for (number, row) in matrix.rows.iter().enumerate() {
            rows.push(self.row_pair((at, number), row));
            rows.extend(lost.remove(&Some(number)).unwrap_or_default());
        }
        let old = olds.first().and_then(|old| self.pages.old.matrices.get(*old));
        let renamed = old.map(|matrix| matrix.area()).filter(|before| {
            olds.len() == 1 && before.canonical != matrix.area().canonical && !before.is_empty()
        });
        MatrixPair {
            section: phrase_texts(&matrix.section),
            renamed: renamed.map(|before| before.text),
            caption: matrix.caption.clone(),
            layout: matrix.layout,
            line: Sides::new(old.map(|old| old.line), Some(matrix.line)),
            rows,
        }
    }

    /// A row of the new side, and the one that stood in its place.
    fn row_pair(&self, at: RowAddress, row: &Row) -> RowPair {
        let before = self.matched.row_before.get(&at);
        let before = before.and_then(|old| self::row_at(self.pages.old, *old));
        let strands = self.by_row.new.get(&at).map(Vec::as_slice).unwrap_or_default();
        // a label in another spelling is no new label
        let old =
            before.map(|old| if canonical_label(old) == canonical_label(row) { row } else { old });
        RowPair {
            task: Sides::new(old.map(row_label), Some(row_label(row))),
            line: Sides::new(before.map(|old| old.line), Some(row.line)),
            strands: in_order(strands),
        }
    }

    /// The old rows that are gone, by the new row that they stood after.
    fn lost_rows(&self, olds: &[usize], new: usize) -> BTreeMap<Option<usize>, Vec<RowPair>> {
        let mut lost: BTreeMap<Option<usize>, Vec<RowPair>> = BTreeMap::new();
        for old in olds {
            let Some(matrix) = self.pages.old.matrices.get(*old) else { continue };
            let mut after = None;
            for (number, row) in matrix.rows.iter().enumerate() {
                match self.matched.rows.get(&(*old, number)) {
                    Some((home, beside)) if *home == new => after = Some(*beside),
                    Some(_) => {}
                    None => lost.entry(after).or_default().push(self.gone_row((*old, number), row)),
                }
            }
        }
        lost
    }

    fn gone_row(&self, at: RowAddress, row: &Row) -> RowPair {
        let strands = self.by_row.old.get(&at).map(Vec::as_slice).unwrap_or_default();
        RowPair {
            task: Sides::new(Some(row_label(row)), None),
            line: Sides::new(Some(row.line), None),
            strands: in_order(strands),
        }
    }

    /// A matrix that only the old side has.
    fn gone_matrix(&self, at: usize, matrix: &Matrix) -> MatrixPair {
        let rows = matrix.rows.iter().enumerate();
        MatrixPair {
            section: phrase_texts(&matrix.section),
            renamed: None,
            caption: matrix.caption.clone(),
            layout: matrix.layout,
            line: Sides::new(Some(matrix.line), None),
            rows: rows
                .filter(|(number, _)| !self.matched.rows.contains_key(&(at, *number)))
                .map(|(number, row)| self.gone_row((at, number), row))
                .collect(),
        }
    }
}

fn phrase_texts(phrases: &[Phrase]) -> Vec<String> {
    phrases.iter().map(|phrase| phrase.text.clone()).collect()
}

fn row_label(row: &Row) -> String {
    row.task.text.clone()
}

/// Changed ones first, in the order of the document.
fn in_order(strands: &[&DutyPair]) -> Vec<DutyPair> {
    let mut strands: Vec<DutyPair> = strands.iter().map(|strand| (*strand).clone()).collect();
    strands.sort_by_key(|strand| (!strand.is_changed(), strand.change));
    strands
}
