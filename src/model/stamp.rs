//! What a document says of its own version.

use std::fmt;

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
}

impl Stamp {
    /// The date as the page writes it, its letter included.
    #[must_use]
    pub fn written_date(&self) -> Option<String> {
        let date = self.last_updated?;
        Some(format!("{date}{}", self.suffix.as_deref().unwrap_or_default()))
    }
}
