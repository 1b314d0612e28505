//! How much pairing did, counted: the same number on every machine, so that tests hold how it grows.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Adds steps: stems, words, letters or pairs that were looked at.
pub(super) fn add_steps(steps: usize) {
    STEPS.with(|count| count.set(count.get().saturating_add(steps as u64)));
}

/// What something gives, and the steps that it took.
pub fn counted_steps<T>(run: impl FnOnce() -> T) -> (T, u64) {
    let before = STEPS.get();
    let given = run();
    (given, STEPS.get() - before)
}
