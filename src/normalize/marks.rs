//! Check marks: tables in which a sign in a party's column says that a row is the party's.

use super::blank::Worth;
use super::text::Reader;
use crate::model::{Code, Party};
use crate::parse::{Cell, Run, Table};

/// What a cell of such a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Set,
    Unset,
    /// Anything that is no mark.
    Text,
}

const SET: [&str; 26] = [
    "✓",
    "✔",
    "✅",
    "☑",
    "√",
    "🗸",
    "🗹",
    "x",
    "●",
    "•",
    "⬤",
    "🟢",
    "👍",
    "yes",
    "y",
    "true",
    "check",
    "checked",
    "check mark",
    "checkmark",
    ":white_check_mark:",
    ":heavy_check_mark:",
    ":check_mark:",
    ":ballot_box_with_check:",
    ":check:",
    ":checkmark:",
];

const UNSET: [&str; 23] = [
    "",
    "-",
    "–",
    "—",
    "✗",
    "✘",
    "✕",
    "✖",
    "❌",
    "❎",
    "☐",
    "○",
    "🔴",
    "🚫",
    "👎",
    "no",
    "n",
    "false",
    "n/a",
    ":x:",
    ":cross_mark:",
    ":negative_squared_cross_mark:",
    ":heavy_multiplication_x:",
];

/// Longer texts are no marks.
const LONGEST: usize = 40;

/// Whether marks stand in the columns of the parties, not texts. A single cell that holds none
/// makes no sentences of the others.
pub(super) fn are_marks(
    table: &Table,
    parties: &[(usize, Party, String)],
    reader: &mut Reader<'_>,
) -> bool {
    let (mut set, mut texts) = (0_usize, 0_usize);
    for row in &table.rows {
        for (column, ..) in parties {
            match row.cells.get(*column).map(|cell| of_cell(cell, reader)) {
                Some(Mark::Set) => set += 1,
                Some(Mark::Unset) | None => {}
                Some(Mark::Text) => texts += 1,
            }
        }
        // most tables hold texts: there is no need to see them all
        if texts > 1 + set + table.rows.len() / 4 {
            return false;
        }
    }
    set > 0 && (texts == 0 || (set > 1 && texts == 1) || texts * 9 <= set)
}

/// Whether a cell holds a check mark (a sign, or its image).
pub(super) fn of_cell(cell: &Cell, reader: &mut Reader<'_>) -> Mark {
    let runs = cell.pieces.iter().flat_map(|piece| &piece.runs);
    let mut length = 0;
    for run in runs {
        match run {
            Run::Image { target, .. } if target.to_ascii_lowercase().contains("check") => {
                return Mark::Set;
            }
            Run::Image { .. } => {}
            Run::Text(text) | Run::Code(text) => length += text.len(),
            Run::Keyref { .. } | Run::Content(_) => return Mark::Text,
        }
    }
    if length > LONGEST {
        return Mark::Text;
    }
    let text = reader.cell(cell);
    let text = text.split_once("[^").map_or(text.as_str(), |(text, _)| text);
    let around = |c: char| {
        matches!(c, '*' | '`' | '_' | ' ' | '.' | '(' | ')' | '[' | ']' | '\u{fe0e}' | '\u{fe0f}')
    };
    let sign = text.trim_matches(around);
    let is_one_of = |known: &[&str]| known.iter().any(|mark| sign.eq_ignore_ascii_case(mark));
    if is_one_of(&SET) {
        Mark::Set
    } else if is_one_of(&UNSET) || says_nothing(sign, reader) {
        Mark::Unset
    } else {
        Mark::Text
    }
}

/// "None", "?": an unknown sign says something, but not what.
fn says_nothing(sign: &str, reader: &Reader<'_>) -> bool {
    let readable = sign.is_ascii() || sign.contains(char::is_alphanumeric);
    readable && reader.worth(sign) == Worth::Empty
}

/// Tells a cell that holds no mark where others do, and takes it for one unless it is a template's.
pub(super) fn tell(cell: &Cell, line: usize, reader: &mut Reader<'_>) -> bool {
    let text = reader.cell(cell);
    if reader.worth(&text) == Worth::Placeholder {
        let message = format!("a template's text stands where a check mark should: \"{text}\"");
        reader.notice(line, Code::Placeholder, message);
        return false;
    }
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "..." } else { "" };
    let message = format!("\"{short}{more}\" stands where a check mark should, and is read as one");
    reader.notice(line, Code::Unassigned, message);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[track_caller]
    fn check(texts: &[&str], expected: Mark) {
        let names = Names::builtin();
        let mut reader = Reader::new(&names, Vec::new());
        for text in texts {
            assert_eq!(of_cell(&cell(text), &mut reader), expected, "{text}");
        }
    }

    #[test]
    fn signs_words_and_shortcodes() {
        check(
            &["✓", "✔\u{fe0f}", "**X**", "Yes.", "✓[^1]", ":white_check_mark:", "[x]"],
            Mark::Set,
        );
        check(&["", "-", "NO", "❌", ":x:", "N/A", "Not applicable", "?", "[ ]"], Mark::Unset);
        check(&["Keep the keys", "Yes, we do", "{cloud}", "Vault", "★", "TBD"], Mark::Text);
    }
}
