//! Other words for the same obligation, in its place.

use super::{Draft, Split};
use crate::generator::model::{Duty, Placed, Text};
use crate::generator::rng::Rng;
use crate::generator::sentence::{Clause, Sentence};
use crate::generator::tweak::{self, Tweak};
use crate::generator::voices;

fn is_built(placed: &Placed<'_>) -> bool {
    matches!(placed.duty.text, Text::Built(_))
}

fn reword(draft: &mut Draft, name: &'static str, rng: &mut Rng, change: Tweak) -> bool {
    let Some(id) = draft.any_duty(rng, is_built) else { return false };
    let Some(duty) = draft.new.duty_mut(id) else { return false };
    let Text::Built(sentence) = &mut duty.text else { return false };
    draft.by.insert(id, name);
    change(sentence, &draft.focus, rng)
}

pub(super) fn number(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::number)
}

pub(super) fn product(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::product)
}

pub(super) fn synonym(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::synonym)
}

pub(super) fn adjective(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::adjective)
}

pub(super) fn more(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::more)
}

pub(super) fn less(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::less)
}

pub(super) fn circumstance(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::circumstance)
}

pub(super) fn determiner(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::determiner)
}

pub(super) fn typo(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::typo)
}

pub(super) fn order(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    reword(draft, name, rng, tweak::order)
}

pub(super) fn voice(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, is_built) else { return false };
    let service = draft.new.product;
    let Some(duty) = draft.new.duty_mut(id) else { return false };
    let holder = duty.holder;
    let Text::Built(sentence) = &mut duty.text else { return false };
    let before = sentence.text();
    voices::change(sentence, holder, service, rng);
    draft.by.insert(id, name);
    sentence.text() != before
}

pub(super) fn much(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, is_built) else { return false };
    let service = draft.new.product;
    let Some(duty) = draft.new.duty_mut(id) else { return false };
    let holder = duty.holder;
    let Text::Built(sentence) = &mut duty.text else { return false };
    if rng.chance(40) {
        voices::change(sentence, holder, service, rng);
    }
    draft.by.insert(id, name);
    tweak::much(sentence, &draft.focus, rng)
}

/// "A and B." becomes "A." and "B.".
pub(super) fn split(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let two = |placed: &Placed<'_>| match &placed.duty.text {
        Text::Built(sentence) => sentence.clauses.len() == 2,
        Text::Generic(_) | Text::Reference(_) | Text::Double(..) => false,
    };
    let Some(id) = draft.any_duty(rng, two) else { return false };
    let Some(row) = draft.new.find(id).map(|placed| placed.row.id) else { return false };
    let Some(duty) = draft.new.duty_mut(id) else { return false };
    let Text::Built(sentence) = &mut duty.text else { return false };
    let Some(second) = sentence.clauses.pop() else { return false };
    let half = Sentence { clauses: vec![second], fronted: false, ..sentence.clone() };
    let other = Duty { id: draft.ids.next(), holder: duty.holder, text: Text::Built(half) };
    draft.by.insert(id, name);
    draft.by.insert(other.id, name);
    draft.splits.push(Split { whole: id, halves: [id, other.id], joined: false });
    let Some(row) = draft.new.row_mut(row) else { return false };
    let at = row.duties.iter().position(|duty| duty.id == id).unwrap_or(0);
    row.duties.insert(at + 1, other);
    true
}

/// "A." and "B." of one cell become "A and B.".
pub(super) fn join(draft: &mut Draft, name: &'static str, rng: &mut Rng) -> bool {
    let Some(id) = draft.any_duty(rng, |placed| single(placed).is_some()) else { return false };
    let Some((row, holder, sentence)) = draft.new.find(id).and_then(|placed| {
        let (sentence, _) = single(&placed)?;
        Some((placed.row.id, placed.duty.holder, sentence.clone()))
    }) else {
        return false;
    };
    let partner = draft.any_duty(rng, |placed| {
        placed.row.id == row
            && placed.duty.id != id
            && placed.duty.holder == holder
            && single(placed).is_some_and(|(other, _)| other.voice == sentence.voice)
    });
    let Some(partner) = partner else { return false };
    let second = draft.new.find(partner).and_then(|placed| Some(single(&placed)?.1.clone()));
    let Some(second) = second else { return false };
    draft.by.insert(id, name);
    draft.by.insert(partner, name);
    draft.splits.push(Split { whole: id, halves: [id, partner], joined: true });
    let Some(row) = draft.new.row_mut(row) else { return false };
    row.duties.retain(|duty| duty.id != partner);
    let Some(duty) = draft.new.duty_mut(id) else { return false };
    let mut clauses = sentence.clauses.clone();
    clauses.push(second);
    duty.text = Text::Built(Sentence { clauses, ..sentence });
    true
}

/// A sentence of one clause, with that clause.
fn single<'a>(placed: &Placed<'a>) -> Option<(&'a Sentence, &'a Clause)> {
    match &placed.duty.text {
        Text::Built(sentence) if sentence.clauses.len() == 1 => {
            sentence.clauses.first().map(|clause| (sentence, clause))
        }
        Text::Built(_) | Text::Generic(_) | Text::Reference(_) | Text::Double(..) => None,
    }
}
