//! How deeply a text of YAML or JSON is nested, before a parser looks at it.

/// So many brackets may be open: the parser's time grows with the square of them.
pub const MOST_OPEN: usize = 500;

/// The first line, from 1, on which more than [`MOST_OPEN`] brackets are open.
#[must_use]
pub fn find_too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (line, text) in text.lines().enumerate() {
        for byte in text.bytes() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > MOST_OPEN {
                return Some(line + 1);
            }
        }
    }
    None
}
