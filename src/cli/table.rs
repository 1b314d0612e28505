//! One duty a row, of one repository or of several: CSV and lines of JSON.

use crate::error::Result;
use crate::render;
use crate::report::{BlamedPage, duty_rows};

use super::Outcome;
use super::args::{BlameFormat, CommonArgs, ShowFormat};
use super::output::Output;
use super::several::{self, Place, Results};

/// A form in which one duty is one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableFormat {
    Csv,
    Jsonl,
}

impl TableFormat {
    /// What `show` was asked for, if it is a table.
    pub(super) const fn of_show(format: ShowFormat) -> Option<Self> {
        match format {
            ShowFormat::Csv => Some(Self::Csv),
            ShowFormat::Jsonl => Some(Self::Jsonl),
            ShowFormat::Text | ShowFormat::Yaml | ShowFormat::Json => None,
        }
    }

    /// What `blame` was asked for, if it is a table.
    pub(super) const fn of_blame(format: BlameFormat) -> Option<Self> {
        match format {
            BlameFormat::Csv => Some(Self::Csv),
            BlameFormat::Jsonl => Some(Self::Jsonl),
            BlameFormat::Text | BlameFormat::Json => None,
        }
    }
}

/// Reads the duties of each repository and writes all of them as one table.
pub(super) fn run(
    common: &CommonArgs,
    format: TableFormat,
    read: impl FnMut(&Place) -> Result<Vec<BlamedPage>>,
) -> Result<Outcome> {
    let mut read = read;
    match several::places(common)? {
        Some(places) => write(&several::each(places, read), true, format, common),
        None => {
            let place = Place::only(common);
            let pages = read(&place)?;
            write(&vec![(place, Ok(pages))], false, format, common)
        }
    }
}

/// Writes the duties of all repositories that could be read; where there is only one it has no
/// name.
pub(super) fn write(
    results: &Results<Vec<BlamedPage>>,
    named: bool,
    format: TableFormat,
    common: &CommonArgs,
) -> Result<Outcome> {
    let name = |name| if named { name } else { "" };
    let rows = several::good(results).flat_map(|(place, pages)| duty_rows(name(place), pages));
    let bytes = match format {
        TableFormat::Csv => render::csv::duties(rows)?,
        TableFormat::Jsonl => render::json::duties(rows)?,
    };
    Output::of(common).write(&bytes)?;
    Ok(several::outcome(results, false))
}
