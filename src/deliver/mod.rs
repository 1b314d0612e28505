//! Writes bytes to standard output, a pager, standard error, files, and the targets of alerts. No
//! other room writes.

mod changelog;
#[cfg(feature = "alert")]
mod clock;
#[cfg(feature = "alert")]
pub mod delivery;
mod file;
mod files;
mod folder;
mod folder_lock;
#[cfg(feature = "alert")]
pub mod outbox;
mod pager;
pub mod process;
mod process_group;
mod progress;
mod safe_path;
mod screen;
mod signals;
#[cfg(feature = "alert")]
pub mod targets;
mod temp_files;
mod unfinished;

use std::io::{self, ErrorKind as IoKind, Write};

use crate::error::{Error, ErrorKind, Result};

pub use changelog::{Merged, prepend_entries};
#[cfg(feature = "alert")]
pub use clock::Clock;
pub use file::{append_bytes, file_length, remove_inside, write_inside};
pub use files::{read_to_change, write_file};
pub use folder::{replace_folder, write_files};
pub use folder_lock::FolderLock;
pub use pager::Paging;
pub use progress::{Progress, begin_repository, end_repositories};
pub use safe_path::safe_path_below;
pub use screen::{LEAST_WIDTH, Screen, When, Wishes, stdout_is_terminal};
pub use temp_files::new_folder;

/// Writes a result to standard output. A reader that went away is no failure.
pub fn write_result(bytes: &[u8], paging: &Paging) -> Result<()> {
    progress::clear_line();
    let pager = match paging {
        Paging::OnTerminal(configured) if screen::stdout_is_terminal() => {
            pager::pager_to_use(configured.as_deref())
        }
        Paging::OnTerminal(_) | Paging::Never => None,
    };
    if pager.is_some_and(|pager| pager::show_in_pager(&pager, bytes)) {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    ignore_closed_pipe(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Writes a part of a result to standard output at once, for those who read along.
pub fn write_part(bytes: &[u8]) -> Result<()> {
    write_result(bytes, &Paging::Never)
}

/// Writes a line that somebody counts on: a reader that went away did not get it.
#[cfg(feature = "alert")]
fn write_counted_line(line: &[u8]) -> io::Result<()> {
    if screen::stdout_is_closed() {
        let message = "it is closed, or is the null device opened for reading and writing";
        return Err(io::Error::new(IoKind::BrokenPipe, message));
    }
    let mut out = io::stdout().lock();
    out.write_all(line)?;
    out.flush()
}

/// Writes something for the person beside the result to standard error.
pub fn print_to_stderr(text: &str) {
    progress::clear_line();
    // if not even that can be written, there is no way to report it
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn ignore_closed_pipe(outcome: io::Result<()>) -> Result<()> {
    match outcome {
        Ok(()) => Ok(()),
        Err(source) if source.kind() == IoKind::BrokenPipe => Ok(()),
        Err(source) => {
            Err(Error::new(ErrorKind::Output, format!("cannot write to standard output: {source}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_broken_pipe_is_no_failure() {
        assert!(ignore_closed_pipe(Err(io::Error::from(IoKind::BrokenPipe))).is_ok());
        let full = ignore_closed_pipe(Err(io::Error::from(IoKind::StorageFull)));
        assert_eq!(full.unwrap_err().kind(), ErrorKind::Output);
    }
}
