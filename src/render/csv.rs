//! Tables for spreadsheets and databases.

mod changes;
mod duties;
mod stats;

use csv::{Terminator, WriterBuilder};

use super::safe;
use crate::error::{Error, ErrorKind, Result};

pub use changes::{render_diff, render_log};
pub use duties::render_duties;
pub use stats::render_stats;

/// Stands between the control ids in a cell; no id holds it.
const CONTROLS_BETWEEN: &str = "; ";

/// A column: its name, and what it holds of a row.
type Column<R> = (&'static str, fn(&R) -> String);

/// The rows under the names of the columns.
fn write_table<R>(
    columns: &[Column<R>],
    rows: impl IntoIterator<Item = R>,
    terminator: Terminator,
) -> Result<Vec<u8>> {
    let mut table = WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    let names = columns.iter().map(|(name, _)| name);
    table.write_record(names).map_err(|error| unwritable_csv(&error))?;
    for row in rows {
        let cells = columns.iter().map(|(_, cell)| defuse_formula(&cell(&row)));
        table.write_record(cells).map_err(|error| unwritable_csv(&error))?;
    }
    table.into_inner().map_err(|error| unwritable_csv(&error))
}

/// A text that no spreadsheet takes for a formula, whatever invisible signs it begins with.
fn defuse_formula(text: &str) -> String {
    let text = safe::make_visible(text);
    let mut safe = String::with_capacity(text.len() + 1);
    if is_formula(&text) {
        safe.push('\'');
    }
    // where a semicolon separates cells, each part is one
    let mut begins_cell = false;
    for sign in text.chars() {
        if begins_cell && SIGNS.contains(&sign) {
            safe.push('\'');
        }
        begins_cell = sign == ';' || begins_cell && (sign.is_whitespace() || sign == '"');
        safe.push(sign);
    }
    safe
}

/// Whether a spreadsheet would take a text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    begins.starts_with(SIGNS)
}

/// What a formula begins with; wide forms count as well.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

fn unwritable_csv(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Output, format!("the result cannot be written as CSV: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(defuse_formula(text), expected);
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
        check("Keep it; =1+1", "Keep it; '=1+1");
        check("a;@SUM(1);b; -2;c=d", "a;'@SUM(1);b; '-2;c=d");
        check("a;\"=1+1", "a;\"'=1+1");
        check("\u{1b}[31m", "\\u{1b}[31m");
    }
}
