//! Duties that are found again in the cell where they stood.

use std::collections::HashMap;

use super::columns::Columns;
use super::duties::Search;
use super::face::Face;
use crate::model::{Layout, Sides};

/// Grid cells are the same where row and column are; whose they are now is the change.
pub(super) fn pair_grid_cells(
    search: &mut Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    rows: &[Sides<usize>],
    headings: &Columns<'_>,
) {
    for pair in rows {
        let (a, b) = (&faces.old.rows[pair.old], &faces.new.rows[pair.new]);
        let tables = Sides::new(a.table, b.table);
        if layouts(faces, tables) != Sides::new(Layout::OwnerGrid, Layout::OwnerGrid) {
            continue;
        }
        let mut columns: HashMap<_, Sides<Vec<usize>>> = HashMap::new();
        for old in a.items.clone() {
            let column = faces.old.items[old].column.map(|old| headings.of(tables, old));
            columns.entry(column).or_default().old.push(old);
        }
        for new in b.items.clone() {
            columns.entry(faces.new.items[new].column).or_default().new.push(new);
        }
        for cells in columns.values_mut() {
            // of columns with one heading those are one that name one owner
            cells.old.sort_by_key(|old| faces.old.items[*old].party);
            cells.new.sort_by_key(|new| faces.new.items[*new].party);
            pair_equals(
                search,
                cells,
                |at| faces.old.items[at].party,
                |at| faces.new.items[at].party,
            );
            for (old, new) in std::iter::zip(&cells.old, &cells.new) {
                search.pair(*old, *new);
            }
        }
    }
}

fn layouts(faces: Sides<&Face<'_>>, tables: Sides<usize>) -> Sides<Layout> {
    Sides::new(faces.old.tables[tables.old].layout, faces.new.tables[tables.new].layout)
}

/// Pairs what has an equal key, and takes it out of the lists.
fn pair_equals<K: Eq + std::hash::Hash>(
    search: &mut Search<'_, '_>,
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
        twin.inspect(|new| search.pair(*old, *new)).is_none()
    });
    found.new.retain(|new| search.is_free_new(*new));
}

/// The same words held by the same party: in the row that the old one became, then anywhere under
/// the same label of the same table. Duties that two parties hold in rows with one label, or that
/// one party holds twice, are separated here, before anything else is compared. In an owner list
/// the row is the duty, so there the party may differ.
pub(super) fn pair_same_cell(
    search: &mut Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    rows: &[Sides<usize>],
) {
    pair_same_column(search, faces, rows);
    let held = |face: &Face<'_>, item: usize| face.items[item].held_id;
    for pair in rows {
        let mut free = free_of_rows(search, faces, *pair);
        pair_equals(search, &mut free, |old| held(faces.old, old), |new| held(faces.new, new));
    }
    let mut free = Sides::new(
        (0..faces.old.items.len()).filter(|old| search.is_free_old(*old)).collect::<Vec<_>>(),
        (0..faces.new.items.len()).filter(|new| search.is_free_new(*new)).collect::<Vec<_>>(),
    );
    let known: Vec<_> =
        (0..faces.old.tables.len()).map(|table| search.table_of_old(table)).collect();
    free.old.retain(|old| known[faces.old.items[*old].table].is_some());
    pair_equals(
        search,
        &mut free,
        |old| {
            (
                known[faces.old.items[old].table],
                faces.old.line_of(old).task_id,
                held(faces.old, old),
            )
        },
        |new| {
            (Some(faces.new.items[new].table), faces.new.line_of(new).task_id, held(faces.new, new))
        },
    );
    search.find_spares();
    for pair in rows {
        let tables = Sides::new(faces.old.rows[pair.old].table, faces.new.rows[pair.new].table);
        if layouts(faces, tables) == Sides::new(Layout::OwnerList, Layout::OwnerList) {
            let mut free = free_of_rows(search, faces, *pair);
            // a reference never moves
            let may_move = |face: &Face<'_>, item: usize| !face.items[item].reference;
            free.old.retain(|old| !search.spare.old[*old] && may_move(faces.old, *old));
            free.new.retain(|new| !search.spare.new[*new] && may_move(faces.new, *new));
            let text = |face: &Face<'_>, item: usize| face.items[item].text_id;
            pair_equals(search, &mut free, |old| text(faces.old, old), |new| text(faces.new, new));
        }
    }
}

/// Of the owners that several columns give to one duty, each is its column's, whoever it is now.
fn pair_same_column(search: &mut Search<'_, '_>, faces: Sides<&Face<'_>>, rows: &[Sides<usize>]) {
    for pair in rows {
        let tables = Sides::new(faces.old.rows[pair.old].table, faces.new.rows[pair.new].table);
        if layouts(faces, tables) != Sides::new(Layout::OwnerList, Layout::OwnerList) {
            continue;
        }
        let mut free = free_of_rows(search, faces, *pair);
        let fits = |face: &Face<'_>, item: usize| {
            face.items[item].column.is_some() && !face.items[item].reference
        };
        free.old.retain(|old| fits(faces.old, *old));
        free.new.retain(|new| fits(faces.new, *new));
        let old_key = |old: usize| (faces.old.items[old].column, faces.old.items[old].text_id);
        let new_key = |new: usize| (faces.new.items[new].column, faces.new.items[new].text_id);
        pair_equals(search, &mut free, old_key, new_key);
    }
}

fn free_of_rows(
    search: &Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    rows: Sides<usize>,
) -> Sides<Vec<usize>> {
    let items = Sides::new(&faces.old.rows[rows.old].items, &faces.new.rows[rows.new].items);
    Sides::new(
        items.old.clone().filter(|old| search.is_free_old(*old)).collect(),
        items.new.clone().filter(|new| search.is_free_new(*new)).collect(),
    )
}
