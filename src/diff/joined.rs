//! Pairs that the two ends of a range do not show, but the versions between them do: a duty that
//! was reworded in one commit and given to another party in the next.

use super::{Comparison, DutyLink, change, id, name_provider};
use crate::model::{Change, Code, Document, Kind, Notice, Side, Sides};

/// Makes one moved duty of each pair of a removed and an added one, by index (see
/// [`Document::duties`]). Where the one is there on both sides, the other is a part of it that moved.
/// Pairs that are something else already are left alone.
pub fn join_moved(comparison: &mut Comparison, pages: Sides<&Document>, pairs: &[Sides<usize>]) {
    let duties = pages.map(|page| page.duties().collect::<Vec<_>>());
    let mut joined: Vec<Change> = Vec::new();
    for pair in pairs {
        let placed = Sides::new(duties.old.get(pair.old), duties.new.get(pair.new));
        let (Some(old), Some(new)) = (placed.old, placed.new) else { continue };
        let mut alone =
            vec![DutyLink::of_lone(Side::Old, pair.old), DutyLink::of_lone(Side::New, pair.new)];
        alone.retain(|link| comparison.links.contains(link));
        let moves = old.2.party != new.2.party && !(old.2.reference || new.2.reference);
        if !moves || alone.is_empty() {
            continue;
        }
        comparison.changes.retain(|change| {
            let duty = change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty));
            !alone.iter().any(|link| link.duty == duty && link.kind == Some(change.kind))
        });
        if let [_, _] = alone.as_slice() {
            comparison.links.retain(|link| !alone.contains(link));
            comparison.links.push(DutyLink { duty: pair.map(Some), kind: Some(Kind::Moved) });
            let sides = Sides::new(Some((pair.old, old)), Some((pair.new, new)));
            joined.push(change::build_change(Kind::Moved, sides));
            let texts = [old, new].map(|placed| format!("\"{}\"", placed.2.phrase.text));
            comparison.notices.retain(|notice| !doubts_pair(notice, &texts));
        } else {
            for link in comparison.links.iter_mut().filter(|link| alone.contains(link)) {
                link.kind = Some(Kind::Moved);
            }
            joined.extend(change::move_of_part(*pair, &duties));
        }
    }
    id::assign_ids(&mut joined, &duties);
    name_provider(&mut joined, pages);
    comparison.changes.extend(joined);
    comparison.changes.sort_by_key(|change| {
        let place = change.place.new.as_ref().or(change.place.old.as_ref());
        (change.kind, place.map(|place| place.duty))
    });
}

/// Whether a notice says that two duties, as quoted, may be one: between them, the versions show it.
fn doubts_pair(notice: &Notice, texts: &[String; 2]) -> bool {
    notice.code == Code::PossibleMove && texts.iter().all(|text| notice.message.contains(text))
}
