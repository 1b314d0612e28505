//! The database file: made, recognised, or refused in words.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::error::{Error, ErrorKind, Result};

/// Says in the file's head whose it is ("rspd").
const APPLICATION: i64 = 0x7273_7064;
/// How it is laid out; a change of the tables is a new number.
const LAYOUT: i64 = 1;
/// `--status` may be looking.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn open(path: &Path) -> Result<Connection> {
    make_folder(path)?;
    if !path.exists() {
        make_new(path)?;
    }
    is_not_emptied(path)?;
    let opened = || {
        let mut db = Connection::open(path)?;
        db.busy_timeout(PATIENCE)?;
        let head = FileHead::read_head(&db)?;
        if head.is_ours() || head.is_empty() {
            // what was written stays written, even if the power fails right after
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "FULL")?;
        }
        if head.is_empty() {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if FileHead::read_head(&transaction)?.is_empty() {
                create_tables(&transaction)?;
            }
            transaction.commit()?;
        }
        let head = FileHead::read_head(&db)?;
        Ok((db, head))
    };
    let (db, head) = opened().map_err(|error| database_fault(path, "open", error))?;
    head.check_head(path).map(|()| db)
}

/// Makes an outbox beside its place and moves it there, so that no run that is stopped leaves an
/// empty file: one that is empty was emptied by somebody else. Runs come here one after the other.
fn make_new(path: &Path) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    let failed = |error: std::io::Error| {
        let message = format!("the outbox `{}` cannot be created: {error}", path.display());
        Error::new(ErrorKind::Output, message)
            .with_hint("`state` in the alert configuration says where it is kept")
    };
    match std::fs::remove_file(beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        Ok(()) | Err(_) => {}
    }
    let made = || {
        let mut db = Connection::open(beside)?;
        db.pragma_update(None, "synchronous", "FULL")?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        create_tables(&transaction)?;
        transaction.commit()
    };
    made().map_err(|error| database_fault(path, "make", error))?;
    std::fs::rename(beside, path).map_err(failed)
}

/// Refuses an empty file: it held what was sent and what waits.
fn is_not_emptied(path: &Path) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0) {
        let message = format!("the outbox `{}` is empty: its contents are lost", path.display());
        return Err(Error::new(ErrorKind::Input, message).with_hint(
            "remove it and run `respdiff alert --since REV` with the last commit that was reported; \
             without --since, only later changes are reported",
        ));
    }
    Ok(())
}

/// Makes the folder that a file is to be in.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|error| {
        let folder = folder.display();
        Error::new(ErrorKind::Output, format!("cannot create the folder `{folder}`: {error}"))
            .with_hint("`state` in the alert configuration says where the outbox is kept")
    })
}

pub(super) fn open_read_only(path: &Path) -> Result<Connection> {
    is_not_emptied(path)?;
    let opened = || {
        if !path.exists() {
            return Ok((in_memory()?, None));
        }
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.busy_timeout(PATIENCE)?;
        let head = FileHead::read_head(&db)?;
        Ok((db, Some(head)))
    };
    let (db, head) = opened().map_err(|error| database_fault(path, "open", error))?;
    match head {
        // a run was stopped before it wrote anything
        Some(head) if head.is_empty() => {
            in_memory().map_err(|error| database_fault(path, "open", error))
        }
        Some(head) => head.check_head(path).map(|()| db),
        None => Ok(db),
    }
}

fn in_memory() -> rusqlite::Result<Connection> {
    let db = Connection::open_in_memory()?;
    create_tables(&db)?;
    Ok(db)
}

fn create_tables(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(include_str!("schema.sql"))?;
    db.pragma_update(None, "application_id", APPLICATION)?;
    db.pragma_update(None, "user_version", LAYOUT)
}

/// What a file says of itself.
struct FileHead {
    application: i64,
    layout: i64,
    tables: i64,
}

impl FileHead {
    fn read_head(db: &Connection) -> rusqlite::Result<Self> {
        let number = |sql: &str| db.query_row(sql, [], |row| row.get(0));
        Ok(Self {
            application: number("PRAGMA application_id")?,
            layout: number("PRAGMA user_version")?,
            tables: number("SELECT count(*) FROM sqlite_schema")?,
        })
    }

    fn is_ours(&self) -> bool {
        self.application == APPLICATION
    }

    fn is_empty(&self) -> bool {
        self.application == 0 && self.layout == 0 && self.tables == 0
    }

    fn check_head(&self, path: &Path) -> Result<()> {
        let path = path.display();
        if !self.is_ours() {
            let message = format!("`{path}` is a database of another program");
            return Err(Error::new(ErrorKind::Input, message)
                .with_hint("name another file as `state` in the alert configuration"));
        }
        if self.layout != LAYOUT {
            let message = format!(
                "`{path}` was written by another version of respdiff (layout {}, not {LAYOUT})",
                self.layout
            );
            return Err(Error::new(ErrorKind::Input, message)
                .with_hint("use the newest version of respdiff that has used it"));
        }
        Ok(())
    }
}

/// Whether the engine cannot lock any file in this folder. It reports that as a lock held by
/// another process; a new file of our own shows which of the two it is.
pub(super) fn is_without_locks(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(scratch) = tempfile::tempdir_in(folder.unwrap_or(Path::new("."))) else { return false };
    let locked = Connection::open(scratch.path().join("probe"))
        .and_then(|db| db.execute_batch("BEGIN EXCLUSIVE"));
    locked.is_err()
}

/// What the engine says, for people.
#[expect(clippy::needless_pass_by_value, reason = "it is passed on by map_err")]
pub(super) fn database_fault(path: &Path, doing: &str, error: rusqlite::Error) -> Error {
    let shown = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Error::new(
            ErrorKind::Input,
            format!("the outbox `{shown}` is damaged or not an outbox: {error}"),
        )
        .with_hint(
            "move it elsewhere and run `respdiff alert --since REV` with the last commit that \
                     was reported; waiting events are found again then",
        ),
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::SystemIoFailure,
        ) if is_without_locks(path) => Error::new(
            ErrorKind::Output,
            format!("the drive of the outbox `{shown}` does not support file locks"),
        )
        .with_hint(
            "name a file on another drive, preferably a local one, as `state` in the alert \
                   configuration",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::new(
            ErrorKind::Output,
            format!("the outbox `{shown}` is in use by another program"),
        )
        .with_hint("run it again when that program has ended"),
        Some(ErrorCode::DiskFull) => Error::new(
            ErrorKind::Output,
            format!("there is no space left for the outbox `{shown}`"),
        )
        .with_hint(
            "events that could not be stored were not sent; free some space and run it again",
        ),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            let message =
                format!("cannot {doing} the outbox: `{shown}` cannot be opened for writing");
            Error::new(ErrorKind::Output, message).with_hint(
                "check the permissions of the file and its folder, or name another file under \
                 `state` in the alert configuration",
            )
        }
        _ => Error::new(ErrorKind::Output, format!("cannot {doing} the outbox `{shown}`: {error}"))
            .with_hint("`state` in the alert configuration says where it is kept"),
    }
}
