//! A look at one repository has a limit, so that one that never ends holds up no other.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rayon::ThreadPoolBuilder;

use crate::error::{Error, ErrorKind, Result};

/// How long a look may take where the user does not say.
const USUAL: Duration = Duration::from_secs(15 * 60);

/// What a look found, unless it takes too long. It has threads of its own, which are left to
/// themselves then: the run does not wait for them.
///
/// # Errors
/// Those of the look; where it takes longer than the limit, and where it broke off.
pub(super) fn within_limit<T: Send + 'static>(
    limit: Option<Duration>,
    look: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let limit = limit.unwrap_or(USUAL);
    let threads = ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).build();
    let threads =
        threads.map_err(|error| look_failed("no threads can be started").with_source(error))?;
    let (sender, receiver) = mpsc::channel();
    let run = move || {
        // nobody listens any more where the limit has passed
        let _ = sender.send(threads.install(look));
    };
    let started = thread::Builder::new().spawn(run);
    started.map_err(|error| look_failed("no thread can be started").with_source(error))?;
    match receiver.recv_timeout(limit) {
        Ok(found) => found,
        Err(RecvTimeoutError::Timeout) => Err(too_long(limit)),
        Err(RecvTimeoutError::Disconnected) => {
            Err(look_failed("reading this repository was interrupted"))
        }
    }
}

fn look_failed(message: &str) -> Error {
    Error::new(ErrorKind::Incomplete, message)
}

fn too_long(limit: Duration) -> Error {
    let message = format!("reading this repository took longer than {}", shown_duration(limit));
    Error::new(ErrorKind::Incomplete, message).with_hint(
        "the next run starts from the same commit; `timeout: 1h` under `repositories` allows more time",
    )
}

fn shown_duration(limit: Duration) -> String {
    match (limit.as_secs(), limit.subsec_millis()) {
        (seconds, 0) if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        (seconds, 0) => format!("{seconds} s"),
        _ => format!("{} ms", limit.as_millis()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_takes_too_long_is_given_up_and_another_goes_on() {
        let limit = Some(Duration::from_millis(30));
        let slow = || {
            thread::sleep(Duration::from_secs(600));
            Ok(1)
        };
        let error = within_limit(limit, slow).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("longer than 30 ms"), "{error}");
        assert_eq!(within_limit(None, || Ok(2)).unwrap(), 2);
    }

    #[test]
    fn a_look_that_breaks_off_is_an_error() {
        let error = within_limit(None, || -> Result<()> { panic!("in a test") }).unwrap_err();
        assert!(error.to_string().contains("interrupted"), "{error}");
    }

    #[test]
    fn limits_are_told_as_they_are_written() {
        let of = |millis| shown_duration(Duration::from_millis(millis));
        assert_eq!([of(900_000), of(20_000), of(1)], ["15 min", "20 s", "1 ms"]);
    }
}
