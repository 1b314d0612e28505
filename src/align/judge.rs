//! Scores two duties as a pair, part by part, so that the result can be explained.

use std::collections::{HashMap, HashSet};

use super::bars::Bars;
use super::face::{Face, Item};
use super::identity::TIE;
use super::recut::stands_in;
use super::similarity::{dice, likeness};
use super::words::Vocabulary;
use crate::model::{Party, Sides};

/// A pair with all that speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) duty: Sides<usize>,
    pub(super) same_party: bool,
    /// How alike both texts are, 0 to 1.
    pub(super) likeness: f64,
    /// What equal texts, place and company add.
    pub(super) context: Context,
    /// A small bonus that breaks ties.
    pub(super) tie_break: f64,
    /// What the sum has to reach.
    pub(super) bar: f64,
}

impl Verdict {
    /// How far likeness and context together reach over the bar.
    pub(super) fn worth(&self) -> f64 {
        self.likeness + self.context.sum() + self.tie_break - self.bar
    }
}

/// What speaks for a pair beside its words; see [`Bars`] for each part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Context {
    /// Both texts are equal.
    pub equal_text: f64,
    /// The very words crossed the columns of one row.
    pub crossed: f64,
    /// Both stand in aligned rows.
    pub same_row: f64,
    /// Each is the only one left over in its cell.
    pub alone: f64,
    /// Both stand in aligned tables, but not in aligned rows.
    pub same_table: f64,
    /// Their tasks are alike.
    pub task: f64,
}

impl Context {
    /// All parts together.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.equal_text + self.crossed + self.same_row + self.alone + self.same_table + self.task
    }
}

/// All that a verdict rests on.
pub(super) struct Judge<'f, 'a> {
    pub(super) faces: Sides<&'f Face<'a>>,
    pub(super) vocabulary: &'f Vocabulary,
    pub(super) row_of_old: &'f [Option<usize>],
    pub(super) table_of_old: &'f [Option<usize>],
    /// Places of lists that belong together.
    pub(super) places: &'f HashSet<(usize, usize)>,
    pub(super) crowd: &'f Crowd<'a>,
    /// Duties that their party still has in the same cell, once more.
    pub(super) spare: Sides<&'f [bool]>,
    pub(super) bars: &'f Bars,
}

impl Judge<'_, '_> {
    /// Judges a pair; none where it cannot be one: a reference of another party, what its old or
    /// new holder has anyway, or a grid's cell.
    pub(super) fn judge(&self, old: usize, new: usize) -> Option<Verdict> {
        let items = Sides::new(&self.faces.old.items[old], &self.faces.new.items[new]);
        let same_party = items.old.party == items.new.party;
        let reference = items.old.reference || items.new.reference;
        let sentences = self.faces.old.holds_sentences(items.old.table)
            && self.faces.new.holds_sentences(items.new.table);
        let spare = self.spare.old[old] || self.spare.new[new];
        if !sentences || ((reference || spare) && !same_party) {
            return None;
        }
        let equal = items.old.text_id == items.new.text_id;
        let alike = if equal { 1.0 } else { self.likeness(items, same_party) };
        Some(Verdict {
            duty: Sides::new(old, new),
            same_party,
            likeness: alike,
            context: self.context(items, equal),
            tie_break: TIE * items.old.fingerprint.tie_break(items.new.fingerprint),
            bar: self.bar(items, same_party),
        })
    }

    /// Likeness of the whole texts, and of their heads where both have one.
    fn likeness(&self, items: Sides<&Item<'_>>, same_party: bool) -> f64 {
        let whole = likeness(&items.old.bag, &items.new.bag, self.vocabulary);
        let alike = match head_likeness(items, self.vocabulary) {
            Some(0.0) => whole * (1.0 - self.bars.other_head),
            Some(head) => whole * (1.0 - self.bars.head) + head * self.bars.head,
            None => whole,
        };
        let alike =
            if sets_another(items) { alike * (1.0 - self.bars.other_setting) } else { alike };
        let alike = if same_party && is_other_deed(items) {
            alike * (1.0 - self.bars.other_deed)
        } else {
            alike
        };
        let kept = if same_party && self.same_cell(items) { self.kept(items) } else { 0.0 };
        alike.max(kept)
    }

    /// How much of a duty is known again in its cell though words were put to it: all behind a
    /// lead-in that changed, or all within a longer text.
    fn kept(&self, items: Sides<&Item<'_>>) -> f64 {
        let leads = items.old.has_lead || items.new.has_lead;
        if leads && items.old.body_id == items.new.body_id {
            return self.bars.same_body;
        }
        let whole = stands_in(items.old.text, items.new.text);
        if whole || stands_in(items.new.text, items.old.text) { self.bars.whole_kept } else { 0.0 }
    }

    /// Whether both stand in tables that are one, or in lists of one place.
    fn are_one_place(&self, items: Sides<&Item<'_>>) -> bool {
        let tables = items.map(|item| item.table);
        let place =
            (self.faces.old.tables[tables.old].place, self.faces.new.tables[tables.new].place);
        self.table_of_old[tables.old] == Some(tables.new) || self.places.contains(&place)
    }

    fn same_row(&self, items: Sides<&Item<'_>>) -> bool {
        self.row_of_old[items.old.row] == Some(items.new.row)
    }

    /// A list is one cell.
    fn same_cell(&self, items: Sides<&Item<'_>>) -> bool {
        self.same_row(items) || (self.are_lists(items) && self.are_one_place(items))
    }

    /// Whether one at least stands in a table whose rows have no labels.
    fn are_lists(&self, items: Sides<&Item<'_>>) -> bool {
        let tables = items.map(|item| item.table);
        !self.faces.old.labels_rows(tables.old) || !self.faces.new.labels_rows(tables.new)
    }

    fn bar(&self, items: Sides<&Item<'_>>, same_party: bool) -> f64 {
        let bar = if same_party { self.bars.reworded } else { self.bars.moved };
        if self.same_row(items) {
            return bar;
        }
        let says = items.map(|item| item.bag.weight(self.vocabulary));
        bar + self.bars.vague * (1.0 - says.old.min(says.new) / self.bars.little).max(0.0)
    }

    fn context(&self, items: Sides<&Item<'_>>, equal: bool) -> Context {
        let mut context = Context::default();
        if equal {
            context.equal_text = self.bars.equal_text;
        }
        // where a row is the duty, rows belong together by the very words that are judged here
        let own_row = sets_another(items) && !self.faces.old.labels_rows(items.old.table);
        if self.same_row(items) && !own_row {
            let same_party = items.old.party == items.new.party;
            context.same_row = self.bars.same_row;
            if same_party && self.crowd.is_alone(items) {
                context.alone = self.bars.alone;
            }
            if equal && !same_party {
                context.crossed = self.bars.crossed;
            }
            return context;
        }
        if self.are_one_place(items) {
            let lists = self.are_lists(items);
            context.same_table = if lists { self.bars.same_list } else { self.bars.same_table };
        }
        let labels = Sides::new(
            &self.faces.old.rows[items.old.row].label,
            &self.faces.new.rows[items.new.row].label,
        );
        context.task = self.bars.task * dice(labels.old, labels.new, self.vocabulary);
        context
    }
}

/// Whether both name settings (`--read-only`, `max_size`), and none in common: what is done to
/// another setting is another duty.
fn sets_another(items: Sides<&Item<'_>>) -> bool {
    let (old, new) = (&items.old.settings, &items.new.settings);
    !old.is_empty() && !new.is_empty() && !old.iter().any(|setting| new.contains(setting))
}

/// Whether the first word that counts of each is nowhere in the other: another verb, in most cases.
fn is_other_deed(items: Sides<&Item<'_>>) -> bool {
    let (Some(old), Some(new)) = (items.old.head.first(), items.new.head.first()) else {
        return false;
    };
    !items.new.bag.has(*old) && !items.old.bag.has(*new)
}

/// How much of both heads is found in the other text, 0 to 1; none where a text has no head.
fn head_likeness(items: Sides<&Item<'_>>, vocabulary: &Vocabulary) -> Option<f64> {
    if items.old.head.is_empty() || items.new.head.is_empty() {
        return None;
    }
    let found = |item: &Item<'_>, other: &Item<'_>| {
        let weigh = |stem: &u32| vocabulary.weight(*stem);
        let all: f64 = item.head.iter().map(weigh).sum();
        let there = |stem: &&u32| other.bag.has(**stem);
        (item.head.iter().filter(there).map(weigh).sum::<f64>(), all)
    };
    let (a, b) = (found(items.old, items.new), found(items.new, items.old));
    Some((a.0 + b.0) / (a.1 + b.1).max(f64::MIN_POSITIVE))
}

/// How many duties are left over in each cell.
pub(super) struct Crowd<'a> {
    cells: Sides<HashMap<(usize, &'a Party), usize>>,
}

impl<'a> Crowd<'a> {
    pub(super) fn count(faces: Sides<&Face<'a>>, free: &Sides<Vec<usize>>) -> Self {
        let count = |face: &Face<'a>, items: &[usize]| {
            let mut cells = HashMap::new();
            for item in items {
                let item = &face.items[*item];
                *cells.entry((item.row, item.party)).or_insert(0) += 1;
            }
            cells
        };
        Self { cells: Sides::new(count(faces.old, &free.old), count(faces.new, &free.new)) }
    }

    /// Whether each is the only one left in its cell.
    fn is_alone(&self, items: Sides<&Item<'_>>) -> bool {
        self.cells.old.get(&(items.old.row, items.old.party)) == Some(&1)
            && self.cells.new.get(&(items.new.row, items.new.party)) == Some(&1)
    }
}
