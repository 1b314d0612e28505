//! What a page says of who has a duty, in a form that other pages can be held against.

use super::Party;

/// Where a claim stands, which decides what it can be held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimBasis {
    /// A cell of an owner grid.
    Cell,
    /// One of the duties of a row or an area; only all of them together say whose it is. The
    /// table has a column for each party, so that one without a duty has none.
    Part,
    /// The same where a list or a column names the party, so that more may stand elsewhere.
    Item,
    /// The text of a duty.
    Text,
}

/// One duty or owner cell of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The product that it is about, in lower case.
    pub product: String,
    /// Whether the page's title names the product, and not only a heading above.
    pub is_of_title: bool,
    /// Where it stands.
    pub basis: ClaimBasis,
    /// What the claim is about; two claims of one product with the same are about one duty.
    pub about: Vec<String>,
    /// The canonical label of its row; empty where it has none.
    pub task: String,
    /// The duty for people: its text, or row and column of a grid.
    pub shown: String,
    /// Whose it is.
    pub party: Party,
    /// Line of the file, from 1.
    pub line: usize,
    /// Column of the line, from 1.
    pub column: usize,
}
