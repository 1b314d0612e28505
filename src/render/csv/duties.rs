//! One duty per row.

use chrono::{DateTime, FixedOffset, NaiveDate};
use csv::{Terminator, WriterBuilder};

use super::{CONTROLS_BETWEEN, defuse_formula, unwritable_csv};
use crate::error::Result;
use crate::model::Kind;
use crate::report::DutyRow;

/// The columns of `show` and of `blame`.
pub(in crate::render) const COLUMNS: [&str; 21] = [
    "repository",
    "document",
    "title",
    "subcollection",
    "edition",
    "section",
    "area",
    "task",
    "party",
    "text",
    "reference",
    "line",
    "duty_id",
    "since_commit",
    "since_time",
    "since_edition",
    "last_change",
    "last_change_commit",
    "last_change_edition",
    "controls",
    "last_change_time",
];

/// The duties, each in a row of its own.
pub fn render_duties<'r>(rows: impl IntoIterator<Item = DutyRow<'r>>) -> Result<Vec<u8>> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    table.write_record(COLUMNS).map_err(|error| unwritable_csv(&error))?;
    for row in rows {
        let cells = duty_cells(&row);
        let cells = cells.iter().map(|cell| defuse_formula(cell));
        table.write_record(cells).map_err(|error| unwritable_csv(&error))?;
    }
    table.into_inner().map_err(|error| unwritable_csv(&error))
}

/// The cells of a row, in the order of [`COLUMNS`].
pub(in crate::render) fn duty_cells(row: &DutyRow<'_>) -> [String; COLUMNS.len()] {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let time = |time: Option<DateTime<FixedOffset>>| {
        time.map(|time| time.to_rfc3339()).unwrap_or_default()
    };
    [
        row.repository.to_owned(),
        row.document.to_owned(),
        row.title.to_owned(),
        row.subcollection.unwrap_or_default().to_owned(),
        row.edition.clone().unwrap_or_default(),
        row.section.join(" › "),
        row.area.to_owned(),
        row.task.to_owned(),
        row.party.to_string(),
        row.text.to_owned(),
        row.reference.to_string(),
        row.line.to_string(),
        row.duty_id.to_owned(),
        row.since_commit.unwrap_or_default().to_owned(),
        time(row.since_time),
        day(row.since_edition),
        row.last_change.map(Kind::name).unwrap_or_default().to_owned(),
        row.last_change_commit.unwrap_or_default().to_owned(),
        day(row.last_change_edition),
        row.controls.join(CONTROLS_BETWEEN),
        time(row.last_change_time),
    ]
}
