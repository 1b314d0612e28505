//! Obligations that come or go.

use super::Draft;
use crate::generator::build;
use crate::generator::model::{Duty, Holder, Placed, Row, Text};
use crate::generator::rng::Rng;
use crate::generator::vocabulary::WORDS;

fn can_go(placed: &Placed<'_>) -> bool {
    !matches!(placed.duty.text, Text::Double(..))
}

pub(super) fn add_duty(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(row) = draft.any_place(rng) else { return false };
    let holder = *rng.pick(&[Holder::Ibm, Holder::Customer]);
    let mut duty = build::duty(holder, draft.new.product, None, &draft.focus, &mut draft.ids, rng);
    if rng.chance(8) {
        duty.text = Text::Generic(WORDS.generic[rng.below(WORDS.generic.len())]);
    }
    draft.by.insert(duty.id, name);
    let Some(row) = draft.new.row_mut(row) else { return false };
    row.duties.push(duty);
    true
}

/// The words of a duty that stays, in another row.
pub(super) fn add_twin(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, can_go) else { return false };
    let Some(to) = draft.any_place(rng) else { return false };
    let Some(Placed { row, duty, .. }) = draft.new.find(id) else { return false };
    if row.id == to {
        return false;
    }
    let twin = Duty { id: draft.ids.next(), ..duty.clone() };
    draft.by.insert(twin.id, name);
    let Some(row) = draft.new.row_mut(to) else { return false };
    row.duties.push(twin);
    true
}

pub(super) fn add_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let at = rng.below(draft.new.areas.len());
    let mut row =
        build::row(&draft.new, &draft.new.areas[at].rows, &draft.focus, &mut draft.ids, rng);
    let beside = |label: &str| {
        let both = draft.old.areas.iter().chain(&draft.new.areas);
        let here = both.filter(|area| area.id == draft.new.areas[at].id);
        here.flat_map(|area| &area.rows).any(|row| row.label == label)
    };
    while beside(&row.label) {
        row.label = build::fresh_label(&draft.focus, rng);
    }
    mark(draft, &row, name);
    let rows = &mut draft.new.areas[at].rows;
    rows.insert(rng.below(rows.len() + 1), row);
    true
}

fn mark(draft: &mut Draft, row: &Row, name: &'static str) {
    for duty in &row.duties {
        draft.by.insert(duty.id, name);
    }
}

pub(super) fn add_area(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let area = build::area(&draft.new, &draft.focus, &mut draft.ids, rng);
    if draft.old.areas.iter().any(|old| old.heading == area.heading) {
        return false;
    }
    for row in &area.rows {
        mark(draft, row, name);
    }
    draft.new.areas.push(area);
    true
}

pub(super) fn remove_duty(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let keeps_row = |placed: &Placed<'_>| can_go(placed) && placed.row.duties.len() > 1;
    let Some(id) = draft.any_duty(rng, keeps_row) else { return false };
    let Some(row) = draft.new.find(id).map(|placed| placed.row.id) else { return false };
    draft.by.insert(id, name);
    let Some(row) = draft.new.row_mut(row) else { return false };
    row.duties.retain(|duty| duty.id != id);
    true
}

pub(super) fn remove_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_row(rng) else { return false };
    let area = draft.new.areas.iter_mut().find(|area| area.rows.iter().any(|row| row.id == id));
    let Some(area) = area.filter(|area| area.rows.len() > 1) else { return false };
    let Some(at) = area.rows.iter().position(|row| row.id == id) else { return false };
    let row = area.rows.remove(at);
    draft.touched.insert(id);
    mark(draft, &row, name);
    row.is_plain()
}

pub(super) fn remove_area(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    if draft.new.areas.len() < 3 {
        return false;
    }
    let area = draft.new.areas.remove(rng.below(draft.new.areas.len()));
    let known = draft.old.areas.iter().any(|old| old.id == area.id);
    let fresh = area.rows.iter().all(|row| {
        row.is_plain()
            && !draft.touched.contains(&row.id)
            && !row.duties.iter().any(|duty| draft.by.contains_key(&duty.id))
    });
    for row in &area.rows {
        mark(draft, row, name);
    }
    draft.touched.insert(area.id);
    known && fresh
}

/// A duty goes and one about something else comes, in the same cell.
pub(super) fn replace(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, can_go) else { return false };
    let Some(Placed { row, duty, .. }) = draft.new.find(id) else { return false };
    let (row, holder) = (row.id, duty.holder);
    let fresh = build::duty(holder, draft.new.product, None, &draft.focus, &mut draft.ids, rng);
    draft.by.insert(id, name);
    draft.by.insert(fresh.id, name);
    let Some(row) = draft.new.row_mut(row) else { return false };
    let at = row.duties.iter().position(|duty| duty.id == id).unwrap_or(0);
    row.duties[at] = fresh;
    true
}
