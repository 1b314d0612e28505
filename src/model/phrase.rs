//! A text of the page in the two forms that the tool needs.

/// A label or the text of a duty, as people read it and as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Plain text: no markup, keyrefs replaced by product names, white space single.
    pub text: String,
    /// Canonical words joined by single blanks; two phrases that mean the same by
    /// formatting alone (case, marks, punctuation, spelling of a product's or a
    /// party's name) have equal canonical forms.
    pub canonical: String,
}

impl Phrase {
    /// Whether no word is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.canonical.is_empty()
    }
}
