//! Texts cut or begun as people write them.

/// Enough of a commit's id to find it.
#[must_use]
pub fn short_id(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

/// The same text with a capital first.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The same text with a small letter first.
#[must_use]
pub fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
