//! One change a row, for spreadsheets and databases.

use csv::{Terminator, Writer, WriterBuilder};

use super::{CONTROLS_BETWEEN, defuse_formula, unwritable_csv};
use crate::error::Result;
use crate::model::{Change, Party, Place, Stamp};
use crate::report::{DocumentReport, Edition, LogReport, Report};

/// The columns, of `diff` and of `log`.
const COLUMNS: [&str; 32] = [
    "repository",
    "path",
    "old_path",
    "title",
    "old_edition",
    "new_edition",
    "id",
    "kind",
    "from",
    "to",
    "level",
    "burden",
    "similarity",
    "emphasis",
    "old_section",
    "old_area",
    "old_task",
    "old_text",
    "old_line",
    "old_document",
    "new_section",
    "new_area",
    "new_task",
    "new_text",
    "new_line",
    "introduced_commit",
    "introduced_time",
    "introduced_edition",
    "author_commit",
    "edition_commit",
    "controls",
    "reference",
];

/// The changes of comparisons, each with the name of its repository where there are several.
pub fn render_diff<'r>(
    reports: impl IntoIterator<Item = (&'r str, &'r Report)>,
) -> Result<Vec<u8>> {
    let mut table = ChangeTable::new()?;
    for (repository, report) in reports {
        for document in &report.documents {
            table.add_changes(repository, document, None, &document.changes)?;
        }
    }
    table.finish()
}

/// The changes of the editions of pages, in the order of the report.
pub fn render_log<'r>(
    reports: impl IntoIterator<Item = (&'r str, &'r LogReport)>,
) -> Result<Vec<u8>> {
    let mut table = ChangeTable::new()?;
    for (repository, report) in reports {
        for edition in report.pages.iter().flat_map(|page| &page.editions) {
            let changes = edition.all_changes();
            table.add_changes(repository, &edition.report, Some(edition), changes)?;
        }
    }
    table.finish()
}

struct ChangeTable(Writer<Vec<u8>>);

impl ChangeTable {
    fn new() -> Result<Self> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(COLUMNS).map_err(|error| unwritable_csv(&error))?;
        Ok(Self(writer))
    }

    fn add_changes<'c>(
        &mut self,
        repository: &str,
        document: &DocumentReport,
        edition: Option<&Edition>,
        changes: impl IntoIterator<Item = &'c Change>,
    ) -> Result<()> {
        for change in changes {
            let row = change_row(repository, document, edition, change);
            let cells = row.iter().map(|cell| defuse_formula(cell));
            self.0.write_record(cells).map_err(|error| unwritable_csv(&error))?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>> {
        self.0.into_inner().map_err(|error| unwritable_csv(&error))
    }
}

fn change_row(
    repository: &str,
    document: &DocumentReport,
    edition: Option<&Edition>,
    change: &Change,
) -> [String; COLUMNS.len()] {
    let party = |party: &Option<Party>| party.as_ref().map(Party::to_string).unwrap_or_default();
    let stamp = |side: Option<&crate::report::DocumentVersion>| {
        side.map(|version| edition_date(&version.stamp)).unwrap_or_default()
    };
    let [old_section, old_area, old_task, old_text, old_line] =
        place_cells(change.place.old.as_ref());
    let [new_section, new_area, new_task, new_text, new_line] =
        place_cells(change.place.new.as_ref());
    let introduced = change.introduced.as_ref();
    let emphasis: Vec<&str> = change.emphasis.iter().map(|emphasis| emphasis.name()).collect();
    [
        repository.to_owned(),
        document.path.clone(),
        document.old_path.clone().unwrap_or_default(),
        document.title.clone(),
        stamp(document.version.old.as_ref()),
        edition.map_or_else(|| stamp(document.version.new.as_ref()), edition_name),
        change.id.clone(),
        change.kind.name().to_owned(),
        party(&change.party.old),
        party(&change.party.new),
        change.level.name().to_owned(),
        change.burden.name().to_owned(),
        change.similarity.map(|value| format!("{value:.2}")).unwrap_or_default(),
        emphasis.join(" "),
        old_section,
        old_area,
        old_task,
        old_text,
        old_line,
        change.place.old.as_ref().and_then(|place| place.path.clone()).unwrap_or_default(),
        new_section,
        new_area,
        new_task,
        new_text,
        new_line,
        introduced.map(|it| it.commit.clone()).unwrap_or_default(),
        introduced.map(|it| it.time.to_rfc3339()).unwrap_or_default(),
        introduced.and_then(|it| it.last_updated).map(|day| day.to_string()).unwrap_or_default(),
        introduced.and_then(|it| it.author_commit.clone()).unwrap_or_default(),
        edition
            .and_then(|edition| edition.commits.first())
            .map(|commit| commit.commit.clone())
            .unwrap_or_default(),
        change.controls.join(CONTROLS_BETWEEN),
        change.reference.to_string(),
    ]
}

fn edition_name(edition: &Edition) -> String {
    let stamp = edition.stamp();
    if stamp.last_updated.is_some() { edition_date(&stamp) } else { edition.day.to_string() }
}

fn edition_date(stamp: &Stamp) -> String {
    let suffix = stamp.suffix.as_deref().unwrap_or_default();
    stamp.last_updated.map(|day| format!("{day}{suffix}")).unwrap_or_default()
}

fn place_cells(place: Option<&Place>) -> [String; 5] {
    let Some(place) = place else { return [const { String::new() }; 5] };
    [
        place.section.join(" › "),
        place.area.clone(),
        place.task.clone(),
        place.text.clone(),
        place.line.to_string(),
    ]
}
