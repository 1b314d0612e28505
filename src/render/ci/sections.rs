//! GitHub's Markdown, for a step's summary or a comment: cut by whole sections, so that what is
//! shown can be read.

use std::fmt::Write as _;

use crate::model::counted_with_is;
use crate::render::{notes, safe};

/// What a step's summary may hold.
pub const SUMMARY_LIMIT: usize = 1_024 * 1_024;
/// What a comment may hold, and room for what its sender puts around it.
pub const COMMENT_LIMIT: usize = 64_000;
/// Room for the line that says what was left out.
const TAIL: usize = 200;

/// Adds the sections that fit into at most `limit` bytes, and says how many do not fit; `command`
/// shows those.
pub(in crate::render) fn add_fitting(
    out: &mut String,
    sections: Vec<String>,
    limit: usize,
    command: &str,
) {
    let mut left = 0;
    for section in sections {
        if left == 0 && out.len() + section.len() + TAIL <= limit {
            out.push_str(&section);
        } else {
            left += 1;
        }
    }
    if left > 0 {
        let sections = counted_with_is(left, "more section");
        // writing to a String cannot fail
        let _ = writeln!(out, "_{sections} omitted here; see `{command}`._");
    }
}

/// A text that no sign of Markdown or HTML in it means anything, and that calls nobody.
pub(in crate::render) fn escape_markdown(text: &str) -> String {
    notes::one_line(text)
}

/// A path in code ticks, more of them than it has itself.
pub(in crate::render) fn in_code_ticks(text: &str) -> String {
    let text = safe::make_visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}
