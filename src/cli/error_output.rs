//! Errors as people see them, on standard error.

use crate::deliver;
use crate::error::Error;
use crate::render::safe;

/// Reports what went wrong, and what to do about it.
pub(super) fn print_error(error: &Error) {
    complain_of(None, error);
}

/// Reports what went wrong in one of several repositories or targets.
pub(super) fn complain_of(repository: Option<&str>, error: &Error) {
    let message = error.to_string();
    // a folder that cannot be opened is named by its error already
    let place = repository.filter(|name| !message.ends_with(&format!(": {name}")));
    let place = place.map(|name| format!("{name}: ")).unwrap_or_default();
    let message = format!("{place}{message}");
    print_line(&format!("error: {message}"));
    if let Some(hint) = error.advice() {
        print_line(&format!("hint: {hint}"));
    }
}

/// Prints a line on standard error. What a page or a file says in it steers no terminal.
pub(super) fn print_line(text: &str) {
    deliver::print_to_stderr(&format!("{}\n", safe::make_visible(text)));
}
