//! Duties that are found again in the cell where they stood.

use std::collections::HashMap;

use super::columns::RenamedColumns;
use super::duties::DutySearch;
use super::page_index::PageIndex;
use crate::model::{Layout, Sides};

/// Grid cells are the same where row and column are; whose they are now is the change.
pub(super) fn pair_grid_cells(
    search: &mut DutySearch<'_, '_>,
    indexes: Sides<&PageIndex<'_>>,
    rows: &[Sides<usize>],
    headings: &RenamedColumns<'_>,
) {
    for pair in rows {
        let (a, b) = (&indexes.old.rows[pair.old], &indexes.new.rows[pair.new]);
        let tables = Sides::new(a.table, b.table);
        if table_layouts(indexes, tables) != Sides::new(Layout::OwnerGrid, Layout::OwnerGrid) {
            continue;
        }
        let mut columns: HashMap<_, Sides<Vec<usize>>> = HashMap::new();
        for old in a.items.clone() {
            let column = indexes.old.items[old].column.map(|old| headings.heading_for(tables, old));
            columns.entry(column).or_default().old.push(old);
        }
        for new in b.items.clone() {
            columns.entry(indexes.new.items[new].column).or_default().new.push(new);
        }
        for cells in columns.values_mut() {
            // of columns with one heading those are one that name one owner
            cells.old.sort_by_key(|old| indexes.old.items[*old].party);
            cells.new.sort_by_key(|new| indexes.new.items[*new].party);
            pair_equals(
                search,
                cells,
                |at| indexes.old.items[at].party,
                |at| indexes.new.items[at].party,
            );
            for (old, new) in std::iter::zip(&cells.old, &cells.new) {
                search.add_pair(*old, *new);
            }
        }
    }
}

fn table_layouts(indexes: Sides<&PageIndex<'_>>, tables: Sides<usize>) -> Sides<Layout> {
    Sides::new(indexes.old.tables[tables.old].layout, indexes.new.tables[tables.new].layout)
}

/// Pairs what has an equal key, and takes it out of the lists.
fn pair_equals<K: Eq + std::hash::Hash>(
    search: &mut DutySearch<'_, '_>,
    found: &mut Sides<Vec<usize>>,
    old_key: impl Fn(usize) -> K,
    new_key: impl Fn(usize) -> K,
) {
    let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
    for new in found.new.iter().rev() {
        waiting.entry(new_key(*new)).or_default().push(*new);
    }
    found.old.retain(|old| {
        let twin = waiting.get_mut(&old_key(*old)).and_then(Vec::pop);
        twin.inspect(|new| search.add_pair(*old, *new)).is_none()
    });
    found.new.retain(|new| search.is_free_new(*new));
}

/// The same words held by the same party: in the row that the old one became, then anywhere under
/// the same label of the same table. Duties that two parties hold in rows with one label, or that
/// one party holds twice, are separated here, before anything else is compared. In an owner list
/// the row is the duty, so there the party may differ.
pub(super) fn pair_same_cell(
    search: &mut DutySearch<'_, '_>,
    indexes: Sides<&PageIndex<'_>>,
    rows: &[Sides<usize>],
) {
    pair_same_column(search, indexes, rows);
    let held = |page_index: &PageIndex<'_>, item: usize| page_index.items[item].held_id;
    for pair in rows {
        let mut free = free_of_rows(search, indexes, *pair);
        pair_equals(search, &mut free, |old| held(indexes.old, old), |new| held(indexes.new, new));
    }
    let mut free = Sides::new(
        (0..indexes.old.items.len()).filter(|old| search.is_free_old(*old)).collect::<Vec<_>>(),
        (0..indexes.new.items.len()).filter(|new| search.is_free_new(*new)).collect::<Vec<_>>(),
    );
    let known: Vec<_> =
        (0..indexes.old.tables.len()).map(|table| search.table_of_old(table)).collect();
    free.old.retain(|old| known[indexes.old.items[*old].table].is_some());
    pair_equals(
        search,
        &mut free,
        |old| {
            (
                known[indexes.old.items[old].table],
                indexes.old.line_of(old).task_id,
                held(indexes.old, old),
            )
        },
        |new| {
            (
                Some(indexes.new.items[new].table),
                indexes.new.line_of(new).task_id,
                held(indexes.new, new),
            )
        },
    );
    search.find_spares();
    for pair in rows {
        let tables = Sides::new(indexes.old.rows[pair.old].table, indexes.new.rows[pair.new].table);
        if table_layouts(indexes, tables) == Sides::new(Layout::OwnerList, Layout::OwnerList) {
            let mut free = free_of_rows(search, indexes, *pair);
            // a reference never moves
            let may_move =
                |page_index: &PageIndex<'_>, item: usize| !page_index.items[item].reference;
            free.old.retain(|old| !search.spare.old[*old] && may_move(indexes.old, *old));
            free.new.retain(|new| !search.spare.new[*new] && may_move(indexes.new, *new));
            let text = |page_index: &PageIndex<'_>, item: usize| page_index.items[item].text_id;
            pair_equals(
                search,
                &mut free,
                |old| text(indexes.old, old),
                |new| text(indexes.new, new),
            );
        }
    }
}

/// Of the owners that several columns give to one duty, each is its column's, whoever it is now.
fn pair_same_column(
    search: &mut DutySearch<'_, '_>,
    indexes: Sides<&PageIndex<'_>>,
    rows: &[Sides<usize>],
) {
    for pair in rows {
        let tables = Sides::new(indexes.old.rows[pair.old].table, indexes.new.rows[pair.new].table);
        if table_layouts(indexes, tables) != Sides::new(Layout::OwnerList, Layout::OwnerList) {
            continue;
        }
        let mut free = free_of_rows(search, indexes, *pair);
        let fits = |page_index: &PageIndex<'_>, item: usize| {
            page_index.items[item].column.is_some() && !page_index.items[item].reference
        };
        free.old.retain(|old| fits(indexes.old, *old));
        free.new.retain(|new| fits(indexes.new, *new));
        let old_key = |old: usize| (indexes.old.items[old].column, indexes.old.items[old].text_id);
        let new_key = |new: usize| (indexes.new.items[new].column, indexes.new.items[new].text_id);
        pair_equals(search, &mut free, old_key, new_key);
    }
}

fn free_of_rows(
    search: &DutySearch<'_, '_>,
    indexes: Sides<&PageIndex<'_>>,
    rows: Sides<usize>,
) -> Sides<Vec<usize>> {
    let items = Sides::new(&indexes.old.rows[rows.old].items, &indexes.new.rows[rows.new].items);
    Sides::new(
        items.old.clone().filter(|old| search.is_free_old(*old)).collect(),
        items.new.clone().filter(|new| search.is_free_new(*new)).collect(),
    )
}
