//! How far a long walk has come, for a person who waits at a terminal.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter runs show no progress.
const PATIENCE: Duration = Duration::from_secs(1);
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
    bar: Option<ProgressBar>,
    begun: Instant,
}

impl Progress {
    /// Begins to count things that are called `what`.
    #[must_use]
    pub fn new(what: &str) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            let template = format!("{{spinner}} {}{{pos}} {what} read", turn());
            match ProgressStyle::with_template(&template) {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        Self { bar, begun: Instant::now() }
    }

    /// Adds to the number of commits that are done.
    pub fn add_passed(&self, count: usize) {
        let Some(bar) = self.bar.as_ref().filter(|_| count.is_multiple_of(EVERY)) else { return };
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_position(count as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
