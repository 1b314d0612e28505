//! How far a long walk has come, for a person who waits at a terminal.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

/// Shorter runs show no progress. In milliseconds, as the next.
const PATIENCE: u64 = 1_000;
/// The line is written this often.
const BETWEEN: u64 = 100;
/// The clock is looked at this often.
const EVERY: usize = 128;

/// Which of several repositories is read, from 1, and how many there are; 0 where there is one.
static TURN: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
/// When the first of several repositories was begun: the patience is one for all of them.
static FIRST_BEGUN: OnceLock<Instant> = OnceLock::new();
/// How wide the line is that stands on the terminal now; 0 where there is none.
static WIDTH: AtomicUsize = AtomicUsize::new(0);

/// Says which of several repositories is read from now on, on the one line of progress.
pub fn begin_repository(number: usize, count: usize) {
    for (known, value) in TURN.iter().zip([number, count]) {
        known.store(value, Ordering::Relaxed);
    }
    let begun = *FIRST_BEGUN.get_or_init(Instant::now);
    if is_seen() && milliseconds_since(begun) >= PATIENCE {
        write_line(turn().trim_end_matches(": "));
    }
}

/// Says that the last of several repositories was read.
pub fn end_repositories() {
    clear_line();
}

/// Takes the line away before something else is written.
pub(super) fn clear_line() {
    let width = WIDTH.swap(0, Ordering::Relaxed);
    if width > 0 {
        write_plainly(&format!("\r{:width$}\r", ""));
    }
}

/// Writes the line over the one before.
fn write_line(line: &str) {
    let room = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0);
    let line: String = line.chars().take(usize::from(room).saturating_sub(1)).collect();
    let width = line.chars().count();
    let before = WIDTH.swap(width, Ordering::Relaxed);
    write_plainly(&format!("\r{line}{:rest$}", "", rest = before.saturating_sub(width)));
}

fn write_plainly(text: &str) {
    // if not even that can be written, there is no way to report it
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn is_seen() -> bool {
    io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn milliseconds_since(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
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
}

impl Progress {
    /// Begins to count things that are called `what`.
    #[must_use]
    pub fn new(what: &str) -> Self {
        Self {
            around: is_seen().then(|| [turn(), format!(" {what} read")]),
            begun: FIRST_BEGUN.get().copied().unwrap_or_else(Instant::now),
            due: AtomicU64::new(PATIENCE),
        }
    }

    /// Adds to the number of commits that are done.
    pub fn add_passed(&self, count: usize) {
        let Some([before, behind]) = self.around.as_ref().filter(|_| count.is_multiple_of(EVERY))
        else {
            return;
        };
        let now = milliseconds_since(self.begun);
        if now < self.due.load(Ordering::Relaxed) {
            return;
        }
        self.due.store(now + BETWEEN, Ordering::Relaxed);
        write_line(&format!("{before}{count}{behind}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        clear_line();
    }
}
