//! One duty per row.

use chrono::{DateTime, FixedOffset, NaiveDate};
use csv::Terminator;

use super::{CONTROLS_BETWEEN, Column, write_table};
use crate::error::Result;
use crate::model::Kind;
use crate::report::DutyRow;

/// The columns of `show` and of `blame`.
fn duty_columns<'r>() -> [Column<DutyRow<'r>>; 21] {
    [
        ("repository", |row| row.repository.to_owned()),
        ("document", |row| row.document.to_owned()),
        ("title", |row| row.title.to_owned()),
        ("subcollection", |row| row.subcollection.unwrap_or_default().to_owned()),
        ("edition", |row| row.edition.clone().unwrap_or_default()),
        ("section", |row| row.section.join(" › ")),
        ("area", |row| row.area.to_owned()),
        ("task", |row| row.task.to_owned()),
        ("party", |row| row.party.to_string()),
        ("text", |row| row.text.to_owned()),
        ("reference", |row| row.reference.to_string()),
        ("line", |row| row.line.to_string()),
        ("duty_id", |row| row.duty_id.to_owned()),
        ("since_commit", |row| row.since_commit.unwrap_or_default().to_owned()),
        ("since_time", |row| time_text(row.since_time)),
        ("since_edition", |row| day_text(row.since_edition)),
        ("last_change", |row| row.last_change.map(Kind::name).unwrap_or_default().to_owned()),
        ("last_change_commit", |row| row.last_change_commit.unwrap_or_default().to_owned()),
        ("last_change_edition", |row| day_text(row.last_change_edition)),
        ("controls", |row| row.controls.join(CONTROLS_BETWEEN)),
        ("last_change_time", |row| time_text(row.last_change_time)),
    ]
}

/// The duties, each in a row of its own.
pub fn render_duties<'r>(rows: impl IntoIterator<Item = DutyRow<'r>>) -> Result<Vec<u8>> {
    write_table(&duty_columns(), rows, Terminator::CRLF)
}

fn time_text(time: Option<DateTime<FixedOffset>>) -> String {
    time.map(|time| time.to_rfc3339()).unwrap_or_default()
}

fn day_text(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
