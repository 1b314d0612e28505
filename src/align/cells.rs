//! Duties that are found again in the cell where they stood.

use std::collections::HashMap;
use std::hash::Hash;

use super::columns::RenamedColumns;
use super::duties::DutySearch;
use super::page_index::PageIndex;
use crate::model::{Layout, Side, Sides};

/// Grid cells are the same where row and column are; whose they are now is the change.
pub(super) fn pair_grid_cells(
    search: &mut DutySearch<'_, '_>,
    rows: &[Sides<usize>],
    headings: &RenamedColumns<'_>,
) {
    let indexes = search.indexes;
    for pair in rows.iter().filter(|pair| are_rows_of(Layout::OwnerGrid, indexes, **pair)) {
        let lines = indexes.zip(*pair).map(|(index, row)| &index.rows[row]);
        let tables = lines.map(|line| line.table);
        let mut columns: HashMap<_, Sides<Vec<usize>>> = HashMap::new();
        for old in lines.old.items.clone() {
            let column = indexes.old.items[old].column.map(|old| headings.heading_for(tables, old));
            columns.entry(column).or_default().old.push(old);
        }
        for new in lines.new.items.clone() {
            columns.entry(indexes.new.items[new].column).or_default().new.push(new);
        }
        for cells in columns.values_mut() {
            // of columns with one heading those are one that name one owner
            let party = |side: Side, at: usize| indexes.get(side).items[at].party;
            cells.old.sort_by_key(|old| party(Side::Old, *old));
            cells.new.sort_by_key(|new| party(Side::New, *new));
            pair_equals(search, cells, party);
            for (old, new) in std::iter::zip(&cells.old, &cells.new) {
                search.add_pair(*old, *new);
            }
        }
    }
}

/// Pairs what has an equal key, and takes it out of the lists.
fn pair_equals<K: Eq + Hash>(
    search: &mut DutySearch<'_, '_>,
    found: &mut Sides<Vec<usize>>,
    key: impl Fn(Side, usize) -> K,
) {
    let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
    for new in found.new.iter().rev() {
        waiting.entry(key(Side::New, *new)).or_default().push(*new);
    }
    found.old.retain(|old| {
        let twin = waiting.get_mut(&key(Side::Old, *old)).and_then(Vec::pop);
        twin.inspect(|new| search.add_pair(*old, *new)).is_none()
    });
    found.new.retain(|new| search.is_free(Side::New, *new));
}

/// The same words held by the same party: in the row that the old one became, then anywhere under
/// the same label of the same table. Duties that two parties hold in rows with one label, or that
/// one party holds twice, are separated here, before anything else is compared. In an owner list
/// the row is the duty, so there the party may differ.
pub(super) fn pair_same_cell(search: &mut DutySearch<'_, '_>, rows: &[Sides<usize>]) {
    let indexes = search.indexes;
    let item = |side: Side, at: usize| &indexes.get(side).items[at];
    let held = |side: Side, at: usize| item(side, at).held_id;
    let lists = || rows.iter().filter(|pair| are_rows_of(Layout::OwnerList, indexes, **pair));
    // of the owners that several columns give to one duty, each is its column's, whoever it is now
    for pair in lists() {
        let mut free = search.free_of_rows(*pair);
        retain_fitting(&mut free, |side, at| {
            item(side, at).column.is_some() && !item(side, at).reference
        });
        let key = |side: Side, at: usize| (item(side, at).column, item(side, at).text_id);
        pair_equals(search, &mut free, key);
    }
    for pair in rows {
        let mut free = search.free_of_rows(*pair);
        pair_equals(search, &mut free, held);
    }
    let mut free = search.all_free();
    let known: Vec<_> =
        (0..indexes.old.tables.len()).map(|table| search.table_of_old(table)).collect();
    let table = |side: Side, at: usize| match side {
        Side::Old => known[indexes.old.items[at].table],
        Side::New => Some(indexes.new.items[at].table),
    };
    free.old.retain(|old| table(Side::Old, *old).is_some());
    pair_equals(search, &mut free, |side, at| {
        (table(side, at), indexes.get(side).line_of(at).task_id, held(side, at))
    });
    search.find_spares();
    for pair in lists() {
        let mut free = search.free_of_rows(*pair);
        // a reference never moves
        retain_fitting(&mut free, |side, at| {
            !search.spare.get(side)[at] && !item(side, at).reference
        });
        pair_equals(search, &mut free, |side, at| item(side, at).text_id);
    }
}

fn are_rows_of(layout: Layout, indexes: Sides<&PageIndex<'_>>, rows: Sides<usize>) -> bool {
    let layouts = indexes.zip(rows).map(|(index, row)| index.tables[index.rows[row].table].layout);
    layouts == Sides::new(layout, layout)
}

fn retain_fitting(found: &mut Sides<Vec<usize>>, fits: impl Fn(Side, usize) -> bool) {
    found.old.retain(|old| fits(Side::Old, *old));
    found.new.retain(|new| fits(Side::New, *new));
}
