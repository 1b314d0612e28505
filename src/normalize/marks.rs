//! Check marks: tables in which a sign in a party's column says that a row is the party's.

use super::content_kind::ContentKind;
use super::footnote_signs::is_footnote_sign;
use super::text::TextReader;
use crate::model::Code;
use crate::parse::{Cell, Run};
use crate::vocabulary::WordList;

/// What a cell of such a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Set,
    /// An X, which is a check mark where no other one stands.
    Cross,
    Unset,
    /// Anything that is no mark.
    Text,
}

static SET: WordList = WordList::named("marks that are set");

static UNSET: WordList = WordList::named("marks that are not set");

/// Longer texts are no marks.
const LONGEST: usize = 40;
/// A mark with a remark beside it is shorter.
const LONGEST_REMARK: usize = 80;

/// Whether a cell holds a check mark (a sign, or its image).
pub(super) fn of_cell(cell: &Cell, reader: &mut TextReader<'_>) -> Mark {
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
    if length > LONGEST_REMARK {
        return Mark::Text;
    }
    let text = reader.cell_text(cell);
    match of_text(&text, reader) {
        Mark::Text => of_text(without_remark(&text), reader),
        found @ (Mark::Set | Mark::Cross | Mark::Unset) => found,
    }
}

/// A mark without the remark behind it: "✓ (on request)", "Yes, by ticket".
fn without_remark(text: &str) -> &str {
    let letter = |c: char| c.is_alphanumeric();
    if let Some(sign) =
        text.split(' ').next().filter(|sign| !sign.contains(letter) && !sign.is_empty())
    {
        return if SET.has(sign) { sign } else { text };
    }
    let signs = text.find([',', ';', '(', '[', ':', '–', '—', '.']);
    let end = signs.or_else(|| text.find(" - ")).unwrap_or(text.len());
    // a lone sign says nothing of what stands behind it
    if end == 0 { text } else { &text[..end] }
}

fn of_text(text: &str, reader: &TextReader<'_>) -> Mark {
    let text = text.split_once("[^").map_or(text, |(text, _)| text);
    if text.len() > LONGEST {
        return Mark::Text;
    }
    let around = |c: char| {
        matches!(c, '`' | '_' | ' ' | '.' | '(' | ')' | '[' | ']' | '\u{fe0e}' | '\u{fe0f}')
            || is_footnote_sign(c)
    };
    let sign = text.trim_matches(around);
    let mark = sign.to_ascii_lowercase();
    if mark == "x" {
        // a box that is ticked
        if text.trim_start_matches('`').starts_with('[') { Mark::Set } else { Mark::Cross }
    } else if SET.has(&mark) {
        Mark::Set
    } else if mark.is_empty() || UNSET.has(&mark) || says_nothing(sign, reader) {
        Mark::Unset
    } else {
        Mark::Text
    }
}

/// "None", "?": an unknown sign says something, but not what.
fn says_nothing(sign: &str, reader: &TextReader<'_>) -> bool {
    let readable = sign.is_ascii() || sign.contains(char::is_alphanumeric);
    readable && reader.content_kind(sign) == ContentKind::Empty
}

/// Reports a cell that holds no mark where others do, and whether it counts as one; a template's
/// text never does.
pub(super) fn note_unmarked_cell(
    cell: &Cell,
    counts: bool,
    line: usize,
    reader: &mut TextReader<'_>,
) -> bool {
    let text = reader.cell_text(cell);
    if reader.content_kind(&text) == ContentKind::Placeholder {
        let message = format!("template text in place of a check mark: \"{text}\"");
        reader.add_notice(line, Code::Placeholder, message);
        return false;
    }
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "..." } else { "" };
    let read = if counts { "read as one" } else { "ignored" };
    let message = format!("\"{short}{more}\" in place of a check mark, {read}");
    reader.add_notice(line, Code::Unassigned, message);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[track_caller]
    fn check(texts: &[&str], expected: Mark) {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        for text in texts {
            assert_eq!(of_cell(&cell(text), &mut reader), expected, "{text}");
        }
    }

    #[test]
    fn signs_words_and_shortcodes() {
        check(&["✓", "✔\u{fe0f}", "Yes.", "✓[^1]", ":white_check_mark:", "[x]", "✓*"], Mark::Set);
        check(&["**X**", "X¹", "X [1]", "x (on request)"], Mark::Cross);
        check(&["✓ (on request)", "Yes, we do", "● by ticket", "Yes - partly"], Mark::Set);
        check(&["", "-", "NO", "❌", ":x:", "N/A", "Not applicable", "?", "[ ]"], Mark::Unset);
        check(&["Keep the keys", "Yes we do", "{cloud}", "Vault", "★", "TBD"], Mark::Text);
    }
}
