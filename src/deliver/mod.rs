//! Writes bytes to standard output, a pager, standard error, files, and the targets of alerts. No
//! other room writes.

mod changelog;
mod clock;
pub mod courier;
mod file;
mod files;
mod folder;
pub mod outbox;
mod pager;
pub mod process;
mod progress;
mod screen;
mod signals;
pub mod targets;
mod turn;
mod unfinished;
mod way;

use std::io::{self, ErrorKind as IoKind, Write};

use crate::error::{Error, ErrorKind, Result};

pub use changelog::{Merged, prepend};
pub use clock::Clock;
pub use file::{append, length, remove_inside, write_inside};
pub use files::{read_to_change, write};
pub use folder::{files, replace_folder};
pub use progress::{Progress, begin_repository};
pub use screen::{Screen, When, Wishes, stdout_is_terminal};
pub use turn::Turn;
pub use unfinished::new_folder;
pub use way::below;

/// How long output reaches a person at a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// Straight to standard output.
    Never,
    /// Through a pager where standard output is a terminal: the one of the environment, else
    /// this one of the user's configuration, else `less`.
    OnTerminal(Option<String>),
}

/// Writes a result to standard output. A reader that went away is no failure.
pub fn result(bytes: &[u8], paging: &Paging) -> Result<()> {
    let pager = match paging {
        Paging::OnTerminal(configured) if screen::stdout_is_terminal() => {
            pager::of(configured.as_deref())
        }
        Paging::OnTerminal(_) | Paging::Never => None,
    };
    if pager.is_some_and(|pager| pager::page(&pager, bytes)) {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Writes a part of a result to standard output at once, for those who read along.
pub fn part(bytes: &[u8]) -> Result<()> {
    result(bytes, &Paging::Never)
}

/// Writes a line that somebody counts on: a reader that went away did not get it.
fn counted(line: &[u8]) -> io::Result<()> {
    if screen::stdout_is_closed() {
        let message = "it is closed, or is the null device opened for reading and writing";
        return Err(io::Error::new(IoKind::BrokenPipe, message));
    }
    let mut out = io::stdout().lock();
    out.write_all(line)?;
    out.flush()
}

/// Writes something for the person beside the result to standard error.
pub fn aside(text: &str) {
    // if not even that can be written there is nobody left to tell
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn written(outcome: io::Result<()>) -> Result<()> {
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
        assert!(written(Err(io::Error::from(IoKind::BrokenPipe))).is_ok());
        let full = written(Err(io::Error::from(IoKind::StorageFull)));
        assert_eq!(full.unwrap_err().kind(), ErrorKind::Output);
    }
}
