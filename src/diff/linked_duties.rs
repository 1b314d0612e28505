//! Changed duties of one side: those with a counterpart on the other, and those without.

use super::change::section_of;
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems, deed_behind_condition};
use crate::model::{Kind, Party, Side, Sides};

/// A duty of sentences; none where it is a reference or a grid's cell.
pub(super) fn placed_duty<'f, 'a>(
    duties: &'f Sides<Vec<PlacedDuty<'a>>>,
    side: Side,
    at: usize,
) -> Option<&'f PlacedDuty<'a>> {
    let placed = duties.get(side).get(at);
    placed.filter(|(matrix, _, duty)| !duty.reference && matrix.layout.holds_sentences())
}

/// A duty of one side with its counterpart on the other.
pub(super) struct DutyWithCounterpart<'f, 'a> {
    /// Its position among the duties of its side.
    pub(super) duty: usize,
    pub(super) placed: &'f PlacedDuty<'a>,
    /// The counterpart's position among the duties of the other side.
    pub(super) other: usize,
    pub(super) placed_other: &'f PlacedDuty<'a>,
}

/// The duties of a side that are linked by one of the given kinds of change, where both texts are
/// sentences.
pub(super) fn duties_with_counterpart<'f, 'a>(
    links: &[DutyLink],
    side: Side,
    duties: &'f Sides<Vec<PlacedDuty<'a>>>,
    kinds: &[Kind],
) -> Vec<DutyWithCounterpart<'f, 'a>> {
    let linked = |link: &DutyLink| {
        let duty = (*link.duty.get(side))?;
        let other = (*link.duty.get(side.opposite()))?;
        let placed = placed_duty(duties, side, duty)?;
        let placed_other = placed_duty(duties, side.opposite(), other)?;
        Some(DutyWithCounterpart { duty, placed, other, placed_other })
    };
    let of_kind = |link: &&DutyLink| link.kind.is_some_and(|kind| kinds.contains(&kind));
    links.iter().filter(of_kind).filter_map(linked).collect()
}

/// A duty of one side without a counterpart on the other.
pub(super) struct LoneDuty<'a> {
    pub(super) link: usize,
    pub(super) duty: usize,
    pub(super) party: &'a Party,
    pub(super) section: Vec<String>,
    /// Its stems that count.
    pub(super) stems: CountedStems,
    /// The same behind the condition that the text opens with.
    pub(super) deed: CountedStems,
}

impl<'a> LoneDuty<'a> {
    pub(super) fn among(
        links: &[DutyLink],
        side: Side,
        duties: &Sides<Vec<PlacedDuty<'a>>>,
    ) -> Vec<Self> {
        let lone = |(link, found): (usize, &DutyLink)| {
            let duty = found.lone_duty(side)?;
            let placed = placed_duty(duties, side, duty)?;
            let phrase = &placed.2.phrase;
            let deed = deed_behind_condition(&phrase.canonical, &phrase.text);
            let (stems, deed) =
                (counted_stems(&phrase.canonical), counted_stems(deed.unwrap_or("")));
            let section = section_of(placed);
            Some(Self { link, duty, party: &placed.2.party, section, stems, deed })
        };
        links.iter().enumerate().filter_map(lone).collect()
    }
}
