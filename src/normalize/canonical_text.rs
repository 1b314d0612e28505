//! The words by which texts are compared.

use super::Names;
use super::canonical;
use crate::parse::{Run, split_sentences};

/// The words by which two texts are compared, joined by single blanks (see
/// [`Phrase::canonical`](crate::model::Phrase)).
#[must_use]
pub fn canonical_text(text: &str, names: &Names) -> String {
    names.rewrite_products(canonical::words_of(&canonical::without_typed_marks(text))).join(" ")
}

/// The sentences of a text, cut at their semicolons, each part as written and by the words that
/// are compared.
pub(crate) fn clauses_of(text: &str) -> Vec<(String, String)> {
    let names = Names::builtin();
    let shown = |runs: &[Run]| -> String {
        runs.iter().map(|run| if let Run::Text(text) = run { text.as_str() } else { "" }).collect()
    };
    split_sentences(&[Run::Text(text.to_owned())])
        .iter()
        .map(|runs| shown(runs))
        .flat_map(|sentence| sentence.split_inclusive(';').map(clause_text).collect::<Vec<_>>())
        .map(|clause| (canonical_text(&clause, &names), clause))
        .filter(|(words, _)| !words.is_empty())
        .map(|(words, clause)| (clause, words))
        .collect()
}

/// A clause without the "and" before the last one.
fn clause_text(clause: &str) -> String {
    let clause = clause.trim();
    clause.strip_prefix("and ").unwrap_or(clause).to_owned()
}
