//! Parts of a series that went from one party's duty to the other party's: "Manage hardware, hypervisor,
//! and network." became "Manage hardware and network.", and "Manage the guest system." became "Manage
//! the hypervisor and the guest system."

use super::change::section_of;
use super::linked_duties::{DutyWithCounterpart, duties_with_counterpart};
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems, is_verb_form};
use crate::model::{Kind, Party, Side, Sides};
use crate::vocabulary::WordList;

/// What stays in one row may say less than what goes from row to row.
const FEWEST_IN_ROW: usize = 1;
const FEWEST_ELSEWHERE: usize = 2;

/// Parts of an old duty's series that are parts of a new duty's now, another party's.
pub(super) struct ExchangedItems {
    pub(super) duty: Sides<usize>,
    /// The parts as each side words them, with their verb: "Manage … hypervisor".
    pub(super) text: Sides<String>,
}

/// The pairs of an old duty that lost a part of a series and a new duty of another party that got it.
pub(super) fn find_exchanged(
    links: &[DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Vec<ExchangedItems> {
    if !is_of_several(links, duties) {
        return Vec::new();
    }
    // seen from the old side a duty lost words, seen from the new side it got some
    let givers = SeriesDuty::among(links, Side::Old, duties);
    let takers = SeriesDuty::among(links, Side::New, duties);
    let taken = |giver: &SeriesDuty<'_>| takers.iter().find_map(|taker| giver.given_to(taker));
    givers.iter().filter_map(taken).collect()
}

/// Whether duties of several parties were reworded.
fn is_of_several(links: &[DutyLink], duties: &Sides<Vec<PlacedDuty<'_>>>) -> bool {
    let reworded = duties_with_counterpart(links, Side::Old, duties, &[Kind::Reworded]);
    let both = reworded.iter().map(|found| [found.placed, found.placed_other]);
    let mut parties = both.flatten().map(|placed| &placed.2.party);
    let first = parties.next();
    parties.any(|party| Some(party) != first)
}

/// A duty that has words on one side only.
struct SeriesDuty<'a> {
    /// The duty of the side that has them.
    duty: usize,
    party: &'a Party,
    section: Vec<String>,
    task: &'a str,
    stems: CountedStems,
    /// Parts of its series that have such words.
    items: Vec<SeriesItem>,
}

/// A part of a series.
struct SeriesItem {
    /// What it says that the duty's other side does not, but for where, when, and for what.
    own: CountedStems,
    /// The verb that the part opens with, or one before it in its sentence; empty where there is none.
    verb: CountedStems,
    /// The part as written, behind that verb. Verbs in a row share the object of the last one.
    text: String,
    /// Whether the part stands beside another one.
    is_of_several: bool,
}

impl<'a> SeriesDuty<'a> {
    fn among(links: &[DutyLink], side: Side, duties: &Sides<Vec<PlacedDuty<'a>>>) -> Vec<Self> {
        let with_own = |found: &DutyWithCounterpart<'_, 'a>| {
            let here = found.placed;
            let others = counted_stems(&found.placed_other.2.phrase.canonical);
            let items = items_of(&here.2.phrase.text, &others);
            (!items.is_empty()).then(|| Self {
                duty: found.duty,
                party: &here.2.party,
                section: section_of(here),
                task: &here.1.task.canonical,
                stems: counted_stems(&here.2.phrase.canonical),
                items,
            })
        };
        let reworded = duties_with_counterpart(links, side, duties, &[Kind::Reworded]);
        reworded.iter().filter_map(with_own).collect()
    }

    /// The parts that this duty lost and another party's duty got; none where there are no such.
    fn given_to(&self, taker: &SeriesDuty<'_>) -> Option<ExchangedItems> {
        if self.party == taker.party || self.section != taker.section {
            return None;
        }
        let same_row = self.task == taker.task && !self.task.is_empty();
        let fewest = if same_row { FEWEST_IN_ROW } else { FEWEST_ELSEWHERE };
        let are_one = |lost: &SeriesItem, got: &SeriesItem| {
            lost.verb == got.verb
                && (lost.is_of_several || got.is_of_several)
                && lost.own.intersection(&got.own).count() >= fewest
                && lost.own.is_subset(&taker.stems)
                && got.own.is_subset(&self.stems)
        };
        let lost =
            self.items.iter().filter(|lost| taker.items.iter().any(|got| are_one(lost, got)));
        let got = taker.items.iter().filter(|got| self.items.iter().any(|lost| are_one(lost, got)));
        let text = Sides::new(texts_of(lost), texts_of(got));
        let duty = Sides::new(self.duty, taker.duty);
        (!text.old.is_empty()).then_some(ExchangedItems { duty, text })
    }
}

fn texts_of<'i>(items: impl Iterator<Item = &'i SeriesItem>) -> String {
    items.map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// The parts of a text that say something that others do not.
fn items_of(written: &str, others: &CountedStems) -> Vec<SeriesItem> {
    let mut found = Vec::new();
    for sentence in written.split_inclusive(['.', ';']) {
        let parts = parts_of(sentence);
        let mut verb = "";
        for (at, part) in parts.iter().enumerate() {
            let words = part.to_lowercase();
            let opening = opening_verb(part);
            let text = match opening {
                Some(opening) if part.ends_with(opening) => {
                    with_object(part, shared_object(&parts[at + 1..]))
                }
                None if !verb.is_empty() => format!("{verb} … {part}"),
                Some(_) | None => part.clone(),
            };
            verb = opening.unwrap_or(verb);
            let own = counted_stems(core_of(&words));
            let own: CountedStems = own.difference(others).cloned().collect();
            if !own.is_empty() {
                let is_of_several = parts.len() > 1 || written.contains(';');
                let verb = counted_stems(&verb.to_lowercase());
                found.push(SeriesItem { own, verb, text: text.trim().to_owned(), is_of_several });
            }
        }
    }
    found
}

/// A verb with the object that a later verb has, too: what stands between them is left out.
fn with_object(verb: &str, object: &str) -> String {
    if object.is_empty() { verb.to_owned() } else { format!("{verb} … {object}") }
}

/// What stands behind the first verb that has an object: "inspect, and monitor the doors".
fn shared_object(parts: &[String]) -> &str {
    let mut behind = parts.iter().map_while(|part| part.split_once(opening_verb(part)?));
    behind
        .find_map(|(_, object)| Some(object.trim()).filter(|object| !object.is_empty()))
        .unwrap_or("")
}

/// What stands between commas, slashes, brackets, colons, and "and" or "or".
fn parts_of(sentence: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut parts = vec![String::new()];
    for word in sentence.split_inclusive([' ', '/', ',', ':', '(', ')', ';']) {
        let said = bare(word);
        let is_joint = matches!(said.to_lowercase().as_str(), "and" | "or");
        if !is_joint
            && !said.is_empty()
            && let Some(part) = parts.last_mut()
        {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(&said);
        }
        if is_joint || word.ends_with(['/', ',', ':', '(', ')', ';']) {
            parts.push(String::new());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The words before those that say where, when, or for what.
fn core_of(words: &str) -> &str {
    static DETAILS: WordList = WordList::named("words that say more of an item");
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        if at > 0 && DETAILS.has(word.trim_end()) {
            return &words[..at];
        }
        at += word.len();
    }
    words
}

/// The verb that words open with, behind what says who does it, how, and whether it must be done.
fn opening_verb(part: &str) -> Option<&str> {
    let is_quiet = |word: &str| counted_stems(word).is_empty() || word.ends_with("ly");
    let first = part.split(' ').find(|word| !is_quiet(&word.to_lowercase()))?;
    is_verb_form(&first.to_lowercase()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_cut_at_its_joints() {
        assert_eq!(
            parts_of("Manage doors, walls (stone/wood), and the roof."),
            ["Manage doors", "walls", "stone", "wood", "the roof"]
        );
        assert_eq!(parts_of("Paint and oil the doors"), ["Paint", "oil the doors"]);
    }
}
