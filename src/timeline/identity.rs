//! Ids of duties: hashes of what a duty was when it first appeared, so that they never change.

use std::collections::HashMap;

use crate::diff::id_of_meaning;

use super::version_chain::{DutyVersion, VersionChain};

/// Part of every id, so that a new recipe makes new ids and never the same for another thing.
const RECIPE: &str = "respdiff.duty/1";

/// The ids of all duties that a page ever began to state, by version and position.
pub(super) struct Identities(HashMap<(usize, usize), String>);

impl Identities {
    /// `path` gives a version's path. Duties that began alike are numbered in their order.
    pub(super) fn new(chain: &VersionChain, path: &dyn Fn(usize) -> String) -> Self {
        let mut ids = HashMap::new();
        let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
        for version in 0..chain.pages.len() {
            let Some(page) = chain.pages.get(version) else { continue };
            let path = path(version);
            for duty in (0..page.duty_count()).filter(|duty| chain.is_beginning(version, *duty)) {
                let Some(meaning) = duty_meaning(chain, DutyVersion { version, duty }, &path)
                else {
                    continue;
                };
                let count = seen.entry(meaning.clone()).or_insert(0);
                ids.insert((version, duty), id_of_meaning(RECIPE, &meaning, *count));
                *count += 1;
            }
        }
        Self(ids)
    }

    /// The id of a duty, by the stop where it began.
    pub(super) fn id_of(&self, begun: DutyVersion) -> String {
        self.0.get(&(begun.version, begun.duty)).cloned().unwrap_or_default()
    }
}

/// Path, section, task, party and text.
fn duty_meaning(chain: &VersionChain, stop: DutyVersion, path: &str) -> Option<Vec<String>> {
    let (matrix, row, duty) = chain.duty_at(stop)?;
    let mut meaning = vec![
        path.to_owned(),
        row.task.canonical.clone(),
        duty.party.to_string(),
        duty.phrase.canonical.clone(),
    ];
    meaning.extend(matrix.section.iter().map(|heading| heading.canonical.clone()));
    meaning.extend(duty.area.iter().map(|area| area.canonical.clone()));
    Some(meaning)
}

#[cfg(test)]
mod tests {
    use super::super::testing::chain;
    use super::*;

    #[test]
    fn an_id_is_pinned_and_equals_are_numbered() {
        let chain = chain(&[&["1 ibm: a"], &["1 ibm: b", "2 ibm: a", "3 ibm: a"]]);
        let ids = Identities::new(&chain, &|_| "page.md".into());
        let id = |version, duty| ids.id_of(DutyVersion { version, duty });
        assert_eq!(id(0, 0), "6033e93ea44a5635");
        assert_eq!(id(1, 0), "", "it began before");
        assert_ne!(id(1, 1), id(0, 0));
        assert_ne!(id(1, 1), id(1, 2));
    }
}
