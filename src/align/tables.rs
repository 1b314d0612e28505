//! Which old table is which new one: by its headings, its tasks and its duties.

use std::collections::HashSet;

use super::assignment::{PairCandidate, assign_pairs};
use super::candidates::Postings;
use super::identity::TIE;
use super::page_index::PageIndex;
use super::similarity::{common_share, dice_likeness};
use super::stem_counts::StemCounts;
use super::words::Vocabulary;
use crate::model::{ComparedText, Side, Sides};

/// What a table is known by.
struct TableProfile {
    duties: Vec<u32>,
    /// The same with their parties.
    held: Vec<u32>,
    tasks: Vec<u32>,
    words: StemCounts,
}

/// The score from which two tables are one table.
const BAR: f64 = 0.55;
/// What the holders of the duties add, who decide between tables of the same duties.
const HOLDERS: f64 = 0.05;
/// Up to this many possible pairs, every pair is compared.
const FEW: usize = 4_096;
/// A text that stands in more tables than this does not help to identify a table.
const COMMON: usize = 32;

/// Pairs the tables of two versions, by old index.
pub(super) fn align_tables(
    indexes: Sides<&PageIndex<'_>>,
    vocabulary: &Vocabulary,
) -> Vec<Sides<usize>> {
    let profiles = indexes.map(table_profiles);
    let sections = indexes.map(|index| {
        index.tables.iter().map(|table| table.section.as_slice()).collect::<HashSet<_>>()
    });
    // a heading that both versions have was not renamed into another such heading
    let may_be_one = |old: usize, new: usize| {
        let (old, new) = (&*indexes.old.tables[old].section, &*indexes.new.tables[new].section);
        old == new || !sections.new.contains(old) || !sections.old.contains(new)
    };
    let candidates = possible_pairs(indexes, &profiles)
        .into_iter()
        .filter(|(old, new)| indexes.old.holds_sentences(*old) == indexes.new.holds_sentences(*new))
        .filter(|(old, new)| may_be_one(*old, *new))
        .map(|(old, new)| {
            let likeness = table_likeness(indexes, &profiles, (old, new), vocabulary);
            let prints = (indexes.old.tables[old].fingerprint, indexes.new.tables[new].fingerprint);
            PairCandidate { old, new, worth: likeness - BAR + TIE * prints.0.tie_break(prints.1) }
        })
        .collect();
    assign_pairs(candidates).into_iter().map(|(old, new)| Sides::new(old, new)).collect()
}

fn table_profiles(page_index: &PageIndex<'_>) -> Vec<TableProfile> {
    (0..page_index.tables.len())
        .map(|table| {
            let items = &page_index.items[page_index.items_of_table(table)];
            let mut duties: Vec<u32> = items.iter().map(|item| item.text_id).collect();
            duties.sort_unstable();
            let mut held: Vec<u32> = items.iter().map(|item| item.held_id).collect();
            held.sort_unstable();
            let rows = &page_index.rows[page_index.tables[table].rows.clone()];
            let labelled = rows.iter().filter(|row| !row.task.is_empty());
            let mut tasks: Vec<u32> = labelled.map(|row| row.task_id).collect();
            tasks.sort_unstable();
            let words = if page_index.holds_sentences(table) {
                StemCounts::merge_all(items.iter().map(|item| &item.stem_counts))
            } else {
                StemCounts::merge_all(rows.iter().map(|row| &row.label))
            };
            TableProfile { duties, held, tasks, words }
        })
        .collect()
}

fn possible_pairs(
    indexes: Sides<&PageIndex<'_>>,
    profiles: &Sides<Vec<TableProfile>>,
) -> Vec<(usize, usize)> {
    let (olds, news) = (profiles.old.len(), profiles.new.len());
    if olds.saturating_mul(news) <= FEW {
        return (0..olds).flat_map(|old| (0..news).map(move |new| (old, new))).collect();
    }
    let mut postings = Postings::new(COMMON);
    for side in [Side::Old, Side::New] {
        for (table, profile) in profiles.get(side).iter().enumerate() {
            let path = TableKey::Path(&indexes.get(side).tables[table].section);
            let texts = profile.duties.iter().chain(&profile.tasks).map(|id| TableKey::Text(*id));
            postings.add_keys(side, table, texts.chain([path]));
        }
    }
    postings.pairs()
}

#[derive(PartialEq, Eq, Hash)]
enum TableKey<'a> {
    Path(&'a [ComparedText<'a>]),
    Text(u32),
}

fn table_likeness(
    indexes: Sides<&PageIndex<'_>>,
    profiles: &Sides<Vec<TableProfile>>,
    (old, new): (usize, usize),
    vocabulary: &Vocabulary,
) -> f64 {
    let (a, b) = (&profiles.old[old], &profiles.new[new]);
    let heading = heading_likeness(indexes, (old, new), vocabulary);
    0.6 * heading
        + 0.8 * common_share(&a.duties, &b.duties)
        + HOLDERS * common_share(&a.held, &b.held)
        + 0.4 * common_share(&a.tasks, &b.tasks)
        + 0.4 * dice_likeness(&a.words, &b.words, vocabulary)
}

fn heading_likeness(
    indexes: Sides<&PageIndex<'_>>,
    (old, new): (usize, usize),
    vocabulary: &Vocabulary,
) -> f64 {
    let (a, b) = (&indexes.old.tables[old], &indexes.new.tables[new]);
    if a.section == b.section {
        return 1.0;
    }
    if a.nearest_heading() == b.nearest_heading() {
        return 0.9;
    }
    // what names the party of a list is a heading here and a line there
    if a.beside == b.beside && a.layout == b.layout {
        return 0.85;
    }
    // a subheading was put over a table that stays, or taken away
    let holds = |one: &[ComparedText<'_>], other: &[ComparedText<'_>]| {
        other.last().is_some_and(|nearest| one.contains(nearest))
    };
    let nested = holds(&a.section, &b.section)
        || holds(&b.section, &a.section)
        || holds(&a.beside, &b.beside)
        || holds(&b.beside, &a.beside);
    dice_likeness(&a.heading, &b.heading, vocabulary).max(if nested { 0.8 } else { 0.0 }) * 0.9
}
