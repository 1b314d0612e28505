//! Which row of which matrix cites a footnote.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::text::TextReader;
use crate::model::{Footnote, Matrix};
use crate::parse;

/// The footnotes that rows and headers of matrices cite. `starts` says where the blocks of the page
/// begin, and whether they hold rows.
pub(super) fn cited_footnotes(
    notes: &[parse::CitedFootnote],
    starts: &[(usize, bool)],
    matrices: &[Arc<Matrix>],
    reader: &mut TextReader<'_>,
) -> Vec<Footnote> {
    if notes.is_empty() {
        return Vec::new();
    }
    let places = citing_places(matrices);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for note in notes {
        let after = starts.partition_point(|(line, _)| *line <= note.cited_on);
        let block = after.checked_sub(1).and_then(|at| starts.get(at));
        let Some((begin, true)) = block.copied() else { continue };
        // the last row or header that begins between the table's first line and the citing one
        let after = places.partition_point(|(line, ..)| *line <= note.cited_on);
        let place = after.checked_sub(1).map(|at| places[at]).filter(|(line, ..)| *line >= begin);
        let Some((_, matrix, row)) = place else { continue };
        if seen.insert((matrix, row, note.line)) {
            let text = reader.plain_text(&note.runs, note.line);
            let text = reader.phrase_of(text);
            found.push(Footnote { matrix, row, text, line: note.line });
        }
    }
    found
}

/// Where headers and rows begin, by line: the line, the matrix and the row.
fn citing_places(matrices: &[Arc<Matrix>]) -> Vec<(usize, usize, Option<usize>)> {
    let mut places = Vec::new();
    for (matrix, content) in matrices.iter().enumerate() {
        places.push((content.line, matrix, None));
        let rows = content.rows.iter().enumerate();
        places.extend(rows.map(|(row, one)| (one.line, matrix, Some(row))));
    }
    places.sort_unstable();
    places
}
