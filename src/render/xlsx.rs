//! Workbooks, laid out as a person would: one sheet per page, or a repository where there are several,
//! and a sheet of all changes.

mod names;
mod sheet;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::text::names::short_id;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Change, Party, Place};
use crate::report::{BlamedPage, DutyRow, Edition, Happened, LogReport, duty_rows};

use names::SheetNames;
use sheet::{Cell, Column, Table};

/// What one repository gives to a workbook.
#[derive(Clone, Copy, Debug)]
pub struct WorkbookPart<'a> {
    /// The repository as it was named; empty where there is only one.
    pub repository: &'a str,
    /// The pages with their duties.
    pub pages: &'a [BlamedPage],
    /// What changed, newest edition first; none outside a repository.
    pub log: Option<&'a LogReport>,
}

/// The columns of a sheet of duties. Widths are in characters.
const DUTY_COLUMNS: [Column; 12] = [
    Column::new("Section", 20),
    Column::new("Task", 18),
    Column::new("Party", 10),
    Column::new("Duty", 52),
    Column::new("Controls", 11),
    Column::new("Since", 11),
    Column::new("Since commit", 9),
    Column::new("Last change", 10),
    Column::new("Changed", 11),
    Column::new("Line", 5),
    Column::new("Duty id", 18),
    // the last one, since a sheet of one page does without
    Column::new("Page", 22),
];

/// The columns of the sheet of changes.
const CHANGE_COLUMNS: [Column; 12] = [
    Column::new("Edition", 11),
    Column::new("Commit", 9),
    Column::new("Change", 10),
    Column::new("From", 10),
    Column::new("To", 10),
    Column::new("Level", 10),
    Column::new("Section and task", 24),
    Column::new("Before", 34),
    Column::new("After", 34),
    Column::new("Controls", 11),
    Column::new("Change id", 18),
    Column::new("Page", 20),
];

/// The workbook; the same bytes for the same content.
///
/// # Errors
/// Where it would be larger than a workbook can be.
pub fn workbook(parts: &[WorkbookPart<'_>]) -> Result<Vec<u8>> {
    written(parts).map_err(|source| {
        Error::new(ErrorKind::Output, "the result does not fit in a workbook")
            .because(source)
            .hint("name fewer pages, or write --format csv")
    })
}

fn written(parts: &[WorkbookPart<'_>]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(parts)?);
    let mut names = SheetNames::new(&["Changes"]);
    let several = parts.len() > 1;
    for part in parts {
        let pages = if several { vec![part.pages] } else { part.pages.chunks(1).collect() };
        for group in pages {
            let name = match group {
                [page] if !several => names.of_page(page),
                _ => names.of_repository(part.repository),
            };
            let rows = duty_rows(part.repository, group).map(|row| duty_cells(&row));
            let all = DUTY_COLUMNS.len();
            let columns = DUTY_COLUMNS.get(..if several { all } else { all - 1 });
            let columns = columns.unwrap_or_default();
            sheet::add(&mut book, &Table { name, columns, rows: rows.collect() })?;
        }
    }
    if parts.iter().any(|part| part.log.is_some()) {
        let rows = parts.iter().flat_map(|part| change_rows(part, several)).collect();
        let name = "Changes".to_owned();
        sheet::add(&mut book, &Table { name, columns: &CHANGE_COLUMNS, rows })?;
    }
    book.save_to_buffer()
}

/// The date of the newest page, for no clock is read.
fn properties(parts: &[WorkbookPart<'_>]) -> std::result::Result<DocProperties, XlsxError> {
    let dates = parts.iter().flat_map(|part| part.pages).filter_map(|page| page.stamp.last_updated);
    let newest = dates.max().or(NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
    let number = |value: u32| u8::try_from(value).unwrap_or(1);
    let year = u16::try_from(newest.year()).unwrap_or(2000).clamp(1900, 9999);
    let date = ExcelDateTime::from_ymd(year, number(newest.month()), number(newest.day()))?;
    Ok(DocProperties::new().set_title("Shared responsibilities").set_creation_datetime(&date))
}

fn duty_cells(row: &DutyRow<'_>) -> Vec<Cell> {
    let (duty, place) = (row.duty, &row.duty.place);
    let since = row.since();
    let last = row.last_change();
    let happened = last.map(|event| Happened::of(&event.brought)).unwrap_or_default();
    vec![
        Cell::text(section(place)),
        Cell::text(&place.task),
        party(Some(&duty.party)),
        Cell::text(&place.text),
        Cell::text(duty.controls.join("; ")),
        Cell::text(since.edition.unwrap_or_default()),
        Cell::text(short_id(&since.commit.unwrap_or_default())),
        last.map_or_else(|| Cell::text(""), |event| Cell::Kind(event.kind)),
        Cell::text(happened.edition.unwrap_or_default()),
        Cell::Number(place.line),
        Cell::text(&duty.id),
        Cell::text(&row.page.path),
    ]
}

/// The headings, and an owner grid's column.
fn section(place: &Place) -> String {
    let mut labels = place.section.clone();
    if labels.last() != Some(&place.area) && !place.area.is_empty() {
        labels.push(place.area.clone());
    }
    labels.join(" › ")
}

fn party(party: Option<&Party>) -> Cell {
    party.map_or_else(|| Cell::text(""), |party| Cell::Party(party.clone()))
}

fn change_rows(part: &WorkbookPart<'_>, several: bool) -> Vec<Vec<Cell>> {
    let pages = part.log.map(|log| log.pages.as_slice()).unwrap_or_default();
    let editions = pages.iter().flat_map(|page| &page.editions);
    let row = |edition: &Edition, change: &Change| {
        let path = if several {
            format!("{} › {}", part.repository, edition.told.path)
        } else {
            edition.told.path.clone()
        };
        change_cells(edition, change, &path)
    };
    editions
        .flat_map(|edition| edition.told.changes.iter().map(move |change| row(edition, change)))
        .collect()
}

fn change_cells(edition: &Edition, change: &Change, path: &str) -> Vec<Cell> {
    let text = |place: &Option<Place>| {
        Cell::text(place.as_ref().map(|place| place.text.as_str()).unwrap_or_default())
    };
    let place = change.place.new.as_ref().or(change.place.old.as_ref());
    let label = place.map(|place| {
        let labels = [section(place), place.task.clone()];
        let told = labels.into_iter().filter(|label| !label.is_empty());
        told.collect::<Vec<_>>().join(" › ")
    });
    let commit = change.introduced.as_ref().map(|introduced| introduced.commit.as_str());
    let commit = commit.or_else(|| edition.commits.first().map(|commit| commit.commit.as_str()));
    let stamp = edition.stamp().date().unwrap_or_else(|| edition.day.to_string());
    vec![
        Cell::text(stamp),
        Cell::text(short_id(commit.unwrap_or_default())),
        Cell::Kind(change.kind),
        party(change.party.old.as_ref()),
        party(change.party.new.as_ref()),
        Cell::text(change.level.name()),
        Cell::text(label.unwrap_or_default()),
        text(&change.place.old),
        text(&change.place.new),
        Cell::text(change.controls.join("; ")),
        Cell::text(&change.id),
        Cell::text(path),
    ]
}

#[cfg(test)]
mod tests;
