//! One link to one change: its kind, level, burden and places.

use std::collections::HashSet;

use similar::{Algorithm, capture_diff_slices, diff_ratio};

use super::{DutyLink, PlacedDuty, emphasis};
use crate::model::{
    Burden, Change, ComparedText, Document, Kind, Layout, Level, Party, Place, Sides,
};

/// What happened to a pair; none where only formatting, order or labels differ.
pub(super) fn kind_of_pair(
    pair: Sides<&PlacedDuty<'_>>,
    in_place: bool,
    kept: &KeptSections<'_>,
) -> Option<Kind> {
    let duty = pair.map(|placed| placed.2);
    if duty.old.party != duty.new.party {
        return Some(Kind::Moved);
    }
    // an owner grid's text is its labels: new labels are renamings, reported as notices
    let grid = pair.old.0.layout == Layout::OwnerGrid;
    if duty.old.phrase.compared_form() != duty.new.phrase.compared_form() && !(grid && in_place) {
        return Some(Kind::Reworded);
    }
    (!in_place && stands_elsewhere(pair, kept)).then_some(Kind::Relocated)
}

/// The headings over duties that both versions of a page have, each with those above it.
#[derive(Default)]
pub(super) struct KeptSections<'a>(HashSet<Vec<ComparedText<'a>>>);

impl<'a> KeptSections<'a> {
    pub(super) fn of(pages: Sides<&'a Document>) -> Self {
        let headings = pages.map(|page| {
            page.matrices
                .iter()
                .flat_map(|matrix| {
                    let section = matrix.section_beside_leads();
                    (1..=section.len()).map(|depth| section[..depth].to_vec()).collect::<Vec<_>>()
                })
                .collect::<HashSet<_>>()
        });
        Self(headings.old.intersection(&headings.new).cloned().collect())
    }

    /// Whether two sections part at a heading that both versions have. A subheading that one version
    /// adds below the same heading makes no other section, and neither does a heading's new name.
    fn tells_apart(&self, section: &Sides<Vec<ComparedText<'_>>>) -> bool {
        let depth =
            section.old.iter().zip(&section.new).take_while(|(old, new)| old == new).count();
        let heading = section.as_ref().map(|section| section.get(..=depth));
        [heading.old, heading.new].into_iter().flatten().any(|heading| self.0.contains(heading))
    }
}

/// Whether an unchanged duty stands under another task or section. A duty stays where it is if only
/// a subheading came or went. On a page that was rewritten in another layout, it stays unless it
/// left a section that is still there, or went to one that was there before.
fn stands_elsewhere(pair: Sides<&PlacedDuty<'_>>, kept: &KeptSections<'_>) -> bool {
    let section = pair.map(|placed| placed.0.section_beside_leads());
    let nested = section.old.starts_with(&section.new) || section.new.starts_with(&section.old);
    let same_layout = pair.old.0.layout == pair.new.0.layout;
    if kept.tells_apart(&section) || (same_layout && !nested) {
        return true;
    }
    if !same_layout {
        return false;
    }
    pair.old.0.layout.labels_rows()
        && pair.old.1.task.compared_form() != pair.new.1.task.compared_form()
}

/// The change that a link stands for, without its id.
pub(super) fn of_link(link: &DutyLink, duties: &Sides<Vec<PlacedDuty<'_>>>) -> Option<Change> {
    let kind = link.kind?;
    let placed = link.duty.zip(duties.as_ref());
    Some(build_change(kind, placed.map(|(at, duties)| Some((at?, duties.get(at?)?)))))
}

/// A change of the given kind between the given duties.
pub(super) fn build_change(kind: Kind, placed: Sides<Option<(usize, &PlacedDuty<'_>)>>) -> Change {
    let party = placed.as_ref().map(|side| side.map(|(_, placed)| placed.2.party.clone()));
    let texts = match (&placed.old, &placed.new) {
        (Some((_, old)), Some((_, new))) => {
            Some(Sides::new(&*old.2.phrase.canonical, &*new.2.phrase.canonical))
        }
        (None, _) | (_, None) => None,
    };
    let references =
        [&placed.old, &placed.new].map(|side| side.map(|(_, placed)| placed.2.reference));
    let any_reference = references.contains(&Some(true));
    let reference = !references.contains(&Some(false));
    Change {
        id: String::new(),
        kind,
        level: level_of(kind),
        burden: if reference { Burden::None } else { burden_of(kind, &party) },
        party,
        similarity: texts.map(|texts| word_similarity(texts.old, texts.new)),
        // a pointer elsewhere binds nobody, however it is worded
        emphasis: texts
            .filter(|_| !any_reference)
            .map(emphasis::emphasis_changes)
            .unwrap_or_default(),
        reference,
        controls: Vec::new(),
        place: placed.map(|side| side.map(|(at, placed)| Place::of_duty(at, *placed))),
        introduced: None,
        worded: None,
        assigned: None,
        provider: None,
    }
}

/// The headings above a duty, without those that only name the party of lists.
pub(super) fn section_of(placed: &PlacedDuty<'_>) -> Vec<String> {
    placed.0.section_beside_leads().iter().map(|text| text.0.to_owned()).collect()
}

/// The move of a part of a duty to another one; none where either is not there.
pub(super) fn move_of_part(
    ends: Sides<usize>,
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Option<Change> {
    let placed = Sides::new(
        Some((ends.old, duties.old.get(ends.old)?)),
        Some((ends.new, duties.new.get(ends.new)?)),
    );
    let mut moved = build_change(Kind::Moved, placed);
    // the words that stayed with the whole are no change of meaning
    moved.emphasis.clear();
    Some(moved)
}

/// The move of a part of one duty that is a part of another one now, with the text of that part.
pub(super) fn move_of_texts(
    ends: Sides<usize>,
    text: Sides<String>,
    duties: &Sides<Vec<PlacedDuty<'_>>>,
) -> Option<Change> {
    let mut moved = move_of_part(ends, duties)?;
    let lower = text.as_ref().map(|text| text.to_lowercase());
    moved.similarity = Some(word_similarity(&lower.old, &lower.new));
    for (place, text) in [(&mut moved.place.old, text.old), (&mut moved.place.new, text.new)] {
        if let Some(place) = place {
            place.text = text;
        }
    }
    Some(moved)
}

/// How much of two canonical texts is the same words in the same order, 0 to 1.
fn word_similarity(old: &str, new: &str) -> f64 {
    if old == new {
        return 1.0;
    }
    let words = Sides::new(old, new).map(|text| text.split(' ').collect::<Vec<_>>());
    let ops = capture_diff_slices(Algorithm::Myers, &words.old, &words.new);
    f64::from(diff_ratio(&ops, words.old.len(), words.new.len()))
}

const fn level_of(kind: Kind) -> Level {
    match kind {
        Kind::Moved => Level::Boundary,
        Kind::Added | Kind::Removed => Level::Scope,
        Kind::Reworded | Kind::Relocated => Level::Wording,
    }
}

/// Whose load grew, on the scale ibm < shared < customer.
fn burden_of(kind: Kind, party: &Sides<Option<Party>>) -> Burden {
    match (kind, &party.old, &party.new) {
        (Kind::Moved, Some(old), Some(new)) => match (burden_rank(old), burden_rank(new)) {
            (Some(old), Some(new)) if old < new => Burden::Customer,
            (Some(old), Some(new)) if old > new => Burden::Ibm,
            (Some(_) | None, _) => Burden::None,
        },
        (Kind::Added, _, Some(Party::Customer | Party::Shared))
        | (Kind::Removed, Some(Party::Ibm | Party::Provider(_)), _) => Burden::Customer,
        (Kind::Added, _, Some(Party::Ibm | Party::Provider(_)))
        | (Kind::Removed, Some(Party::Customer | Party::Shared), _) => Burden::Ibm,
        (Kind::Moved | Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated, _, _) => {
            Burden::None
        }
    }
}

const fn burden_rank(party: &Party) -> Option<u8> {
    match party {
        Party::Ibm | Party::Provider(_) => Some(0),
        Party::Shared => Some(1),
        Party::Customer => Some(2),
        Party::Other(_) => None,
    }
}
