//! Why duties were paired or not: all that `explain` shows.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{AlignScope, DocumentPair, Explanation, explain_each, leftover_pages};
use crate::model::{Change, Document, Party, Sides};

pub use crate::diff::{CountedWord, FoundBy, PairContext, Weighing, WordsThatCount};

use super::Compared;
use super::published::OldNew;

/// A change with the reasons for it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Explained")]
pub struct ExplainedChange {
    /// The document that the change is listed under.
    pub path: String,
    /// Its change.
    pub change: Change,
    /// `cell`: matched in place, nothing else was considered; `worth`: these pairs have the highest
    /// total score; `twins`: both duties have the same words and the same party, and another party has
    /// these words elsewhere; `part`: a part of the other duty, whose party keeps the rest; `nowhere`:
    /// every candidate scores below the minimum or is part of a better pair. A `moved` change with
    /// `nowhere` is one sentence of a duty, or was found in the commits between the two versions.
    #[schemars(extend("enum" = ["cell", "worth", "twins", "part", "nowhere"]))]
    pub found: FoundBy,
    /// Whether its duties are in different documents.
    pub across: bool,
    /// The pairs that were considered: first the pair of the change, then the next best.
    pub weighed: Vec<Weighed>,
}

/// A pair that was considered.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Weighed {
    /// Whether this pair was chosen for the change.
    pub taken: bool,
    /// Both duties.
    #[serde(flatten, serialize_with = "OldNew::serialize")]
    #[schemars(with = "OldNew<ExplainedCandidate>")]
    pub duty: Sides<ExplainedCandidate>,
    /// The figures.
    #[serde(flatten)]
    pub weighing: Weighing,
}

/// A duty that was considered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Candidate")]
pub struct ExplainedCandidate {
    /// Its party.
    pub party: Party,
    /// Its row's label.
    pub task: String,
    /// Its text.
    pub text: String,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// Explains the changes that are wanted, in the order of their documents.
#[must_use]
pub fn explain_changes(
    documents: &[Compared<'_>],
    is_wanted: &dyn Fn(&Change) -> bool,
) -> Vec<ExplainedChange> {
    let mut all = Vec::new();
    for document in documents {
        let mut wanted: Vec<&Change> =
            document.comparison.changes.iter().filter(|change| is_wanted(change)).collect();
        wanted.sort_by_key(|change| (change.kind, change_line(change)));
        let (across, within): (Vec<&Change>, Vec<&Change>) =
            wanted.into_iter().partition(|change| is_across(change));
        all.extend(within_document(document, &within));
        all.extend(
            across.into_iter().filter_map(|change| explain_between(documents, document, change)),
        );
    }
    all
}

fn change_line(change: &Change) -> usize {
    change.shown_place().map_or(0, |place| place.line)
}

fn is_across(change: &Change) -> bool {
    change.place.old.as_ref().is_some_and(|place| place.path.is_some())
}

fn within_document(document: &Compared<'_>, changes: &[&Change]) -> Vec<ExplainedChange> {
    if changes.is_empty() {
        return Vec::new();
    }
    let empty = Document::default();
    let pages = document.page.map(|page| page.unwrap_or(&empty));
    let duties: Vec<_> = changes.iter().map(|change| changed_duty(change)).collect();
    let explanations = explain_each(pages, &duties, AlignScope::OnePage);
    let candidates = pages.map(candidates_on);
    let tell = |((change, own), explanation): ((&&Change, Sides<Option<usize>>), Explanation)| {
        build_explained(document_path(document), change, own, explanation, &candidates)
    };
    changes.iter().zip(duties).zip(explanations).map(tell).collect()
}

/// A change between documents, by what it was found among.
fn explain_between(
    documents: &[Compared<'_>],
    document: &Compared<'_>,
    change: &Change,
) -> Option<ExplainedChange> {
    let pairs: Vec<DocumentPair<'_>> = documents
        .iter()
        .map(|one| DocumentPair { path: one.path.clone(), page: one.page })
        .collect();
    let (old, new) = (change.place.old.as_ref()?, change.place.new.as_ref()?);
    let from = documents.iter().position(|one| one.path.old == old.path)?;
    let to = documents.iter().position(|one| one.path == document.path)?;
    let (pages, duty) = leftover_pages(&pairs, (from, old.duty), (to, new.duty))?;
    let own = duty.map(Some);
    let explanation = explain_each(pages.as_ref(), &[own], AlignScope::Strangers).pop()?;
    let candidates = pages.as_ref().map(candidates_on);
    Some(build_explained(document_path(document), change, own, explanation, &candidates))
}

fn document_path(document: &Compared<'_>) -> String {
    document.path.new.clone().or_else(|| document.path.old.clone()).unwrap_or_default()
}

fn changed_duty(change: &Change) -> Sides<Option<usize>> {
    change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty))
}

fn candidates_on(page: &Document) -> BTreeMap<usize, ExplainedCandidate> {
    let candidate =
        |(_, row, duty): (_, &crate::model::Row, &crate::model::Duty)| ExplainedCandidate {
            party: duty.party.clone(),
            task: row.task.text.clone(),
            text: duty.phrase.text.clone(),
            line: duty.line,
        };
    page.duties().map(candidate).enumerate().collect()
}

fn build_explained(
    path: String,
    change: &Change,
    own: Sides<Option<usize>>,
    explanation: Explanation,
    candidates: &Sides<BTreeMap<usize, ExplainedCandidate>>,
) -> ExplainedChange {
    let weighed = |weighing: Weighing| {
        let duty = Sides::new(
            candidates.old.get(&weighing.duty.old)?.clone(),
            candidates.new.get(&weighing.duty.new)?.clone(),
        );
        Some(Weighed { taken: weighing.duty.map(Some) == own, weighing, duty })
    };
    let mut weighed: Vec<Weighed> = explanation.weighed.into_iter().filter_map(weighed).collect();
    // the worthiest come first already
    weighed.sort_by_key(|weighed| !weighed.taken);
    ExplainedChange {
        path,
        change: change.clone(),
        found: explanation.found,
        across: is_across(change),
        weighed,
    }
}
