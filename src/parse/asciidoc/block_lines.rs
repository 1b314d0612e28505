//! Lines that are no text of a paragraph: delimiters, headings, titles, macros.

/// The sign of a line that begins or ends a table.
pub(super) fn table_sign(text: &str) -> Option<char> {
    let sign = text.chars().next().filter(|c| matches!(c, '|' | ',' | ':' | '!'))?;
    (text.len() >= 4 && text[1..].bytes().all(|byte| byte == b'=')).then_some(sign)
}

/// What ends a block of code that a line begins.
pub(super) fn verbatim_delimiter(text: &str) -> Option<&str> {
    let all = |sign: u8| text.len() >= 4 && text.bytes().all(|byte| byte == sign);
    if [b'-', b'.', b'+'].into_iter().any(all) {
        return Some(text);
    }
    text.starts_with("```").then_some("```")
}

/// A line that begins or ends an example, a side bar, a quote, or divides parts of a page.
pub(super) fn is_delimiter(text: &str) -> bool {
    let all = |sign: u8| text.len() >= 4 && text.bytes().all(|byte| byte == sign);
    matches!(text, "--" | "---" | "- - -" | "'''" | "***" | "* * *" | "<<<")
        || [b'=', b'*', b'_'].into_iter().any(all)
}

/// The level and text of a heading.
pub(super) fn parse_heading(text: &str) -> Option<(u8, &str)> {
    const DEEPEST: usize = 6;
    let sign = text.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let title = text.trim_start_matches(sign);
    let level = text.len() - title.len();
    let fits = level <= DEEPEST && title.starts_with(' ') && !title.trim().is_empty();
    fits.then(|| (u8::try_from(level).unwrap_or(6), title.trim()))
}

pub(super) fn block_title(text: &str) -> Option<&str> {
    let title = text.strip_prefix('.')?;
    title.starts_with(|c: char| c != '.' && !c.is_whitespace()).then_some(title)
}

/// A macro that is a block: `image::x.png[]`, `include::y.adoc[]`, `toc::[]`.
pub(super) fn is_macro(text: &str) -> bool {
    let Some((name, rest)) = text.split_once("::") else { return false };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let target = rest.split('[').next().unwrap_or_default();
    is_name && rest.ends_with(']') && rest.contains('[') && !target.contains(' ')
}
