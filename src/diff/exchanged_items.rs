//! Parts of a series that went from one party's duty to the other party's: "Manage hardware, hypervisor,
//! and network." became "Manage hardware and network.", and "Manage the guest system." became "Manage
//! the hypervisor and the guest system."

use super::change::section_of;
use super::lone_duties::placed_duty;
use super::{DutyLink, PlacedDuty};
use crate::align::{CountedStems, counted_stems, is_verb_form};
use crate::model::{Kind, Party, Side, Sides};

/// What goes from row to row has to say more than what stays in one.
const FEWEST_STEMS: Sides<usize> = Sides::new(2, 1);

/// The pairs of an old duty that lost a part of a series and a new duty of another party that got it.
pub(super) fn find_exchanged(
    links: &[DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Vec<Sides<usize>> {
    // seen from the old side a duty lost words, seen from the new side it got some
    let givers = SeriesDuty::among(links, Side::Old, duties);
    let takers = SeriesDuty::among(links, Side::New, duties);
    let taken = |giver: &SeriesDuty<'_>| {
        let mut takers = takers.iter().filter(|taker| giver.gives_to(taker));
        takers.next().map(|taker| Sides::new(giver.duty, taker.duty))
    };
    givers.iter().filter_map(taken).collect()
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
    /// Whether the part stands beside another one.
    is_of_several: bool,
}

impl<'a> SeriesDuty<'a> {
    fn among(links: &[DutyLink], side: Side, duties: &Sides<Vec<PlacedDuty<'a>>>) -> Vec<Self> {
        let reworded = links.iter().filter(|link| link.kind == Some(Kind::Reworded));
        let with_own = |link: &DutyLink| {
            let duty = (*link.duty.get(side))?;
            let here = placed_duty(duties, side, duty)?;
            let there = placed_duty(duties, side.opposite(), (*link.duty.get(side.opposite()))?)?;
            let others = counted_stems(&there.2.phrase.canonical);
            let stems = counted_stems(&here.2.phrase.canonical);
            let items = items_of(&here.2.phrase.text, &others);
            (!items.is_empty()).then(|| Self {
                duty,
                party: &here.2.party,
                section: section_of(here),
                task: &here.1.task.canonical,
                stems,
                items,
            })
        };
        reworded.filter_map(with_own).collect()
    }

    /// Whether a part that this duty lost is one that another party's duty got.
    fn gives_to(&self, taker: &SeriesDuty<'_>) -> bool {
        if self.party == taker.party || self.section != taker.section {
            return false;
        }
        let same_row = self.task == taker.task && !self.task.is_empty();
        let fewest = if same_row { FEWEST_STEMS.new } else { FEWEST_STEMS.old };
        self.items.iter().any(|lost| {
            taker.items.iter().any(|got| {
                lost.verb == got.verb
                    && (lost.is_of_several || got.is_of_several)
                    && lost.own.intersection(&got.own).count() >= fewest
                    && lost.own.is_subset(&taker.stems)
                    && got.own.is_subset(&self.stems)
            })
        })
    }
}

/// The parts of a text that say something that others do not.
fn items_of(text: &str, others: &CountedStems) -> Vec<SeriesItem> {
    let mut found = Vec::new();
    for sentence in text.split_inclusive(['.', ';']) {
        let parts = parts_of(sentence);
        let mut verb = CountedStems::default();
        for part in &parts {
            let words = part.to_lowercase();
            if let Some(own) = opening_verb(&words) {
                verb = own;
            }
            let own = counted_stems(core_of(&words));
            let own: CountedStems = own.difference(others).cloned().collect();
            if !own.is_empty() {
                let is_of_several = parts.len() > 1 || text.contains(';');
                found.push(SeriesItem { own, verb: verb.clone(), is_of_several });
            }
        }
    }
    found
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
            part.push_str(&said);
            part.push(' ');
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
    const DETAILS: [&str; 14] = [
        "across", "at", "by", "during", "for", "from", "if", "in", "of", "on", "that", "when",
        "which", "with",
    ];
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        if at > 0 && DETAILS.contains(&word.trim_end()) {
            return &words[..at];
        }
        at += word.len();
    }
    words
}

/// The verb that words open with, behind what says who does it, how, and whether it must be done.
fn opening_verb(words: &str) -> Option<CountedStems> {
    let is_quiet = |word: &&str| counted_stems(word).is_empty() || word.ends_with("ly");
    let first = words.split(' ').find(|word| !is_quiet(word))?;
    is_verb_form(first).then(|| counted_stems(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_cut_at_its_joints() {
        assert_eq!(
            parts_of("Manage doors, walls (stone/wood), and the roof."),
            ["Manage doors ", "walls ", "stone ", "wood ", "the roof "]
        );
        assert_eq!(parts_of("Paint and oil the doors"), ["Paint ", "oil the doors "]);
    }
}
