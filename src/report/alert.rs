//! What is told to those who want to know at once, and what waits for them.

use chrono::{DateTime, Utc};

use super::DocumentReport;

/// One message to one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// The same on every try.
    pub id: String,
    /// When it was found.
    pub time: DateTime<Utc>,
    /// What the repository is called.
    pub repository: String,
    /// The branch.
    pub branch: String,
    /// What happened.
    pub told: Told,
}

/// What a message is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Changes that an edition of a page brought.
    Edition(Box<EditionTold>),
    /// A history that is no longer what it was when it was told.
    Rewritten(Rewritten),
}

/// Changes that an edition of a page brought, or a part of them.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionTold {
    /// The page, with the changes of this part.
    pub document: DocumentReport,
    /// Whether the edition was there before and has grown.
    pub grown: bool,
    /// Which part, from 1.
    pub part: usize,
    /// Of so many.
    pub parts: usize,
    /// Whether a text was too long to be told in full.
    pub cut: bool,
}

/// A history that was rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// The commit up to which changes were told.
    pub was: String,
    /// The branch's newest commit now.
    pub now: String,
    /// The newest commit of both; none where they have none in common.
    pub base: Option<String>,
}

/// What waits for a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetQueue {
    /// Its name.
    pub name: String,
    /// Whether the configuration still names it.
    pub configured: bool,
    /// Events that wait.
    pub pending: u32,
    /// Events that are not tried any more.
    pub dead: u32,
    /// Events that arrived, of the last 90 days.
    pub delivered: u32,
    /// When the oldest that did not arrive was found.
    pub oldest: Option<DateTime<Utc>>,
    /// When the next try is.
    pub next_attempt: Option<DateTime<Utc>>,
    /// When an event arrived last.
    pub last_delivery: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Why it gets nothing, where it said that it is gone.
    pub disabled: Option<String>,
}

impl TargetQueue {
    /// A target for which nothing was found yet.
    #[must_use]
    pub fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            configured: true,
            pending: 0,
            dead: 0,
            delivered: 0,
            oldest: None,
            next_attempt: None,
            last_delivery: None,
            last_error: None,
            disabled: None,
        }
    }

    /// Whether somebody has to look after it.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.dead > 0 || self.disabled.is_some()
    }
}
