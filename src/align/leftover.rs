//! Duties without a partner whose words are there all the same, within a longer duty of their
//! cell.

use std::collections::HashMap;
use std::ops::Range;

use super::duties::Search;
use super::face::Face;
use super::recut::{occurrences, stands_in};
use crate::model::{Layout, Sides};

/// So many duties that a cell left over are looked for.
const MOST: usize = 64;
/// In so many longer ones each.
const MOST_HOLDERS: usize = 1_024;

/// What stands whole in a duty that it did not stand in before is no loss, and what stood whole in
/// a duty that has lost it is nothing new: the longer one's rewording tells the rest.
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
        let lists = are_duties(faces.old, old) || are_duties(faces.new, new);
        lists.then(|| Sides::new(faces.old.items_of_table(old), faces.new.items_of_table(new)))
    });
    rows.chain(tables).collect()
}

/// Whether a table's rows are duties, with no label or with one that is the duty itself.
fn are_duties(face: &Face<'_>, table: usize) -> bool {
    !face.labels_rows(table) || face.tables[table].layout == Layout::Raci
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
