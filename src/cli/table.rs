//! One duty per row, of one repository or of several: CSV, lines of JSON, and workbooks.

use std::path::Path;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository};
use crate::model::counted;
use crate::render::{self, WorkbookPart};
use crate::report::{BlamedPage, LogReport, Read, duty_rows};
use crate::timeline::{self, NamesTable};

use super::args::{BlameFormat, CommonArgs, ShowFormat};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::several::{self, Place};
use super::{Outcome, blame, complain_of, input, pages};

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

/// Tables go into files; the other formats are for standard output.
pub(super) fn refuse_file(file: Option<&Path>) -> Result<()> {
    match file {
        None => Ok(()),
        Some(_) => Err(Error::new(ErrorKind::Usage, "--output is for csv, jsonl and xlsx")
            .hint("add --format, or redirect standard output to the file")),
    }
}

/// What a table is made from, and where it goes.
pub(super) struct TableRun<'a> {
    pub(super) asked: blame::Asked<'a>,
    pub(super) keyrefs: &'a Keyrefs,
    pub(super) common: &'a CommonArgs,
    pub(super) file: Option<&'a Path>,
}

/// The duties of a repository, and for a workbook also what changed there.
struct Found {
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
        mut read: impl FnMut(&Place) -> Result<Vec<BlamedPage>>,
    ) -> Result<Outcome> {
        self.refuse_terminal(format)?;
        let mut found = |place: &Place| -> Result<Found> {
            let pages = read(place)?;
            let log = (format == TableFormat::Xlsx).then(|| self.log(place)).transpose()?;
            let unread = self.unread(place)?;
            Ok(Found { pages, log, unread })
        };
        let Some(places) = several::places(self.common)? else {
            let found = found(&Place::only(self.common))?;
            let is_whole = self.tell_unread([("", &found)])?;
            self.write(format, &[part("", &found)])?;
            return Ok(if is_whole { Outcome::Done } else { Outcome::Failed });
        };
        let results = several::each(places, found);
        let is_whole = self.tell_unread(several::good(&results))?;
        let good = several::good(&results);
        let parts: Vec<_> = good.map(|(name, found)| part(name, found)).collect();
        self.write(format, &parts)?;
        let outcome = several::outcome(&results, false);
        Ok(if is_whole { outcome } else { Outcome::Failed })
    }

    fn unread(&self, place: &Place) -> Result<Vec<String>> {
        let revision = self.asked.revision.map(input::text).transpose()?;
        let repository = Repository::open(&place.folder)?;
        let point = pages::point(&repository, revision)?;
        pages::unread(&repository, &point, self.asked.paths, self.keyrefs)
    }

    /// Says what is missing, and whether nothing is. A file is written whole or not at all.
    fn tell_unread<'a>(
        &self,
        found: impl IntoIterator<Item = (&'a str, &'a Found)>,
    ) -> Result<bool> {
        let mut is_whole = true;
        for (repository, found) in found {
            if let Some(error) = pages::incomplete_export(&found.unread) {
                complain_of(Some(repository).filter(|name| !name.is_empty()), &error);
                is_whole = false;
            }
        }
        if is_whole || self.is_to_stdout() {
            return Ok(is_whole);
        }
        let file = self.file.unwrap_or(Path::new("")).display().to_string();
        let message = format!(
            "{} is not written, because duties would be missing",
            render::safe::visible(&file)
        );
        Err(Error::new(ErrorKind::Incomplete, message))
    }

    /// Writes the duties of a file outside a repository.
    pub(super) fn write_file_table(
        &self,
        format: TableFormat,
        pages: &[BlamedPage],
    ) -> Result<Outcome> {
        self.refuse_terminal(format)?;
        self.write(format, &[WorkbookPart { repository: "", pages, log: None }])?;
        Ok(Outcome::Done)
    }

    fn refuse_terminal(&self, format: TableFormat) -> Result<()> {
        if format == TableFormat::Xlsx && self.is_to_stdout() && deliver::stdout_is_terminal() {
            return Err(Error::new(ErrorKind::Usage, "a workbook is not written to a terminal")
                .hint("name a file: --output responsibilities.xlsx"));
        }
        Ok(())
    }

    fn is_to_stdout(&self) -> bool {
        self.file.is_none_or(|file| file == Path::new("-"))
    }

    fn write(&self, format: TableFormat, parts: &[WorkbookPart<'_>]) -> Result<()> {
        let rows = || parts.iter().flat_map(|part| duty_rows(part.repository, part.pages));
        let bytes = match format {
            TableFormat::Csv => render::csv::duties(rows())?,
            TableFormat::Jsonl => render::json::duties(rows())?,
            TableFormat::Xlsx => render::xlsx::workbook(parts)?,
        };
        let Some(file) = self.file.filter(|_| !self.is_to_stdout()) else {
            return Output::of(self.common).write(&bytes);
        };
        deliver::write(&self.common.to_write(file)?, &bytes)?;
        let shown = file.display().to_string();
        let (pages, duties) = (parts.iter().map(|part| part.pages.len()).sum::<usize>(), rows());
        deliver::aside(&format!(
            "Wrote {}: {} of {}.\n",
            render::safe::visible(&shown),
            counted(duties.count(), "duty"),
            counted(pages, "page")
        ));
        Ok(())
    }

    /// The changes of all editions up to the version, at the levels that the policy gives them.
    fn log(&self, place: &Place) -> Result<LogReport> {
        let revision = self.asked.revision.map(input::text).transpose()?;
        let repository = Repository::open(&place.folder)?;
        let span = repository.span(revision.as_deref())?;
        let point = Point::Commit(span.tip().clone());
        let keyrefs = self.keyrefs.in_force(&repository, &point)?;
        let filter = keyrefs.filter(&repository, self.asked.paths)?;
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let mut pages = Vec::new();
        let commits =
            timeline::log(&repository, &span, &filter, &names_of, &|_| {}, &mut |mut page| {
                for told in page.editions.iter_mut().map(|edition| &mut edition.told) {
                    keyrefs.relevel(&mut told.changes, &told.path);
                }
                pages.push(page);
                Ok(())
            })?;
        keyrefs.warn();
        Ok(LogReport { pages, commits, read: Read::default() })
    }
}

fn part<'a>(repository: &'a str, found: &'a Found) -> WorkbookPart<'a> {
    WorkbookPart { repository, pages: &found.pages, log: found.log.as_ref() }
}
