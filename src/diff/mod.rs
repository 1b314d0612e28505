//! Turns pairs of duties into changes: their level, their id, and which party gets more work.

mod across;
mod change;
mod comparison;
mod divided_scope;
mod emphasis;
mod exchanged_items;
mod footnotes;
mod id;
mod joined;
mod keyref_parts;
mod keyrefs;
mod lead_ins;
mod linked_duties;
mod moved_parts;
mod moved_sentences;
mod notices;
mod unread;

use crate::align::{Alignment, Thresholds, align_by};
use crate::model::{Change, Document, Kind, Side, Sides};

use change::KeptSections;
use comparison::PlacedDuty;

pub use crate::align::{
    AlignScope, CountedWord, Explanation, FoundBy, PairContext, Weighing, WordsThatCount,
    counted_steps, explain_each,
};
pub use across::{DocumentPair, compare_all, leftover_pages};
pub use comparison::{Comparison, DutyLink};
pub(crate) use id::id_of_meaning;
pub use joined::join_moved;
pub use unread::{
    PageSource, lost_by_position, lost_matrices, no_longer_assigns, note_unread, unread_in,
};

/// Compares two versions of one page.
#[must_use]
pub fn compare_pages(pages: Sides<&Document>) -> Comparison {
    compare_by(&Thresholds::within_document(), pages)
}

/// The same by other bars, for fitting them.
#[must_use]
pub fn compare_by(bars: &Thresholds, pages: Sides<&Document>) -> Comparison {
    let Some(named) = keyrefs::read_keyrefs_as_names(pages) else {
        return compare_texts(bars, pages);
    };
    let mut comparison = compare_texts(bars, named.pages.as_ref());
    comparison.notices.extend(named.notices);
    comparison.notices.sort();
    comparison
}

/// The same of pages whose keyrefs are read.
fn compare_texts(bars: &Thresholds, pages: Sides<&Document>) -> Comparison {
    let alignment = align_by(bars, pages);
    let duties = pages.map(|page| page.duties().collect::<Vec<_>>());
    let mut links = duty_links(&alignment, &duties, &KeptSections::of(pages));
    lead_ins::keep_one(&mut links, &duties);
    let mut moved = moved_sentences::find_moved(&mut links, &duties);
    moved_parts::add_moved(&mut moved, &mut links, &duties);
    let of_links = links.iter().filter(|link| {
        // such a duty is among the moves of sentences and parts
        link.kind != Some(Kind::Moved) || (link.duty.old.is_some() && link.duty.new.is_some())
    });
    let mut changes: Vec<Change> =
        of_links.filter_map(|link| change::of_link(link, &duties)).chain(moved).collect();
    finish_changes(&mut changes, &duties);
    name_provider(&mut changes, pages);
    let notices = notices::of_comparison(pages, &alignment, &links);
    let Alignment { recut_pairs: recut, rows, .. } = alignment;
    Comparison { changes, notices, links, recut, rows, ..Comparison::default() }
}

fn duty_links(
    alignment: &Alignment,
    duties: &Sides<Vec<PlacedDuty<'_>>>,
    kept: &KeptSections<'_>,
) -> Vec<DutyLink> {
    let mut seen = Sides::new(vec![false; duties.old.len()], vec![false; duties.new.len()]);
    let mut links = Vec::with_capacity(duties.new.len());
    for pair in &alignment.pairs {
        seen.old[pair.duty.old] = true;
        seen.new[pair.duty.new] = true;
        let sides = Sides::new(&duties.old[pair.duty.old], &duties.new[pair.duty.new]);
        links.push(DutyLink {
            duty: pair.duty.map(Some),
            kind: change::kind_of_pair(sides, pair.in_place, kept),
        });
    }
    let mut recut: Vec<_> = alignment.recut_pairs.iter().map(|pair| pair.map(Some)).collect();
    for side in [Side::Old, Side::New] {
        let alone = alignment.recut.get(side).iter();
        recut.extend(alone.map(|at| Sides::from_side(side, Some(*at), None)));
    }
    for duty in recut {
        let mut ends = [(&mut seen.old, duty.old), (&mut seen.new, duty.new)];
        if !ends.iter().any(|(seen, at)| at.is_some_and(|at| seen[at])) {
            for (seen, at) in &mut ends {
                if let Some(at) = at {
                    seen[*at] = true;
                }
            }
            links.push(DutyLink { duty, kind: None });
        }
    }
    for side in [Side::Old, Side::New] {
        let seen = seen.get(side);
        let alone = (0..seen.len()).filter(|at| !seen[*at]);
        links.extend(alone.map(|at| DutyLink::of_lone(side, at)));
    }
    links
}

/// Tells changes what the provider is called.
fn name_provider(changes: &mut [Change], pages: Sides<&Document>) {
    let Some(name) = pages.new.provider.as_ref().or(pages.old.provider.as_ref()) else { return };
    for change in changes {
        change.provider = Some(name.clone());
    }
}

/// Puts changes into final order and gives them their ids.
fn finish_changes(changes: &mut [Change], duties: &Sides<Vec<PlacedDuty<'_>>>) {
    let position = |change: &Change| {
        let of = |place: &Option<crate::model::Place>| place.as_ref().map(|place| place.duty);
        (change.kind, of(&change.place.new).or(of(&change.place.old)), of(&change.place.old))
    };
    changes.sort_by_key(position);
    id::assign_ids(changes, duties);
}
