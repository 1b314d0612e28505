//! Delivers queued events, one thread per target, each target's events in order.

use std::thread;
use std::time::{Duration, Instant};

use super::Clock;
use super::outbox::queue::time_after;
use super::outbox::{Outbox, Queued};
use super::targets::{AttemptOutcome, Target};
use crate::error::{Error, ErrorKind, Result};

/// A run tries one event not more often than this.
const TRIES: u32 = 3;
/// A run waits for one target not longer than this, all waits together.
const PATIENCE: Duration = Duration::from_secs(20);
/// A round for one target ends after this, so that the next run can look at repositories again.
const ROUND: Duration = Duration::from_secs(120);
/// No wait is longer than this: an event that is due later was queued while the clock was wrong.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
/// An event that was refused so often is given up.
const REFUSALS: u32 = 5;
/// Waits grow by up to this share, so that not all come back at once.
const JITTER: f64 = 0.2;

/// What a run did for one target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryTally {
    /// The target.
    pub target: String,
    /// Events that arrived.
    pub delivered: usize,
    /// Events that are given up, each with the reason.
    pub dead: Vec<String>,
    /// Why an event that was tried did not arrive, which is tried again later.
    pub failed: Option<String>,
    /// Why the target gets nothing although events wait for it: it said that it is gone.
    pub disabled: Option<String>,
    /// Whether events wait whose time has not come.
    pub waiting: bool,
}

/// Delivers what is due, all targets at once: one that does not answer holds up no other.
///
/// # Errors
/// For each target, where the outbox cannot be read or written.
pub fn deliver_due(
    outbox: &Outbox,
    targets: &[Target],
    clock: &Clock,
) -> Vec<Result<DeliveryTally>> {
    thread::scope(|scope| {
        let start = |target| scope.spawn(move || DeliveryRound::new(outbox, target, clock).run());
        let threads: Vec<_> = targets.iter().map(start).collect();
        let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
        let broken = |_| Err(Error::new(ErrorKind::Output, "a delivery broke off"));
        ended.map(|ended| ended.unwrap_or_else(broken)).collect()
    })
}

/// Delivers what came to the outbox since a first round of the same run, to those targets that got
/// all in it: new events of the others wait behind their old ones.
///
/// # Errors
/// As in the first round.
pub fn deliver_more(
    first: Vec<Result<DeliveryTally>>,
    outbox: &Outbox,
    targets: &[Target],
    clock: &Clock,
) -> Vec<Result<DeliveryTally>> {
    thread::scope(|scope| {
        let start = |(first, target): (Result<DeliveryTally>, _)| {
            scope.spawn(move || match first {
                Ok(first) if first.got_all() => {
                    DeliveryRound::new(outbox, target, clock).run().map(|more| first.and(more))
                }
                reported => reported,
            })
        };
        let threads: Vec<_> = first.into_iter().zip(targets).map(start).collect();
        let broken = |_| Err(Error::new(ErrorKind::Output, "a delivery broke off"));
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(broken)).collect()
    })
}

impl DeliveryTally {
    fn got_all(&self) -> bool {
        self.failed.is_none() && self.disabled.is_none() && !self.waiting
    }

    fn and(mut self, later: Self) -> Self {
        self.dead.extend(later.dead);
        Self { delivered: self.delivered + later.delivered, dead: self.dead, ..later }
    }
}

/// One run for one target.
struct DeliveryRound<'a> {
    outbox: &'a Outbox,
    target: &'a Target,
    clock: &'a Clock,
    tally: DeliveryTally,
    patience: Duration,
    /// The event that was tried last, and how often.
    tried: (i64, u32),
    sent: Option<Instant>,
    begun: Instant,
}

impl<'a> DeliveryRound<'a> {
    fn new(outbox: &'a Outbox, target: &'a Target, clock: &'a Clock) -> Self {
        let tally = DeliveryTally { target: target.name.clone(), ..DeliveryTally::default() };
        let (patience, tried, begun) = (PATIENCE, (0, 0), Instant::now());
        Self { outbox, target, clock, tally, patience, tried, sent: None, begun }
    }

    fn run(mut self) -> Result<DeliveryTally> {
        let Target { name, setting, .. } = self.target;
        if let Some(reason) = self.outbox.disabled_reason(name, setting)? {
            self.tally.disabled = self.outbox.next(name)?.map(|_| reason);
            return Ok(self.tally);
        }
        while let Some(event) = self.outbox.next(name)? {
            if self.begun.elapsed() > ROUND || !self.wait_for(&event) {
                self.tally.waiting = true;
                break;
            }
            self.keep_pace();
            let verdict = self.target.send_event(&event, self.clock.now());
            if !self.settle_attempt(&event, verdict)? {
                break;
            }
        }
        Ok(self.tally)
    }

    /// Waits until an event is due; false where that takes too long.
    fn wait_for(&mut self, event: &Queued) -> bool {
        let (last, tries) = self.tried;
        let again = last == event.number;
        let wait = event.next_attempt.signed_duration_since(self.clock.now()).to_std();
        let wait = wait.ok().filter(|wait| *wait <= self.longest_wait()).unwrap_or_default();
        if !wait.is_zero() {
            // what waited already when the run began is the next run's
            if !again || tries >= TRIES || wait > self.patience {
                return false;
            }
            self.patience = self.patience.saturating_sub(wait);
            thread::sleep(wait);
        } else if again && tries >= TRIES {
            return false;
        }
        self.tried = (event.number, if again { tries + 1 } else { 1 });
        true
    }

    /// The longest wait that this target's settings or its own answers lead to.
    fn longest_wait(&self) -> Duration {
        let longest = self.target.retries.iter().copied().max().unwrap_or_default();
        longest.max(LONGEST_WAIT).mul_f64(1.0 + JITTER)
    }

    fn keep_pace(&mut self) {
        if let Some(sent) = self.sent {
            thread::sleep(self.target.pace().saturating_sub(sent.elapsed()));
        }
        self.sent = Some(Instant::now());
    }

    /// Writes down what became of a try; false where the target gets no more in this run.
    fn settle_attempt(&mut self, event: &Queued, verdict: AttemptOutcome) -> Result<bool> {
        let now = self.clock.now();
        match verdict {
            AttemptOutcome::Delivered => {
                self.outbox.mark_delivered(event.number, now)?;
                self.tally.delivered += 1;
                self.tally.failed = None;
            }
            AttemptOutcome::Later { reason, wait } => {
                let next = time_after(now, self.pause_after(event.attempts, wait));
                self.outbox.mark_failed(event.number, &reason, false, next)?;
                self.tally.failed = Some(reason);
            }
            AttemptOutcome::Refused { reason, .. } if event.refusals + 1 >= REFUSALS => {
                self.outbox.mark_dead(event.number, &reason, now)?;
                self.tally.dead.push(reason);
                self.tally.failed = None;
            }
            AttemptOutcome::Refused { reason, wait } => {
                let next = time_after(now, self.pause_after(event.attempts, wait));
                self.outbox.mark_failed(event.number, &reason, true, next)?;
                self.tally.failed = Some(reason);
            }
            AttemptOutcome::Gone { reason } => {
                let Target { name, setting, .. } = self.target;
                self.outbox.disable_target(name, setting, event.number, &reason, now)?;
                self.tally.disabled = Some(reason);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// How long to wait after this many attempts; what the target asks for takes precedence.
    fn pause_after(&self, attempts: u32, asked: Option<Duration>) -> Duration {
        if let Some(asked) = asked {
            return asked;
        }
        let step = usize::try_from(attempts).unwrap_or(usize::MAX);
        let wait = self.target.retries.get(step).or(self.target.retries.last());
        wait.copied().unwrap_or(PATIENCE).mul_f64(1.0 + JITTER * fastrand::f64())
    }
}

#[cfg(test)]
mod tests;
