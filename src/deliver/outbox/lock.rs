//! One run at a time.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};

use super::file;
use crate::error::{Error, ErrorKind, Result};

/// Held as long as a run lasts. The operating system lets go of it when the process ends, in
/// whatever way: it is a lock on a file, which the engine knows to take on every system.
#[derive(Debug)]
pub struct RunLock {
    _held: Connection,
}

impl RunLock {
    /// Takes the lock that belongs to an outbox; waits for another run, but not longer than this.
    ///
    /// # Errors
    /// Where another run holds it all the time.
    pub fn take_lock(outbox: &Path, wait: Duration) -> Result<Self> {
        let mut name = outbox.as_os_str().to_owned();
        name.push(".lock");
        let path = Path::new(&name);
        file::make_folder(path)?;
        let taken = || {
            let db = Connection::open(path)?;
            db.busy_timeout(wait)?;
            db.execute_batch("BEGIN EXCLUSIVE")?;
            Ok(db)
        };
        taken().map(|held| Self { _held: held }).map_err(|error: rusqlite::Error| {
            if error.sqlite_error_code() != Some(ErrorCode::DatabaseBusy)
                || file::is_without_locks(path)
            {
                return file::database_fault(path, "lock", error);
            }
            let message = format!(
                "another run of `respdiff alert` has been using `{}` for at least {} s",
                outbox.display(),
                wait.as_secs()
            );
            Error::new(ErrorKind::Output, message)
                .with_hint("nothing is lost: that run or the next one reports the changes; use --wait to wait longer")
        })
    }
}
