//! Workbooks, laid out as a person would: one sheet per page, or a repository where there are several,
//! and a sheet of all changes.

mod names;
mod sheet;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::text::names::short_id;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Change, Party, Place};
use crate::report::{BlamedPage, DutyRow, Edition, LogReport, duty_rows};

use names::SheetNames;
use sheet::{SheetCell, SheetColumn, SheetTable};

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
const DUTY_COLUMNS: [SheetColumn; 13] = [
    SheetColumn::new("Section", 20),
    SheetColumn::new("Task", 18),
    SheetColumn::new("Party", 10),
    SheetColumn::new("Duty", 52),
    SheetColumn::new("Controls", 11),
    SheetColumn::new("Since", 11),
    SheetColumn::new("Since commit", 9),
    SheetColumn::new("Last change", 10),
    SheetColumn::new("Changed", 11),
    SheetColumn::new("Line", 5),
    SheetColumn::new("Duty id", 18),
    SheetColumn::new("Reference", 9),
    // the last one, since a sheet of one page does without
    SheetColumn::new("Page", 22),
];

/// The columns of the sheet of changes.
const CHANGE_COLUMNS: [SheetColumn; 13] = [
    SheetColumn::new("Edition", 11),
    SheetColumn::new("Commit", 9),
    SheetColumn::new("Change", 10),
    SheetColumn::new("From", 10),
    SheetColumn::new("To", 10),
    SheetColumn::new("Level", 10),
    SheetColumn::new("Section and task", 24),
    SheetColumn::new("Before", 34),
    SheetColumn::new("After", 34),
    SheetColumn::new("Controls", 11),
    SheetColumn::new("Change id", 18),
    SheetColumn::new("Reference", 9),
    SheetColumn::new("Page", 20),
];

/// The workbook; the same bytes for the same content.
///
/// # Errors
/// Where it would be larger than a workbook can be.
pub fn render_workbook(parts: &[WorkbookPart<'_>]) -> Result<Vec<u8>> {
    write_workbook(parts).map_err(|source| {
        Error::new(ErrorKind::Output, "the result does not fit in a workbook")
            .with_source(source)
            .with_hint("name fewer pages, or write --format csv")
    })
}

fn write_workbook(parts: &[WorkbookPart<'_>]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&document_properties(parts)?);
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
            sheet::add_sheet(&mut book, &SheetTable { name, columns, rows: rows.collect() })?;
        }
    }
    if parts.iter().any(|part| part.log.is_some()) {
        let rows = parts.iter().flat_map(|part| change_rows(part, several)).collect();
        let name = "Changes".to_owned();
        sheet::add_sheet(&mut book, &SheetTable { name, columns: &CHANGE_COLUMNS, rows })?;
    }
    book.save_to_buffer()
}

/// The date of the newest page, for no clock is read.
fn document_properties(
    parts: &[WorkbookPart<'_>],
) -> std::result::Result<DocProperties, XlsxError> {
    let dates = parts.iter().flat_map(|part| part.pages).filter_map(|page| page.stamp.last_updated);
    let newest = dates.max().or(NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
    let number = |value: u32| u8::try_from(value).unwrap_or(1);
    let year = u16::try_from(newest.year()).unwrap_or(2000).clamp(1900, 9999);
    let date = ExcelDateTime::from_ymd(year, number(newest.month()), number(newest.day()))?;
    Ok(DocProperties::new().set_title("Shared responsibilities").set_creation_datetime(&date))
}

fn duty_cells(row: &DutyRow<'_>) -> Vec<SheetCell> {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    vec![
        SheetCell::text(section_text(row.section, row.area)),
        SheetCell::text(row.task),
        party_cell(Some(row.party)),
        SheetCell::text(row.text),
        SheetCell::text(row.controls.join("; ")),
        SheetCell::text(day(row.since_edition)),
        SheetCell::text(short_id(row.since_commit.unwrap_or_default())),
        row.last_change.map_or_else(|| SheetCell::text(""), SheetCell::Kind),
        SheetCell::text(day(row.last_change_edition)),
        SheetCell::Number(row.line),
        SheetCell::text(row.duty_id),
        reference_cell(row.reference),
        SheetCell::text(row.document),
    ]
}

/// The headings, and an owner grid's column.
fn section_text(section: &[String], area: &str) -> String {
    let mut labels: Vec<&str> = section.iter().map(String::as_str).collect();
    if labels.last() != Some(&area) && !area.is_empty() {
        labels.push(area);
    }
    labels.join(" › ")
}

fn party_cell(party: Option<&Party>) -> SheetCell {
    party.map_or_else(|| SheetCell::text(""), |party| SheetCell::Party(party.clone()))
}

/// References are in the sheets, too, but no summary counts them as duties.
fn reference_cell(is_reference: bool) -> SheetCell {
    SheetCell::text(if is_reference { "yes" } else { "" })
}

fn change_rows(part: &WorkbookPart<'_>, several: bool) -> Vec<Vec<SheetCell>> {
    let pages = part.log.map(|log| log.pages.as_slice()).unwrap_or_default();
    let editions = pages.iter().flat_map(|page| &page.editions);
    let row = |edition: &Edition, change: &Change| {
        let path = if several {
            format!("{} › {}", part.repository, edition.report.path)
        } else {
            edition.report.path.clone()
        };
        change_cells(edition, change, &path)
    };
    editions
        .flat_map(|edition| edition.report.changes.iter().map(move |change| row(edition, change)))
        .collect()
}

fn change_cells(edition: &Edition, change: &Change, path: &str) -> Vec<SheetCell> {
    let text = |place: &Option<Place>| {
        SheetCell::text(place.as_ref().map(|place| place.text.as_str()).unwrap_or_default())
    };
    let place = change.shown_place();
    let label = place.map(|place| {
        let labels = [section_text(&place.section, &place.area), place.task.clone()];
        let shown = labels.into_iter().filter(|label| !label.is_empty());
        shown.collect::<Vec<_>>().join(" › ")
    });
    let commit = change.introduced.as_ref().map(|introduced| introduced.commit.as_str());
    let commit = commit.or_else(|| edition.commits.first().map(|commit| commit.commit.as_str()));
    let stamp = edition.stamp().written_date().unwrap_or_else(|| edition.day.to_string());
    vec![
        SheetCell::text(stamp),
        SheetCell::text(short_id(commit.unwrap_or_default())),
        SheetCell::Kind(change.kind),
        party_cell(change.party.old.as_ref()),
        party_cell(change.party.new.as_ref()),
        SheetCell::text(change.level.name()),
        SheetCell::text(label.unwrap_or_default()),
        text(&change.place.old),
        text(&change.place.new),
        SheetCell::text(change.controls.join("; ")),
        SheetCell::text(&change.id),
        reference_cell(change.reference),
        SheetCell::text(path),
    ]
}

#[cfg(test)]
mod tests;
