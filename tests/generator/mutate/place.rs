//! The same obligation, held by another party or told elsewhere; and labels that change.

use super::Draft;
use crate::generator::build;
use crate::generator::focus::Focus;
use crate::generator::model::{Holder, Id, Placed, Row, Text};
use crate::generator::rng::Rng;
use crate::generator::sentence::Sentence;
use crate::generator::tweak::{self, Tweak};
use crate::generator::vocabulary::WORDS;
use crate::generator::voices;

fn can_move(placed: &Placed<'_>) -> bool {
    matches!(placed.duty.text, Text::Built(_) | Text::Generic(_))
}

fn is_built(placed: &Placed<'_>) -> bool {
    matches!(placed.duty.text, Text::Built(_))
}

/// Gives a duty to the other party. A voice that names the old one has to change.
fn hand_over(
    draft: &mut Draft,
    id: Id,
    name: &'static str,
    rng: &mut Rng,
    change: fn(&mut Sentence, Holder, usize, &Focus, &mut Rng) -> bool,
) -> bool {
    let service = draft.new.product;
    let shares = draft.shares && rng.chance(40);
    let Some(duty) = draft.new.duty_mut(id) else { return false };
    let to = if shares { Holder::Shared } else { duty.holder.other() };
    duty.holder = to;
    draft.by.insert(id, name);
    match &mut duty.text {
        Text::Built(sentence) => change(sentence, to, service, &draft.focus, rng),
        Text::Generic(_) => true,
        Text::Reference(_) | Text::Double(..) => false,
    }
}

pub(super) fn move_exact(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let neutral = |placed: &Placed<'_>| match &placed.duty.text {
        Text::Built(sentence) => voices::is_neutral(sentence.voice),
        Text::Generic(_) => true,
        Text::Reference(_) | Text::Double(..) => false,
    };
    let Some(id) = draft.any_duty(rng, neutral) else { return false };
    hand_over(draft, id, name, rng, |_, _, _, _, _| true)
}

pub(super) fn move_voice(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, is_built) else { return false };
    hand_over(draft, id, name, rng, |sentence, to, service, _, rng| {
        voices::change(sentence, to, service, rng);
        true
    })
}

pub(super) fn move_reworded(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    const SMALL: [Tweak; 6] =
        [tweak::number, tweak::synonym, tweak::adjective, tweak::more, tweak::less, tweak::typo];
    let Some(id) = draft.any_duty(rng, is_built) else { return false };
    hand_over(draft, id, name, rng, |sentence, to, service, focus, rng| {
        if rng.chance(50) || !voices::is_neutral(sentence.voice) {
            voices::change(sentence, to, service, rng);
        }
        rng.pick(&SMALL)(sentence, focus, rng)
    })
}

pub(super) fn move_to_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, can_move) else { return false };
    let Some(to) = draft.any_place(rng) else { return false };
    let changed = hand_over(draft, id, name, rng, |sentence, to, service, _, rng| {
        if rng.chance(50) || !voices::is_neutral(sentence.voice) {
            voices::change(sentence, to, service, rng);
        }
        true
    });
    changed && carry(draft, id, to)
}

pub(super) fn relocate_duty(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, is_built) else { return false };
    let Some(to) = draft.any_place(rng) else { return false };
    draft.by.insert(id, name);
    carry(draft, id, to)
}

/// Takes a duty to another row; the row that it leaves keeps at least one.
fn carry(draft: &mut Draft, id: Id, to: Id) -> bool {
    let Some(from) = draft.new.find(id).map(|placed| placed.row.id) else { return false };
    let Some(row) = draft.new.row_mut(from).filter(|row| from != to && row.duties.len() > 1) else {
        return false;
    };
    let Some(at) = row.duties.iter().position(|duty| duty.id == id) else { return false };
    let duty = row.duties.remove(at);
    let Some(row) = draft.new.row_mut(to) else { return false };
    row.duties.push(duty);
    true
}

pub(super) fn swap_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_row(rng) else { return false };
    let Some(row) = draft.new.row_mut(id) else { return false };
    let duties: Vec<Id> = row.duties.iter().map(|duty| duty.id).collect();
    draft.touched.insert(id);
    duties.into_iter().all(|duty| {
        hand_over(draft, duty, name, rng, |sentence, to, service, _, rng| {
            if !voices::is_neutral(sentence.voice) {
                voices::change(sentence, to, service, rng);
            }
            true
        })
    })
}

/// Half of a row's duties go to a new row below it.
pub(super) fn split_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_row(rng) else { return false };
    let label = build::fresh_label(&draft.focus, rng);
    if draft.new.has_label(&label) || draft.old.has_label(&label) {
        return false;
    }
    let fresh = draft.ids.next();
    let Some(row) = draft.new.row_mut(id).filter(|row| row.duties.len() > 3 && row.is_plain())
    else {
        return false;
    };
    let half = row.duties.len().div_ceil(2);
    let duties = row.duties.split_off(half);
    for duty in &duties {
        draft.by.insert(duty.id, name);
    }
    draft.touched.extend([id, fresh]);
    let area = draft.new.areas.iter_mut().find(|area| area.rows.iter().any(|row| row.id == id));
    let Some(area) = area else { return false };
    let at = area.rows.iter().position(|row| row.id == id).unwrap_or(0);
    area.rows.insert(at + 1, Row { id: fresh, label, duties });
    true
}

/// A row's duties go to a row that holds more, and the row is no more.
pub(super) fn join_rows(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let (Some(from), Some(to)) = (draft.any_row(rng), draft.any_row(rng)) else { return false };
    let area = draft.new.areas.iter_mut().find(|area| area.rows.iter().any(|row| row.id == from));
    let Some(area) = area else { return false };
    let at = |id: Id| area.rows.iter().position(|row| row.id == id);
    let (Some(from_at), Some(to_at)) = (at(from), at(to)) else { return false };
    let smaller = area.rows[from_at].duties.len() < area.rows[to_at].duties.len();
    if from == to || !smaller || !area.rows[from_at].is_plain() {
        return false;
    }
    let duties = std::mem::take(&mut area.rows[from_at].duties);
    for duty in &duties {
        draft.by.insert(duty.id, name);
    }
    draft.touched.extend([from, to]);
    area.rows[to_at].duties.extend(duties);
    area.rows.remove(from_at);
    true
}

/// Another label: partly the same words, or none of them.
pub(super) fn rename_row(draft: &mut Draft, _: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_row(rng) else { return false };
    let mut label = build::fresh_label(&draft.focus, rng);
    let old = draft.new.rows().find(|(_, row)| row.id == id).map(|(_, row)| row.label.clone());
    let old = old.unwrap_or_default();
    if rng.chance(60) {
        label = match old.rsplit_once(' ') {
            Some((rest, last)) if WORDS.natures.contains(&last) => rest.to_owned(),
            _ => format!("{old} {}", rng.pick(&WORDS.natures)),
        };
    }
    if draft.new.has_label(&label) || draft.old.has_label(&label) {
        return false;
    }
    draft.touched.insert(id);
    let Some(row) = draft.new.row_mut(id) else { return false };
    row.label = label;
    true
}

pub(super) fn rename_area(draft: &mut Draft, _: &'static str, rng: &mut Rng) -> bool {
    let fresh = build::fresh_heading(&draft.new, rng);
    let plans = draft.new.areas.iter().any(|a| a.parent.is_some() && draft.touched.contains(&a.id));
    let known = draft.old.areas.iter().map(|area| area.id).collect::<Vec<_>>();
    let at = rng.below(draft.new.areas.len());
    let service = draft.new.product;
    let taken = draft.old.areas.iter().any(|area| area.heading == fresh);
    let area = &mut draft.new.areas[at];
    let unknown = !known.contains(&area.id) || draft.touched.contains(&area.id);
    if unknown || taken || (area.parent.is_some() && plans) {
        return false;
    }
    draft.touched.insert(area.id);
    if area.parent.is_some() {
        area.heading = format!("<{service}> Premium");
    } else if rng.chance(50) {
        area.heading = format!("{} for <{service}>", area.heading);
    } else {
        area.heading = fresh;
    }
    true
}

pub(super) fn relocate_row(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_row(rng) else { return false };
    let to = rng.below(draft.new.areas.len());
    let target = draft.new.areas[to].clone();
    let known = draft.old.areas.iter().any(|area| area.id == target.id);
    let from = draft.new.areas.iter_mut().find(|area| area.rows.iter().any(|row| row.id == id));
    let Some(from) = from.filter(|from| from.id != target.id && from.rows.len() > 2) else {
        return false;
    };
    let Some(at) = from.rows.iter().position(|row| row.id == id) else { return false };
    let row = from.rows.remove(at);
    if !known || !row.is_plain() || target.rows.iter().any(|other| other.label == row.label) {
        return false;
    }
    draft.touched.insert(id);
    for duty in &row.duties {
        draft.by.insert(duty.id, name);
    }
    draft.new.areas[to].rows.push(row);
    true
}
