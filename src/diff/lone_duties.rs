//! Duties of one side without a counterpart on the other.

use super::change::section_of;
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems, deed_behind_condition, holds_sentences};
use crate::model::{Kind, Party, Side, Sides};

/// A duty of sentences; none where it is a reference or a grid's cell.
pub(super) fn placed_duty<'f, 'a>(
    duties: &'f Sides<Vec<PlacedDuty<'a>>>,
    side: Side,
    at: usize,
) -> Option<&'f PlacedDuty<'a>> {
    let placed = duties.get(side).get(at);
    placed.filter(|(matrix, _, duty)| !duty.reference && holds_sentences(matrix.layout))
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
        let alone = match side {
            Side::Old => Kind::Removed,
            Side::New => Kind::Added,
        };
        let lone = |(link, found): (usize, &DutyLink)| {
            let duty = (*found.duty.get(side)).filter(|_| found.kind == Some(alone))?;
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
