//! Pairs that the two ends of a range do not show, but the versions between them do: a duty that
//! was reworded in one commit and given to another party in the next.

use super::{Comparison, DutyLink, change, id, name_provider};
use crate::model::{Change, Document, Kind, Sides};

/// Makes one moved duty of each pair of a removed and an added one, by index (see
/// [`Document::duties`]). Pairs of which either is something else are left alone.
pub fn join_moved(comparison: &mut Comparison, pages: Sides<&Document>, pairs: &[Sides<usize>]) {
    let duties = pages.map(|page| page.duties().collect::<Vec<_>>());
    let mut joined: Vec<Change> = Vec::new();
    for pair in pairs {
        let placed = Sides::new(duties.old.get(pair.old), duties.new.get(pair.new));
        let (Some(old), Some(new)) = (placed.old, placed.new) else { continue };
        let alone = [
            DutyLink { duty: Sides::new(Some(pair.old), None), kind: Some(Kind::Removed) },
            DutyLink { duty: Sides::new(None, Some(pair.new)), kind: Some(Kind::Added) },
        ];
        let moves = old.2.party != new.2.party && !(old.2.reference || new.2.reference);
        if !moves || !alone.iter().all(|link| comparison.links.contains(link)) {
            continue;
        }
        comparison.links.retain(|link| !alone.contains(link));
        comparison.links.push(DutyLink { duty: pair.map(Some), kind: Some(Kind::Moved) });
        comparison.changes.retain(|change| {
            let duty = change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty));
            !alone.iter().any(|link| link.duty == duty && link.kind == Some(change.kind))
        });
        let sides = Sides::new(Some((pair.old, old)), Some((pair.new, new)));
        joined.push(change::build_change(Kind::Moved, sides));
    }
    id::assign_ids(&mut joined, &duties);
    name_provider(&mut joined, pages);
    comparison.changes.extend(joined);
    comparison.changes.sort_by_key(|change| {
        let place = change.place.new.as_ref().or(change.place.old.as_ref());
        (change.kind, place.map(|place| place.duty))
    });
}
