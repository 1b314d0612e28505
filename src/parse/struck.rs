//! Text that is struck out is withdrawn: `~~text~~`, `<del>`, `<s>`, `<strike>`.

/// What stands between them is withdrawn.
pub(super) const TAGS: [&str; 3] = ["del", "s", "strike"];

/// Bytes of a text that is struck out (`~~text~~`), its signs included.
pub(super) fn struck_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("~~").filter(|inside| !inside.starts_with('~'))?;
    let end = inside.find("~~")?;
    let struck = &inside[..end];
    let glued = !struck.starts_with(char::is_whitespace) && !struck.ends_with(char::is_whitespace);
    (glued && !struck.is_empty() && !struck.contains("\n\n")).then_some(end + 4)
}

/// How many tags end a text that is struck out.
pub(super) fn closing_tags(text: &str) -> usize {
    let ends = |rest: &str| {
        TAGS.iter().any(|name| {
            let head = rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
            head && rest[name.len()..].trim_start().starts_with('>')
        })
    };
    text.match_indices("</").filter(|(at, _)| ends(&text[at + 2..])).count()
}
