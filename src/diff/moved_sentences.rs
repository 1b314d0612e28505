//! Sentences that left a longer duty of one party and are another party's now, word for word: a list
//! item of two sentences is one duty, but one of them may move. What stands between semicolons
//! counts as a sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{self, section_of};
use super::linked_duties::placed_duty;
use super::{DutyLink, PlacedDuty};
use crate::model::{Change, Kind, Party, Side, Sides};
use crate::normalize::clauses_of;

/// A shorter sentence says too little to be known again: in the same section, and elsewhere.
const FEWEST_WORDS: (usize, usize) = (3, 6);

/// A sentence of a duty that changed.
#[derive(Clone)]
struct Sentence {
    /// The duty, and which of its sentences.
    at: (usize, usize),
    text: String,
}

/// Sentences by party and by the words that are compared, those of each side.
type SentencesByParty<'a> = BTreeMap<String, BTreeMap<&'a Party, Sides<Vec<Sentence>>>>;

/// Which old duty lost sentences to which new one, with the place and the text of those.
type Given = BTreeMap<(usize, usize), Sides<Vec<Sentence>>>;

/// Finds such sentences. Where a duty is made of nothing else, the move takes the place of its being
/// added or removed. Returns the moves.
pub(super) fn find_moved(
    links: &mut [DutyLink],
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Vec<Change> {
    let Some(changed) = ChangedDuties::of_links(links, duties) else { return Vec::new() };
    let given = changed.given_sentences();
    let mut covered: Sides<BTreeMap<usize, usize>> = Sides::default();
    for ((old, new), texts) in &given {
        *covered.old.entry(*old).or_default() += texts.old.len();
        *covered.new.entry(*new).or_default() += texts.new.len();
    }
    for link in links {
        let whole = |covered: &BTreeMap<usize, usize>, count: &BTreeMap<usize, usize>, duty| {
            covered.get(&duty).is_some_and(|found| count.get(&duty) == Some(found))
        };
        let is_moved = match (link.kind, link.duty.old, link.duty.new) {
            (Some(Kind::Removed), Some(old), None) => whole(&covered.old, &changed.count.old, old),
            (Some(Kind::Added), None, Some(new)) => whole(&covered.new, &changed.count.new, new),
            _ => false,
        };
        if is_moved {
            link.kind = Some(Kind::Moved);
        }
    }
    given.into_iter().filter_map(|(pair, texts)| build_move(pair, &texts, duties)).collect()
}

/// The duties that changed, cut into sentences.
struct ChangedDuties<'f, 'a> {
    duties: &'f Sides<Vec<PlacedDuty<'a>>>,
    /// How many sentences each has.
    count: Sides<BTreeMap<usize, usize>>,
    sentences: SentencesByParty<'a>,
    /// What each sentence's duty became, or was.
    partner: Sides<BTreeMap<usize, BTreeSet<String>>>,
}

impl<'f, 'a> ChangedDuties<'f, 'a> {
    /// None where each is a single sentence, or only one side has any.
    fn of_links(links: &[DutyLink], duties: &'f Sides<Vec<PlacedDuty<'a>>>) -> Option<Self> {
        let cut = |side: Side, at: Option<usize>| {
            let (_, _, duty) = placed_duty(duties, side, at?)?;
            Some((at?, parts_of(&duty.phrase.text)))
        };
        let mut changed = Self {
            duties,
            count: Sides::default(),
            sentences: BTreeMap::new(),
            partner: Sides::default(),
        };
        let (mut several, mut one_sided) = (false, Sides::new(false, false));
        for link in links.iter().filter(|link| link.kind.is_some()) {
            let found = Sides::from_fn(|side| cut(side, *link.duty.get(side)));
            one_sided.old |= found.old.is_some();
            one_sided.new |= found.new.is_some();
            let both = [&found.old, &found.new].into_iter().flatten();
            several |= both.into_iter().any(|(_, found)| found.len() > 1);
            changed.add_link(found);
        }
        (several && one_sided.old && one_sided.new).then_some(changed)
    }

    fn add_link(&mut self, found: Sides<Option<CutDuty>>) {
        let words = found.as_ref().map(|cut| -> BTreeSet<String> {
            cut.iter().flat_map(|(_, found)| found).map(|(_, words)| words.clone()).collect()
        });
        for (side, cut) in [(Side::Old, found.old), (Side::New, found.new)] {
            let Some((duty, sentences)) = cut else { continue };
            let party = &self.duties.get(side)[duty].2.party;
            self.partner.get_mut(side).insert(duty, words.get(side.opposite()).clone());
            *self.count.get_mut(side).entry(duty).or_default() += sentences.len();
            for (nth, (text, words)) in sentences.into_iter().enumerate() {
                let held = self.sentences.entry(words).or_default().entry(party).or_default();
                held.get_mut(side).push(Sentence { at: (duty, nth), text });
            }
        }
    }

    /// What one party lost and another one got.
    fn given_sentences(&self) -> Given {
        let mut given = Given::new();
        for (words, holders) in &self.sentences {
            let net = |held: &Sides<Vec<Sentence>>| (held.old.len(), held.new.len());
            let mut lost: Vec<&Sentence> = Vec::new();
            let mut gained: Vec<&Sentence> = Vec::new();
            for held in holders.values() {
                let (old, new) = net(held);
                let left = |(partner, of): (&BTreeMap<usize, BTreeSet<String>>, &Sentence)| {
                    !partner.get(&of.at.0).is_some_and(|texts| texts.contains(words))
                };
                let went = held.old.iter().filter(|of| left((&self.partner.old, of)));
                lost.extend(went.take(old.saturating_sub(new)));
                let came = held.new.iter().filter(|of| left((&self.partner.new, of)));
                gained.extend(came.take(new.saturating_sub(old)));
            }
            lost.sort_by_key(|sentence| sentence.at);
            gained.sort_by_key(|sentence| sentence.at);
            for (old, new) in lost.into_iter().zip(gained) {
                if self.are_one(words, old.at.0, new.at.0) {
                    let texts = given.entry((old.at.0, new.at.0)).or_default();
                    texts.old.push(old.clone());
                    texts.new.push(new.clone());
                }
            }
        }
        given
    }

    /// Whether the sentence says enough, and was cut from a longer duty or became part of one.
    fn are_one(&self, words: &str, old: usize, new: usize) -> bool {
        let same = section_of(&self.duties.old[old]) == section_of(&self.duties.new[new]);
        let lists = |duty: &PlacedDuty<'_>| is_enumeration(&duty.2.phrase.text);
        let listed = lists(&self.duties.old[old]) && lists(&self.duties.new[new]);
        let fewest = match (same, listed) {
            (true, true) => 1,
            (true, false) => FEWEST_WORDS.0,
            (false, _) => FEWEST_WORDS.1,
        };
        let longer = self.count.old.get(&old) > Some(&1) || self.count.new.get(&new) > Some(&1);
        longer && words.split(' ').count() >= fewest
    }
}

/// The sentences of a text, or the things that it lists: "Hardware, hypervisor, network".
fn parts_of(text: &str) -> Vec<(String, String)> {
    if !is_enumeration(text) {
        return clauses_of(text);
    }
    let things = text.split(", ").map(|thing| thing.strip_prefix("and ").unwrap_or(thing));
    things.flat_map(clauses_of).collect()
}

/// Whether a text lists things and says nothing else of them.
fn is_enumeration(text: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let short = |thing: &str| thing.split(' ').count() <= MOST_WORDS;
    !text.ends_with(['.', ':', '!', '?']) && text.split(", ").all(short)
}

/// A duty, and its sentences as written and as they are compared.
type CutDuty = (usize, Vec<(String, String)>);

/// The move of sentences from a duty to another one.
fn build_move(
    (old, new): (usize, usize),
    sentences: &Sides<Vec<Sentence>>,
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Option<Change> {
    let text_of = |sentences: &[Sentence], duty: Option<&PlacedDuty<'_>>| {
        let mut sentences: Vec<&Sentence> = sentences.iter().collect();
        sentences.sort_by_key(|sentence| sentence.at);
        let texts: Vec<&str> = sentences.iter().map(|found| found.text.as_str()).collect();
        let listed = duty.is_some_and(|duty| is_enumeration(&duty.2.phrase.text));
        let joint = if listed { ", " } else { " " };
        texts.join(joint).trim_end_matches(';').to_owned()
    };
    let text = Sides::new(
        text_of(&sentences.old, duties.old.get(old)),
        text_of(&sentences.new, duties.new.get(new)),
    );
    let mut moved = change::move_of_texts(Sides::new(old, new), text, duties)?;
    moved.similarity = Some(1.0);
    Some(moved)
}
