//! Numbers as a table for spreadsheets.

use csv::Terminator;

use super::{Column, write_table};
use crate::error::Result;
use crate::report::{PartyCount, StatsPoint, StatsReport, Track};

/// The duties of a party at a point.
struct CountRow<'r> {
    repository: &'r str,
    track: &'r Track,
    point: &'r StatsPoint,
    count: &'r PartyCount,
}

fn count_columns<'r>() -> [Column<CountRow<'r>>; 8] {
    [
        ("repository", |row| row.repository.to_owned()),
        ("group", |row| row.track.name.clone()),
        ("title", |row| row.track.title.clone().unwrap_or_default()),
        ("time", |row| row.point.commit.time.to_rfc3339()),
        ("commit", |row| row.point.commit.commit.clone()),
        ("last_updated", |row| {
            row.point.last_updated.map(|day| day.to_string()).unwrap_or_default()
        }),
        ("party", |row| row.count.party.to_string()),
        ("duties", |row| row.count.count.to_string()),
    ]
}

/// One row a point and party.
///
/// `reports` are those of several repositories by their names, or one under an empty one.
pub fn render_stats(reports: &[(&str, &StatsReport)]) -> Result<Vec<u8>> {
    let rows = reports.iter().flat_map(|(repository, report)| {
        let all = std::slice::from_ref(&report.total);
        let tracks = if report.groups.is_empty() { all } else { &report.groups };
        let points =
            tracks.iter().flat_map(|track| track.points.iter().map(move |one| (track, one)));
        points.flat_map(move |(track, point)| {
            let row = move |count| CountRow { repository, track, point, count };
            point.duty_counts.iter().map(row)
        })
    });
    write_table(&count_columns(), rows, Terminator::Any(b'\n'))
}
