//! How often a page states a duty: the measure where lineage gives no answer.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::{Document, Duty, Matrix, Row};

/// A duty by its holder and words, or by its place as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct DutyKey(u64);

impl DutyKey {
    fn by_words(duty: &Duty) -> Self {
        let mut hasher = DefaultHasher::new();
        (&duty.party, &duty.phrase.canonical).hash(&mut hasher);
        Self(hasher.finish())
    }

    /// Where a duty stands, whatever it says.
    pub(super) fn place_only((matrix, row, duty): (&Matrix, &Row, &Duty)) -> Self {
        let mut hasher = DefaultHasher::new();
        for heading in &matrix.section {
            heading.canonical.hash(&mut hasher);
        }
        (&row.task.canonical, duty.area.as_ref().map(|area| &area.canonical)).hash(&mut hasher);
        Self(hasher.finish())
    }

    fn by_place(found: (&Matrix, &Row, &Duty)) -> Self {
        let mut hasher = DefaultHasher::new();
        (Self::by_words(found.2), Self::place_only(found)).hash(&mut hasher);
        Self(hasher.finish())
    }

    /// The key of a duty, with its place where that is what changed.
    pub(super) fn for_duty(found: (&Matrix, &Row, &Duty), with_place: bool) -> Self {
        if with_place { Self::by_place(found) } else { Self::by_words(found.2) }
    }
}

/// The counts of one page.
#[derive(Debug, Default)]
pub(super) struct DutyCounts(HashMap<DutyKey, usize>);

impl DutyCounts {
    pub(super) fn new(document: &Document) -> Self {
        let mut counts = HashMap::new();
        for found in document.duties() {
            *counts.entry(DutyKey::by_words(found.2)).or_default() += 1;
            *counts.entry(DutyKey::by_place(found)).or_default() += 1;
        }
        Self(counts)
    }

    pub(super) fn count_of(&self, key: DutyKey) -> usize {
        self.0.get(&key).copied().unwrap_or(0)
    }
}
