//! What reads well here and breaks on the published page. The publisher's renderer ends a table
//! at a comment that fills a line and at a row that is indented as code, and shows `\n` as it is
//! in a cell that holds a tag or a comment.

use std::ops::RangeInclusive;

use super::comments::{Line, LineKind};
use super::{Block, TableSource, spans};
use crate::model::{Code, Notice};

/// The notices about the pipe tables among the blocks of a page. `raw` are the page's lines as
/// written, `lines` the same without comments, beginning with line `first`.
pub(super) fn check_published(blocks: &[Block], raw: &[&str], lines: &[Line<'_>]) -> Vec<Notice> {
    let mut notices = Vec::new();
    let first = lines.first().map_or(1, |line| line.number);
    for block in blocks {
        let Block::Table(table) = block else { continue };
        if table.source != TableSource::Pipe {
            continue;
        }
        let last = table.rows.last().map_or(table.line, |row| row.line);
        let part = table.line.saturating_sub(first)..=last.saturating_sub(first);
        note_early_ends(part.clone(), raw, lines, &mut notices);
        literal_breaks(part, raw, lines, &mut notices);
    }
    notices
}

/// The lines inside a table at which the published one ends.
fn note_early_ends(
    part: RangeInclusive<usize>,
    raw: &[&str],
    lines: &[Line<'_>],
    notices: &mut Vec<Notice>,
) {
    let text_of = |at: usize| raw.get(at).copied().unwrap_or_default();
    // a table in a list is indented throughout
    let in_list = is_indented_as_code(text_of(*part.start()));
    let mut above = LineKind::Text;
    for at in part.skip(1) {
        let Some(line) = lines.get(at) else { break };
        let text = text_of(at);
        let what = match line.kind {
            LineKind::Comment
                if above != LineKind::Comment && text.trim_start().starts_with("<!--") =>
            {
                Some("a comment fills this line; put it above the table")
            }
            LineKind::Text if !in_list && is_indented_as_code(text) && text.contains('|') => {
                Some("this row is indented; remove the spaces before it")
            }
            LineKind::Text | LineKind::Comment | LineKind::Code => None,
        };
        above = line.kind;
        if let Some(what) = what {
            let message = format!("The published table ends here: {what}.");
            notices.push(Notice::at(line.number, Code::TableEnds, message));
        }
    }
}

/// The renderer takes two blanks for four, but neither one nor three.
fn is_indented_as_code(line: &str) -> bool {
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    indent.contains('\t') || indent.len() == 2 || indent.len() > 3
}

fn literal_breaks(
    part: RangeInclusive<usize>,
    raw: &[&str],
    lines: &[Line<'_>],
    notices: &mut Vec<Notice>,
) {
    for at in part {
        let (Some(text), Some(line)) = (raw.get(at), lines.get(at)) else { break };
        if line.kind != LineKind::Text || !text.contains("\\n") || !text.contains('<') {
            continue;
        }
        if written_cells(text).any(shows_breaks) {
            let message = "The published page shows \\n as it is in this row: its cell holds a tag \
                           or a comment; use <br> in all of the cell.";
            notices.push(Notice::at(line.number, Code::LiteralBreak, message));
        }
    }
}

/// The cells of a row as written. An escaped bar is part of its cell.
fn written_cells(row: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    row.split(move |c: char| {
        let ends = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
}

/// Whether a cell holds both a tag (or a comment) and a `\n` outside code.
fn shows_breaks(cell: &str) -> bool {
    let mut text = String::with_capacity(cell.len());
    let mut from = 0;
    for span in spans::code_spans(cell) {
        text.push_str(&cell[from..span.start]);
        from = span.end;
    }
    text.push_str(&cell[from..]);
    let has_tag = text.find('<').zip(text.rfind('>')).is_some_and(|(from, to)| to > from + 1);
    let is_break = |at: usize| {
        let escaped = text[..at].ends_with('\\');
        let next = text[at + 2..].chars().next();
        !escaped && next.is_none_or(|c| !c.is_lowercase())
    };
    has_tag && text.match_indices("\\n").any(|(at, _)| is_break(at))
}

#[cfg(test)]
mod tests {
    use super::super::markdown_page;
    use super::*;

    #[track_caller]
    fn check_published(rows: &[&str], expected: &[(usize, Code)]) {
        let text = format!("| T | IBM | You |\n|---|---|---|\n{}\n", rows.join("\n"));
        let found = markdown_page(text.as_bytes()).0.publishing;
        let found: Vec<_> = found.iter().map(|n| (n.line.unwrap_or(0), n.code)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_table_ends_at_a_comment_or_an_indented_row() {
        check_published(&["| a | b | c |", "<!-- x -->", "| d | e | f |"], &[(4, Code::TableEnds)]);
        check_published(
            &["| a | b | c |", "<!-- x", "y -->", "| d | e | f |"],
            &[(4, Code::TableEnds)],
        );
        check_published(&["| a | b | c |", "| d <!-- x --> | e | f |"], &[]);
        check_published(
            &["| a | b | c |", "  | d | e | f |", "| g | h | i |"],
            &[(4, Code::TableEnds)],
        );
        check_published(&["| a | b | c |", "    | d | e | f |"], &[(4, Code::TableEnds)]);
        check_published(&["| a | b | c |", " | d | e | f |", "   | g | h | i |"], &[]);
        check_published(&["| a | b | c |", "", "<!-- below -->"], &[]);
    }

    #[test]
    fn a_break_stays_as_written_beside_a_tag() {
        check_published(&[r"| a | b \n c | c |"], &[]);
        check_published(&[r"| a | <b>b</b> \n c | c |"], &[(3, Code::LiteralBreak)]);
        check_published(&[r"| a | b <!-- x --> \n c | c |"], &[(3, Code::LiteralBreak)]);
        check_published(&[r"| a | b<br>c | d \n e |"], &[]);
        check_published(&[r"| a | use `<b>` \n c | 5 < 6 \n d |"], &[]);
        check_published(&[r"| a | <b>b</b> C:\new | c |"], &[]);
    }
}
