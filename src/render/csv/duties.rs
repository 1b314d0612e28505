//! One duty per row.

use csv::{Terminator, WriterBuilder};

use super::{CONTROLS_BETWEEN, defuse_formula, unwritable_csv};
use crate::error::Result;
use crate::report::{DutyRow, Happened};

/// The columns of `show` and of `blame`.
pub(in crate::render) const COLUMNS: [&str; 20] = [
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
    let (page, duty, place) = (row.page, row.duty, &row.duty.place);
    let since = row.since();
    let last = row.last_change();
    let happened = last.map(|event| Happened::from_brought(&event.brought)).unwrap_or_default();
    [
        row.repository.to_owned(),
        page.path.clone(),
        page.title.clone(),
        page.subcollection.clone().unwrap_or_default(),
        row.edition().unwrap_or_default(),
        place.section.join(" › "),
        place.area.clone(),
        place.task.clone(),
        duty.party.to_string(),
        place.text.clone(),
        duty.reference.to_string(),
        place.line.to_string(),
        duty.id.clone(),
        since.commit.unwrap_or_default(),
        since.time.unwrap_or_default(),
        since.edition.unwrap_or_default(),
        last.map(|event| event.kind.name().to_owned()).unwrap_or_default(),
        happened.commit.unwrap_or_default(),
        happened.edition.unwrap_or_default(),
        duty.controls.join(CONTROLS_BETWEEN),
    ]
}
