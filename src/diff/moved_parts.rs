//! Parts of a duty that are another party's now: "Back up and restore the databases." was one
//! party's; now it backs them up, and the other party restores them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::change::{self, section_of};
use super::linked_duties::{DutyWithCounterpart, LoneDuty, duties_with_counterpart};
use super::{DutyLink, PlacedDuty, divided_scope, exchanged_items};
use crate::align::{CountedStems, counted_stems, is_slip};
use crate::model::{Change, Kind, Party, Side, Sides};
use crate::normalize::clauses_of;

/// A part of fewer words says too little to be known again.
const FEWEST_STEMS: usize = 2;
/// The same for a sentence.
const FEWEST_IN_SENTENCE: usize = 3;

/// Words that join the parts of a duty and belong to none of them.
const JOINTS: &str = "also addition along both including plus together well";

/// Finds duties that were a part of another party's duty, or became one, and have no counterpart
/// of their own. They move instead of being added or removed. Adds the moves to those of whole
/// sentences.
pub(super) fn add_moved(
    moves: &mut Vec<Change>,
    links: &mut [DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) {
    // a part is one of a duty that stayed
    if !links.iter().any(has_stayed) {
        return;
    }
    for side in [Side::Old, Side::New] {
        moves.extend(leave_rest_with_holder(links, side, duties));
        let mut parts = LoneDuty::among(links, side, duties);
        if parts.is_empty() {
            continue;
        }
        for whole in ShortenedDuty::among(links, side, duties, &[Kind::Reworded, Kind::Moved]) {
            for part in whole.take_parts(&mut parts) {
                links[part.link].kind = Some(Kind::Moved);
                moves.extend(change::move_of_part(ends_on(side, whole.long, part.duty), duties));
            }
        }
        for (whole, part) in divided_scope::take_divided(links, side, duties, &mut parts) {
            links[part.link].kind = Some(Kind::Moved);
            moves.extend(change::move_of_part(ends_on(side, whole, part.duty), duties));
        }
    }
    for exchanged in exchanged_items::find_exchanged(links, duties) {
        if !moves.iter().any(|known| ends_of(known) == exchanged.duty.map(Some)) {
            moves.extend(change::move_of_texts(exchanged.duty, exchanged.text, duties));
        }
    }
}

/// Links a duty with the part that its party keeps where it is linked with another party's part:
/// "Paint doors, walls, and roofs." is "Paint doors and walls." now, and the roofs moved. Returns the
/// moves of the other parts.
fn leave_rest_with_holder(
    links: &mut [DutyLink],
    side: Side,
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Vec<Change> {
    let mut alone = LoneDuty::among(links, side, duties);
    if alone.is_empty() {
        return Vec::new();
    }
    let mut moves = Vec::new();
    for whole in ShortenedDuty::among(links, side, duties, &[Kind::Moved]) {
        let is_rest = |duty: &LoneDuty<'_>| {
            duty.party == whole.party
                && duty.section == whole.section
                && whole.stems_of_part(duty).is_some_and(|stems| !stems.is_disjoint(&whole.lost))
        };
        let ends = ends_on(side, whole.long, whole.short);
        let link = links.iter().position(|link| link.duty == ends.map(Some));
        let Some((link, rest)) = link.zip(alone.iter().position(is_rest)) else { continue };
        let rest = alone.remove(rest);
        links[link].duty = ends_on(side, whole.long, rest.duty).map(Some);
        links[link].kind = Some(Kind::Reworded);
        links[rest.link].duty = Sides::from_side(side, Some(whole.short), None);
        links[rest.link].kind = Some(Kind::Moved);
        moves.extend(change::move_of_part(ends, duties));
    }
    moves
}

/// Whether a duty is on both sides, in other words or in other hands.
const fn has_stayed(link: &DutyLink) -> bool {
    matches!(link.kind, Some(Kind::Reworded | Kind::Moved))
}

/// A duty of the other side and a part of it on this one, by their sides.
const fn ends_on(side: Side, whole: usize, part: usize) -> Sides<usize> {
    match side {
        Side::New => Sides::new(whole, part),
        Side::Old => Sides::new(part, whole),
    }
}

fn ends_of(change: &Change) -> Sides<Option<usize>> {
    change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty))
}

/// A duty that has fewer words on one side, and no other ones.
struct ShortenedDuty<'a> {
    /// The duty of this side, and that of the other side, which has more.
    short: usize,
    long: usize,
    party: &'a Party,
    section: Vec<String>,
    written: &'a str,
    stems: CountedStems,
    /// What is left of it on the side where it has fewer words.
    left: CountedStems,
    lost: CountedStems,
}

impl<'a> ShortenedDuty<'a> {
    fn among(
        links: &[DutyLink],
        side: Side,
        duties: &Sides<Vec<PlacedDuty<'a>>>,
        kinds: &[Kind],
    ) -> Vec<Self> {
        let joints = counted_stems(JOINTS);
        let shortened = |found: &DutyWithCounterpart<'_, 'a>| {
            let (short, long) = (found.placed, found.placed_other);
            let stems = counted_stems(&long.2.phrase.canonical);
            let short_stems = spelled_as(&counted_stems(&short.2.phrase.canonical), &stems)?;
            let lost = stems.difference(&short_stems).filter(|stem| !joints.contains(*stem));
            let lost: CountedStems = lost.cloned().collect();
            (!lost.is_empty()).then(|| Self {
                short: found.duty,
                long: found.other,
                party: &long.2.party,
                section: section_of(short),
                written: &long.2.phrase.text,
                stems,
                left: short_stems,
                lost,
            })
        };
        let kept = duties_with_counterpart(links, side, duties, kinds);
        kept.iter().filter_map(shortened).collect()
    }

    /// Takes out the duties that are its parts, another party's; together they have all that it
    /// lost, or one of them is a sentence that it lost.
    fn take_parts(&self, alone: &mut Vec<LoneDuty<'a>>) -> Vec<LoneDuty<'a>> {
        let is_near = |duty: &LoneDuty<'_>| duty.section == self.section;
        // its own party may have several pieces of it
        let kept: BTreeSet<_> = alone
            .iter()
            .filter(|duty| is_near(duty) && duty.party == self.party)
            .filter_map(|duty| self.stems_of_part(duty))
            .flatten()
            .collect();
        let lost: CountedStems = self.lost.difference(&kept).cloned().collect();
        let is_part = |duty: &LoneDuty<'_>| {
            duty.party != self.party
                && is_near(duty)
                && self.stems_of_part(duty).is_some_and(|stems| !stems.is_disjoint(&lost))
        };
        let parts = alone.iter().filter(|duty| is_part(duty));
        let words: BTreeSet<_> =
            parts.filter_map(|duty| self.stems_of_part(duty)).flatten().collect();
        if lost.iter().all(|stem| words.contains(stem)) {
            return alone.extract_if(.., |duty| is_part(duty)).collect();
        }
        let sentences = if words.is_empty() { Vec::new() } else { self.lost_sentences() };
        let is_said = |duty: &LoneDuty<'_>| {
            duty.stems.len() >= FEWEST_IN_SENTENCE
                && sentences.iter().any(|sentence| {
                    // an adverb may be left out
                    duty.stems.is_subset(sentence) && sentence.len() <= duty.stems.len() + 1
                })
        };
        alone.extract_if(.., |duty| is_part(duty) && is_said(duty)).collect()
    }

    /// Its sentences, of several, that say more than what is left of it.
    fn lost_sentences(&self) -> Vec<CountedStems> {
        let sentences: Vec<CountedStems> =
            clauses_of(self.written).iter().map(|(_, words)| counted_stems(words)).collect();
        if sentences.len() < 2 {
            return Vec::new();
        }
        sentences.into_iter().filter(|stems| !stems.is_subset(&self.left)).collect()
    }

    /// The stems of another duty as this one spells them; none where it does not have them all.
    fn stems_of_part(&self, duty: &LoneDuty<'_>) -> Option<CountedStems> {
        let enough = |stems: &&CountedStems| stems.len() >= FEWEST_STEMS;
        [&duty.stems, &duty.deed]
            .into_iter()
            .filter(enough)
            .find_map(|stems| spelled_as(stems, &self.stems))
    }
}

/// Stems as they are spelled among others, where those have them all; of one word that they lack,
/// another spelling may be there.
fn spelled_as(stems: &CountedStems, others: &CountedStems) -> Option<CountedStems> {
    let spelled = |stem| {
        if others.contains(stem) {
            return Some(Arc::clone(stem));
        }
        let mut unpaired = others.difference(stems);
        unpaired.find(|other| is_slip(stem, other)).cloned()
    };
    stems.iter().map(spelled).collect()
}
