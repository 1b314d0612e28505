//! One duty per row, of one repository or of several: CSV, lines of JSON, and workbooks.

use std::path::Path;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository};
use crate::model::counted;
use crate::render::{self, WorkbookPart};
use crate::report::{BlamedPage, LogReport, ReadCounts, duty_rows};
use crate::timeline::{self, NamesTable};

use super::args::{BlameFormat, CommonArgs, RevisionArgs, ShowFormat};
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::left_out::LeftOut;
use super::output::Output;
use super::several::{self, RepositoryPlace};
use super::{Outcome, complain_of, export_gaps, pages};

/// A form in which one duty is one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableFormat {
    Csv,
    Jsonl,
    Xlsx,
}

impl TableFormat {
    /// What `show` was asked for, if it is a table.
    pub(super) const fn of_show(format: ShowFormat) -> Option<Self> {
        match format {
            ShowFormat::Csv => Some(Self::Csv),
            ShowFormat::Jsonl => Some(Self::Jsonl),
            ShowFormat::Xlsx => Some(Self::Xlsx),
            ShowFormat::Text | ShowFormat::Yaml | ShowFormat::Json => None,
        }
    }

    /// What `blame` was asked for, if it is a table.
    pub(super) const fn of_blame(format: BlameFormat) -> Option<Self> {
        match format {
            BlameFormat::Csv => Some(Self::Csv),
            BlameFormat::Jsonl => Some(Self::Jsonl),
            BlameFormat::Xlsx => Some(Self::Xlsx),
            BlameFormat::Text | BlameFormat::Json => None,
        }
    }
}

/// The version and the pages that are asked for.
#[derive(Clone, Copy)]
pub(super) struct BlameRequest<'a> {
    pub(super) at: &'a RevisionArgs,
    /// Whether duties that are missing are refused: nothing else is said of them.
    pub(super) is_export: bool,
}

/// What a table is made from, and where it goes.
pub(super) struct TableRun<'a> {
    pub(super) asked: BlameRequest<'a>,
    pub(super) keyrefs: &'a Keyrefs,
    pub(super) common: &'a CommonArgs,
    pub(super) file: Option<&'a Path>,
}

/// The duties of a repository, and for a workbook also what changed there.
struct TableContent {
    pages: Vec<BlamedPage>,
    log: Option<LogReport>,
    /// What is missing from them, since it cannot be read.
    unread: Vec<String>,
}

impl TableRun<'_> {
    /// Reads the duties of each repository and writes all of them as one table. A repository has a
    /// name there where there are several.
    pub(super) fn run(
        &self,
        format: TableFormat,
        read: impl Fn(&RepositoryPlace) -> Result<(Vec<BlamedPage>, LeftOut)>,
    ) -> Result<Outcome> {
        self.refuse_terminal(format)?;
        let found = |place: &RepositoryPlace| -> Result<TableContent> {
            let (pages, left_out) = read(place)?;
            let unread = self.unread_pages(place)?;
            if unread.is_empty() {
                left_out.refuse_no_page()?;
            }
            left_out.print_others();
            let log =
                (format == TableFormat::Xlsx).then(|| self.changes_until(place)).transpose()?;
            Ok(TableContent { pages, log, unread })
        };
        let Some(places) = several::several_places(self.common)? else {
            let found = found(&RepositoryPlace::only_one(self.common))?;
            let is_whole = self.report_unread([("", &found)])?;
            self.write_table(format, &[workbook_part("", &found)])?;
            return Ok(if is_whole { Outcome::Done } else { Outcome::Failed });
        };
        let results = several::run_each(places, found);
        let is_whole = self.report_unread(several::good_results(&results))?;
        let good = several::good_results(&results);
        let parts: Vec<_> = good.map(|(name, found)| workbook_part(name, found)).collect();
        if !parts.is_empty() {
            self.write_table(format, &parts)?;
        }
        let outcome = several::results_outcome(&results, false);
        Ok(if is_whole { outcome } else { Outcome::Failed })
    }

    fn unread_pages(&self, place: &RepositoryPlace) -> Result<Vec<String>> {
        let RevisionArgs { revision, paths, .. } = self.asked.at;
        let repository = Repository::open(&place.folder)?;
        let point = pages::named_point(&repository, revision.clone())?;
        export_gaps::unread_at(&repository, &point, paths, self.keyrefs)
    }

    /// Says what is missing, and whether nothing is. A file is written whole or not at all.
    fn report_unread<'a>(
        &self,
        found: impl IntoIterator<Item = (&'a str, &'a TableContent)>,
    ) -> Result<bool> {
        let mut is_whole = true;
        for (repository, found) in found {
            if let Some(error) = export_gaps::incomplete_export(&found.unread) {
                complain_of(Some(repository).filter(|name| !name.is_empty()), &error);
                is_whole = false;
            }
        }
        if is_whole || self.is_to_stdout() {
            return Ok(is_whole);
        }
        let file = self.file.unwrap_or(Path::new("")).display();
        let message = format!("{file} is not written, because duties would be missing or wrong");
        Err(Error::new(ErrorKind::Incomplete, message))
    }

    /// Writes the duties of a file outside a repository.
    pub(super) fn write_file_table(
        &self,
        format: TableFormat,
        pages: &[BlamedPage],
    ) -> Result<Outcome> {
        self.refuse_terminal(format)?;
        self.write_table(format, &[WorkbookPart { repository: "", pages, log: None }])?;
        Ok(Outcome::Done)
    }

    fn refuse_terminal(&self, format: TableFormat) -> Result<()> {
        if format == TableFormat::Xlsx && self.is_to_stdout() && deliver::stdout_is_terminal() {
            return Err(Error::new(ErrorKind::Usage, "a workbook is not written to a terminal")
                .with_hint("name a file: --output responsibilities.xlsx"));
        }
        Ok(())
    }

    fn is_to_stdout(&self) -> bool {
        self.file.is_none_or(|file| file == Path::new("-"))
    }

    fn write_table(&self, format: TableFormat, parts: &[WorkbookPart<'_>]) -> Result<()> {
        let rows = || parts.iter().flat_map(|part| duty_rows(part.repository, part.pages));
        let bytes = match format {
            TableFormat::Csv => render::csv::render_duties(rows())?,
            TableFormat::Jsonl => render::json::render_duties(rows())?,
            TableFormat::Xlsx => render::xlsx::render_workbook(parts)?,
        };
        let Some(file) = self.file.filter(|_| !self.is_to_stdout()) else {
            return Output::from_args(self.common).write(&bytes);
        };
        deliver::write_file(&self.common.to_write(file)?, &bytes)?;
        let duties = parts.iter().flat_map(|part| part.pages).flat_map(|page| &page.duties);
        let pages = parts.iter().map(|part| part.pages.len()).sum::<usize>();
        print_line(&format!(
            "Wrote {}: {} from {}.",
            self.common.resolve_path(file).display(),
            render::text::counted_duties(duties),
            counted(pages, "page")
        ));
        Ok(())
    }

    /// The changes of all editions up to the version, at the levels that the policy gives them.
    fn changes_until(&self, place: &RepositoryPlace) -> Result<LogReport> {
        let RevisionArgs { revision, paths, .. } = self.asked.at;
        let repository = Repository::open(&place.folder)?;
        let span = repository.parse_span(revision.as_deref())?;
        let point = Point::Commit(span.tip().clone());
        let keyrefs = self.keyrefs.in_force(&repository, &point)?;
        let filter = keyrefs.path_filter(&repository, paths)?;
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        let mut pages = Vec::new();
        let commits = timeline::log_pages(
            &repository,
            &span,
            &filter,
            &names_of,
            &|_| {},
            &mut |mut page| {
                for reported in page.editions.iter_mut().map(|edition| &mut edition.report) {
                    reported.ignored = keyrefs.relevel(&mut reported.changes, &reported.path);
                }
                pages.push(page);
                Ok(())
            },
        )?;
        keyrefs.print_warnings();
        Ok(LogReport { pages, commits, read: ReadCounts::default() })
    }
}

fn workbook_part<'a>(repository: &'a str, found: &'a TableContent) -> WorkbookPart<'a> {
    WorkbookPart { repository, pages: &found.pages, log: found.log.as_ref() }
}
