//! Ids of elements: each once on the page, the same at every run.

use std::collections::BTreeMap;

use crate::model::{Change, Party};
use crate::report::{Dossier, Edition, Sheet};

/// The ids of the changes of one document, in the order of the report.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    /// Those of the comparison.
    pub(super) net: Vec<String>,
    /// Those of each edition, newest first.
    pub(super) editions: Vec<Vec<String>>,
}

/// Hands out ids, and numbers what can be filtered by.
pub(super) struct AnchorIds {
    taken: BTreeMap<String, usize>,
    parties: Vec<Party>,
    areas: Vec<String>,
}

impl AnchorIds {
    /// Knows the parties and areas of all changes.
    pub(super) fn from_dossiers(dossiers: &[&Dossier]) -> Self {
        let mut parties = Vec::new();
        let mut areas = Vec::new();
        for change in dossiers.iter().flat_map(|dossier| all_changes(dossier)) {
            parties.extend([&change.party.old, &change.party.new].into_iter().flatten().cloned());
            areas.push(change_area(change).to_owned());
        }
        parties.sort();
        parties.dedup();
        areas.sort();
        areas.dedup();
        Self { taken: BTreeMap::new(), parties, areas }
    }

    /// The id that is wanted, with a number where another element has it.
    pub(super) fn unique_id(&mut self, wanted: &str) -> String {
        let count = self.taken.entry(wanted.to_owned()).or_default();
        *count += 1;
        if *count == 1 { wanted.to_owned() } else { format!("{wanted}-{count}") }
    }

    /// The ids of all changes, by dossier and document. The comparison of both ends comes first:
    /// its changes get the plain ids.
    pub(super) fn of_changes(&mut self, dossiers: &[&Dossier]) -> Vec<Vec<Ids>> {
        let mut ids: Vec<Vec<Ids>> = Vec::new();
        for dossier in dossiers {
            let net = |sheet: &Sheet| Ids {
                net: self.change_ids(&sheet.report.changes),
                editions: vec![],
            };
            ids.push(dossier.sheets.iter().map(net).collect());
        }
        for (dossier, ids) in dossiers.iter().zip(&mut ids) {
            for (sheet, ids) in dossier.sheets.iter().zip(ids) {
                let editions = sheet.life.iter().flat_map(|life| &life.editions);
                ids.editions =
                    editions.map(|edition| self.change_ids(edition.all_changes())).collect();
            }
        }
        ids
    }

    fn change_ids<'c>(&mut self, changes: impl IntoIterator<Item = &'c Change>) -> Vec<String> {
        let id = |change: &Change| self.unique_id(&format!("change-{}", change.id));
        changes.into_iter().map(id).collect()
    }

    /// All parties of changes.
    pub(super) fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// All areas of changes.
    pub(super) fn areas(&self) -> &[String] {
        &self.areas
    }

    /// The parties of a change, as filters name them.
    pub(super) fn party_keys(&self, change: &Change) -> String {
        let holders = [&change.party.old, &change.party.new].into_iter().flatten();
        let mut keys: Vec<String> = holders
            .filter_map(|party| self.parties.binary_search(party).ok())
            .map(|at| format!("p{at}"))
            .collect();
        keys.dedup();
        keys.join(" ")
    }

    /// The area of a change, as filters name it.
    pub(super) fn area_key(&self, change: &Change) -> String {
        let at = self.areas.binary_search_by(|known| known.as_str().cmp(change_area(change)));
        at.map(|at| format!("a{at}")).unwrap_or_default()
    }
}

fn change_area(change: &Change) -> &str {
    change.shown_place().map_or("", |place| &place.area)
}

/// The changes of the comparison and those of each edition.
fn all_changes(dossier: &Dossier) -> impl Iterator<Item = &Change> {
    dossier.sheets.iter().flat_map(|sheet| {
        let editions = sheet.life.iter().flat_map(|life| &life.editions);
        let of_editions = editions.flat_map(Edition::all_changes);
        sheet.report.changes.iter().chain(of_editions)
    })
}
