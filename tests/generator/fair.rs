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

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Area, Id, Page, Placed, Row, Text, alike, shares_a_deed};
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
        && labels_hold(draft)
        && rows_stay_apart(&draft.new)
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
                match truth {
                    Some(truth) => against + 0.15 <= truth,
                    None => {
                        let alike = alike(&old.duty.text, &new.duty.text);
                        alike <= strangers(draft, old, new)
                            && !shares_a_deed(&old.duty.text, &new.duty.text)
                    }
                }
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
    let stays = old.row.id == new.row.id && old.area.id == new.area.id;
    let follows = old.row.id == new.row.id;
    let moves = old.duty.holder != new.duty.holder;
    let misspelled = |text: &Text| matches!(text, Text::Built(s) if s.typo.is_some());
    let same = alike >= 1.0 && misspelled(&old.duty.text) == misspelled(&new.duty.text);
    match (stays, moves) {
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

/// Rows and areas with another label or place keep enough to be known by, and no label that went
/// is like one that came.
fn labels_hold(draft: &Draft) -> bool {
    let olds: BTreeMap<Id, (&Area, &Row)> = draft.old.rows().map(|(a, r)| (r.id, (a, r))).collect();
    let news: BTreeMap<Id, (&Area, &Row)> = draft.new.rows().map(|(a, r)| (r.id, (a, r))).collect();
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for placed in draft.old.duties() {
        *texts.entry(placed.duty.text.text()).or_default() += 1;
    }
    let known_by = |old: &Row, new: &Row| {
        let kept = old.duties.iter().filter(|duty| {
            new.duties
                .iter()
                .any(|d| d.id == duty.id && d.text == duty.text && d.holder == duty.holder)
        });
        let own = |duty: &super::model::Duty| {
            texts.get(&duty.text.text()) == Some(&1) && duty.text.essence().len() > 3
        };
        let kept: Vec<_> = kept.collect();
        2 * kept.len() >= old.duties.len() && kept.iter().any(|d| own(d))
    };
    let rows_known = olds.iter().all(|(id, (old_area, old))| {
        news.get(id).is_none_or(|(new_area, new)| {
            (old.label == new.label && old_area.id == new_area.id) || known_by(old, new)
        })
    });
    let areas_known = draft.old.areas.iter().all(|old| {
        draft.new.areas.iter().filter(|new| new.id == old.id).all(|new| {
            let kept = old.rows.iter().filter(|row| {
                new.rows.iter().any(|r| r.id == row.id && r.label == row.label && known_by(row, r))
            });
            new.heading == old.heading || (2 * kept.count() >= old.rows.len().max(new.rows.len()))
        })
    });
    let gone = |from: &BTreeMap<Id, (&Area, &Row)>, to: &BTreeMap<Id, (&Area, &Row)>| {
        let gone = from
            .iter()
            .filter(|(id, (_, row))| to.get(id).is_none_or(|(_, other)| other.label != row.label));
        gone.map(|(id, (area, row))| (*id, area.id, row.label.clone())).collect::<Vec<_>>()
    };
    let (went, came) = (gone(&olds, &news), gone(&news, &olds));
    let apart = went.iter().all(|(old, old_area, before)| {
        came.iter().all(|(new, new_area, after)| {
            old == new || old_area != new_area || !share_words(before, after)
        })
    });
    rows_known && areas_known && apart
}

fn share_words(a: &str, b: &str) -> bool {
    let words: BTreeSet<String> = a.split(' ').map(str::to_lowercase).collect();
    let same = b.split(' ').filter(|word| words.contains(&word.to_lowercase())).count();
    2 * same >= words.len().min(b.split(' ').count())
}

/// No row says the same twice, and no table has two rows of one label.
fn rows_stay_apart(page: &Page) -> bool {
    page.areas.iter().all(|area| {
        let labels: BTreeSet<&str> = area.rows.iter().map(|row| row.label.as_str()).collect();
        labels.len() == area.rows.len()
            && area.rows.iter().all(|row| {
                let texts: BTreeSet<String> = row.duties.iter().map(|d| d.text.text()).collect();
                texts.len() == row.duties.len()
            })
    })
}
