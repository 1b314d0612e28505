//! A program leads a group of its own, as a shell's jobs do: the group gets the signal, and so all
//! that the program started. The terminal's signals then reach us only, who pass them on. Where
//! there are no groups, a program is on its own.

use std::io;
use std::process::{Child, Command, ExitStatus};

#[cfg(unix)]
use {
    rustix::process::{Pid, Signal, kill_process_group},
    std::collections::BTreeSet,
    std::os::unix::process::CommandExt,
    std::sync::{Mutex, MutexGuard, PoisonError},
};

/// Those that run. Held while one starts and while it is looked whether one ended: no other
/// program can have come to its number.
#[cfg(unix)]
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

#[cfg(unix)]
fn running() -> MutexGuard<'static, BTreeSet<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a program at the head of a new group.
#[cfg(unix)]
pub(super) fn start(command: &mut Command) -> io::Result<Child> {
    let mut running = running();
    let child = command.process_group(0).spawn()?;
    running.insert(child.id());
    Ok(child)
}

/// How the program ended; none while it runs.
#[cfg(unix)]
pub(super) fn ended(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let mut running = running();
    let status = child.try_wait()?;
    if status.is_some() {
        running.remove(&child.id());
    }
    Ok(status)
}

/// Ends the program and all that it started.
#[cfg(unix)]
pub(super) fn kill(child: &mut Child) {
    let mut running = running();
    if running.remove(&child.id()) {
        signal(child.id(), Signal::KILL);
    }
}

/// Asks all of them to end, and lets none begin as long as the result is held.
#[cfg(unix)]
pub(super) fn stop_all() -> impl Sized {
    let all = running();
    for leader in all.iter() {
        signal(*leader, Signal::TERM);
    }
    all
}

#[cfg(unix)]
fn signal(leader: u32, signal: Signal) {
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // a group that is gone needs none
        let _ = kill_process_group(group, signal);
    }
}

#[cfg(not(unix))]
pub(super) fn start(command: &mut Command) -> io::Result<Child> {
    command.spawn()
}

#[cfg(not(unix))]
pub(super) fn ended(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    child.try_wait()
}

#[cfg(not(unix))]
pub(super) fn kill(_: &mut Child) {}
