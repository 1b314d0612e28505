//! Texts that stand on a page several times, with different parties. Such a text moves only where a
//! party has it less often than before: sections that are renamed, merged or regrouped carry their
//! twins with them.

use std::collections::{BTreeMap, HashMap};

use super::duties::DutySearch;
use super::page_index::PageIndex;
use crate::model::{Party, Side, Sides};

/// The duties of each side whose texts crossed from party to party, by text.
type Twins = Sides<HashMap<u32, Vec<usize>>>;

impl DutySearch<'_, '_> {
    /// Pairs equal texts that crossed from party to party with their twins in the hands of their own
    /// party, and sets aside what both parties shared and what each of them has now.
    pub(super) fn settle_twins(&mut self) {
        let crossing: Vec<(usize, usize)> =
            self.found_pairs().filter(|&(old, new)| self.crosses(old, new)).collect();
        if crossing.is_empty() {
            return;
        }
        let mut by_text: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
        for &(old, new) in &crossing {
            by_text.entry(self.indexes.old.items[old].text_id).or_default().push((old, new));
        }
        let twins = self.indexes.map(|page_index| duties_by_text(page_index, &by_text));
        for pairs in by_text.values() {
            self.keep_holders(pairs, &twins);
        }
        for (old, new) in crossing {
            self.set_divided_aside(old, new, &twins);
        }
    }

    /// Pairs of one text, each at another place than before: those that go to and fro are no moves,
    /// nor is one whose party still has the text.
    fn keep_holders(&mut self, pairs: &[(usize, usize)], twins: &Twins) {
        for (at, &(old, new)) in pairs.iter().enumerate() {
            if self.partner_of(Side::Old, old) != Some(new) || self.keeps_place(old, new) {
                continue;
            }
            let back = pairs[at + 1..].iter().copied().find(|&(other, twin)| {
                self.partner_of(Side::Old, other) == Some(twin)
                    && !self.keeps_place(other, twin)
                    && !self.crosses(old, twin)
                    && !self.crosses(other, new)
            });
            let holders =
                Sides::new(self.indexes.old.items[old].party, self.indexes.new.items[new].party);
            let text = self.indexes.old.items[old].text_id;
            if let Some((other, twin)) = back {
                self.add_pair(old, twin);
                self.add_pair(other, new);
            } else if let Some(twin) =
                self.free_twin(Side::New, text, twins, |party| party == holders.old)
            {
                self.pair_instead(old, twin);
            } else if let Some(twin) =
                self.free_twin(Side::Old, text, twins, |party| party == holders.new)
            {
                self.pair_instead(twin, new);
            }
        }
    }

    /// Sets a pair aside that was shared and now is one party's, word for word, if it is the other
    /// party's, too; or the other way round.
    fn set_divided_aside(&mut self, old: usize, new: usize, twins: &Twins) {
        if self.partner_of(Side::Old, old) != Some(new) {
            return;
        }
        let (a, b) = (&self.indexes.old.items[old], &self.indexes.new.items[new]);
        let (one, side) = match (a.party, b.party) {
            (Party::Shared, one) => (one, Side::New),
            (one, Party::Shared) => (one, Side::Old),
            _ => return,
        };
        let is_other = |party: &Party| {
            (one.is_provider() && *party == Party::Customer)
                || (*one == Party::Customer && party.is_provider())
        };
        if let Some(twin) = self.free_twin(side, a.text_id, twins, is_other) {
            self.set_shared_aside(Sides::new(old, new), side, twin);
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

    /// A duty of one side with a text and a fitting party that has no partner.
    fn free_twin(
        &self,
        side: Side,
        text: u32,
        twins: &Twins,
        fits: impl Fn(&Party) -> bool,
    ) -> Option<usize> {
        let items = &self.indexes.get(side).items;
        let twins = twins.get(side).get(&text)?.iter().copied();
        twins.into_iter().find(|&at| fits(items[at].party) && self.is_free(side, at))
    }
}

fn duties_by_text<T>(
    page_index: &PageIndex<'_>,
    texts: &BTreeMap<u32, T>,
) -> HashMap<u32, Vec<usize>> {
    let mut duties: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, item) in page_index.items.iter().enumerate() {
        if texts.contains_key(&item.text_id) {
            duties.entry(item.text_id).or_default().push(at);
        }
    }
    duties
}
