//! Which old row is which new one: by its label first, then by what it says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::assignment::{Candidate, assign};
use super::bag::Bag;
use super::candidates::all_pairs;
use super::face::Face;
use super::identity::TIE;
use super::similarity::{dice, share};
use super::words::Vocabulary;
use crate::model::Sides;

/// The score from which two rows with different labels are one row, renamed.
pub(super) const RENAMED: f64 = 0.62;
/// The score from which two rows of aligned tables with equal labels are one: the label decides.
const SAME_LABEL: f64 = 0.05;
/// The score from which two rows of different tables with equal labels are one that moved.
const TRANSFERRED: f64 = 0.60;
/// What equal labels add to that, and what they add in an owner grid, where they are all.
const LABEL: f64 = 0.45;
pub(super) const GRID_LABEL: f64 = 1.1;
/// What equal texts add to the score of two rows that are probably one, so that among similar rows
/// the one with the same text wins, not the one with the same label.
const EQUAL_TEXTS: f64 = 0.5;
/// What it adds that they are in the hands of the same parties.
const EQUALLY_HELD: f64 = 0.1;
/// What it adds to a row put elsewhere that its headings are the same.
const SAME_PLACE: f64 = 0.1;
/// A word or text in more rows than this leads to no candidates.
const COMMON: usize = 24;

/// What a row is known by beside its label.
struct Profile {
    texts: Vec<u32>,
    /// The same with their parties.
    held: Vec<u32>,
    words: Bag,
}

struct Rows<'f, 'a> {
    faces: Sides<&'f Face<'a>>,
    profiles: Sides<Vec<Profile>>,
    vocabulary: &'f Vocabulary,
    partner: Sides<Vec<Option<usize>>>,
}

/// Pairs the rows of two versions, by old index.
pub(super) fn align(
    faces: Sides<&Face<'_>>,
    tables: &[Sides<usize>],
    vocabulary: &Vocabulary,
) -> Vec<Sides<usize>> {
    let mut rows = Rows {
        faces,
        profiles: faces.map(profiles),
        vocabulary,
        partner: faces.map(|face| vec![None; face.rows.len()]),
    };
    for pair in tables {
        rows.align_equal_labels(*pair);
    }
    for pair in tables {
        rows.align_renamed(*pair);
    }
    rows.align_transferred();
    rows.into_pairs()
}

fn profiles(face: &Face<'_>) -> Vec<Profile> {
    face.rows
        .iter()
        .map(|row| {
            let items = &face.items[row.items.clone()];
            let mut texts: Vec<u32> = items.iter().map(|item| item.text_id).collect();
            texts.sort_unstable();
            let mut held: Vec<u32> = items.iter().map(|item| item.held_id).collect();
            held.sort_unstable();
            Profile { texts, held, words: Bag::merged(items.iter().map(|item| &item.bag)) }
        })
        .collect()
}

impl Rows<'_, '_> {
    fn pair(&mut self, found: Vec<(usize, usize)>) {
        for (old, new) in found {
            self.partner.old[old] = Some(new);
            self.partner.new[new] = Some(old);
        }
    }

    fn free(&self, tables: Sides<usize>) -> Sides<Vec<usize>> {
        let of = |face: &Face<'_>, partner: &[Option<usize>], table: usize| {
            face.tables[table].rows.clone().filter(|row| partner[*row].is_none()).collect()
        };
        Sides::new(
            of(self.faces.old, &self.partner.old, tables.old),
            of(self.faces.new, &self.partner.new, tables.new),
        )
    }

    /// Rows of aligned tables that have the same label; where several have it, those that say
    /// the most alike.
    fn align_equal_labels(&mut self, tables: Sides<usize>) {
        let free = self.free(tables);
        let mut by_label: BTreeMap<u32, Sides<Vec<usize>>> = BTreeMap::new();
        for row in free.old {
            by_label.entry(self.faces.old.rows[row].task_id).or_default().old.push(row);
        }
        for row in free.new {
            by_label.entry(self.faces.new.rows[row].task_id).or_default().new.push(row);
        }
        let mut found = Vec::new();
        for rows in by_label.values() {
            if let ([old], [new]) = (rows.old.as_slice(), rows.new.as_slice()) {
                found.push((*old, *new));
            } else {
                found.extend(self.assign_among(rows, SAME_LABEL));
            }
        }
        self.pair(found);
    }

    fn assign_among(&self, rows: &Sides<Vec<usize>>, bar: f64) -> Vec<(usize, usize)> {
        const MOST: usize = 10_000;
        if rows.old.len().saturating_mul(rows.new.len()) > MOST {
            // a table of hundreds of equal labels is paired in its own order
            return rows.old.iter().copied().zip(rows.new.iter().copied()).collect();
        }
        let candidates = rows
            .old
            .iter()
            .flat_map(|old| rows.new.iter().map(move |new| (*old, *new)))
            .map(|(old, new)| {
                // in a grid equal labels are enough: cells of the same columns say more
                let rows = (&self.profiles.old[old], &self.profiles.new[new]);
                let filled =
                    if self.is_grid(old) { share(&rows.0.texts, &rows.1.texts) } else { 0.0 };
                let worth = self.content(old, new) + filled + self.tie_break(old, new) - bar;
                let held = EQUALLY_HELD * share(&rows.0.held, &rows.1.held);
                Candidate { old, new, worth: worth + held }
            })
            .collect();
        assign(candidates)
    }

    /// Rows left over in aligned tables whose labels differ but whose duties agree.
    fn align_renamed(&mut self, tables: Sides<usize>) {
        let free = self.free(tables);
        let candidates = self
            .likely_pairs(&free)
            .into_iter()
            .map(|(old, new)| {
                let labels = dice(
                    &self.faces.old.rows[old].label,
                    &self.faces.new.rows[new].label,
                    self.vocabulary,
                );
                let label = if self.is_grid(old) { GRID_LABEL } else { LABEL };
                let worth = self.content(old, new) + label * labels - RENAMED;
                let equal = share(&self.profiles.old[old].held, &self.profiles.new[new].held);
                let more = if worth > 0.0 { EQUAL_TEXTS * equal } else { 0.0 };
                Candidate { old, new, worth: worth + more + self.tie_break(old, new) }
            })
            .collect();
        let found = assign(candidates);
        self.pair(found);
    }

    /// Rows left over anywhere that have the same label and say much the same: a row that was
    /// put into another table.
    fn align_transferred(&mut self) {
        let all = Sides::new(
            (0..self.faces.old.rows.len()).filter(|row| self.partner.old[*row].is_none()).collect(),
            (0..self.faces.new.rows.len()).filter(|row| self.partner.new[*row].is_none()).collect(),
        );
        let candidates = self
            .likely_pairs(&all)
            .into_iter()
            .filter(|(old, new)| {
                let (a, b) = (&self.faces.old.rows[*old], &self.faces.new.rows[*new]);
                a.task_id == b.task_id
                    && self.faces.old.holds_sentences(a.table)
                        == self.faces.new.holds_sentences(b.table)
            })
            .map(|(old, new)| {
                let worth = self.content(old, new) - TRANSFERRED;
                let place = if worth > 0.0 { self.same_place(old, new) } else { 0.0 };
                Candidate { old, new, worth: worth + place + self.tie_break(old, new) }
            })
            .collect();
        let found = assign(candidates);
        self.pair(found);
    }

    /// Pairs that deserve a closer look: all of a small set, else those that share a rare word, a
    /// whole duty or the label.
    fn likely_pairs(&self, free: &Sides<Vec<usize>>) -> Vec<(usize, usize)> {
        const FEW: usize = 2_500;
        if free.old.len().saturating_mul(free.new.len()) <= FEW {
            return all_pairs(free).collect();
        }
        let index = |face: &Face<'_>, profiles: &[Profile], rows: &[usize]| {
            let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
            for row in rows {
                let profile = &profiles[*row];
                let words = profile.words.stems().chain(face.rows[*row].label.stems());
                let keys = words
                    .map(u64::from)
                    .chain(profile.texts.iter().map(|id| u64::from(*id) | 1 << 40));
                for key in keys {
                    let rows = postings.entry(key).or_default();
                    if rows.len() <= COMMON && rows.last() != Some(row) {
                        rows.push(*row);
                    }
                }
            }
            postings
        };
        let olds = index(self.faces.old, &self.profiles.old, &free.old);
        let news = index(self.faces.new, &self.profiles.new, &free.new);
        let mut pairs = BTreeSet::new();
        for (key, old) in &olds {
            if let Some(new) = news.get(key)
                && old.len() <= COMMON
                && new.len() <= COMMON
            {
                pairs.extend(old.iter().flat_map(|o| new.iter().map(move |n| (*o, *n))));
            }
        }
        pairs.into_iter().collect()
    }

    /// How much of what both rows say is the same, 0 to 1. An owner grid's row says nothing but
    /// its label.
    fn content(&self, old: usize, new: usize) -> f64 {
        let lines = (&self.faces.old.rows[old], &self.faces.new.rows[new]);
        if !self.faces.old.holds_sentences(lines.0.table) {
            return if lines.0.task_id == lines.1.task_id { 1.0 } else { 0.0 };
        }
        let (a, b) = (&self.profiles.old[old], &self.profiles.new[new]);
        share(&a.texts, &b.texts).max(dice(&a.words, &b.words, self.vocabulary))
    }

    /// What it adds that both stand below the same headings, those aside that only name a party:
    /// the lists of one place are one table here and several there.
    fn same_place(&self, old: usize, new: usize) -> f64 {
        let tables = (self.faces.old.rows[old].table, self.faces.new.rows[new].table);
        let beside =
            (&self.faces.old.tables[tables.0].beside, &self.faces.new.tables[tables.1].beside);
        if beside.0 == beside.1 { SAME_PLACE } else { 0.0 }
    }

    fn is_grid(&self, old: usize) -> bool {
        !self.faces.old.holds_sentences(self.faces.old.rows[old].table)
    }

    /// Breaks ties, independently of the order.
    fn tie_break(&self, old: usize, new: usize) -> f64 {
        let rows = (&self.faces.old.rows[old], &self.faces.new.rows[new]);
        TIE * rows.0.fingerprint.tie_break(rows.1.fingerprint)
    }

    fn into_pairs(self) -> Vec<Sides<usize>> {
        self.partner
            .old
            .iter()
            .enumerate()
            .filter_map(|(old, new)| new.map(|new| Sides::new(old, new)))
            .collect()
    }
}
