//! The figures by which duties were paired, as `respdiff.explain/1` has them.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::published::published;
use crate::diff::{CountedWord, FoundBy, PairContext, Weighing, WordsThatCount};
use crate::model::Sides;

published! {
    FoundBy as String: (found, to) => to.serialize_str(match found {
        FoundBy::InItsCell => "cell",
        FoundBy::ByWorth => "worth",
        FoundBy::AmongTwins => "twins",
        FoundBy::AsPart => "part",
        FoundBy::Nowhere => "nowhere",
    });
    CountedWord as StemWire: (word, to) => StemWire::serialize(word, to);
    PairContext as ContextWire: (context, to) => ContextWire::serialize(context, to);
    Weighing as FiguresWire: (weighing, to) => FiguresWire::serialize(weighing, to);
    WordsThatCount as StemsWire: (words, to) => StemsWire::serialize(words, to);
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn thousandths<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64((value * 1_000.0).round() / 1_000.0)
}

#[derive(Serialize, JsonSchema)]
#[serde(remote = "Weighing")]
struct FiguresWire {
    /// Whether both duties have the same party; if not, the minimum is higher.
    same_party: bool,
    /// Likeness plus context.
    #[serde(getter = "Weighing::total_score", serialize_with = "thousandths")]
    score: f64,
    /// The minimum score.
    #[serde(serialize_with = "thousandths")]
    bar: f64,
    /// How similar the two texts are for the purpose of matching, from 0 to 1; each word has a weight.
    /// `similarity` of a change counts all words alike, in their order.
    #[serde(serialize_with = "thousandths")]
    likeness: f64,
    context: PairContext,
    #[serde(rename = "stems")]
    words: WordsThatCount,
}

/// What the places of both duties add to the score.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "PairContext")]
#[schemars(rename = "Context")]
struct ContextWire {
    /// Both texts are equal.
    #[serde(serialize_with = "thousandths")]
    equal_text: f64,
    /// The same words are in the row's other column.
    #[serde(serialize_with = "thousandths")]
    crossed: f64,
    /// Their rows are matched.
    #[serde(serialize_with = "thousandths")]
    same_row: f64,
    /// Each is the only unmatched duty in its cell.
    #[serde(serialize_with = "thousandths")]
    alone: f64,
    /// Their tables are matched.
    #[serde(serialize_with = "thousandths")]
    same_table: f64,
    /// Their tasks are similar.
    #[serde(serialize_with = "thousandths")]
    task: f64,
}

/// The word stems that count.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "WordsThatCount")]
#[schemars(rename = "Stems")]
struct StemsWire {
    shared: Vec<CountedWord>,
    #[serde(flatten, serialize_with = "OnlyOldNew::serialize")]
    #[schemars(with = "OnlyOldNew")]
    only: Sides<Vec<CountedWord>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(remote = "Sides<Vec<CountedWord>>")]
struct OnlyOldNew {
    #[serde(rename = "only_old")]
    old: Vec<CountedWord>,
    #[serde(rename = "only_new")]
    new: Vec<CountedWord>,
}

/// A word stem and its weight.
#[derive(Serialize, JsonSchema)]
#[serde(remote = "CountedWord")]
#[schemars(rename = "Stem")]
struct StemWire {
    stem: String,
    #[serde(serialize_with = "thousandths")]
    weight: f64,
}
