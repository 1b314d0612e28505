//! What is to be sent and what was sent: on disk before anything goes out.
//!
//! A run finds what is new and writes it here together with the new cursor, in one transaction;
//! only then it sends. Whatever happens to the run, the next one goes on where it was.

mod file;
mod lock;
pub(super) mod queue;
mod status;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::error::Result;

pub use lock::RunLock;
pub use queue::Queued;
pub use status::TargetStatus;

/// Delivered events are kept so long, for `--status`.
const KEPT: i64 = 90 * 24 * 60 * 60 * 1000;
/// So many cursors of a branch are kept, to go on from when history was rewritten.
const CURSORS: i64 = 1000;

/// The outbox, open.
#[derive(Debug)]
pub struct Outbox {
    db: Mutex<Connection>,
    path: PathBuf,
}

/// What is sent only once: a change of a page, with the commit that introduced it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// The page's path.
    pub document: String,
    /// The change's id.
    pub change: String,
    /// The commit, 40 hex digits (64 in a SHA-256 repository).
    pub commit: String,
}

/// An event for one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The same on every try.
    pub id: String,
    /// Whom it is for.
    pub target: String,
    /// JSON.
    pub body: String,
    /// What it says.
    pub units: Vec<Unit>,
}

/// All that one look at one branch found.
#[derive(Clone, Debug)]
pub struct Batch<'a> {
    /// Which repository, by its lasting name.
    pub repository: &'a str,
    /// Which branch.
    pub branch: &'a str,
    /// The branch's newest commit, up to which everything is reported then.
    pub commit: &'a str,
    /// Whether another branch of the repository was looked at before.
    pub switched: bool,
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// What is to be reported.
    pub deliveries: &'a [Delivery],
}

impl Outbox {
    /// Opens the outbox, or makes an empty one.
    ///
    /// # Errors
    /// If the file is not an outbox, is damaged, or cannot be written.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { db: Mutex::new(file::open(path)?), path: path.to_owned() })
    }

    /// Opens the outbox read-only; if there is no file, an empty one in memory.
    ///
    /// # Errors
    /// If the file is not an outbox, or is damaged.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        Ok(Self { db: Mutex::new(file::open_read_only(path)?), path: path.to_owned() })
    }

    /// Where a branch was when it was checked, newest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn cursors(&self, repository: &str, branch: &str) -> Result<Vec<String>> {
        self.query_rows(
            "SELECT commit_id FROM cursors WHERE repository = ?1 AND branch = ?2 \
             ORDER BY number DESC",
            params![repository, branch],
            |row| row.get(0),
        )
    }

    /// The branch of a repository that was looked at last, and where it was.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn newest_cursor(&self, repository: &str) -> Result<Option<(String, String)>> {
        let found = self.query_rows(
            "SELECT branch, commit_id FROM cursors WHERE repository = ?1 \
             ORDER BY number DESC LIMIT 1",
            params![repository],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(found.into_iter().next())
    }

    /// All units of a repository that were reported to anybody.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn told_units(&self, repository: &str) -> Result<Vec<Unit>> {
        self.query_rows(
            "SELECT DISTINCT document, change, commit_id FROM told WHERE repository = ?1",
            params![repository],
            |row| Ok(Unit { document: row.get(0)?, change: row.get(1)?, commit: row.get(2)? }),
        )
    }

    /// Whether a target has received it already.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn was_sent(&self, target: &str, repository: &str, unit: &Unit) -> Result<bool> {
        let found = self.query_rows(
            "SELECT 1 FROM told WHERE target = ?1 AND repository = ?2 AND document = ?3 \
             AND change = ?4 AND commit_id = ?5",
            params![target, repository, unit.document, unit.change, unit.commit],
            |_| Ok(()),
        )?;
        Ok(!found.is_empty())
    }

    /// Writes what was found and how far it goes, all or nothing.
    ///
    /// # Errors
    /// Where the file cannot be written; nothing of it is then.
    pub fn store_batch(&self, batch: &Batch<'_>) -> Result<()> {
        self.in_transaction(|db| {
            let at = batch.at.timestamp_millis();
            for delivery in batch.deliveries {
                add_delivery(db, delivery, at)?;
                for unit in &delivery.units {
                    db.prepare("INSERT OR IGNORE INTO told VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
                        params![
                            delivery.target,
                            batch.repository,
                            unit.document,
                            unit.change,
                            unit.commit
                        ],
                    )?;
                }
            }
            move_cursor(db, batch, at)?;
            db.execute(
                "DELETE FROM deliveries WHERE state = 'delivered' AND settled < ?1",
                [at - KEPT],
            )?;
            Ok(())
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // a thread that panicked left no transaction open
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn query_rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let db = self.connection();
        let all =
            || db.prepare(sql)?.query_map(values, read)?.collect::<rusqlite::Result<Vec<T>>>();
        all().map_err(|error| file::database_fault(&self.path, "read", error))
    }

    fn in_transaction<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let mut db = self.connection();
        let all = || {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let written = write(&transaction)?;
            transaction.commit()?;
            Ok(written)
        };
        all().map_err(|error| file::database_fault(&self.path, "write", error))
    }
}

fn move_cursor(db: &Transaction<'_>, batch: &Batch<'_>, at: i64) -> rusqlite::Result<()> {
    let Batch { repository, branch, commit, switched, .. } = batch;
    db.execute(
        "INSERT INTO cursors (repository, branch, commit_id, at) SELECT ?1, ?2, ?3, ?4 \
         WHERE ?5 OR ?3 IS NOT (SELECT commit_id FROM cursors WHERE repository = ?1 AND branch = ?2 \
         ORDER BY number DESC LIMIT 1)",
        params![repository, branch, commit, at, switched],
    )?;
    db.execute(
        "DELETE FROM cursors WHERE repository = ?1 AND branch = ?2 AND number <= \
         (SELECT max(number) FROM cursors WHERE repository = ?1 AND branch = ?2) - ?3",
        params![repository, branch, CURSORS],
    )?;
    Ok(())
}

fn add_delivery(db: &Transaction<'_>, delivery: &Delivery, at: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO deliveries (id, target, body, made, next_attempt) \
               VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (id) DO NOTHING";
    let Delivery { id, target, body, .. } = delivery;
    db.prepare(sql)?.execute(params![id, target, body, at])?;
    Ok(())
}

#[cfg(test)]
mod tests;
