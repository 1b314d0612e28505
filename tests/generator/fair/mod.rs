//! Whether a careful reader of both versions could tell what happened.
//!
//! The generator knows identities, a reader only texts and places. A pair is fair where texts
//! and places lead to the identities and to nothing else:
//! - what kept its identity is more like itself than like anything else that changed;
//! - what went and what came are not alike, the less so the nearer they stand, and do not tell to
//!   do the same to the same;
//! - what moved leaves no near twin with its old holder, and its new holder had none; nor does
//!   one appear or go elsewhere;
//! - what went to another row says enough to be known there;
//! - a row or an area with a new label keeps duties that no other has.
//!
//! Equal duties that went the same way are told apart by their rows; where a layout has none,
//! they are not told apart, and no mutation may depend on it.

mod labels;

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Id, Page, Placed, Text, alike, shares_a_deed};
use super::mutate::Draft;

/// From here on two texts are near twins.
const TWIN: f64 = 0.6;

/// A duty of either version, as far as changes are concerned.
struct Changed<'a> {
    old: Vec<Placed<'a>>,
    new: Vec<Placed<'a>>,
    links: BTreeMap<Id, (Placed<'a>, Placed<'a>)>,
}

/// Whether the draft's truth is what its texts say.
pub(crate) fn is_fair(draft: &Draft) -> bool {
    let changed = Changed::of(draft);
    let halves: BTreeSet<Id> = draft
        .splits
        .iter()
        .flat_map(|split| [split.whole, split.halves[0], split.halves[1]])
        .collect();
    changed.links.values().all(|(old, new)| {
        halves.contains(&old.duty.id)
            || (is_recognisable(old, new) && moves_clear(draft, &changed, old, new))
    }) && changed.stand_apart(draft, &halves)
        && labels::hold(draft)
        && labels::rows_stay_apart(draft)
}

impl<'a> Changed<'a> {
    fn of(draft: &'a Draft) -> Self {
        let olds: BTreeMap<Id, Placed<'_>> = draft.old.duties().map(|p| (p.duty.id, p)).collect();
        let news: BTreeMap<Id, Placed<'_>> = draft.new.duties().map(|p| (p.duty.id, p)).collect();
        let mut changed = Self { old: Vec::new(), new: Vec::new(), links: BTreeMap::new() };
        for (id, old) in &olds {
            match news.get(id) {
                None => changed.old.push(*old),
                Some(new) if is_changed(old, new) => {
                    changed.old.push(*old);
                    changed.new.push(*new);
                    changed.links.insert(*id, (*old, *new));
                }
                Some(_) => {}
            }
        }
        changed.new.extend(news.iter().filter(|(id, _)| !olds.contains_key(id)).map(|(_, p)| *p));
        changed
    }

    /// No pair of changed duties speaks against the truth.
    fn stand_apart(&self, draft: &Draft, halves: &BTreeSet<Id>) -> bool {
        self.old.iter().all(|old| {
            self.new.iter().all(|new| {
                let (a, b) = (old.duty.id, new.duty.id);
                if a == b || (halves.contains(&a) && halves.contains(&b)) {
                    return true;
                }
                let truth = [a, b]
                    .into_iter()
                    .filter_map(|id| self.links.get(&id))
                    .map(|(old, new)| speaks_for(draft, old, new))
                    .min_by(f64::total_cmp);
                let against = speaks_for(draft, old, new);
                truth.map_or_else(
                    || {
                        let alike = alike(&old.duty.text, &new.duty.text);
                        alike <= strangers(draft, old, new)
                            && !shares_a_deed(&old.duty.text, &new.duty.text)
                    },
                    |truth| against + 0.15 <= truth,
                )
            })
        })
    }
}

fn is_changed(old: &Placed<'_>, new: &Placed<'_>) -> bool {
    old.row.id != new.row.id
        || old.area.id != new.area.id
        || old.duty.holder != new.duty.holder
        || old.duty.text != new.duty.text
}

/// How alike what went and what came may be.
fn strangers(draft: &Draft, old: &Placed<'_>, new: &Placed<'_>) -> f64 {
    if old.row.id == new.row.id || (draft.rowless && old.area.id == new.area.id) {
        0.28
    } else {
        0.42
    }
}

/// How much texts and places speak for two duties being one.
fn speaks_for(draft: &Draft, old: &Placed<'_>, new: &Placed<'_>) -> f64 {
    let mut sum = alike(&old.duty.text, &new.duty.text);
    if old.row.id == new.row.id && !draft.rowless {
        sum += 0.3;
    } else if old.area.id == new.area.id {
        sum += 0.1;
    }
    if old.duty.holder == new.duty.holder {
        sum += 0.1;
    }
    if shares_a_deed(&old.duty.text, &new.duty.text) {
        sum += 0.2;
    }
    sum
}

/// Whether the words still tell that it is the same obligation.
fn is_recognisable(old: &Placed<'_>, new: &Placed<'_>) -> bool {
    let alike = alike(&old.duty.text, &new.duty.text);
    let says = old.duty.text.essence().len().min(new.duty.text.essence().len());
    let in_place = old.row.id == new.row.id && old.area.id == new.area.id;
    let follows = old.row.id == new.row.id;
    let moves = old.duty.holder != new.duty.holder;
    let misspelled = |text: &Text| matches!(text, Text::Built(s) if s.typo.is_some());
    let same = alike >= 1.0 && misspelled(&old.duty.text) == misspelled(&new.duty.text);
    match (in_place, moves) {
        (true, false) => alike >= 0.36,
        (true, true) => same || (alike >= TWIN && says >= 5),
        (false, false) => follows || (alike >= 0.7 && says >= 4),
        (false, true) => alike >= 0.8 && says >= 5,
    }
}

/// The old holder no longer has a moved duty, and the new one had none like it.
fn moves_clear(draft: &Draft, changed: &Changed<'_>, old: &Placed<'_>, new: &Placed<'_>) -> bool {
    if old.duty.holder == new.duty.holder {
        return true;
    }
    let near = |page: &Page, row: Id, area: Id, holder, own: &Text| {
        page.duties()
            .filter(|p| p.row.id == row || (draft.rowless && p.area.id == area))
            .filter(|p| p.duty.holder == holder && !changed.links.contains_key(&p.duty.id))
            .filter(|p| p.duty.id != old.duty.id)
            .any(|p| alike(&p.duty.text, own) >= TWIN)
    };
    // nobody says that it moved while its words appear elsewhere with the old holder, or went
    // elsewhere from the new one
    let appears = changed.new.iter().any(|p| {
        p.duty.holder == old.duty.holder
            && !changed.links.contains_key(&p.duty.id)
            && alike(&p.duty.text, &old.duty.text) >= TWIN
    });
    let went = changed.old.iter().any(|p| {
        p.duty.holder == new.duty.holder
            && !changed.links.contains_key(&p.duty.id)
            && alike(&p.duty.text, &new.duty.text) >= TWIN
    });
    !appears
        && !went
        && !near(&draft.old, new.row.id, new.area.id, new.duty.holder, &new.duty.text)
        && !near(&draft.new, old.row.id, old.area.id, old.duty.holder, &old.duty.text)
}
