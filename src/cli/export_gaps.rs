//! What is missing from an export, so that it is refused.

use std::collections::BTreeSet;
use std::ffi::OsString;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository};
use crate::model::{Code, Notice};
use crate::timeline::{self, NamesTable};

use super::former_pages::{LookBack, history_until, unread_tables};
use super::keyrefs::Keyrefs;
use super::pages::pages_under;

/// What is missing from an export at a point, as `path:line: why`: tables about responsibilities
/// that no party can be read from, and tables and pages that could be read once.
pub(super) fn unread_at(
    repository: &Repository,
    point: &Point,
    paths: &[OsString],
    keyrefs: &Keyrefs,
) -> Result<Vec<String>> {
    let keyrefs = keyrefs.in_force(repository, point)?;
    let filter = keyrefs.path_filter(repository, paths)?;
    let mut unread = BTreeSet::new();
    let pages = pages_under(repository, point, &filter, &keyrefs)?;
    let tables = unread_tables(repository, point, &pages, &keyrefs, LookBack::Long)?;
    for (page, tables) in pages.iter().zip(&tables) {
        unread.extend(unread_places(&page.path(), &page.document.notices));
        unread.extend(unread_places(&page.path(), tables));
    }
    let ends = history_until(repository, point)?;
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    for page in timeline::still_unread(repository, &ends, &filter, &names_of)? {
        unread.extend(unread_places(&page.path, &page.notices));
    }
    Ok(unread.into_iter().collect())
}

/// What cannot be exported, as an error; its hint is the way out.
pub(super) fn incomplete_export(unread: &[String]) -> Option<Error> {
    let first = unread.first()?;
    let more = match unread.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    let hint = "fix the page, or exclude it: `-- ':!PATH'`";
    Some(Error::new(ErrorKind::Incomplete, format!("{first}{more}")).with_hint(hint))
}

/// The tables that notices report as unread, each as `path:line: why`.
pub(super) fn unread_places(path: &str, notices: &[Notice]) -> impl Iterator<Item = String> {
    let unread = notices.iter().filter(|notice| notice.code == Code::Unassigned);
    unread.map(move |notice| unread_place(path, notice))
}

/// Where and why something is not read.
pub(super) fn unread_place(path: &str, notice: &Notice) -> String {
    let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{path}{line}: {}", notice.message)
}
