//! Parts of a duty that are another party's now: "Back up and restore the databases." was one
//! party's; now it backs them up, and the other party restores them.

use std::collections::BTreeSet;

use super::change::{self, section_of};
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems, holds_sentences};
use crate::model::{Change, Kind, Party, Side, Sides};

/// A part of fewer words says too little to be known again.
const FEWEST_STEMS: usize = 2;
/// The same for a part that goes from one duty into another.
const FEWEST_EXCHANGED: usize = 3;

/// Finds duties that were a part of another party's duty, or became one, and have no counterpart
/// of their own. They move instead of being added or removed. Adds the moves to those of whole
/// sentences.
pub(super) fn add_moved(
    moves: &mut Vec<Change>,
    links: &mut [DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) {
    let mut shortened = Sides::default();
    for side in [Side::Old, Side::New] {
        let wholes = ShortenedDuty::among(links, side, duties);
        let mut parts = LoneDuty::among(links, side, duties);
        for whole in &wholes {
            for part in whole.take_parts(&mut parts) {
                links[part.link].kind = Some(Kind::Moved);
                let ends = match side {
                    Side::New => Sides::new(whole.long, part.duty),
                    Side::Old => Sides::new(part.duty, whole.long),
                };
                moves.extend(change::move_of_part(ends, duties));
            }
        }
        match side {
            Side::Old => shortened.old = wholes,
            Side::New => shortened.new = wholes,
        }
    }
    // seen from the new side a duty lost words, seen from the old side it got some
    for ends in exchanged_parts(&shortened.new, &shortened.old) {
        if !moves.iter().any(|known| ends_of(known) == ends.map(Some)) {
            moves.extend(change::move_of_part(ends, duties));
        }
    }
}

fn ends_of(change: &Change) -> Sides<Option<usize>> {
    change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty))
}

/// Parts that one duty lost and a duty of another party got: "Rack the hosts and patch the
/// hypervisor." and "Install an image." became "Rack the hosts." and "Install an image and patch the
/// hypervisor."
fn exchanged_parts(
    givers: &[ShortenedDuty<'_>],
    takers: &[ShortenedDuty<'_>],
) -> Vec<Sides<usize>> {
    let deeds =
        |duty: &&ShortenedDuty<'_>| duty.lost.len() >= FEWEST_EXCHANGED && duty.opens_with_lost();
    let takers: Vec<&ShortenedDuty<'_>> = takers.iter().filter(deeds).collect();
    let taken = |giver: &ShortenedDuty<'_>| {
        let taker = takers.iter().find(|taker| {
            taker.lost == giver.lost && taker.party != giver.party && taker.section == giver.section
        });
        taker.map(|taker| Sides::new(giver.long, taker.long))
    };
    givers.iter().filter(deeds).filter_map(taken).collect()
}

/// A duty of sentences; none where it is a reference or a grid's cell.
fn placed_duty<'f, 'a>(
    duties: &'f Sides<Vec<PlacedDuty<'a>>>,
    side: Side,
    at: usize,
) -> Option<&'f PlacedDuty<'a>> {
    let placed = duties.get(side).get(at);
    placed.filter(|(matrix, _, duty)| !duty.reference && holds_sentences(matrix.layout))
}

/// A duty of one side without a counterpart on the other.
struct LoneDuty<'a> {
    link: usize,
    duty: usize,
    party: &'a Party,
    section: Vec<String>,
    stems: CountedStems,
}

impl<'a> LoneDuty<'a> {
    fn among(links: &[DutyLink], side: Side, duties: &Sides<Vec<PlacedDuty<'a>>>) -> Vec<Self> {
        let alone = match side {
            Side::Old => Kind::Removed,
            Side::New => Kind::Added,
        };
        let lone = |(link, found): (usize, &DutyLink)| {
            let duty = (*found.duty.get(side)).filter(|_| found.kind == Some(alone))?;
            let placed = placed_duty(duties, side, duty)?;
            let stems = counted_stems(&placed.2.phrase.canonical);
            let section = section_of(placed);
            Some(Self { link, duty, party: &placed.2.party, section, stems })
        };
        links.iter().enumerate().filter_map(lone).collect()
    }
}

/// A duty that has fewer words on one side, and no other ones.
struct ShortenedDuty<'a> {
    /// The duty of the other side, which has more.
    long: usize,
    party: &'a Party,
    section: Vec<String>,
    text: &'a str,
    stems: CountedStems,
    lost: CountedStems,
}

impl<'a> ShortenedDuty<'a> {
    fn among(links: &[DutyLink], side: Side, duties: &Sides<Vec<PlacedDuty<'a>>>) -> Vec<Self> {
        let reworded = links.iter().filter(|link| link.kind == Some(Kind::Reworded));
        let shortened = |link: &DutyLink| {
            let long = (*link.duty.get(side.opposite()))?;
            let placed = Sides::new(
                placed_duty(duties, side, (*link.duty.get(side))?)?,
                placed_duty(duties, side.opposite(), long)?,
            );
            let stems = placed.map(|placed| counted_stems(&placed.2.phrase.canonical));
            let Sides { old: short_stems, new: stems } = stems;
            let lost: CountedStems = stems.difference(&short_stems).cloned().collect();
            let fits = !lost.is_empty() && short_stems.is_subset(&stems);
            fits.then(|| Self {
                long,
                party: &placed.old.2.party,
                section: section_of(placed.old),
                text: &placed.new.2.phrase.canonical,
                stems,
                lost,
            })
        };
        reworded.filter_map(shortened).collect()
    }

    /// Whether what it lost is a deed of its own: it stands at the head of the text or behind "and".
    /// What stands elsewhere says more of another deed ("in the test region").
    fn opens_with_lost(&self) -> bool {
        let words: Vec<&str> = self.text.split(' ').collect();
        let is_lost = |word: &&str| !counted_stems(word).is_disjoint(&self.lost);
        let Some(at) = words.iter().position(is_lost) else { return false };
        let quiet = words[..at].iter().rev().take_while(|word| counted_stems(word).is_empty());
        let quiet: Vec<&&str> = quiet.collect();
        quiet.len() == at || quiet.contains(&&"and")
    }

    /// Takes out the duties that are its parts, another party's; together they have all that it
    /// lost.
    fn take_parts(&self, alone: &mut Vec<LoneDuty<'a>>) -> Vec<LoneDuty<'a>> {
        let is_part = |duty: &LoneDuty<'_>| {
            duty.stems.len() >= FEWEST_STEMS
                && duty.stems.is_subset(&self.stems)
                && !duty.stems.is_disjoint(&self.lost)
                && duty.party != self.party
                && duty.section == self.section
        };
        let parts = alone.iter().filter(|duty| is_part(duty));
        let words: BTreeSet<_> = parts.flat_map(|duty| &duty.stems).collect();
        if !self.lost.iter().all(|stem| words.contains(stem)) {
            return Vec::new();
        }
        alone.extract_if(.., |duty| is_part(duty)).collect()
    }
}
