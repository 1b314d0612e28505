//! Parts of a duty that are another party's now: "Back up and restore the databases." was one
//! party's; now it backs them up, and the other party restores them.

use std::collections::BTreeSet;

use super::{DutyLink, PlacedDuty, change};
use crate::align::{CountedStems, counted_stems, holds_sentences};
use crate::model::{Change, Kind, Party, Sides};

/// A part of fewer words says too little to be known again.
const FEWEST_STEMS: usize = 2;

/// A part that goes from one duty into another has more words than that.
const FEWEST_EXCHANGED: usize = 3;

/// Finds duties that were a part of another party's duty, or became one, and have no counterpart
/// of their own. They move instead of being added or removed. Adds the moves to those of whole
/// sentences.
pub(super) fn add_moved(
    moves: &mut Vec<Change>,
    links: &mut [DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) {
    for side in [OneSided::Added, OneSided::Removed] {
        let alone: Vec<usize> = (0..links.len()).filter(|&at| side.fits(&links[at])).collect();
        if alone.is_empty() {
            continue;
        }
        for reworded in 0..links.len() {
            let Some(whole) = ShortenedDuty::of_link(&links[reworded], side, duties) else {
                continue;
            };
            for part in whole.parts(&alone, links, duties) {
                links[part].kind = Some(Kind::Moved);
                let ends = side.ends_of_move(&links[reworded], &links[part]);
                moves.extend(build_move(ends, duties));
            }
        }
    }
    for ends in find_exchanged(links, duties) {
        let is_known = moves.iter().any(|known| ends_of(known) == ends);
        moves.extend(build_move(ends, duties).filter(|_| !is_known));
    }
}

fn ends_of(change: &Change) -> Sides<Option<usize>> {
    change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty))
}

/// Finds parts that one duty lost and a duty of another party got: "Rack the hosts and patch the
/// hypervisor." and "Install an image." became "Rack the hosts." and "Install an image and patch the
/// hypervisor."
fn find_exchanged(
    links: &[DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Vec<Sides<Option<usize>>> {
    let shortened = |side: OneSided| {
        let found = links.iter().filter_map(move |link| {
            let whole = ShortenedDuty::of_link(link, side, duties)?;
            let says_enough = whole.lost.len() >= FEWEST_EXCHANGED && whole.opens_with_lost();
            says_enough.then_some((link, whole))
        });
        found.collect::<Vec<_>>()
    };
    let (givers, takers) = (shortened(OneSided::Added), shortened(OneSided::Removed));
    let taken = |(giver, lost): &(&DutyLink, ShortenedDuty<'_>)| {
        let taker = takers.iter().find(|(_, got)| {
            got.lost == lost.lost && got.party != lost.party && got.section == lost.section
        });
        taker.map(|(taker, _)| Sides::new(giver.duty.old, taker.duty.new))
    };
    givers.iter().filter_map(taken).collect()
}

/// On which side the parts stand alone; there the whole duty is the shorter one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OneSided {
    Added,
    Removed,
}

impl OneSided {
    fn fits(self, link: &DutyLink) -> bool {
        match self {
            Self::Added => link.kind == Some(Kind::Added),
            Self::Removed => link.kind == Some(Kind::Removed),
        }
    }

    /// The duty of a link that is on this side.
    fn duty_of(self, link: &DutyLink) -> Option<usize> {
        match self {
            Self::Added => link.duty.new,
            Self::Removed => link.duty.old,
        }
    }

    fn placed<'f, 'a>(
        self,
        at: usize,
        duties: &'f Sides<Vec<PlacedDuty<'a>>>,
    ) -> Option<&'f PlacedDuty<'a>> {
        let side = match self {
            Self::Added => &duties.new,
            Self::Removed => &duties.old,
        };
        side.get(at).filter(|(matrix, _, duty)| !duty.reference && holds_sentences(matrix.layout))
    }

    fn ends_of_move(self, whole: &DutyLink, part: &DutyLink) -> Sides<Option<usize>> {
        match self {
            Self::Added => Sides::new(whole.duty.old, part.duty.new),
            Self::Removed => Sides::new(part.duty.old, whole.duty.new),
        }
    }
}

/// A duty that only lost words, seen from the side on which it is longer.
struct ShortenedDuty<'a> {
    side: OneSided,
    party: &'a Party,
    section: Vec<String>,
    text: &'a str,
    long: CountedStems,
    lost: CountedStems,
}

impl<'a> ShortenedDuty<'a> {
    fn of_link(
        link: &DutyLink,
        side: OneSided,
        duties: &Sides<Vec<PlacedDuty<'a>>>,
    ) -> Option<Self> {
        if link.kind != Some(Kind::Reworded) {
            return None;
        }
        let short = side.placed(side.duty_of(link)?, duties)?;
        let long = match side {
            OneSided::Added => OneSided::Removed.placed(link.duty.old?, duties)?,
            OneSided::Removed => OneSided::Added.placed(link.duty.new?, duties)?,
        };
        let stems = |placed: &PlacedDuty<'_>| counted_stems(&placed.2.phrase.canonical);
        let (short_stems, long_stems) = (stems(short), stems(long));
        let lost: CountedStems = long_stems.difference(&short_stems).cloned().collect();
        let fits = !lost.is_empty() && short_stems.is_subset(&long_stems);
        fits.then(|| Self {
            side,
            party: &short.2.party,
            section: section_of(short),
            text: &long.2.phrase.canonical,
            long: long_stems,
            lost,
        })
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

    /// The links whose duties are its parts, another party's; together they have all that it lost.
    fn parts(
        &self,
        alone: &[usize],
        links: &[DutyLink],
        duties: &Sides<Vec<PlacedDuty<'_>>>,
    ) -> Vec<usize> {
        let mut found: Vec<(usize, CountedStems)> = Vec::new();
        for &at in alone.iter().filter(|&&at| self.side.fits(&links[at])) {
            let duty = self.side.duty_of(&links[at]);
            let Some(placed) = duty.and_then(|duty| self.side.placed(duty, duties)) else {
                continue;
            };
            let stems = counted_stems(&placed.2.phrase.canonical);
            let is_part = stems.len() >= FEWEST_STEMS
                && stems.is_subset(&self.long)
                && !stems.is_disjoint(&self.lost);
            if placed.2.party != *self.party && is_part && section_of(placed) == self.section {
                found.push((at, stems));
            }
        }
        let all: BTreeSet<_> = found.iter().flat_map(|(_, stems)| stems).collect();
        let has_all = self.lost.iter().all(|stem| all.contains(stem));
        if has_all { found.into_iter().map(|(at, _)| at).collect() } else { Vec::new() }
    }
}

fn section_of(placed: &PlacedDuty<'_>) -> Vec<String> {
    placed.0.section_beside_leads().iter().map(|text| text.0.to_owned()).collect()
}

fn build_move(ends: Sides<Option<usize>>, duties: &Sides<Vec<PlacedDuty<'_>>>) -> Option<Change> {
    let (old, new) = (ends.old?, ends.new?);
    let placed = Sides::new((old, duties.old.get(old)?), (new, duties.new.get(new)?));
    let mut moved = change::build_change(Kind::Moved, placed.map(Some));
    // the words that stayed with the whole are no change of meaning
    moved.emphasis.clear();
    Some(moved)
}
