//! What time it is, for what is kept from run to run. Tests can set it.

use std::time::{Instant, SystemTime};

use chrono::{DateTime, Utc};

/// A clock that goes on from the moment at which it was set.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    set: DateTime<Utc>,
    at: Instant,
}

impl Clock {
    /// The machine's time.
    #[must_use]
    pub fn of_machine() -> Self {
        Self::set_to(SystemTime::now().into())
    }

    /// A clock that shows this time now.
    #[must_use]
    pub fn set_to(set: DateTime<Utc>) -> Self {
        Self { set, at: Instant::now() }
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.set + self.at.elapsed()
    }
}
