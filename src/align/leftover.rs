//! Duties without a partner whose words are there all the same, within a longer duty of their
//! cell.

use std::collections::HashMap;
use std::ops::Range;

use super::duties::Search;
use super::face::Face;
use super::judge::Verdict;
use super::recut::{occurrences, stands_in};
use crate::model::Sides;

/// So many duties that a cell left over are looked for.
const MOST: usize = 64;
/// At most this many longer texts for each.
const MOST_HOLDERS: usize = 1_024;

/// A duty that was cut in two, one half in other words: the half that still stands in it needs no
/// pair, so the other one is paired with it where nothing else is.
pub(super) fn pair_changed_halves(
    search: &mut Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    judged: &[Verdict],
) {
    let mut better: Vec<&Verdict> =
        judged.iter().filter(|pair| pair.same_party && pair.worth() > 0.0).collect();
    better.sort_by(|a, b| {
        let by_index = (a.duty.old, a.duty.new).cmp(&(b.duty.old, b.duty.new));
        b.worth().total_cmp(&a.worth()).then(by_index)
    });
    for Sides { old, new } in better.into_iter().map(|pair| pair.duty) {
        let (old_item, new_item) = (&faces.old.items[old], &faces.new.items[new]);
        if search.is_free_new(new)
            && let Some(half) = search.partner_of_old(old)
        {
            let half = &faces.new.items[half];
            if half.row == new_item.row
                && stands_in(half.text, old_item.text)
                && !stands_in(new_item.text, old_item.text)
            {
                search.pair_instead(old, new);
            }
        } else if search.is_free_old(old)
            && let Some(half) = search.partner_of_new(new)
        {
            let half = &faces.old.items[half];
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
pub(super) fn pair_whole_texts(search: &mut Search<'_, '_>, faces: Sides<&Face<'_>>) {
    let mut found = Vec::new();
    for items in cells(search, faces) {
        let olds = items.old.clone().filter(|old| search.is_free_old(*old)).take(MOST);
        let news = items.new.clone().filter(|new| search.is_free_new(*new)).take(MOST);
        let mut taken = HashMap::new();
        for old in olds {
            let text = &faces.old.items[old];
            let holder = items.new.clone().take(MOST_HOLDERS).find(|new| {
                let longer = &faces.new.items[*new];
                let before = search.partner_of_new(*new).map(|old| faces.old.items[old].text);
                text.party == longer.party && gained(text.text, longer.text, before, &mut taken)
            });
            found.extend(holder.map(|new| Sides::new(old, new)));
        }
        let mut taken = HashMap::new();
        for new in news {
            let text = &faces.new.items[new];
            let holder = items.old.clone().take(MOST_HOLDERS).find(|old| {
                let longer = &faces.old.items[*old];
                let after = search.partner_of_old(*old).map(|new| faces.new.items[new].text);
                text.party == longer.party && gained(text.text, longer.text, after, &mut taken)
            });
            found.extend(holder.map(|old| Sides::new(old, new)));
        }
    }
    search.recut_pairs_of(found.into_iter());
}

/// The rows that are one; of tables whose rows have no label, the tables.
fn cells(search: &Search<'_, '_>, faces: Sides<&Face<'_>>) -> Vec<Sides<Range<usize>>> {
    let rows = search.rows().map(|row| {
        let (old, new) = (&faces.old.rows[row.old], &faces.new.rows[row.new]);
        Sides::new(old.items.clone(), new.items.clone())
    });
    let tables = (0..faces.old.tables.len()).filter_map(|old| {
        let new = search.table_of_old(old)?;
        let lists = !faces.old.labels_rows(old) || !faces.new.labels_rows(new);
        lists.then(|| Sides::new(faces.old.items_of_table(old), faces.new.items_of_table(new)))
    });
    rows.chain(tables).collect()
}

/// Whether a longer text has a text once more than its partner, and once more than was taken.
fn gained<'t>(
    text: &'t str,
    longer: &'t str,
    partner: Option<&str>,
    taken: &mut HashMap<(&'t str, &'t str), usize>,
) -> bool {
    let Some(partner) = partner.filter(|_| stands_in(text, longer)) else { return false };
    let before = occurrences(text, partner) + usize::from(text == partner);
    let used = taken.entry((text, longer)).or_default();
    let more = occurrences(text, longer) > before + *used;
    *used += usize::from(more);
    more
}
