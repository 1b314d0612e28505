//! How full the outbox is.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::Outbox;
use crate::error::Result;
use crate::report::TargetQueue;

/// One target's part of the outbox.
pub type TargetStatus = TargetQueue;

impl Outbox {
    /// What waits for each target that the outbox knows, by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn target_statuses(&self) -> Result<Vec<TargetStatus>> {
        let time = |milliseconds: Option<i64>| -> Option<DateTime<Utc>> {
            milliseconds.and_then(DateTime::from_timestamp_millis)
        };
        self.query_rows(
            "WITH names (name) AS (SELECT target FROM deliveries UNION SELECT target FROM disabled), \
             heads (target, number) AS (SELECT target, min(number) FROM deliveries \
                 WHERE state = 'pending' GROUP BY target) \
             SELECT name, \
                 (SELECT count(*) FROM deliveries WHERE target = name AND state = 'pending'), \
                 (SELECT count(*) FROM deliveries WHERE target = name AND state = 'dead'), \
                 (SELECT count(*) FROM deliveries WHERE target = name AND state = 'delivered'), \
                 (SELECT min(made) FROM deliveries WHERE target = name AND state <> 'delivered'), \
                 (SELECT next_attempt FROM deliveries JOIN heads USING (number) \
                     WHERE heads.target = name), \
                 (SELECT max(settled) FROM deliveries WHERE target = name AND state = 'delivered'), \
                 (SELECT error FROM deliveries WHERE target = name AND error IS NOT NULL \
                     ORDER BY state = 'pending' DESC, number LIMIT 1), \
                 disabled.reason \
             FROM names LEFT JOIN disabled ON disabled.target = name ORDER BY name",
            params![],
            |row| {
                Ok(TargetQueue {
                    name: row.get(0)?,
                    configured: false,
                    pending: row.get(1)?,
                    dead: row.get(2)?,
                    delivered: row.get(3)?,
                    oldest: time(row.get(4)?),
                    next_attempt: time(row.get(5)?),
                    last_delivery: time(row.get(6)?),
                    last_error: row.get(7)?,
                    disabled: row.get(8)?,
                })
            },
        )
    }
}
