//! `respdiff.explain/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{
    CountedWord, ExplainedCandidate, ExplainedChange, FoundBy, PairContext, Weighed,
};

use super::diff::ChangeWire;

/// Why respdiff matched two duties, or did not.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.explain/1")]
pub(super) struct ExplainWire<'a> {
    #[schemars(extend("const" = "respdiff.explain/1"))]
    schema: &'static str,
    changes: Vec<ExplainedWire<'a>>,
}

impl<'a> ExplainWire<'a> {
    pub(super) fn from_changes(changes: &'a [ExplainedChange]) -> Self {
        let changes = changes.iter().map(ExplainedWire::from_explained).collect();
        Self { schema: "respdiff.explain/1", changes }
    }
}

/// A change with the reasons for it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Explained")]
struct ExplainedWire<'a> {
    /// The document that the change is listed under.
    path: &'a str,
    change: ChangeWire<'a>,
    /// `cell`: paired in place, nothing else was considered; `worth`: these pairs have the highest
    /// total score; `nowhere`: no candidate reached the minimum, or it is part of a better pair. A
    /// `moved` change with `nowhere` is one sentence of a duty, or was found in the commits between.
    #[schemars(extend("enum" = ["cell", "worth", "nowhere"]))]
    found: &'static str,
    /// Whether its duties are in different documents.
    across: bool,
    /// The pairs that were considered: first the pair of the change, then the next best.
    weighed: Vec<WeighedWire<'a>>,
}

impl<'a> ExplainedWire<'a> {
    fn from_explained(explained: &'a ExplainedChange) -> Self {
        Self {
            path: &explained.path,
            change: ChangeWire::from_change(&explained.change),
            found: match explained.found {
                FoundBy::InItsCell => "cell",
                FoundBy::ByWorth => "worth",
                FoundBy::Nowhere => "nowhere",
            },
            across: explained.across,
            weighed: explained.weighed.iter().map(WeighedWire::from_weighed).collect(),
        }
    }
}

/// A pair that was considered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Weighed")]
struct WeighedWire<'a> {
    /// Whether this pair was chosen for the change.
    taken: bool,
    old: CandidateWire<'a>,
    new: CandidateWire<'a>,
    /// Whether both duties have the same party; if not, the minimum is higher.
    same_party: bool,
    /// Likeness plus context.
    score: f64,
    /// The minimum score.
    bar: f64,
    /// How similar both texts are to the pairing, from 0 to 1: each word has a weight. `similarity`
    /// of a change counts all words alike, in their order.
    likeness: f64,
    context: ContextWire,
    stems: StemsWire<'a>,
}

impl<'a> WeighedWire<'a> {
    fn from_weighed(weighed: &'a Weighed) -> Self {
        let weighing = &weighed.weighing;
        Self {
            taken: weighed.taken,
            old: CandidateWire::from_candidate(&weighed.duty.old),
            new: CandidateWire::from_candidate(&weighed.duty.new),
            same_party: weighing.same_party,
            score: round_thousandths(weighing.total_score()),
            bar: round_thousandths(weighing.bar),
            likeness: round_thousandths(weighing.likeness),
            context: ContextWire::from_context(&weighing.context),
            stems: StemsWire {
                shared: StemWire::from_words(&weighing.words.shared),
                only_old: StemWire::from_words(&weighing.words.only.old),
                only_new: StemWire::from_words(&weighing.words.only.new),
            },
        }
    }
}

fn round_thousandths(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// A duty that was considered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Candidate")]
struct CandidateWire<'a> {
    party: String,
    task: &'a str,
    text: &'a str,
    line: usize,
}

impl<'a> CandidateWire<'a> {
    fn from_candidate(candidate: &'a ExplainedCandidate) -> Self {
        Self {
            party: candidate.party.to_string(),
            task: &candidate.task,
            text: &candidate.text,
            line: candidate.line,
        }
    }
}

/// What the places of both duties add to the score.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Context")]
struct ContextWire {
    /// Both texts are equal.
    equal_text: f64,
    /// The same words are in the row's other column.
    crossed: f64,
    /// Their rows are paired.
    same_row: f64,
    /// Each is the only unpaired duty in its cell.
    alone: f64,
    /// Their tables are paired.
    same_table: f64,
    /// Their tasks are similar.
    task: f64,
}

impl ContextWire {
    fn from_context(context: &PairContext) -> Self {
        Self {
            equal_text: round_thousandths(context.equal_text),
            crossed: round_thousandths(context.crossed),
            same_row: round_thousandths(context.same_row),
            alone: round_thousandths(context.alone),
            same_table: round_thousandths(context.same_table),
            task: round_thousandths(context.task),
        }
    }
}

/// The word stems that count.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Stems")]
struct StemsWire<'a> {
    shared: Vec<StemWire<'a>>,
    only_old: Vec<StemWire<'a>>,
    only_new: Vec<StemWire<'a>>,
}

/// A word stem and its weight.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Stem")]
struct StemWire<'a> {
    stem: &'a str,
    weight: f64,
}

impl<'a> StemWire<'a> {
    fn from_words(words: &'a [CountedWord]) -> Vec<Self> {
        let one = |word: &'a CountedWord| Self {
            stem: &word.stem,
            weight: round_thousandths(word.weight),
        };
        words.iter().map(one).collect()
    }
}
