//! Duties without a partner whose words are there all the same, within a longer duty of their
//! cell.

use std::collections::HashMap;
use std::ops::Range;

use super::duties::DutySearch;
use super::occurrences::{count_occurrences, stands_in};
use super::pair_score::PairScore;
use crate::model::{Side, Sides};

/// So many duties that a cell left over are looked for.
const MOST: usize = 64;
/// At most this many longer texts for each.
const MOST_HOLDERS: usize = 1_024;

/// A duty that was cut in two, one half in other words: the half that still stands in it needs no
/// pair, so the other one is paired with it where nothing else is.
pub(super) fn pair_changed_halves(search: &mut DutySearch<'_, '_>, judged: &[PairScore]) {
    let indexes = search.indexes;
    let mut better: Vec<&PairScore> =
        judged.iter().filter(|pair| pair.same_party && pair.over_threshold() > 0.0).collect();
    better.sort_by(|a, b| PairScore::best_first(a, b));
    for pair in better.into_iter().map(|pair| pair.duty) {
        // the side without a partner, and the half that the other one is paired with
        let open = [Side::New, Side::Old].into_iter().find_map(|side| {
            let half = search.partner_of(side.opposite(), *pair.get(side.opposite()))?;
            search.is_free(side, *pair.get(side)).then_some((side, half))
        });
        let Some((side, half)) = open else { continue };
        let items = indexes.zip(pair).map(|(index, at)| &index.items[at]);
        let (other_half, whole) = (items.get(side), items.get(side.opposite()));
        let half = &indexes.get(side).items[half];
        if half.row == other_half.row
            && stands_in(half.text, whole.text)
            && !stands_in(other_half.text, whole.text)
        {
            search.pair_instead(pair.old, pair.new);
        }
    }
}

/// A text that now stands whole in a longer duty is not lost, and a text that a longer duty has
/// dropped is not new: the rewording of the longer duty already shows it.
pub(super) fn pair_whole_texts(search: &mut DutySearch<'_, '_>) {
    let item = |side: Side, at: usize| &search.indexes.get(side).items[at];
    let mut found = Vec::new();
    for items in cell_ranges(search) {
        for side in [Side::Old, Side::New] {
            let other = side.opposite();
            let mut taken = HashMap::new();
            let free = items.get(side).clone().filter(|at| search.is_free(side, *at));
            for at in free.take(MOST) {
                let text = item(side, at);
                let holder = items.get(other).clone().take(MOST_HOLDERS).find(|holder| {
                    let longer = item(other, *holder);
                    let partner = search.partner_of(other, *holder).map(|at| item(side, at).text);
                    text.party == longer.party
                        && has_gained_text(text.text, longer.text, partner, &mut taken)
                });
                found.extend(holder.map(|holder| Sides::from_side(side, at, holder)));
            }
        }
    }
    search.resegmented_pairs(found.into_iter());
}

/// The rows that are one; of tables whose rows have no label, the tables.
fn cell_ranges(search: &DutySearch<'_, '_>) -> Vec<Sides<Range<usize>>> {
    let indexes = search.indexes;
    let rows = search
        .aligned_rows()
        .map(|rows| indexes.zip(rows).map(|(index, row)| index.rows[row].items.clone()));
    let tables = (0..indexes.old.tables.len()).filter_map(|old| {
        let tables = indexes.zip(Sides::new(old, search.table_of_old(old)?));
        let labels = tables.map(|(index, table)| index.labels_rows(table));
        let are_lists = !labels.old || !labels.new;
        are_lists.then(|| tables.map(|(index, table)| index.items_of_table(table)))
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
