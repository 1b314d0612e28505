//! Definition lists: a term and, behind colons or in `<dd>`, what defines it.

use std::borrow::Cow;

use super::comments::{Line, LineKind};
use super::prepare::Flow;
use super::{Block, Definition, Paragraph, inline, list};

/// Definitions inside definitions are read down to this depth.
pub(super) const DEEPEST: usize = 4;

/// Whether a line defines a term above it.
pub(super) fn begins_definition(line: &str) -> bool {
    let text = line.trim_start();
    let behind = text.strip_prefix(':');
    line.len() - text.len() < 4 && behind.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// A term with the blocks that define it.
pub(super) fn definition_of(term: Paragraph, blocks: Vec<Block>) -> Definition {
    Definition { line: term.line, term: term.runs, blocks }
}

/// The lines that define a term, free of their colons and indents, and the index of the first
/// line behind them.
pub(super) fn definition_body<'a>(lines: &'a [Line<'_>], at: usize) -> (Vec<Line<'a>>, usize) {
    let mut body: Vec<Line<'a>> = Vec::new();
    let (mut at, mut width) = (at, 0);
    let mut end = at;
    while let Some(line) = lines.get(at) {
        let text = line.text.as_ref();
        let indent = text.len() - text.trim_start().len();
        if line.kind == LineKind::Text && begins_definition(text) {
            let inner = text.trim_start().trim_start_matches(':').trim_start();
            width = text.len() - inner.len();
            if !body.is_empty() {
                // two definitions are two paragraphs
                body.push(Line {
                    number: line.number,
                    kind: LineKind::Text,
                    text: Cow::Borrowed(""),
                });
            }
            body.push(Line {
                number: line.number,
                kind: LineKind::Text,
                text: Cow::Borrowed(inner),
            });
        } else if text.trim().is_empty() {
            body.push(Line { number: line.number, kind: line.kind, text: Cow::Borrowed("") });
            at += 1;
            continue;
        } else if indent >= 2 || (end == at && !is_term(lines, at)) {
            let inner = &text[indent.min(width)..];
            body.push(Line { number: line.number, kind: line.kind, text: Cow::Borrowed(inner) });
        } else {
            break;
        }
        at += 1;
        end = at;
    }
    (body, end)
}

/// Whether what stands directly below a definition is no part of it: another term, a list, a
/// heading, a table, an attribute list.
fn is_term(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines[at].text.as_ref();
    let defined = lines.get(at + 1).is_some_and(|below| begins_definition(&below.text));
    defined || text.starts_with(['#', '|', '{', '-', '*', '<', '`'])
}

/// The blocks of a paragraph that holds an HTML definition list.
pub(super) fn html_definitions(line: usize, text: &str) -> Option<Vec<Block>> {
    let lower = text.to_ascii_lowercase();
    let first = find_tag(&lower, 0, &["<dt"])?;
    let read = |from: usize, to: usize| {
        let line = line + text[..from].matches('\n').count();
        list::blocks_of_pieces(inline::parse_cell(&text[from..to], line, Flow::Html).pieces)
    };
    let mut found = read(0, first);
    let mut at = first;
    while at < text.len() {
        let inside = at + text[at..].find('>').map_or(text.len() - at, |end| end + 1);
        let next = find_tag(&lower, inside, &["<dt", "<dd", "</dl"]).unwrap_or(text.len());
        let mut parts = read(inside, next);
        if lower[at..].starts_with("<dt") {
            if let Some(Block::Paragraph(term)) = parts.into_iter().next() {
                found.push(Block::Definition(definition_of(term, Vec::new())));
            }
        } else if let Some(Block::Definition(definition)) =
            found.last_mut().filter(|_| lower[at..].starts_with("<dd"))
        {
            definition.blocks.append(&mut parts);
        } else {
            found.append(&mut parts);
        }
        at = next;
    }
    Some(found)
}

/// Where one of some tags begins, at `from` or behind it.
fn find_tag(lower: &str, from: usize, tags: &[&str]) -> Option<usize> {
    let rest = lower.get(from..)?;
    rest.match_indices('<').map(|(at, _)| from + at).find(|at| {
        tags.iter().any(|tag| {
            let after = lower[*at..].strip_prefix(tag);
            after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
        })
    })
}
