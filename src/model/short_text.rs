//! Texts cut or begun as people write them.

/// Enough of a commit's id to find it.
#[must_use]
pub fn short_id(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

/// The same of a revision that is named by its whole id; any other name as it is.
#[must_use]
pub fn short_revision(name: &str) -> &str {
    let is_id = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id { short_id(name) } else { name }
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
