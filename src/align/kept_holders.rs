//! A text that stands on a page several times, with different parties, moves only where a party has
//! it less often than before: sections that are renamed, merged or regrouped carry their twins with
//! them.

use std::collections::BTreeMap;

use super::duties::DutySearch;
use crate::model::{Party, Sides};

impl DutySearch<'_, '_> {
    /// Pairs equal texts that crossed from party to party, each at another place than before, with
    /// their twins in the hands of their own party.
    pub(super) fn keep_holders(&mut self) {
        let mut crossing: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
        for (old, new) in self.found_pairs().collect::<Vec<_>>() {
            if self.crosses(old, new) && !self.keeps_place(old, new) {
                crossing.entry(self.indexes.old.items[old].text_id).or_default().push((old, new));
            }
        }
        for (text, pairs) in crossing {
            for (at, &(old, new)) in pairs.iter().enumerate() {
                if self.partner_of_old(old) != Some(new) {
                    continue;
                }
                let back = pairs[at + 1..].iter().copied().find(|&(other, twin)| {
                    self.partner_of_old(other) == Some(twin)
                        && !self.crosses(old, twin)
                        && !self.crosses(other, new)
                });
                if let Some((other, twin)) = back {
                    self.add_pair(old, twin);
                    self.add_pair(other, new);
                } else if let Some(twin) =
                    self.free_new(text, |party| party == self.indexes.old.items[old].party)
                {
                    self.pair_instead(old, twin);
                } else if let Some(twin) =
                    self.free_old(text, |party| party == self.indexes.new.items[new].party)
                {
                    self.pair_instead(twin, new);
                }
            }
        }
    }

    /// Whether an old duty's text is another party's in a new one.
    fn crosses(&self, old: usize, new: usize) -> bool {
        let (a, b) = (&self.indexes.old.items[old], &self.indexes.new.items[new]);
        a.text_id == b.text_id && a.party != b.party && !a.reference
    }

    /// Whether both stand under the same headings, in rows of one label.
    fn keeps_place(&self, old: usize, new: usize) -> bool {
        let (a, b) = (&self.indexes.old.items[old], &self.indexes.new.items[new]);
        let tables = (&self.indexes.old.tables[a.table], &self.indexes.new.tables[b.table]);
        let rows = (&self.indexes.old.rows[a.row], &self.indexes.new.rows[b.row]);
        tables.0.beside == tables.1.beside && rows.0.task_id == rows.1.task_id
    }

    /// Sets aside what both parties shared and what each of them has now, word for word, or the
    /// other way round.
    pub(super) fn set_divided_aside(&mut self) {
        for (old, new) in self.found_pairs().collect::<Vec<_>>() {
            let (a, b) = (&self.indexes.old.items[old], &self.indexes.new.items[new]);
            if !self.crosses(old, new) {
                continue;
            }
            let twin = match (a.party, b.party) {
                (Party::Shared, one) => {
                    Sides::new(None, self.free_new(a.text_id, |p| is_other(one, p)))
                }
                (one, Party::Shared) => {
                    Sides::new(self.free_old(a.text_id, |p| is_other(one, p)), None)
                }
                _ => continue,
            };
            if twin.old.is_some() || twin.new.is_some() {
                self.set_shared_aside(Sides::new(old, new), twin);
            }
        }
    }

    fn free_new(&self, text: u32, fits: impl Fn(&Party) -> bool) -> Option<usize> {
        let items = &self.indexes.new.items;
        let is_twin = |at: &usize| items[*at].text_id == text && fits(items[*at].party);
        (0..items.len()).find(|at| is_twin(at) && self.is_free_new(*at))
    }

    fn free_old(&self, text: u32, fits: impl Fn(&Party) -> bool) -> Option<usize> {
        let items = &self.indexes.old.items;
        let is_twin = |at: &usize| items[*at].text_id == text && fits(items[*at].party);
        (0..items.len()).find(|at| is_twin(at) && self.is_free_old(*at))
    }
}

/// Whether two parties are IBM and the customer.
fn is_other(one: &Party, other: &Party) -> bool {
    let provides = |party: &Party| matches!(party, Party::Ibm | Party::Provider(_));
    (provides(one) && *other == Party::Customer) || (*one == Party::Customer && provides(other))
}
