//! How far a long walk has come, for a person who waits at a terminal.

use std::env;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use super::print_to_stderr;

/// Shorter runs show no progress. In milliseconds, as the next.
const PATIENCE: u64 = 1_000;
/// The line is written this often.
const BETWEEN: u64 = 100;
/// The clock is looked at this often.
const EVERY: usize = 128;

/// Which of several repositories is read, from 1, and how many there are; 0 where there is one.
static TURN: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

/// Says which of several repositories is read from now on, on the one line of progress.
pub fn begin_repository(number: usize, count: usize) {
    for (known, value) in TURN.iter().zip([number, count]) {
        known.store(value, Ordering::Relaxed);
    }
}

fn turn() -> String {
    let [number, count] = TURN.each_ref().map(|known| known.load(Ordering::Relaxed));
    if count == 0 { String::new() } else { format!("repository {number} of {count}: ") }
}

/// Counts on standard error; silent where that is no terminal, and for the first second.
#[derive(Debug)]
pub struct Progress {
    /// What stands before the number and behind it; none where nobody sees it.
    around: Option<[String; 2]>,
    begun: Instant,
    /// When to write the line again, in milliseconds from the beginning.
    due: AtomicU64,
    /// How wide the written line is.
    width: AtomicUsize,
}

impl Progress {
    /// Begins to count things that are called `what`.
    #[must_use]
    pub fn new(what: &str) -> Self {
        let seen = io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|t| t != "dumb");
        Self {
            around: seen.then(|| [turn(), format!(" {what} read")]),
            begun: Instant::now(),
            due: AtomicU64::new(PATIENCE),
            width: AtomicUsize::new(0),
        }
    }

    /// Adds to the number of commits that are done.
    pub fn add_passed(&self, count: usize) {
        let Some([before, behind]) = self.around.as_ref().filter(|_| count.is_multiple_of(EVERY))
        else {
            return;
        };
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if now < self.due.load(Ordering::Relaxed) {
            return;
        }
        self.due.store(now + BETWEEN, Ordering::Relaxed);
        let room = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0);
        let line: String = format!("{before}{count}{behind}")
            .chars()
            .take(usize::from(room).saturating_sub(1))
            .collect();
        // a number only grows, so that the new line covers the old one
        print_to_stderr(&format!("\r{line}"));
        self.width.store(line.len(), Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let width = self.width.load(Ordering::Relaxed);
        if width > 0 {
            print_to_stderr(&format!("\r{:width$}\r", ""));
        }
    }
}
