//! The words by which texts are compared.

use super::Names;
use super::canonical;

/// The words by which two texts are compared, joined by single blanks (see
/// [`Phrase::canonical`](crate::model::Phrase)).
#[must_use]
pub fn canonical_text(text: &str, names: &Names) -> String {
    names.rewrite_products(canonical::words_of(&canonical::without_typed_marks(text))).join(" ")
}
