//! Rows and areas whose labels or places changed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::generator::model::{Area, Duty, Id, Page, Row};
use crate::generator::mutate::Draft;

type Rows<'a> = BTreeMap<Id, (&'a Area, &'a Row)>;

/// Rows and areas with another label or place keep enough to be known by, and no label that went
/// is like one that came.
pub(super) fn hold(draft: &Draft) -> bool {
    let known = Known { page: &draft.old, texts: OnceCell::new() };
    let olds: Rows<'_> = draft.old.rows().map(|(a, r)| (r.id, (a, r))).collect();
    let news: Rows<'_> = draft.new.rows().map(|(a, r)| (r.id, (a, r))).collect();
    let rows_known = olds.iter().all(|(id, (old_area, old))| {
        news.get(id).is_none_or(|(new_area, new)| {
            (old.label == new.label && old_area.id == new_area.id) || known.by_duties(old, new)
        })
    });
    let areas_known = draft.old.areas.iter().all(|old| {
        let new = draft.new.areas.iter().find(|new| new.id == old.id);
        new.is_none_or(|new| new.heading == old.heading || known.by_rows(old, new))
    });
    let (went, came) = (gone(&olds, &news), gone(&news, &olds));
    let apart = went.iter().all(|(old, old_area, before)| {
        came.iter().all(|(new, new_area, after)| {
            old == new || old_area != new_area || !share_words(before, after)
        })
    });
    rows_known && areas_known && apart
}

/// What a row or an area is known by when its label does not say it.
struct Known<'a> {
    page: &'a Page,
    /// How often each text stands on the page; counted where a label or a place changed only.
    texts: OnceCell<BTreeMap<String, usize>>,
}

impl Known<'_> {
    /// Half of its duties stay, one of them nowhere else to be found.
    fn by_duties(&self, old: &Row, new: &Row) -> bool {
        let stays = |duty: &&Duty| {
            let same = |d: &&Duty| d.id == duty.id && d.text == duty.text;
            new.duties.iter().find(same).is_some_and(|other| other.holder == duty.holder)
        };
        let kept: Vec<&Duty> = old.duties.iter().filter(stays).collect();
        2 * kept.len() >= old.duties.len() && kept.iter().any(|duty| self.is_single(duty))
    }

    /// Half of its rows stay under their labels.
    fn by_rows(&self, old: &Area, new: &Area) -> bool {
        let stays = |row: &&Row| {
            let same = |r: &&Row| r.id == row.id && r.label == row.label;
            new.rows.iter().find(same).is_some_and(|other| self.by_duties(row, other))
        };
        2 * old.rows.iter().filter(stays).count() >= old.rows.len().max(new.rows.len())
    }

    fn is_single(&self, duty: &Duty) -> bool {
        let texts = self.texts.get_or_init(|| {
            let mut texts = BTreeMap::new();
            for placed in self.page.duties() {
                *texts.entry(placed.duty.text.text()).or_default() += 1;
            }
            texts
        });
        texts.get(&duty.text.text()) == Some(&1) && duty.text.essence().len() > 3
    }
}

/// The labels of one version that its rows do not have in the other.
fn gone<'a>(from: &Rows<'a>, to: &Rows<'_>) -> Vec<(Id, Id, &'a str)> {
    from.iter()
        .filter(|(id, (_, row))| to.get(id).is_none_or(|(_, other)| other.label != row.label))
        .map(|(id, (area, row))| (*id, area.id, row.label.as_str()))
        .collect()
}

fn share_words(a: &str, b: &str) -> bool {
    let words: BTreeSet<String> = a.split(' ').map(str::to_lowercase).collect();
    let same = b.split(' ').filter(|word| words.contains(&word.to_lowercase())).count();
    2 * same >= words.len().min(b.split(' ').count())
}

/// No row says the same twice, and no table has two rows of one label.
pub(super) fn rows_stay_apart(draft: &Draft) -> bool {
    draft.new.areas.iter().all(|area| {
        let labels: BTreeSet<&str> = area.rows.iter().map(|row| row.label.as_str()).collect();
        labels.len() == area.rows.len()
            && area
                .rows
                .iter()
                .filter(|row| row.duties.iter().any(|duty| draft.by.contains_key(&duty.id)))
                .all(|row| {
                    let texts: BTreeSet<String> =
                        row.duties.iter().map(|duty| duty.text.text()).collect();
                    texts.len() == row.duties.len()
                })
    })
}
