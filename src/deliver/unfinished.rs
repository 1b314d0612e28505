//! The files that are half written, which a signal removes.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a signal is to remove. Held while a file is made or put in its place, so that a signal
/// finds each either here or finished.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The list, which waits until nobody else holds it.
pub(super) fn unfinished_files() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all of it, and keeps others from starting again as long as the result is held.
pub(super) fn remove_all() -> impl Sized {
    let all = unfinished_files();
    for path in all.iter() {
        // there is nobody left to report it to
        let _ = fs::remove_file(path);
    }
    all
}
