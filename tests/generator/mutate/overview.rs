//! Changes of the owner grid.

use super::Draft;
use crate::generator::build;
use crate::generator::model::Holder;
use crate::generator::rng::Rng;

/// One to three cells of a row get another owner, a new one or none.
pub(super) fn owner(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(grid) = &mut draft.new.grid else { return false };
    let at = rng.below(grid.rows.len());
    let row = &mut grid.rows[at];
    if draft.by.contains_key(&row.id) {
        return false;
    }
    draft.by.insert(row.id, name);
    for _ in 0..rng.between(1, 3) {
        let column = rng.below(grid.rows[at].owners.len());
        let owner = *rng.weighted(&[
            (3, Some(Holder::Ibm)),
            (3, Some(Holder::Customer)),
            (3, Some(Holder::Shared)),
            (1, None),
        ]);
        let owner = grid.owner_of(owner);
        grid.rows[at].owners[column] = owner;
    }
    true
}

pub(super) fn add_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(grid) = &mut draft.new.grid else { return false };
    let Some(row) = build::grid_row(grid, &mut draft.ids, rng) else { return false };
    let before = draft.old.grid.as_ref();
    if before.is_some_and(|old| old.rows.iter().any(|other| other.label == row.label)) {
        return false;
    }
    draft.by.insert(row.id, name);
    grid.rows.push(row);
    true
}

pub(super) fn remove_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(grid) = &mut draft.new.grid else { return false };
    if grid.rows.len() < 4 {
        return false;
    }
    let row = grid.rows.remove(rng.below(grid.rows.len()));
    let untouched = !draft.by.contains_key(&row.id);
    draft.by.insert(row.id, name);
    untouched
}

/// A word more: nothing but the label says which row it is, so most of it stays.
pub(super) fn rename_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    const MORE: [&str; 3] = ["platform", "regional", "managed"];
    let Some(grid) = &mut draft.new.grid else { return false };
    let at = rng.below(grid.rows.len());
    let row = &mut grid.rows[at];
    if draft.by.contains_key(&row.id) || row.label.split(' ').count() < 2 {
        return false;
    }
    draft.by.insert(row.id, name);
    row.label = format!("{} {}", row.label, rng.pick(&MORE));
    true
}
