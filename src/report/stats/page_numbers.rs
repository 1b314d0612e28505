//! What is kept of a page while duties are counted.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::model::Party;
use crate::report::{CommitReport, Summary};

/// The duties of each party.
pub(super) type Counts = BTreeMap<Party, usize>;

/// Counts by group; none stands for all together.
pub(super) type Grouped = BTreeMap<Option<String>, Counts>;

/// What is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) path: String,
    pub(super) title: String,
    /// What all is held against.
    pub(super) begun: Grouped,
    /// The counts before the first edition that is shown.
    pub(super) before: Grouped,
    /// How many duties that were on no page before it began with, where its first edition is shown.
    pub(super) new_duties: Option<usize>,
    pub(super) events: Vec<CountEvent>,
    /// The headings as they are written, by what they are counted by.
    pub(super) headings: BTreeMap<String, String>,
    pub(super) summaries: BTreeMap<Option<String>, Summary>,
}

/// Something that gave a page other counts.
#[derive(Debug)]
pub(super) struct CountEvent {
    /// When, but never before what happened to the page before.
    pub(super) at: DateTime<FixedOffset>,
    pub(super) commit: CommitReport,
    pub(super) last_updated: Option<NaiveDate>,
    pub(super) counts: Grouped,
}

impl Numbers {
    pub(super) fn push(
        &mut self,
        commit: &CommitReport,
        last_updated: Option<NaiveDate>,
        counts: Grouped,
    ) {
        let before = self.events.last().map(|event| event.at);
        let at = before.map_or(commit.time, |before| before.max(commit.time));
        self.events.push(CountEvent { at, commit: commit.clone(), last_updated, counts });
    }
}
