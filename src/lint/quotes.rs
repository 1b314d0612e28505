//! Texts of a page as messages quote them.

/// The most of a text that a message quotes, in characters.
pub(super) const QUOTED: usize = 90;

/// A text of the page as a message quotes it: the beginning says which one it is.
pub(super) fn quoted_beginning(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((cut, _)) => format!("\"{}...\"", text[..cut].trim_end()),
        None => format!("\"{text}\""),
    }
}
