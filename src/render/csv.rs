//! Tables for spreadsheets and databases.

mod changes;
mod duties;
mod stats;

use super::safe;
use crate::error::{Error, ErrorKind};

pub use changes::{diff, log};
pub use duties::duties;
pub use stats::stats;

/// Stands between the control ids in a cell; no id holds it.
const CONTROLS_BETWEEN: &str = "; ";

/// A text that no spreadsheet takes for a formula, whatever invisible signs it begins with.
fn defused(text: &str) -> String {
    let text = safe::visible(text);
    if is_formula(&text) { format!("'{text}") } else { text.into_owned() }
}

/// Whether a spreadsheet would take a text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    // wide forms count as well
    begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn unwritable(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Output, format!("the result cannot be written as CSV: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(defused(text), expected);
    }

    #[test]
    fn formulas_are_defused() {
        check("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
        check("@SUM(1)", "'@SUM(1)");
        check("\t+1", "' +1");
        check("\r\n -1", "'   -1");
        check("\u{a0}\u{feff}=1", "' =1");
        check("＝1", "'＝1");
        check("Back up = keep, 2-3 @ once", "Back up = keep, 2-3 @ once");
        check("\u{1b}[31m", "\\u{1b}[31m");
    }
}
