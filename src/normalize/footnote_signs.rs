//! Signs that cite a footnote.

/// Signs that cite a footnote.
pub(super) fn is_footnote_sign(c: char) -> bool {
    matches!(
        c,
        '*' | '†' | '‡' | '§' | '¶' | '#' | '^' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | 'ª' | 'º'
    ) || ('\u{1d2c}'..='\u{1d6a}').contains(&c)
}
