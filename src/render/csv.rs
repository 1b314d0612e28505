//! Numbers as a table for spreadsheets.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, Result};
use crate::report::{StatsReport, Track};

use super::safe;

/// One row a point and party: repository, group, title, time, commit, lastupdated, party, duties.
///
/// `reports` are those of several repositories by their names, or one under an empty one.
pub fn stats(reports: &[(&str, &StatsReport)]) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let head =
        ["repository", "group", "title", "time", "commit", "last_updated", "party", "duties"];
    table.write_record(head).map_err(unwritable)?;
    for (repository, report) in reports {
        let all = std::slice::from_ref(&report.total);
        let tracks = if report.groups.is_empty() { all } else { &report.groups };
        for track in tracks {
            of_track(&mut table, repository, track)?;
        }
    }
    table.into_inner().map_err(|error| {
        Error::new(ErrorKind::Output, "the result cannot be written as CSV")
            .because(error.into_error())
    })
}

fn of_track(table: &mut csv::Writer<Vec<u8>>, repository: &str, track: &Track) -> Result<()> {
    let title = track.title.as_deref().unwrap_or_default();
    for point in &track.points {
        let time = point.commit.time.to_rfc3339();
        let date = point.last_updated.map(|date| date.to_string()).unwrap_or_default();
        for (party, duties) in &point.duties {
            let (party, duties) = (party.to_string(), duties.to_string());
            let row: [&str; 8] = [
                &cell(repository),
                &cell(&track.name),
                &cell(title),
                &time,
                &point.commit.commit,
                &date,
                &cell(&party),
                &duties,
            ];
            table.write_record(row).map_err(unwritable)?;
        }
    }
    Ok(())
}

fn unwritable(source: csv::Error) -> Error {
    Error::new(ErrorKind::Output, "the result cannot be written as CSV").because(source)
}

/// A text as it can stand in a cell: a spreadsheet must not take it for a formula, nor a terminal
/// for an order.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let shown = safe::visible(text);
    // the wide forms are taken for the narrow ones by some
    let is_formula = shown.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { Cow::Owned(format!("'{shown}")) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(cell(text), expected);
    }

    #[test]
    fn formulas_are_texts() {
        check("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
        check(" \t@SUM(A1)", "'  @SUM(A1)");
        check("\u{a0}+1", "' +1");
        check("-1", "'-1");
        check("＝1", "'＝1");
    }

    #[test]
    fn other_text_is_left_alone() {
        check("Water the plants", "Water the plants");
        check("a = b", "a = b");
        check("a\u{1b}[2J", "a\\u{1b}[2J");
        check("", "");
    }
}
