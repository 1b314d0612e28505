//! A text that stands on a page several times, with different parties, moves only where a party has
//! it less often than before: sections that are renamed, merged or regrouped carry their twins with
//! them.

use std::collections::BTreeMap;

use super::duties::DutySearch;

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
                } else if let Some(twin) = self.free_twin_of_old(text, old) {
                    self.pair_instead(old, twin);
                } else if let Some(twin) = self.free_twin_of_new(text, new) {
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

    fn free_twin_of_old(&self, text: u32, old: usize) -> Option<usize> {
        let party = self.indexes.old.items[old].party;
        let mut twins = self.indexes.new.items.iter().enumerate();
        let fits = |at| self.is_free_new(at);
        twins
            .find(|(at, item)| item.text_id == text && item.party == party && fits(*at))
            .map(|(at, _)| at)
    }

    fn free_twin_of_new(&self, text: u32, new: usize) -> Option<usize> {
        let party = self.indexes.new.items[new].party;
        let mut twins = self.indexes.old.items.iter().enumerate();
        let fits = |at| self.is_free_old(at);
        twins
            .find(|(at, item)| item.text_id == text && item.party == party && fits(*at))
            .map(|(at, _)| at)
    }
}
