//! Errors as people see them, on standard error.

use crate::deliver;
use crate::error::Error;
use crate::render::safe;

/// Reports what went wrong, and what to do about it.
pub(super) fn complain(error: &Error) {
    complain_of(None, error);
}

/// Reports what went wrong in one of several repositories or targets.
pub(super) fn complain_of(repository: Option<&str>, error: &Error) {
    let place = repository.map(|name| format!("{name}: ")).unwrap_or_default();
    deliver::aside(&format!("error: {}\n", safe::visible(&format!("{place}{error}"))));
    if let Some(hint) = error.advice() {
        deliver::aside(&format!("hint: {}\n", safe::visible(hint)));
    }
}
