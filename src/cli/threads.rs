//! How many threads work at once.

use std::env;
use std::thread;

/// More than anybody has use for; each has a repository of its own to open.
const MOST: usize = 64;

/// Keeps to what makes sense, whatever `RAYON_NUM_THREADS` asks for: from some thousands on,
/// threads only wait for each other.
pub(super) fn limit_threads() {
    let most = thread::available_parallelism().map_or(MOST, |own| own.get().max(MOST));
    if asked_threads(|name| env::var(name).ok()).is_some_and(|asked| asked > most) {
        // it fails only where threads are at work already
        let _ = rayon::ThreadPoolBuilder::new().num_threads(most).build_global();
    }
}

/// What is asked for, in rayon's own order; its own choice otherwise.
fn asked_threads(variable: impl Fn(&str) -> Option<String>) -> Option<usize> {
    ["RAYON_NUM_THREADS", "RAYON_RS_NUM_CPUS"].iter().find_map(|name| variable(name)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::asked_threads;

    #[test]
    fn the_first_number_counts() {
        let check = |new: &str, old: &str, expected| {
            let value = |name: &str| if name.ends_with("THREADS") { new } else { old };
            assert_eq!(asked_threads(|name| Some(value(name).to_owned())), expected);
        };
        check("4000", "2", Some(4_000));
        check("many", "5000", Some(5_000));
        check("", "", None);
        assert_eq!(asked_threads(|_| None), None);
    }
}
