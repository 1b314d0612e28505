//! What a footnote adds to a row.

use super::Phrase;

/// A footnote, as often as rows cite it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// The matrix that cites it, by position.
    pub matrix: usize,
    /// The row of the matrix; none where its header cites it.
    pub row: Option<usize>,
    /// What it says.
    pub text: Phrase,
    /// Line of the file where it stands, from 1.
    pub line: usize,
}
