//! Changed duties of one side: those with a counterpart on the other, and those without.

use super::change::section_of;
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems, deed_behind_condition, is_verb_form};
use crate::model::{Kind, Party, Side, Sides};
use crate::vocabulary::WordList;

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
    /// The same behind the condition or the name of IBM's service that the text opens with.
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
            let is_providers = matches!(placed.2.party, Party::Ibm | Party::Provider(_));
            let deed = deed_behind_condition(&phrase.canonical, &phrase.text)
                .or_else(|| deed_behind_name(&phrase.canonical).filter(|_| is_providers));
            let (stems, deed) =
                (counted_stems(&phrase.canonical), counted_stems(deed.unwrap_or("")));
            let section = section_of(placed);
            Some(Self { link, duty, party: &placed.2.party, section, stems, deed })
        };
        links.iter().enumerate().filter_map(lone).collect()
    }
}

/// What is done behind the name of the service that does it: "Skyvault rotates the keys".
fn deed_behind_name(canonical: &str) -> Option<&str> {
    const MOST_NAMED: usize = 5;
    static VERBS: WordList = WordList::named("verbs that duties open with");
    static DENIES: WordList = WordList::named("words that deny");
    static THIRD_PARTIES: WordList = WordList::named("kinds of third parties");
    let opens_deed = |text: &str| {
        let mut words = text.split(' ');
        let (word, next) = (words.next().unwrap_or_default(), words.next());
        // "restarts of nodes" are things
        matches!(word, "is" | "must" | "will")
            || (word.ends_with('s') && is_verb_form(word) && next != Some("of"))
    };
    let is_of_name = |word: &str| {
        let says = word == "for" || !counted_stems(word).is_empty();
        says && !DENIES.has(word) && !THIRD_PARTIES.has(word)
    };
    let mut rest = canonical.strip_prefix("the ").unwrap_or(canonical);
    rest = rest.strip_prefix("ibm ").unwrap_or(rest);
    // "Monitor restarts" names nobody
    if rest.split(' ').next().is_some_and(|word| VERBS.has(word)) {
        return None;
    }
    for _ in 0..MOST_NAMED {
        let (word, behind) = rest.split_once(' ')?;
        if !is_of_name(word) {
            return None;
        }
        if opens_deed(behind) {
            return Some(behind);
        }
        rest = behind;
    }
    None
}
