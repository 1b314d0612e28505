//! Parts of a cell below a line that holds nothing but a party's name ("**AWS**").

use std::borrow::Cow;

use super::text::TextReader;
use super::tokens;
use super::{owner_words, third_parties};
use crate::model::Party;
use crate::parse::{Cell, Piece, PieceKind};

/// Longer lines are no names.
const LONGEST_NAME: usize = 60;

/// The parts of a cell, each with the party that a line at its head names; most cells are one part
/// without such a line.
pub(super) fn of_cell<'c>(
    cell: &'c Cell,
    reader: &mut TextReader<'_>,
) -> Vec<(Cow<'c, Cell>, Option<Party>)> {
    let heads: Vec<Option<Party>> = (0..cell.pieces.len())
        .map(|at| match &cell.pieces[at..] {
            [piece, _, ..] => party_of(piece, reader),
            _ => None,
        })
        .collect();
    if heads.iter().all(Option::is_none) {
        return vec![(Cow::Borrowed(cell), None)];
    }
    let mut parts: Vec<(Vec<Piece>, Option<Party>)> = vec![(Vec::new(), None)];
    for (piece, head) in cell.pieces.iter().zip(heads) {
        if head.is_some() {
            parts.push((Vec::new(), head));
        } else if let Some((pieces, _)) = parts.last_mut() {
            pieces.push(piece.clone());
        }
    }
    let part = |(pieces, head)| (Cow::Owned(Cell { pieces, ..Cell::default() }), head);
    parts.into_iter().map(part).collect()
}

/// The party that a line names and nothing else.
pub(super) fn party_of(piece: &Piece, reader: &mut TextReader<'_>) -> Option<Party> {
    if piece.kind != PieceKind::Text {
        return None;
    }
    let text = reader.plain_text(&piece.runs, piece.line);
    let name = text.trim_end_matches(':').trim();
    if name.is_empty() || name.len() > LONGEST_NAME || name.ends_with('.') {
        return None;
    }
    let names = reader.names();
    let tokens = tokens::of_runs(piece.runs.iter(), names);
    let outsider = || {
        let words = tokens::raw_tokens(name);
        (third_parties::named_third_party(&words) == Some(words.len()))
            .then(|| Party::Other(name.to_owned()))
    };
    owner_words::known_party(&tokens, names).or_else(outsider)
}

#[cfg(test)]
mod tests {
    use crate::normalize::fixture::check;

    const HEADER: &str = "Task | IBM responsibilities | Your responsibilities";

    #[test]
    fn a_line_with_a_name_holds_what_stands_below() {
        check(
            HEADER,
            &[
                "Disks | - Order disks\nAWS\n- Replace disks\n- Wipe disks\nIBM\n- Count disks | Pay",
            ],
            &[
                "Disks > ibm: Order disks",
                "Disks > other:AWS: Replace disks",
                "Disks > other:AWS: Wipe disks",
                "Disks > ibm: Count disks",
                "Disks > customer: Pay",
            ],
        );
    }

    #[test]
    fn a_name_with_nothing_below_it_is_no_head() {
        check(
            HEADER,
            &["Disks | - Order disks\nAWS | Pay"],
            &["Disks > ibm: Order disks", "Disks > ibm: AWS", "Disks > customer: Pay"],
        );
    }
}
