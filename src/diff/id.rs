//! Fingerprints of changes: over what a change means, never over where it stands.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::PlacedDuty;
use crate::model::{Change, Party, Sides};

/// Part of every id, so that a new recipe makes new ids and never the same for another thing.
const RECIPE: &str = "respdiff.change/1";

/// Gives every change its id. Changes that mean the same are numbered in their order.
pub(super) fn assign_ids(changes: &mut [Change], duties: &Sides<Vec<PlacedDuty<'_>>>) {
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    for change in changes {
        let ends = change.place.as_ref().zip(duties.as_ref());
        let placed = ends.map(|(place, duties)| duties.get(place.as_ref()?.duty));
        let meaning = change_meaning(change, placed);
        let count = seen.entry(meaning.clone()).or_insert(0);
        change.id = id_of_meaning(RECIPE, &meaning, *count);
        *count += 1;
    }
}

fn party_text(party: Option<&Party>) -> String {
    party.map_or_else(String::new, ToString::to_string)
}

/// Kind, parties, canonical texts, section and task: all that an approval of the change is about.
fn change_meaning(change: &Change, placed: Sides<Option<&PlacedDuty<'_>>>) -> Vec<String> {
    let text = |placed: Option<&PlacedDuty<'_>>| {
        placed.map_or_else(String::new, |placed| placed.2.phrase.canonical.clone())
    };
    let mut meaning = vec![
        change.kind.name().to_owned(),
        party_text(change.party.old.as_ref()),
        party_text(change.party.new.as_ref()),
        text(placed.old),
        text(placed.new),
    ];
    if let Some((matrix, row, _)) = placed.new.or(placed.old) {
        meaning.push(row.task.canonical.clone());
        meaning.extend(matrix.section.iter().map(|heading| heading.canonical.clone()));
    }
    meaning
}

/// The id of a meaning by a recipe, numbered among equals: 16 hex digits.
pub(crate) fn id_of_meaning(recipe: &str, meaning: &[String], count: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(recipe);
    for part in meaning {
        hash.update([0]);
        hash.update(part);
    }
    hash.update([0]);
    hash.update(count.to_string());
    let digest = hash.finalize();
    digest.iter().take(8).fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
}

/// The id of a change between documents, whose duties stand in different pages.
pub(super) fn between_documents(
    change: &Change,
    placed: Sides<&PlacedDuty<'_>>,
    among: usize,
) -> String {
    id_of_meaning(RECIPE, &change_meaning(change, placed.map(Some)), among)
}
