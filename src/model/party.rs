//! Who holds a duty.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A holder of duties.
///
/// The order of the first three is the scale that [`Burden`](super::Burden) is read from:
/// `ibm < shared < customer`.
///
/// Names of others are one where they differ in letter case or signs only ("Third party vendor",
/// "third-party vendor").
#[derive(Clone, Debug)]
pub enum Party {
    /// IBM, by any of its names ("IBM", "IBM Cloud", a product's keyref in a header).
    Ibm,
    /// The provider that a policy names. It is IBM in everything but its name.
    Provider(String),
    /// Both: "Shared", "Both", "IBM and customer".
    Shared,
    /// The customer: "You", "Your", "Customer", "Client".
    Customer,
    /// Anyone else (a vendor, a partner), by the name that the page gives.
    Other(String),
}

impl Party {
    /// Where the party stands in the order of all, and the letters of its name.
    fn order_key(&self) -> (u8, impl Iterator<Item = char> + '_) {
        let (place, name) = match self {
            Self::Ibm | Self::Provider(_) => (0, ""),
            Self::Shared => (1, ""),
            Self::Customer => (2, ""),
            Self::Other(name) => (3, name.as_str()),
        };
        let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        (place, letters)
    }
}

impl Party {
    /// The party that provides the service; without a name it is IBM.
    #[must_use]
    pub fn of_provider(name: Option<&str>) -> Self {
        name.map_or(Self::Ibm, |name| Self::Provider(name.to_owned()))
    }

    /// The name of the party that provides the service, where this is it.
    #[must_use]
    pub fn provider_name(&self) -> Option<&str> {
        match self {
            Self::Ibm => Some("IBM"),
            Self::Provider(name) => Some(name),
            Self::Shared | Self::Customer | Self::Other(_) => None,
        }
    }

    /// Whether somebody who asks for a party means this one. A provider is asked for by its own
    /// name, too.
    #[must_use]
    pub fn is_called(&self, asked: &Self) -> bool {
        let by_name = |name: &str| Self::Other(name.to_owned()) == *asked;
        self == asked || self.provider_name().is_some_and(by_name)
    }
}

impl PartialEq for Party {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Party {}

impl PartialOrd for Party {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Party {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((place, letters), (other_place, other_letters)) =
            (self.order_key(), other.order_key());
        place.cmp(&other_place).then_with(|| letters.cmp(other_letters))
    }
}

impl Hash for Party {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (place, letters) = self.order_key();
        place.hash(state);
        letters.for_each(|letter| letter.hash(state));
    }
}

impl fmt::Display for Party {
    /// Writes the name that the JSON uses: `ibm`, `shared`, `customer`, `other:<name>`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ibm | Self::Provider(_) => f.write_str("ibm"),
            Self::Shared => f.write_str("shared"),
            Self::Customer => f.write_str("customer"),
            Self::Other(name) => write!(f, "other:{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_in_any_case() {
        let other = |name: &str| Party::Other(name.to_owned());
        assert_eq!(other("Third-party Vendor"), other("third party vendor"));
        assert_ne!(other("Vendor"), other("Vendors"));
        assert!(Party::Ibm < Party::Shared && Party::Shared < Party::Customer);
        assert_eq!(Party::Provider("Red Hat".to_owned()), Party::Ibm);
        assert_eq!(Party::Provider("Red Hat".to_owned()).to_string(), "ibm");
        assert!(Party::Provider("Red Hat".to_owned()).is_called(&other("red hat")));
        assert!(!Party::Customer.is_called(&other("red hat")));
        assert!(Party::Customer < other("A") && other("a") < other("B"));
    }
}
