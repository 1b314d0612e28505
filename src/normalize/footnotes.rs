//! Which row of which matrix cites a footnote.

use std::collections::BTreeSet;

use super::text::Reader;
use crate::model::{Footnote, Matrix};
use crate::parse::{Block, Page};

/// The footnotes that rows and headers of matrices cite.
pub(super) fn cited(page: &Page, matrices: &[Matrix], reader: &mut Reader<'_>) -> Vec<Footnote> {
    if page.footnotes.is_empty() {
        return Vec::new();
    }
    let places = places(matrices);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for note in &page.footnotes {
        let after = page.blocks.partition_point(|block| line_of(block) <= note.cited_on);
        let Some(block) = after.checked_sub(1).and_then(|at| page.blocks.get(at)) else { continue };
        let begin = match block {
            Block::Table(table) => table.line,
            Block::List(list) => list.line,
            Block::Definition(definition) => definition.line,
            Block::Heading(_) | Block::Paragraph(_) => continue,
        };
        // the last row or header that begins between the table's first line and the citing one
        let after = places.partition_point(|(line, ..)| *line <= note.cited_on);
        let place = after.checked_sub(1).map(|at| places[at]).filter(|(line, ..)| *line >= begin);
        let Some((_, matrix, row)) = place else { continue };
        if seen.insert((matrix, row, note.line)) {
            let text = reader.text(&note.runs, note.line);
            let text = reader.phrase(text);
            found.push(Footnote { matrix, row, text, line: note.line });
        }
    }
    found
}

/// Where headers and rows begin, by line: the line, the matrix and the row.
fn places(matrices: &[Matrix]) -> Vec<(usize, usize, Option<usize>)> {
    let mut places = Vec::new();
    for (matrix, content) in matrices.iter().enumerate() {
        places.push((content.line, matrix, None));
        let rows = content.rows.iter().enumerate();
        places.extend(rows.map(|(row, one)| (one.line, matrix, Some(row))));
    }
    places.sort_unstable();
    places
}

fn line_of(block: &Block) -> usize {
    match block {
        Block::Heading(heading) => heading.line,
        Block::Table(table) => table.line,
        Block::List(list) => list.line,
        Block::Definition(definition) => definition.line,
        Block::Paragraph(paragraph) => paragraph.line,
    }
}
