//! Numbers as a table for spreadsheets.

use crate::error::Result;
use crate::report::{PartyCount, StatsReport, Track};

use super::{defuse_formula, unwritable_csv};

/// One row a point and party: repository, group, title, time, commit, lastupdated, party, duties.
///
/// `reports` are those of several repositories by their names, or one under an empty one.
pub fn render_stats(reports: &[(&str, &StatsReport)]) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let head =
        ["repository", "group", "title", "time", "commit", "last_updated", "party", "duties"];
    table.write_record(head).map_err(|error| unwritable_csv(&error))?;
    for (repository, report) in reports {
        let all = std::slice::from_ref(&report.total);
        let tracks = if report.groups.is_empty() { all } else { &report.groups };
        for track in tracks {
            of_track(&mut table, repository, track)?;
        }
    }
    table.into_inner().map_err(|error| unwritable_csv(&error))
}

fn of_track(table: &mut csv::Writer<Vec<u8>>, repository: &str, track: &Track) -> Result<()> {
    let title = track.title.as_deref().unwrap_or_default();
    for point in &track.points {
        let time = point.commit.time.to_rfc3339();
        let date = point.last_updated.map(|date| date.to_string()).unwrap_or_default();
        for PartyCount { party, count } in &point.duty_counts {
            let (party, duties) = (party.to_string(), count.to_string());
            let row: [&str; 8] = [
                &defuse_formula(repository),
                &defuse_formula(&track.name),
                &defuse_formula(title),
                &time,
                &point.commit.commit,
                &date,
                &defuse_formula(&party),
                &duties,
            ];
            table.write_record(row).map_err(|error| unwritable_csv(&error))?;
        }
    }
    Ok(())
}
