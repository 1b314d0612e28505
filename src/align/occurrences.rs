//! Where a text stands word for word in a longer one.

use super::step_count::add_steps;

/// Whether a text of several words stands word for word in a longer one, not many times as long.
pub(super) fn stands_in(text: &str, longer: &str) -> bool {
    const MOST: usize = 4_096;
    text.len() < longer.len() && longer.len() <= MOST && count_occurrences(text, longer) > 0
}

/// How often a text of several words stands word for word in another one.
pub(super) fn count_occurrences(text: &str, other: &str) -> usize {
    if !text.contains(' ') {
        return 0;
    }
    add_steps(other.len());
    let is_blank = |at: Option<usize>| {
        at.is_none_or(|at| other.as_bytes().get(at).is_none_or(|byte| *byte == b' '))
    };
    other
        .match_indices(text)
        .filter(|(at, _)| is_blank(at.checked_sub(1)) && is_blank(Some(at + text.len())))
        .count()
}
