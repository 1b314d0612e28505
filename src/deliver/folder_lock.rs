//! One run after the other changes a file.

use std::path::Path;

use crate::error::Result;

/// Held from reading a file to rewriting it, so that several runs that change files of a folder
/// take turns. It is a lock on the folder itself: it leaves no file behind, and the system releases
/// it when the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    #[cfg(unix)]
    _held: Option<std::fs::File>,
}

impl FolderLock {
    /// Waits for this run's turn at the files of a folder. Where the system has no such lock (some
    /// network drives) there is nothing to wait for.
    ///
    /// # Errors
    /// Where another program holds it all the time.
    #[cfg(unix)]
    pub fn take(folder: &Path) -> Result<Self> {
        use std::time::{Duration, Instant};

        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;

        use crate::error::{Error, ErrorKind};

        const LONGEST: Duration = Duration::from_secs(30);
        const LOOK: Duration = Duration::from_millis(10);

        // what is wrong with the folder is reported by the code that writes there
        let Ok(file) = std::fs::File::open(folder) else { return Ok(Self { _held: None }) };
        let begun = Instant::now();
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Self { _held: Some(file) }),
                Err(Errno::WOULDBLOCK | Errno::INTR) if begun.elapsed() < LONGEST => {
                    std::thread::sleep(LOOK);
                }
                Err(Errno::WOULDBLOCK) => {
                    let message = format!(
                        "another run has locked `{}` for at least {} s",
                        folder.display(),
                        LONGEST.as_secs()
                    );
                    return Err(Error::new(ErrorKind::Output, message)
                        .with_hint("nothing was written; try again when that run has finished"));
                }
                Err(_) => return Ok(Self { _held: None }),
            }
        }
    }

    /// There is no such lock here.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn take(_: &Path) -> Result<Self> {
        Ok(Self {})
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn one_waits_for_the_other_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let first = FolderLock::take(folder.path()).unwrap();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let held = FolderLock::take(folder.path()).unwrap();
                drop(held);
                begun.elapsed()
            });
            std::thread::sleep(Duration::from_millis(60));
            drop(first);
            assert!(second.join().unwrap() >= Duration::from_millis(60));
        });
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(FolderLock::take(&folder.path().join("nowhere")).is_ok());
    }
}
