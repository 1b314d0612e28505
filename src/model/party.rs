//! Who holds a duty.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A holder of duties.
///
/// The order of the first three is the scale that [`Burden`](super::Burden) is read from:
/// `ibm < shared < customer`.
///
/// Names of others are one where they differ only in spelling ("Third party vendor", "the 3rd-party
/// vendors") or in the order of several ("SAP and partner", "Partner / SAP").
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
    /// Where the party stands in the order of all, and its name whatever its spelling.
    fn order_key(&self) -> (u8, String) {
        match self {
            Self::Ibm | Self::Provider(_) => (0, String::new()),
            Self::Shared => (1, String::new()),
            Self::Customer => (2, String::new()),
            Self::Other(name) => (3, compared_name(name)),
        }
    }
}

/// A name, or several, without what differs between their spellings: letter case, signs, articles,
/// the plural, order.
fn compared_name(name: &str) -> String {
    let lower = name.to_lowercase().replace(" and ", ",").replace(" or ", ",");
    let mut names: Vec<String> = lower
        .split([',', ';', '/', '&', '+'])
        .map(|one| one.split(|c: char| !c.is_alphanumeric()).map(compared_word).collect())
        .filter(|one: &String| !one.is_empty())
        .collect();
    names.sort_unstable();
    names.join(",")
}

fn compared_word(word: &str) -> &str {
    match word {
        "the" | "a" | "an" => "",
        "3rd" => "third",
        "prem" | "premise" | "premises" => "premises",
        _ => match word.strip_suffix('s') {
            Some(one) if one.len() > 2 && !one.ends_with('s') => one,
            Some(_) | None => word,
        },
    }
}

impl Party {
    /// The party that provides the service; without a name it is IBM.
    #[must_use]
    pub fn of_provider(name: Option<&str>) -> Self {
        name.map_or(Self::Ibm, |name| Self::Provider(name.to_owned()))
    }

    /// Whether it is the party that provides the service.
    #[must_use]
    pub const fn is_provider(&self) -> bool {
        matches!(self, Self::Ibm | Self::Provider(_))
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

    /// Whose a duty is: "IBM's", "the customer's", "shared".
    #[must_use]
    pub fn possessive(&self) -> Cow<'_, str> {
        match self {
            Self::Ibm => "IBM's".into(),
            Self::Customer => "the customer's".into(),
            Self::Shared => "shared".into(),
            Self::Provider(name) | Self::Other(name) if name.ends_with('s') => {
                format!("{name}'").into()
            }
            Self::Provider(name) | Self::Other(name) => format!("{name}'s").into(),
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
        self.order_key().cmp(&other.order_key())
    }
}

impl Hash for Party {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.order_key().hash(state);
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
        assert_eq!(other("Vendor"), other("The vendors"));
        assert_eq!(other("On-prem data center"), other("On-premises data center"));
        assert_eq!(other("SAP and partner"), other("Partner / SAP"));
        assert_eq!(other("3rd party"), other("Third party"));
        assert_ne!(other("Vendor"), other("Partner"));
        assert_ne!(other("SAP and partner"), other("SAP"));
        assert!(Party::Ibm < Party::Shared && Party::Shared < Party::Customer);
        assert_eq!(Party::Provider("Red Hat".to_owned()), Party::Ibm);
        assert_eq!(Party::Provider("Red Hat".to_owned()).to_string(), "ibm");
        assert!(Party::Provider("Red Hat".to_owned()).is_called(&other("red hat")));
        assert!(!Party::Customer.is_called(&other("red hat")));
        assert!(Party::Customer < other("A") && other("a") < other("B"));
    }
}
