//! Scores two duties as a pair, part by part, so that the result can be explained.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::deeds::{is_other_deed, opens_with_other_deed, shares_deed_only};
use super::doers::{stays_with_holder, turns_round};
use super::identity::TIE;
use super::objects::{are_done_to_two_things, differ_in_circumstances, gives_means_to_other};
use super::occurrences::stands_in;
use super::opposites::{have_other_owners, name_opposites};
use super::page_index::{IndexedDuty, PageIndex};
use super::similarity::{dice_likeness, least_own_weight, shared_weight, stem_likeness};
use super::thresholds::Thresholds;
use super::words::Vocabulary;
use crate::model::{Party, Sides};

/// A pair with all that speaks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PairScore {
    pub(super) duty: Sides<usize>,
    pub(super) same_party: bool,
    /// How alike both texts are, 0 to 1.
    pub(super) likeness: f64,
    /// Whether the texts ask for two deeds.
    pub(super) other_deed: bool,
    /// What the likeness would be more if they did not.
    pub(super) deed_loss: f64,
    /// Whether the texts are one party's in one row, and one of them stands whole in the other.
    pub(super) is_kept: bool,
    /// What equal texts, place and company add.
    pub(super) context: PairContext,
    /// A small bonus that breaks ties.
    pub(super) tie_break: f64,
    /// What the sum has to reach.
    pub(super) bar: f64,
}

/// What a pair of the same words is worth besides: more than two pairs of texts that are alike.
const SAME_WORDS: f64 = 1.0;
/// What a pair is worth besides that is surer than its score says: one of two parties, whose bar is
/// higher by as much, or one of which a text stands whole in the other.
const SURE: f64 = 0.26;

impl PairScore {
    /// What the pair is worth against others. The same words in one table go before any other pair
    /// of these duties.
    pub(super) fn worth(&self) -> f64 {
        let over = self.over_threshold();
        if over <= 0.0 {
            return over;
        }
        let near = self.context.same_row > 0.0 || self.context.same_table > 0.0;
        let same_words = match (near && self.likeness > 0.999, self.same_party) {
            (false, _) => 0.0,
            (true, true) => SAME_WORDS,
            (true, false) => SAME_WORDS - SURE,
        };
        let sure = if !self.same_party || self.is_kept { SURE } else { 0.0 };
        over + same_words + sure
    }

    /// The order of pairs by how far they reach over the bar, those that reach farthest first.
    pub(super) fn best_first(a: &Self, b: &Self) -> Ordering {
        let by_index = (a.duty.old, a.duty.new).cmp(&(b.duty.old, b.duty.new));
        b.over_threshold().total_cmp(&a.over_threshold()).then(by_index)
    }

    /// How far likeness and context together reach over the bar.
    pub(super) fn over_threshold(&self) -> f64 {
        self.likeness + self.context.total_score() + self.tie_break - self.bar
    }
}

/// What speaks for a pair beside its words; see [`Thresholds`] for each part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairContext {
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

impl PairContext {
    /// All parts together.
    #[must_use]
    pub fn total_score(&self) -> f64 {
        self.equal_text + self.crossed + self.same_row + self.alone + self.same_table + self.task
    }
}

/// All that a verdict rests on.
pub(super) struct PairScorer<'f, 'a> {
    pub(super) indexes: Sides<&'f PageIndex<'a>>,
    pub(super) vocabulary: &'f Vocabulary,
    pub(super) row_of_old: &'f [Option<usize>],
    pub(super) table_of_old: &'f [Option<usize>],
    /// Places of lists that belong together.
    pub(super) places: &'f HashSet<(usize, usize)>,
    pub(super) leftovers: &'f LeftoverCounts<'a>,
    /// Duties that their party still has in the same cell, once more.
    pub(super) spare: Sides<&'f [bool]>,
    pub(super) thresholds: &'f Thresholds,
}

impl PairScorer<'_, '_> {
    /// Judges a pair; none where it cannot be one: a reference of another party, what its old or
    /// new holder has anyway, or a grid's cell.
    pub(super) fn score_pair(&self, old: usize, new: usize) -> Option<PairScore> {
        let items = Sides::new(&self.indexes.old.items[old], &self.indexes.new.items[new]);
        let same_party = items.old.party == items.new.party;
        let reference = items.old.reference || items.new.reference;
        let sentences = self.indexes.old.holds_sentences(items.old.table)
            && self.indexes.new.holds_sentences(items.new.table);
        let spare = self.spare.old[old] || self.spare.new[new];
        // nobody takes over what neither party does, or what is done for the other one
        let likeness = || {
            let (old, new) = (&items.old.stem_counts, &items.new.stem_counts);
            stem_likeness(old, new, self.vocabulary)
        };
        let denied = (items.old.denied && items.new.denied)
            || (!same_party && turns_round(items) && likeness() > 0.999)
            || (!same_party && gives_means_to_other(items, self.vocabulary));
        if !sentences || ((reference || spare || denied) && !same_party) {
            return None;
        }
        let equal = items.old.text_id == items.new.text_id;
        let loss = if equal { 0.0 } else { self.deed_loss(items, same_party) };
        let kept = if same_party && self.same_cell(items) { self.kept_share(items) } else { 0.0 };
        let grown = if same_party && loss == 0.0 { self.grown_share(items) } else { 0.0 };
        let core = if same_party || equal || loss > 0.0 { 0.0 } else { self.core_share(items) };
        let alike = if equal {
            1.0
        } else {
            self.text_likeness(items, loss).max(kept).max(grown).max(core)
        };
        let score = PairScore {
            duty: Sides::new(old, new),
            same_party,
            likeness: alike,
            other_deed: loss > 0.0,
            deed_loss: alike * loss / (1.0 - loss),
            is_kept: kept > 0.0 && self.same_row(items),
            context: self.pair_context(items, equal),
            tie_break: TIE * items.old.fingerprint.tie_break(items.new.fingerprint),
            bar: self.threshold_for(items, same_party, loss > 0.0),
        };
        let is_move = !same_party && score.over_threshold() > 0.0;
        (!is_move || !stays_with_holder(items, self.vocabulary)).then_some(score)
    }

    /// Likeness of the whole texts, and of their heads where both have one, less what is lost where
    /// they ask for two deeds.
    fn text_likeness(&self, items: Sides<&IndexedDuty<'_>>, deed_loss: f64) -> f64 {
        let whole = stem_likeness(&items.old.stem_counts, &items.new.stem_counts, self.vocabulary);
        let alike = match head_likeness(items, self.vocabulary) {
            Some(0.0) => whole * (1.0 - self.thresholds.other_head),
            Some(head) => whole * (1.0 - self.thresholds.head) + head * self.thresholds.head,
            None => whole,
        };
        let alike =
            if sets_another(items) { alike * (1.0 - self.thresholds.other_setting) } else { alike };
        alike * (1.0 - deed_loss)
    }

    /// Which share of the likeness is lost where the texts ask for two deeds, 0 to 1.
    fn deed_loss(&self, items: Sides<&IndexedDuty<'_>>, same_party: bool) -> f64 {
        let (old, new) = (&items.old.stem_counts, &items.new.stem_counts);
        let is_other =
            is_other_deed(items, self.vocabulary) || name_opposites(old, new, self.vocabulary);
        let (old_text, new_text) = (items.old.text, items.new.text);
        let is_other = is_other
            || (!same_party && (turns_round(items) || have_other_owners(old_text, new_text)));
        let seems_other = !is_other
            && (opens_with_other_deed(items, self.vocabulary)
                || (!same_party && are_done_to_two_things(items, self.vocabulary)));
        match (is_other || seems_other, same_party) {
            (false, _) => 0.0,
            (true, false) if !is_other => self.thresholds.moved_noun,
            (true, true) => self.thresholds.other_deed,
            (true, false) => self.thresholds.moved_deed,
        }
    }

    /// How much of a duty is known again in its cell though words were put to it: all behind a
    /// lead-in that changed, or all within a longer text.
    fn kept_share(&self, items: Sides<&IndexedDuty<'_>>) -> f64 {
        let leads = !items.old.lead.is_empty() || !items.new.lead.is_empty();
        if leads && items.old.body_id == items.new.body_id {
            return self.thresholds.same_body;
        }
        let whole = stands_in(items.old.text, items.new.text)
            || differ_in_numbers(items.old.text, items.new.text);
        if whole || stands_in(items.new.text, items.old.text) {
            self.thresholds.whole_kept
        } else {
            0.0
        }
    }

    /// How much of a duty is known again in its row where it only grew, or shrank: one text has
    /// every word of the other.
    fn grown_share(&self, items: Sides<&IndexedDuty<'_>>) -> f64 {
        const LEAST: f64 = 2.0;
        let (old, new) = (&items.old.stem_counts, &items.new.stem_counts);
        let says = self.vocabulary.text_weight(old).min(self.vocabulary.text_weight(new));
        let is_whole = shared_weight(old, new, self.vocabulary) > says - 0.01;
        if says >= LEAST && is_whole && self.same_row(items) { self.thresholds.grown } else { 0.0 }
    }

    /// How much of a duty is known again though another party does it under other circumstances.
    fn core_share(&self, items: Sides<&IndexedDuty<'_>>) -> f64 {
        if differ_in_circumstances(items, self.vocabulary) {
            self.thresholds.same_core
        } else {
            0.0
        }
    }

    /// Whether both stand in tables that are one, or in lists of one place.
    fn are_one_place(&self, items: Sides<&IndexedDuty<'_>>) -> bool {
        let tables = items.map(|item| item.table);
        let place =
            (self.indexes.old.tables[tables.old].place, self.indexes.new.tables[tables.new].place);
        self.table_of_old[tables.old] == Some(tables.new) || self.places.contains(&place)
    }

    fn same_row(&self, items: Sides<&IndexedDuty<'_>>) -> bool {
        self.row_of_old[items.old.row] == Some(items.new.row)
    }

    /// A list is one cell.
    fn same_cell(&self, items: Sides<&IndexedDuty<'_>>) -> bool {
        self.same_row(items) || (self.are_lists(items) && self.are_one_place(items))
    }

    /// Whether one at least stands in a table whose rows have no labels.
    fn are_lists(&self, items: Sides<&IndexedDuty<'_>>) -> bool {
        let tables = items.map(|item| item.table);
        !self.indexes.old.labels_rows(tables.old) || !self.indexes.new.labels_rows(tables.new)
    }

    fn threshold_for(
        &self,
        items: Sides<&IndexedDuty<'_>>,
        same_party: bool,
        other_deed: bool,
    ) -> f64 {
        let bar = if same_party { self.thresholds.reworded } else { self.thresholds.moved };
        if self.same_row(items) {
            let apart = other_deed || shares_deed_only(items, self.vocabulary);
            return if same_party && apart { bar + self.own_words(items) } else { bar };
        }
        let says = items.map(|item| self.vocabulary.text_weight(&item.stem_counts));
        bar + self.thresholds.vague
            * (1.0 - says.old.min(says.new) / self.thresholds.little).max(0.0)
    }

    /// What the bar is higher where two duties of one row ask for two deeds and each says much that
    /// the other does not: they are about one thing, and one of them may have gone as another came.
    fn own_words(&self, items: Sides<&IndexedDuty<'_>>) -> f64 {
        let (old, new) = (&items.old.stem_counts, &items.new.stem_counts);
        let own = least_own_weight(old, new, self.vocabulary);
        self.thresholds.own_words * (own - self.thresholds.few_own).clamp(0.0, 1.0)
    }

    fn pair_context(&self, items: Sides<&IndexedDuty<'_>>, equal: bool) -> PairContext {
        let mut context = PairContext::default();
        if equal {
            context.equal_text = self.thresholds.equal_text;
        }
        // where a row is the duty, rows belong together by the very words that are judged here
        let own_row = sets_another(items) && !self.indexes.old.labels_rows(items.old.table);
        if self.same_row(items) && !own_row {
            let same_party = items.old.party == items.new.party;
            context.same_row = self.thresholds.same_row;
            if same_party && self.leftovers.is_alone(items) {
                context.alone = self.thresholds.alone;
            }
            if equal && !same_party {
                context.crossed = self.thresholds.crossed;
            }
            return context;
        }
        if self.are_one_place(items) {
            let lists = self.are_lists(items);
            context.same_table =
                if lists { self.thresholds.same_list } else { self.thresholds.same_table };
        }
        let labels = Sides::new(
            &self.indexes.old.rows[items.old.row].label,
            &self.indexes.new.rows[items.new.row].label,
        );
        context.task =
            self.thresholds.task * dice_likeness(labels.old, labels.new, self.vocabulary);
        context
    }
}

/// Whether both name settings (`--read-only`, `max_size`), and none in common: what is done to
/// another setting is another duty.
fn sets_another(items: Sides<&IndexedDuty<'_>>) -> bool {
    let (old, new) = (&items.old.settings, &items.new.settings);
    !old.is_empty() && !new.is_empty() && !old.iter().any(|setting| new.contains(setting))
}

/// Whether two texts have the same words but for those with digits: "Use v1.2", "Use v1.3".
fn differ_in_numbers(a: &str, b: &str) -> bool {
    let is_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let mut says = false;
    let mut pairs = a.split(' ').zip(b.split(' '));
    let alike = pairs.all(|(a, b)| {
        says |= a == b;
        a == b || (is_number(a) && is_number(b))
    });
    alike && says && a.split(' ').count() == b.split(' ').count()
}

/// How much of both heads is found in the other text, 0 to 1; none where a text has no head.
fn head_likeness(items: Sides<&IndexedDuty<'_>>, vocabulary: &Vocabulary) -> Option<f64> {
    if items.old.head.is_empty() || items.new.head.is_empty() {
        return None;
    }
    let found = |item: &IndexedDuty<'_>, other: &IndexedDuty<'_>| {
        let weigh = |stem: &u32| vocabulary.stem_weight(*stem);
        let all: f64 = item.head.iter().map(weigh).sum();
        let there = |stem: &&u32| other.stem_counts.has_stem(**stem);
        (item.head.iter().filter(there).map(weigh).sum::<f64>(), all)
    };
    let (a, b) = (found(items.old, items.new), found(items.new, items.old));
    Some((a.0 + b.0) / (a.1 + b.1).max(f64::MIN_POSITIVE))
}

/// How many duties are left over in each cell.
pub(super) struct LeftoverCounts<'a> {
    cells: Sides<HashMap<(usize, &'a Party), usize>>,
}

impl<'a> LeftoverCounts<'a> {
    pub(super) fn count_leftovers(
        indexes: Sides<&PageIndex<'a>>,
        free: &Sides<Vec<usize>>,
    ) -> Self {
        let count = |page_index: &PageIndex<'a>, items: &[usize]| {
            let mut cells = HashMap::new();
            for item in items {
                let item = &page_index.items[*item];
                *cells.entry((item.row, item.party)).or_insert(0) += 1;
            }
            cells
        };
        Self { cells: Sides::new(count(indexes.old, &free.old), count(indexes.new, &free.new)) }
    }

    /// Whether each is the only one left in its cell.
    fn is_alone(&self, items: Sides<&IndexedDuty<'_>>) -> bool {
        self.cells.old.get(&(items.old.row, items.old.party)) == Some(&1)
            && self.cells.new.get(&(items.new.row, items.new.party)) == Some(&1)
    }
}
