//! Which old table is which new one: by its headings, its tasks and its duties.

use std::collections::{BTreeSet, HashMap};

use super::assignment::{Candidate, assign};
use super::bag::Bag;
use super::face::Face;
use super::identity::TIE;
use super::similarity::{dice, share};
use super::words::Vocabulary;
use crate::model::{ComparedText, Sides};

/// What a table is known by.
struct Profile {
    duties: Vec<u32>,
    tasks: Vec<u32>,
    words: Bag,
}

/// The score from which two tables are one table.
const BAR: f64 = 0.55;
/// Up to this many possible pairs, every pair is compared.
const FEW: usize = 4_096;
/// A text that stands in more tables than this does not help to identify a table.
const COMMON: usize = 32;

/// Pairs the tables of two versions, by old index.
pub(super) fn align(faces: Sides<&Face<'_>>, vocabulary: &Vocabulary) -> Vec<Sides<usize>> {
    let profiles = faces.map(profiles);
    let candidates = possible_pairs(faces, &profiles)
        .into_iter()
        .filter(|(old, new)| faces.old.holds_sentences(*old) == faces.new.holds_sentences(*new))
        .map(|(old, new)| {
            let likeness = table_likeness(faces, &profiles, (old, new), vocabulary);
            let prints = (faces.old.tables[old].fingerprint, faces.new.tables[new].fingerprint);
            Candidate { old, new, worth: likeness - BAR + TIE * prints.0.tie_break(prints.1) }
        })
        .collect();
    assign(candidates).into_iter().map(|(old, new)| Sides::new(old, new)).collect()
}

fn profiles(face: &Face<'_>) -> Vec<Profile> {
    (0..face.tables.len())
        .map(|table| {
            let items = &face.items[face.items_of_table(table)];
            let mut duties: Vec<u32> = items.iter().map(|item| item.text_id).collect();
            duties.sort_unstable();
            let rows = &face.rows[face.tables[table].rows.clone()];
            let labelled = rows.iter().filter(|row| !row.task.is_empty());
            let mut tasks: Vec<u32> = labelled.map(|row| row.task_id).collect();
            tasks.sort_unstable();
            let words = if face.holds_sentences(table) {
                Bag::merged(items.iter().map(|item| &item.bag))
            } else {
                Bag::merged(rows.iter().map(|row| &row.label))
            };
            Profile { duties, tasks, words }
        })
        .collect()
}

fn possible_pairs(faces: Sides<&Face<'_>>, profiles: &Sides<Vec<Profile>>) -> Vec<(usize, usize)> {
    let (olds, news) = (profiles.old.len(), profiles.new.len());
    if olds.saturating_mul(news) <= FEW {
        return (0..olds).flat_map(|old| (0..news).map(move |new| (old, new))).collect();
    }
    let mut by_key: Sides<HashMap<Key<'_>, Vec<usize>>> = Sides::default();
    index(faces.old, &profiles.old, &mut by_key.old);
    index(faces.new, &profiles.new, &mut by_key.new);
    let mut pairs = BTreeSet::new();
    for (key, old) in &by_key.old {
        if let Some(new) = by_key.new.get(key)
            && old.len() <= COMMON
            && new.len() <= COMMON
        {
            pairs.extend(old.iter().flat_map(|o| new.iter().map(move |n| (*o, *n))));
        }
    }
    pairs.into_iter().collect()
}

#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Path(&'a [ComparedText<'a>]),
    Text(u32),
}

fn index<'a>(face: &'a Face<'_>, profiles: &[Profile], by_key: &mut HashMap<Key<'a>, Vec<usize>>) {
    for (table, profile) in profiles.iter().enumerate() {
        let path = Key::Path(&face.tables[table].section);
        let texts = profile.duties.iter().chain(&profile.tasks).map(|id| Key::Text(*id));
        for key in texts.chain([path]) {
            let tables = by_key.entry(key).or_default();
            if tables.last() != Some(&table) && tables.len() <= COMMON {
                tables.push(table);
            }
        }
    }
}

fn table_likeness(
    faces: Sides<&Face<'_>>,
    profiles: &Sides<Vec<Profile>>,
    (old, new): (usize, usize),
    vocabulary: &Vocabulary,
) -> f64 {
    let (a, b) = (&profiles.old[old], &profiles.new[new]);
    let heading = heading_likeness(faces, (old, new), vocabulary);
    0.6 * heading
        + 0.8 * share(&a.duties, &b.duties)
        + 0.4 * share(&a.tasks, &b.tasks)
        + 0.4 * dice(&a.words, &b.words, vocabulary)
}

fn heading_likeness(
    faces: Sides<&Face<'_>>,
    (old, new): (usize, usize),
    vocabulary: &Vocabulary,
) -> f64 {
    let (a, b) = (&faces.old.tables[old], &faces.new.tables[new]);
    if a.section == b.section {
        return 1.0;
    }
    if a.area() == b.area() {
        return 0.9;
    }
    // what names the party of a list is a heading here and a line there
    if a.beside == b.beside && a.layout == b.layout {
        return 0.85;
    }
    // a subheading was put over a table that stays, or taken away
    let nested = a.section.contains(&b.area()) || b.section.contains(&a.area());
    dice(&a.heading, &b.heading, vocabulary).max(if nested { 0.8 } else { 0.0 }) * 0.9
}
