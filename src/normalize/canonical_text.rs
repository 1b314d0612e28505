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

/// The sentences of a text, each as written and by the words that are compared.
pub(crate) fn sentences_of(text: &str) -> Vec<(String, String)> {
    let names = Names::builtin();
    let shown = |runs: &[Run]| -> String {
        runs.iter().map(|run| if let Run::Text(text) = run { text.as_str() } else { "" }).collect()
    };
    split_sentences(&[Run::Text(text.to_owned())])
        .iter()
        .map(|runs| shown(runs))
        .map(|sentence| (sentence.trim().to_owned(), canonical_text(&sentence, &names)))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}
