//! What a document says of its own version.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::NaiveDate;

/// First and last year of a copyright line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Years {
    /// First year.
    pub first: i32,
    /// Last year; the first again where only one is given.
    pub last: i32,
    /// Whether they go on to this day (`2023, present`).
    pub open: bool,
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last, open } = self;
        match (open, first == last) {
            (true, _) => write!(f, "{first}–present"),
            (false, true) => write!(f, "{first}"),
            (false, false) => write!(f, "{first}–{last}"),
        }
    }
}

/// `lastupdated` and `copyright.years` of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The date; none where it is missing, unreadable or a template's placeholder.
    pub last_updated: Option<NaiveDate>,
    /// The letter that orders several versions of one day (`2020-12-11c`).
    pub suffix: Option<String>,
    /// The copyright years, where they can be read.
    pub copyright: Option<Years>,
    /// The field that holds the date.
    pub field: DateField,
}

impl Stamp {
    /// What the page calls the field of its date.
    #[must_use]
    pub fn date_field(&self) -> &str {
        self.field.0.as_deref().unwrap_or("lastupdated")
    }

    /// The date as the page writes it, its letter included.
    #[must_use]
    pub fn written_date(&self) -> Option<String> {
        let date = self.last_updated?;
        Some(format!("{date}{}", self.suffix.as_deref().unwrap_or_default()))
    }
}

/// The name of the field that holds a page's date, where it is not `lastupdated`. It is no part of
/// what a stamp shows, so any two are equal.
#[derive(Clone, Debug, Default)]
pub struct DateField(pub Option<String>);

impl PartialEq for DateField {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for DateField {}

impl PartialOrd for DateField {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateField {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Hash for DateField {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
