//! What happens to a page between two versions, one mutation at a time.
//!
//! Every mutation is tried on a copy and dropped where the result would not be fair (see
//! [`super::fair`]): where a careful reader of both pages could not tell what happened.

mod lone;
mod overview;
mod place;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::build::{self, Ids};
use super::fair;
use super::focus::Focus;
use super::model::{Id, Page, Placed};
use super::rng::Rng;

/// A duty that was cut in two, or two that were joined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split {
    /// The one that says both.
    pub(crate) whole: Id,
    /// Those that say one thing each.
    pub(crate) halves: [Id; 2],
    /// Whether the whole is the new one.
    pub(crate) joined: bool,
}

/// Two versions of a page in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) focus: Focus,
    pub(crate) old: Page,
    pub(crate) new: Page,
    pub(crate) ids: Ids,
    pub(crate) splits: Vec<Split>,
    /// Which mutation each duty (or grid row) went through.
    pub(crate) by: BTreeMap<Id, &'static str>,
    /// Areas and rows that were mutated as such.
    pub(crate) touched: BTreeSet<Id>,
    /// Whether the versions are written in layouts of which one has no rows, so that nothing
    /// finer than an area tells equal duties apart.
    pub(crate) rowless: bool,
    /// Whether the layouts can say that both parties hold a duty.
    pub(crate) shares: bool,
}

impl Draft {
    /// Two equal versions.
    pub(crate) fn new(rowless: bool, shares: bool, rng: &mut Rng) -> Self {
        let mut ids = Ids::default();
        let focus = Focus::draw(rng);
        let page = build::page(&focus, &mut ids, rng);
        Self {
            focus,
            old: page.clone(),
            new: page,
            ids,
            splits: Vec::new(),
            by: BTreeMap::new(),
            touched: BTreeSet::new(),
            rowless,
            shares,
        }
    }

    /// Makes the overview one of other parties, if there is one.
    pub(crate) fn give_grid_to_others(&mut self) {
        for grid in [&mut self.old.grid, &mut self.new.grid].into_iter().flatten() {
            grid.give_to_others();
        }
    }

    /// Applies so many mutations, as far as fair ones are found.
    pub(crate) fn mutate(&mut self, count: usize, rng: &mut Rng) {
        let mut done = 0;
        for _ in 0..count * 8 {
            if done == count {
                break;
            }
            let (name, mutation) = *rng.weighted(MUTATIONS);
            let mut trial = self.clone();
            if mutation(&mut trial, name, rng) && fair::is_fair(&trial) {
                *self = trial;
                done += 1;
            }
        }
    }

    /// An old duty that nothing was done to yet and that the condition holds for.
    fn any_duty(&self, rng: &mut Rng, fits: impl Fn(&Placed<'_>) -> bool) -> Option<Id> {
        let known: BTreeSet<Id> = self.old.duties().map(|placed| placed.duty.id).collect();
        let duties: Vec<Id> = self
            .new
            .duties()
            .filter(|placed| known.contains(&placed.duty.id))
            .filter(|placed| !self.by.contains_key(&placed.duty.id))
            .filter(|placed| fits(placed))
            .map(|placed| placed.duty.id)
            .collect();
        (!duties.is_empty()).then(|| *rng.pick(&duties))
    }

    /// An old row that was not mutated as such and none of whose duties were.
    fn any_row(&self, rng: &mut Rng) -> Option<Id> {
        let known: BTreeSet<Id> = self.old.rows().map(|(_, row)| row.id).collect();
        let rows: Vec<Id> = self
            .new
            .rows()
            .filter(|(area, row)| {
                known.contains(&row.id)
                    && !self.touched.contains(&row.id)
                    && !self.touched.contains(&area.id)
            })
            .filter(|(_, row)| !row.duties.iter().any(|duty| self.by.contains_key(&duty.id)))
            .map(|(_, row)| row.id)
            .collect();
        (!rows.is_empty()).then(|| *rng.pick(&rows))
    }

    /// Any row of the new version that was there before.
    fn any_place(&self, rng: &mut Rng) -> Option<Id> {
        let known: BTreeSet<Id> = self.old.rows().map(|(_, row)| row.id).collect();
        let rows: Vec<Id> =
            self.new.rows().map(|(_, row)| row.id).filter(|id| known.contains(id)).collect();
        (!rows.is_empty()).then(|| *rng.pick(&rows))
    }
}

/// Tries to change the new version; false where it found nothing to change.
type Mutation = fn(&mut Draft, &'static str, &mut Rng) -> bool;

/// All mutations with their names, each as often as its weight says.
const MUTATIONS: &[(usize, (&str, Mutation))] = &[
    (9, ("move, exact", place::move_exact)),
    (9, ("move, new voice", place::move_voice)),
    (8, ("move, reworded", place::move_reworded)),
    (4, ("move to another row", place::move_to_row)),
    (2, ("swap a row's parties", place::swap_row)),
    (10, ("add a duty", lone::add_duty)),
    (2, ("add a twin", lone::add_twin)),
    (3, ("add a row", lone::add_row)),
    (1, ("add a table", lone::add_area)),
    (10, ("remove a duty", lone::remove_duty)),
    (3, ("remove a row", lone::remove_row)),
    (1, ("remove a table", lone::remove_area)),
    (6, ("replace a duty", lone::replace)),
    (3, ("reword a number", words::number)),
    (3, ("reword a product", words::product)),
    (3, ("reword by a synonym", words::synonym)),
    (3, ("reword an adjective", words::adjective)),
    (3, ("reword, clause added", words::more)),
    (3, ("reword, clause dropped", words::less)),
    (3, ("reword, clause replaced", words::circumstance)),
    (1, ("reword a determiner", words::determiner)),
    (2, ("reword a typo", words::typo)),
    (1, ("reword the order", words::order)),
    (3, ("reword the voice", words::voice)),
    (6, ("reword half of it", words::much)),
    (3, ("split", words::split)),
    (3, ("join", words::join)),
    (2, ("split a row", place::split_row)),
    (2, ("join rows", place::join_rows)),
    (4, ("rename a row", place::rename_row)),
    (2, ("rename an area", place::rename_area)),
    (3, ("relocate a row", place::relocate_row)),
    (3, ("relocate a duty", place::relocate_duty)),
    (5, ("grid: another owner", overview::owner)),
    (1, ("grid: add a row", overview::add_row)),
    (1, ("grid: remove a row", overview::remove_row)),
    (1, ("grid: rename a row", overview::rename_row)),
];
