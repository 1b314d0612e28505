//! Which row of which matrix cites a footnote.

use super::text::Reader;
use crate::model::{Footnote, Matrix};
use crate::parse::{Block, Page};

/// The footnotes that rows and headers of matrices cite.
pub(super) fn cited(page: &Page, matrices: &[Matrix], reader: &mut Reader<'_>) -> Vec<Footnote> {
    let mut found = Vec::new();
    for note in &page.footnotes {
        let after = page.blocks.partition_point(|block| line_of(block) <= note.cited_on);
        let Some(block) = after.checked_sub(1).and_then(|at| page.blocks.get(at)) else { continue };
        let is_cited_in = match block {
            Block::Table(_) | Block::List(_) => true,
            Block::Heading(_) | Block::Paragraph(_) => false,
        };
        let lines = line_of(block)..=note.cited_on;
        let Some((matrix, row)) = place(matrices, &lines).filter(|_| is_cited_in) else { continue };
        let text = reader.text(&note.runs, note.line);
        let footnote = Footnote { matrix, row, text: reader.phrase(text), line: note.line };
        if !found.contains(&footnote) {
            found.push(footnote);
        }
    }
    found
}

fn line_of(block: &Block) -> usize {
    match block {
        Block::Heading(heading) => heading.line,
        Block::Table(table) => table.line,
        Block::List(list) => list.line,
        Block::Paragraph(paragraph) => paragraph.line,
    }
}

/// The last row within some lines, or else the matrix whose header is there.
fn place(
    matrices: &[Matrix],
    lines: &std::ops::RangeInclusive<usize>,
) -> Option<(usize, Option<usize>)> {
    let rows = matrices.iter().enumerate().flat_map(|(matrix, content)| {
        content.rows.iter().enumerate().map(move |(row, line)| (line.line, matrix, row))
    });
    let row = rows.filter(|(line, ..)| lines.contains(line)).max();
    row.map(|(_, matrix, row)| (matrix, Some(row))).or_else(|| {
        let header = matrices.iter().position(|matrix| lines.contains(&matrix.line));
        header.map(|matrix| (matrix, None))
    })
}
