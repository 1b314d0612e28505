//! Programs that the user names, run for so long and no longer.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is looked whether a program ended.
const LOOK: Duration = Duration::from_millis(10);

/// Runs a program with this on its standard input, and none of its output on ours.
///
/// # Errors
/// Why it did not end well: it cannot be started, took too long, or failed.
pub fn run(command: &mut Command, input: &[u8], limit: Duration) -> Result<(), String> {
    let started = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let mut child = started.map_err(|error| format!("it cannot be started: {error}"))?;
    if let Some(mut pipe) = child.stdin.take() {
        let input = input.to_vec();
        // beside, since a program that does not read must not hold us up; one that reads only a
        // part of it says by its exit code whether that was enough
        thread::spawn(move || drop(pipe.write_all(&input)));
    }
    let ended = wait(&mut child, limit);
    if ended.is_err() {
        // it may have ended by itself in the meantime
        let _ = child.kill();
        let _ = child.wait();
    }
    ended
}

fn wait(child: &mut Child, limit: Duration) -> Result<(), String> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("it failed ({status})")),
            Ok(None) if begun.elapsed() < limit => thread::sleep(LOOK),
            Ok(None) => return Err(format!("it took more than {limit:?} and was stopped")),
            Err(error) => return Err(format!("nothing is known of it: {error}")),
        }
    }
}
