//! Duties without a partner whose words are there all the same, within a longer duty of their
//! cell.

use std::collections::HashMap;
use std::ops::Range;

use super::duties::DutySearch;
use super::occurrences::{count_occurrences, stands_in};
use super::page_index::PageIndex;
use super::pair_score::PairScore;
use crate::model::Sides;

/// So many duties that a cell left over are looked for.
const MOST: usize = 64;
/// At most this many longer texts for each.
const MOST_HOLDERS: usize = 1_024;

/// A duty that was cut in two, one half in other words: the half that still stands in it needs no
/// pair, so the other one is paired with it where nothing else is.
pub(super) fn pair_changed_halves(
    search: &mut DutySearch<'_, '_>,
    indexes: Sides<&PageIndex<'_>>,
    judged: &[PairScore],
) {
    let mut better: Vec<&PairScore> =
        judged.iter().filter(|pair| pair.same_party && pair.over_threshold() > 0.0).collect();
    better.sort_by(|a, b| {
        let by_index = (a.duty.old, a.duty.new).cmp(&(b.duty.old, b.duty.new));
        b.over_threshold().total_cmp(&a.over_threshold()).then(by_index)
    });
    for Sides { old, new } in better.into_iter().map(|pair| pair.duty) {
        let (old_item, new_item) = (&indexes.old.items[old], &indexes.new.items[new]);
        if search.is_free_new(new)
            && let Some(half) = search.partner_of_old(old)
        {
            let half = &indexes.new.items[half];
            if half.row == new_item.row
                && stands_in(half.text, old_item.text)
                && !stands_in(new_item.text, old_item.text)
            {
                search.pair_instead(old, new);
            }
        } else if search.is_free_old(old)
            && let Some(half) = search.partner_of_new(new)
        {
            let half = &indexes.old.items[half];
            if half.row == old_item.row
                && stands_in(half.text, new_item.text)
                && !stands_in(old_item.text, new_item.text)
            {
                search.pair_instead(old, new);
            }
        }
    }
}

/// A text that now stands whole in a longer duty is not lost, and a text that a longer duty has
/// dropped is not new: the rewording of the longer duty already shows it.
pub(super) fn pair_whole_texts(search: &mut DutySearch<'_, '_>, indexes: Sides<&PageIndex<'_>>) {
    let mut found = Vec::new();
    for items in cell_ranges(search, indexes) {
        let olds = items.old.clone().filter(|old| search.is_free_old(*old)).take(MOST);
        let news = items.new.clone().filter(|new| search.is_free_new(*new)).take(MOST);
        let mut taken = HashMap::new();
        for old in olds {
            let text = &indexes.old.items[old];
            let holder = items.new.clone().take(MOST_HOLDERS).find(|new| {
                let longer = &indexes.new.items[*new];
                let before = search.partner_of_new(*new).map(|old| indexes.old.items[old].text);
                text.party == longer.party
                    && has_gained_text(text.text, longer.text, before, &mut taken)
            });
            found.extend(holder.map(|new| Sides::new(old, new)));
        }
        let mut taken = HashMap::new();
        for new in news {
            let text = &indexes.new.items[new];
            let holder = items.old.clone().take(MOST_HOLDERS).find(|old| {
                let longer = &indexes.old.items[*old];
                let after = search.partner_of_old(*old).map(|new| indexes.new.items[new].text);
                text.party == longer.party
                    && has_gained_text(text.text, longer.text, after, &mut taken)
            });
            found.extend(holder.map(|old| Sides::new(old, new)));
        }
    }
    search.resegmented_pairs(found.into_iter());
}

/// The rows that are one; of tables whose rows have no label, the tables.
fn cell_ranges(
    search: &DutySearch<'_, '_>,
    indexes: Sides<&PageIndex<'_>>,
) -> Vec<Sides<Range<usize>>> {
    let rows = search.aligned_rows().map(|row| {
        let (old, new) = (&indexes.old.rows[row.old], &indexes.new.rows[row.new]);
        Sides::new(old.items.clone(), new.items.clone())
    });
    let tables = (0..indexes.old.tables.len()).filter_map(|old| {
        let new = search.table_of_old(old)?;
        let lists = !indexes.old.labels_rows(old) || !indexes.new.labels_rows(new);
        lists.then(|| Sides::new(indexes.old.items_of_table(old), indexes.new.items_of_table(new)))
    });
    rows.chain(tables).collect()
}

/// Whether a longer text has a text once more than its partner, and once more than was taken.
fn has_gained_text<'t>(
    text: &'t str,
    longer: &'t str,
    partner: Option<&str>,
    taken: &mut HashMap<(&'t str, &'t str), usize>,
) -> bool {
    let Some(partner) = partner.filter(|_| stands_in(text, longer)) else { return false };
    let before = count_occurrences(text, partner) + usize::from(text == partner);
    let used = taken.entry((text, longer)).or_default();
    let more = count_occurrences(text, longer) > before + *used;
    *used += usize::from(more);
    more
}
