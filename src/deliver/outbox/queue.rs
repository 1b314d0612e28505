//! What waits for each target, and what became of it.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::Outbox;
use crate::error::Result;

/// The next event of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its place in the outbox.
    pub number: i64,
    /// The same on every try.
    pub id: String,
    /// JSON.
    pub body: String,
    /// How often it was tried.
    pub attempts: u32,
    /// How often it was refused for what it is.
    pub refusals: u32,
    /// Not to be tried before.
    pub next_attempt: DateTime<Utc>,
}

impl Outbox {
    /// What comes next for a target: events keep their order.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn next(&self, target: &str) -> Result<Option<Queued>> {
        let found = self.query_rows(
            "SELECT number, id, body, attempts, refusals, next_attempt FROM deliveries \
             WHERE target = ?1 AND state = 'pending' ORDER BY number LIMIT 1",
            params![target],
            |row| {
                let next: i64 = row.get(5)?;
                Ok(Queued {
                    number: row.get(0)?,
                    id: row.get(1)?,
                    body: row.get(2)?,
                    attempts: row.get(3)?,
                    refusals: row.get(4)?,
                    next_attempt: DateTime::from_timestamp_millis(next).unwrap_or_default(),
                })
            },
        )?;
        Ok(found.into_iter().next())
    }

    /// Notes that an event arrived.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn mark_delivered(&self, number: i64, now: DateTime<Utc>) -> Result<()> {
        self.in_transaction(|db| {
            let sql = "UPDATE deliveries SET state = 'delivered', body = '', error = NULL, \
                       attempts = attempts + 1, settled = ?2 WHERE number = ?1";
            db.prepare(sql)?.execute(params![number, now.timestamp_millis()]).map(drop)
        })
    }

    /// Notes that a try failed, and when the next one is.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn mark_failed(
        &self,
        number: i64,
        error: &str,
        refused: bool,
        next: DateTime<Utc>,
    ) -> Result<()> {
        self.in_transaction(|db| {
            let sql = "UPDATE deliveries SET attempts = attempts + 1, refusals = refusals + ?2, \
                       error = ?3, next_attempt = ?4 WHERE number = ?1";
            let values = params![number, refused, error, next.timestamp_millis()];
            db.prepare(sql)?.execute(values).map(drop)
        })
    }

    /// Notes that an event is not tried any more, so that those behind it get their turn.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn mark_dead(&self, number: i64, error: &str, now: DateTime<Utc>) -> Result<()> {
        self.in_transaction(|db| {
            let sql = "UPDATE deliveries SET state = 'dead', attempts = attempts + 1, \
                       refusals = refusals + 1, error = ?2, settled = ?3 WHERE number = ?1";
            let values = params![number, error, now.timestamp_millis()];
            db.prepare(sql)?.execute(values).map(drop)
        })
    }

    /// Notes that a target is gone, as it said to this event.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn disable_target(
        &self,
        target: &str,
        setting: &str,
        number: i64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.in_transaction(|db| {
            let at = now.timestamp_millis();
            db.execute(
                "INSERT OR REPLACE INTO disabled VALUES (?1, ?2, ?3, ?4)",
                params![target, setting, at, reason],
            )?;
            db.execute(
                "UPDATE deliveries SET attempts = attempts + 1, error = ?2 WHERE number = ?1",
                params![number, reason],
            )?;
            Ok(())
        })
    }

    /// Why a target gets nothing, where it said that it is gone and is reached as it was then.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub fn disabled_reason(&self, target: &str, setting: &str) -> Result<Option<String>> {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let sql = "SELECT setting, reason FROM disabled WHERE target = ?1";
        let found: Vec<(String, String)> = self.query_rows(sql, params![target], read)?;
        let Some((then, reason)) = found.into_iter().next() else { return Ok(None) };
        if then == setting {
            return Ok(Some(reason));
        }
        self.in_transaction(|db| {
            db.execute("DELETE FROM disabled WHERE target = ?1", params![target]).map(drop)
        })?;
        Ok(None)
    }

    /// Makes everything that waits or was given up due now, for targets that are gone, too.
    /// How many events that are.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn retry_all(&self, now: DateTime<Utc>) -> Result<usize> {
        self.in_transaction(|db| {
            db.execute("DELETE FROM disabled", [])?;
            db.execute(
                "UPDATE deliveries SET state = 'pending', refusals = 0, attempts = 0, \
                 settled = NULL, next_attempt = ?1 WHERE state <> 'delivered'",
                [now.timestamp_millis()],
            )
        })
    }
}

/// A time after another, however long the wait.
pub(in crate::deliver) fn time_after(
    now: DateTime<Utc>,
    wait: std::time::Duration,
) -> DateTime<Utc> {
    let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX);
    now.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
