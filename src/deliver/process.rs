//! Programs that the user names, run for so long and no longer.

use std::io::ErrorKind as IoKind;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{process_group, signals};

/// How often it is looked whether a program ended.
const LOOK: Duration = Duration::from_millis(10);

/// Runs a program with this on its standard input, and none of its output on ours. What it started
/// ends with it where it takes too long, or where a signal ends us.
///
/// # Errors
/// Why it did not end well: it cannot be started, took too long, or failed.
pub fn run(command: &mut Command, input: &[u8], limit: Duration) -> Result<(), String> {
    signals::install_handlers();
    ends(Family::start(command, true)?, input, limit)
}

/// The same for a program that may ask something on the terminal, which it can only where it
/// gets the terminal's signals with us.
///
/// # Errors
/// Why it did not end well.
pub fn run_at_terminal(command: &mut Command, limit: Duration) -> Result<(), String> {
    ends(Family::start(command, false)?, b"", limit)
}

/// The same, for what the program prints.
///
/// # Errors
/// Why it did not end well.
pub fn output_at_terminal(command: &mut Command, limit: Duration) -> Result<Vec<u8>, String> {
    const LARGEST: u64 = 64 << 20;
    let mut family = Family::start_with(command, false, Stdio::piped())?;
    let pipe = family.child.stdout.take();
    // beside, since a program waits when nobody reads what it prints
    let reader = thread::spawn(move || {
        let mut printed = Vec::new();
        let read = pipe.map(|pipe| pipe.take(LARGEST).read_to_end(&mut printed));
        read.transpose().map(|_| printed)
    });
    ends(family, b"", limit)?;
    match reader.join() {
        Ok(Ok(printed)) => Ok(printed),
        Ok(Err(error)) => Err(format!("printed something that cannot be read: {error}")),
        Err(_) => Err("printed something that cannot be read".to_owned()),
    }
}

fn ends(mut family: Family, input: &[u8], limit: Duration) -> Result<(), String> {
    if let Some(mut pipe) = family.child.stdin.take() {
        let input = input.to_vec();
        // beside, since a program that does not read must not hold us up; one that reads only a
        // part of it says by its exit code whether that was enough
        thread::spawn(move || drop(pipe.write_all(&input)));
    }
    let begun = Instant::now();
    loop {
        match family.exit_status() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                return Err(format!("failed ({})", status.to_string().replacen(": ", " ", 1)));
            }
            Ok(None) if begun.elapsed() < limit => thread::sleep(LOOK),
            Ok(None) => return Err(format!("took more than {limit:?} and was stopped")),
            Err(error) => return Err(format!("cannot be watched: {error}")),
        }
    }
}

/// A program, with all that it starts where it leads a group of its own.
struct Family {
    child: Child,
    leads: bool,
    has_ended: bool,
}

impl Family {
    fn start(command: &mut Command, leads: bool) -> Result<Self, String> {
        Self::start_with(command, leads, Stdio::null())
    }

    fn start_with(command: &mut Command, leads: bool, output: Stdio) -> Result<Self, String> {
        command.stdin(Stdio::piped()).stdout(output);
        let started = if leads { process_group::start(command) } else { command.spawn() };
        let child = started.map_err(|error| {
            let program = Path::new(command.get_program());
            let why = if error.kind() == IoKind::NotFound && !program.exists() {
                format!("there is no program `{}`", program.display())
            } else {
                error.to_string()
            };
            format!("cannot be started: {why}")
        })?;
        Ok(Self { child, leads, has_ended: false })
    }

    fn exit_status(&mut self) -> std::io::Result<Option<ExitStatus>> {
        let status =
            if self.leads { process_group::ended(&mut self.child) } else { self.child.try_wait() }?;
        self.has_ended = status.is_some();
        Ok(status)
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        if self.has_ended {
            return;
        }
        if self.leads {
            process_group::kill(&mut self.child);
        }
        // it may have ended by itself in the meantime
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
