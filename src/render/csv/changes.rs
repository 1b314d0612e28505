//! One change a row, for spreadsheets and databases.

use csv::Terminator;

use super::{CONTROLS_BETWEEN, Column, write_table};
use crate::error::Result;
use crate::model::{Change, Introduced, Party, Place, Stamp};
use crate::report::{DocumentReport, DocumentVersion, Edition, LogReport, Report};

/// A change with where it is reported: `repository` is empty where there is only one.
struct ChangeRow<'r> {
    repository: &'r str,
    document: &'r DocumentReport,
    /// None in a comparison of two ends.
    edition: Option<&'r Edition>,
    change: &'r Change,
}

impl ChangeRow<'_> {
    /// What is said of the duty's old place; empty where it has none.
    fn of_old(&self, text: fn(&Place) -> String) -> String {
        self.change.place.old.as_ref().map(text).unwrap_or_default()
    }

    /// The same of its new place.
    fn of_new(&self, text: fn(&Place) -> String) -> String {
        self.change.place.new.as_ref().map(text).unwrap_or_default()
    }

    /// What is said of the commit that brought the change; empty where none is known.
    fn of_origin(&self, text: fn(&Introduced) -> Option<String>) -> String {
        self.change.introduced.as_ref().and_then(text).unwrap_or_default()
    }

    fn new_edition(&self) -> String {
        self.edition.map_or_else(|| version_date(self.document.version.new.as_ref()), edition_name)
    }

    fn edition_commit(&self) -> String {
        let newest = self.edition.and_then(|edition| edition.commits.first());
        newest.map(|commit| commit.commit.clone()).unwrap_or_default()
    }

    fn emphasis(&self) -> String {
        let names = self.change.emphasis.iter().map(|emphasis| emphasis.name());
        names.collect::<Vec<_>>().join(" ")
    }
}

/// The columns, of `diff` and of `log`.
fn change_columns<'r>() -> [Column<ChangeRow<'r>>; 33] {
    [
        ("repository", |row| row.repository.to_owned()),
        ("path", |row| row.document.path.clone()),
        ("old_path", |row| row.document.old_path.clone().unwrap_or_default()),
        ("title", |row| row.document.title.clone()),
        ("old_edition", |row| version_date(row.document.version.old.as_ref())),
        ("new_edition", ChangeRow::new_edition),
        ("id", |row| row.change.id.clone()),
        ("kind", |row| row.change.kind.name().to_owned()),
        ("from", |row| party_id(row.change.party.old.as_ref())),
        ("to", |row| party_id(row.change.party.new.as_ref())),
        ("level", |row| row.change.level.name().to_owned()),
        ("burden", |row| row.change.burden.name().to_owned()),
        ("similarity", |row| {
            row.change.similarity.map(|one| format!("{one:.2}")).unwrap_or_default()
        }),
        ("emphasis", ChangeRow::emphasis),
        ("old_section", |row| row.of_old(|place| place.section.join(" › "))),
        ("old_area", |row| row.of_old(|place| place.area.clone())),
        ("old_task", |row| row.of_old(|place| place.task.clone())),
        ("old_text", |row| row.of_old(|place| place.text.clone())),
        ("old_line", |row| row.of_old(|place| place.line.to_string())),
        ("old_document", |row| row.of_old(|place| place.path.clone().unwrap_or_default())),
        ("new_section", |row| row.of_new(|place| place.section.join(" › "))),
        ("new_area", |row| row.of_new(|place| place.area.clone())),
        ("new_task", |row| row.of_new(|place| place.task.clone())),
        ("new_text", |row| row.of_new(|place| place.text.clone())),
        ("new_line", |row| row.of_new(|place| place.line.to_string())),
        ("introduced_commit", |row| row.of_origin(|origin| Some(origin.commit.clone()))),
        ("introduced_time", |row| row.of_origin(|origin| Some(origin.time.to_rfc3339()))),
        ("introduced_edition", |row| {
            row.of_origin(|origin| Some(origin.last_updated?.to_string()))
        }),
        ("author_commit", |row| row.of_origin(|origin| origin.author_commit.clone())),
        ("edition_commit", ChangeRow::edition_commit),
        ("controls", |row| row.change.controls.join(CONTROLS_BETWEEN)),
        ("reference", |row| row.change.reference.to_string()),
        ("new_document", |row| row.of_new(|place| place.path.clone().unwrap_or_default())),
    ]
}

/// The changes of comparisons, each with the name of its repository where there are several.
pub fn render_diff<'r>(
    reports: impl IntoIterator<Item = (&'r str, &'r Report)>,
) -> Result<Vec<u8>> {
    let rows = reports.into_iter().flat_map(|(repository, report)| {
        report.documents.iter().flat_map(move |document| {
            let row = move |change| ChangeRow { repository, document, edition: None, change };
            document.changes.iter().map(row)
        })
    });
    write_table(&change_columns(), rows, Terminator::CRLF)
}

/// The changes of the editions of pages, in the order of the report.
pub fn render_log<'r>(
    reports: impl IntoIterator<Item = (&'r str, &'r LogReport)>,
) -> Result<Vec<u8>> {
    let rows = reports.into_iter().flat_map(|(repository, report)| {
        report.pages.iter().flat_map(|page| &page.editions).flat_map(move |edition| {
            let document = &edition.report;
            let edition = Some(edition);
            let row = move |change| ChangeRow { repository, document, edition, change };
            edition.into_iter().flat_map(Edition::all_changes).map(row)
        })
    });
    write_table(&change_columns(), rows, Terminator::CRLF)
}

fn party_id(party: Option<&Party>) -> String {
    party.map(Party::to_string).unwrap_or_default()
}

fn version_date(version: Option<&DocumentVersion>) -> String {
    version.map(|version| stamp_date(&version.stamp)).unwrap_or_default()
}

fn edition_name(edition: &Edition) -> String {
    let stamp = edition.stamp();
    if stamp.last_updated.is_some() { stamp_date(&stamp) } else { edition.day.to_string() }
}

fn stamp_date(stamp: &Stamp) -> String {
    let suffix = stamp.suffix.as_deref().unwrap_or_default();
    stamp.last_updated.map(|day| format!("{day}{suffix}")).unwrap_or_default()
}
