//! Duties whose scope was divided: "Patch the nodes." was one party's; now it patches "the nodes
//! except GPU nodes", and the other party "the GPU nodes".

use std::sync::Arc;

use super::change::section_of;
use super::linked_duties::{DutyWithCounterpart, LoneDuty, duties_with_counterpart, placed_duty};
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems};
use crate::model::{Kind, Party, Side, Sides};
use crate::vocabulary::WordList;

/// A scope of fewer words says too little to be known again.
const FEWEST_STEMS: usize = 2;

/// Words that take in all there is: what is limited loses them.
const UNIVERSAL: &str = "all any each entire every whole";

/// Words behind which a text says where, when, or for what it holds.
static LIMITS: WordList = WordList::named("words that limit a scope");

/// Words behind which a text says for what it does not hold.
const EXCEPTIONS: [&str; 4] = ["except", "excluding", "outside", "unless"];

/// Takes out the duties of one side that do for another party, within limits, what a duty of the
/// other side did without them. Each with that duty, which has limits of its own now.
pub(super) fn take_divided<'a>(
    links: &[DutyLink],
    side: Side,
    duties: &Sides<Vec<PlacedDuty<'a>>>,
    alone: &mut Vec<LoneDuty<'a>>,
) -> Vec<(usize, LoneDuty<'a>)> {
    if alone.is_empty() {
        return Vec::new();
    }
    let mut taken = Vec::new();
    for whole in LimitedDuty::among(links, side, duties) {
        let parts = alone.extract_if(.., |part| {
            let text = placed_duty(duties, side, part.duty).map(|placed| &placed.2.phrase);
            text.is_some_and(|phrase| whole.is_divided_with(part, &phrase.canonical, &phrase.text))
        });
        taken.extend(parts.map(|part| (whole.long, part)));
    }
    taken
}

/// A duty that one side limits and the other does not.
struct LimitedDuty<'a> {
    /// The duty without the limit, on the other side.
    long: usize,
    party: &'a Party,
    section: Vec<String>,
    /// What both say.
    scope: CountedStems,
    limit: Limit,
}

/// What limits a duty.
#[derive(PartialEq, Eq)]
struct Limit {
    stems: CountedStems,
    is_exception: bool,
}

impl<'a> LimitedDuty<'a> {
    fn among(links: &[DutyLink], side: Side, duties: &Sides<Vec<PlacedDuty<'a>>>) -> Vec<Self> {
        let limited = |found: &DutyWithCounterpart<'_, 'a>| {
            let universal = counted_stems(UNIVERSAL);
            let whole = counted_stems(&found.placed_other.2.phrase.canonical);
            let scope: CountedStems = whole.difference(&universal).cloned().collect();
            let phrase = &found.placed.2.phrase;
            let limit = Limit::of_text(&phrase.canonical, &phrase.text, &scope)?;
            let stems = counted_stems(&phrase.canonical);
            let widens = universal.iter().any(|stem| stems.contains(stem) && !whole.contains(stem));
            let fits = scope.len() >= FEWEST_STEMS && !widens;
            fits.then(|| Self {
                long: found.other,
                party: &found.placed.2.party,
                section: section_of(found.placed),
                scope,
                limit,
            })
        };
        let reworded = duties_with_counterpart(links, side, duties, &[Kind::Reworded]);
        reworded.iter().filter_map(limited).collect()
    }

    /// Whether a duty of another party is what the limit leaves out.
    fn is_divided_with(&self, part: &LoneDuty<'_>, canonical: &str, written: &str) -> bool {
        let other = || Limit::of_text(canonical, written, &self.scope);
        part.party != self.party
            && part.section == self.section
            && self.scope.is_subset(&part.stems)
            && other().is_some_and(|other| {
                // "except GPU nodes" leaves out "of GPU nodes", "of master nodes" what is not of them
                (self.limit.is_exception != other.is_exception) == (self.limit.stems == other.stems)
            })
    }
}

impl Limit {
    /// The words that a text has beside those of a scope, where they stand behind a word that
    /// limits, or are a label: "Standard plan: ...". None where it lacks words of the scope.
    fn of_text(canonical: &str, written: &str, scope: &CountedStems) -> Option<Self> {
        let stems = counted_stems(canonical);
        if !scope.is_subset(&stems) {
            return None;
        }
        let universal = counted_stems(UNIVERSAL);
        let beside = |stem: &&Arc<str>| !scope.contains(*stem) && !universal.contains(*stem);
        let stems: CountedStems = stems.iter().filter(beside).cloned().collect();
        let words: Vec<&str> = canonical.split(' ').collect();
        let limits = |word: &&str| !counted_stems(word).is_disjoint(&stems);
        let first = words.iter().position(limits)?;
        let quiet = |word: &&&str| counted_stems(word).is_empty();
        let before: Vec<&str> = words[..first].iter().rev().take_while(quiet).copied().collect();
        let is_exception = words.iter().any(|word| EXCEPTIONS.contains(word));
        let is_label = before.len() == first && written.contains(": ");
        let is_limit = is_exception || before.iter().any(|word| LIMITS.has(word)) || is_label;
        let exceptions = counted_stems(&EXCEPTIONS.join(" "));
        let stems: CountedStems = stems.difference(&exceptions).cloned().collect();
        (is_limit && !stems.is_empty()).then_some(Self { stems, is_exception })
    }
}
