//! What a page says of who has a duty, in a form that other pages can be held against.

use super::Party;

/// One duty or owner cell of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The product that it is about, in lower case.
    pub product: String,
    /// Whether the page's title names the product, and not only a heading above.
    pub is_of_title: bool,
    /// What the claim is about; two claims of one product with the same are about one duty.
    pub about: Vec<String>,
    /// The duty for people: its text, or row and column of a grid.
    pub shown: String,
    /// Whose it is.
    pub party: Party,
    /// Line of the file, from 1.
    pub line: usize,
    /// Column of the line, from 1.
    pub column: usize,
}
