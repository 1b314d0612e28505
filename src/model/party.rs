//! Who holds a duty.

use std::fmt;

/// A holder of duties.
///
/// The order of the first three is the scale that [`Burden`](super::Burden) is read from:
/// `ibm < shared < customer`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// IBM, by any of its names ("IBM", "IBM Cloud", a product's keyref in a header).
    Ibm,
    /// Both: "Shared", "Both", "IBM and customer".
    Shared,
    /// The customer: "You", "Your", "Customer", "Client".
    Customer,
    /// Anyone else (a vendor, a partner), by the name that the page gives.
    Other(String),
}

impl fmt::Display for Party {
    /// Writes the name that the JSON uses: `ibm`, `shared`, `customer`, `other:<name>`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ibm => f.write_str("ibm"),
            Self::Shared => f.write_str("shared"),
            Self::Customer => f.write_str("customer"),
            Self::Other(name) => write!(f, "other:{name}"),
        }
    }
}
