//! What is missing from an export, or may be wrong in it, so that it is refused.

use std::collections::BTreeMap;
use std::ffi::OsString;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository};
use crate::lint;
use crate::model::{Document, Notice, counted};
use crate::timeline::{self, NamesTable};

use super::former_pages::{LookBack, history_until, unread_tables};
use super::keyrefs::Keyrefs;
use super::pages::PagesAt;

/// What is missing from an export at a point or may be wrong in it, as `path:line: why`: tables about
/// responsibilities that no party can be read from, duties without an owner, pages that respdiff may
/// have misread, and tables and pages that could be read once.
pub(super) fn unread_at(
    repository: &Repository,
    point: &Point,
    paths: &[OsString],
    keyrefs: &Keyrefs,
) -> Result<Vec<String>> {
    let keyrefs = keyrefs.in_force(repository, point)?;
    let at = PagesAt::new(repository, point, &keyrefs);
    let filter = keyrefs.path_filter(repository, paths)?;
    // by path and line: a line that is read in two ways is one gap
    let mut gaps: BTreeMap<(String, Option<usize>), String> = BTreeMap::new();
    let mut add = |path: &str, notice: &Notice| {
        gaps.entry((path.to_owned(), notice.line)).or_insert_with(|| unread_place(path, notice));
    };
    let pages = at.pages_under(&filter)?;
    let tables = unread_tables(at, &pages, LookBack::Long)?;
    for (page, tables) in pages.iter().zip(&tables) {
        let path = page.path();
        page_gaps(&page.document).iter().chain(tables).for_each(|notice| add(&path, notice));
    }
    let ends = history_until(repository, point)?;
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    for page in timeline::still_unread(repository, &ends, &filter, &names_of)? {
        page.notices.iter().for_each(|notice| add(&page.path, notice));
    }
    Ok(gaps.into_values().collect())
}

/// Why an export of a page lacks duties, or gives them to the wrong party.
pub(super) fn page_gaps(document: &Document) -> Vec<Notice> {
    let mut found = document.notices.clone();
    found.extend(lint::content_findings(document));
    found.retain(|notice| notice.code.spoils_exports());
    found.sort();
    found.dedup();
    found
}

/// What cannot be exported, as an error; its hint is the way out.
pub(super) fn incomplete_export(unread: &[String]) -> Option<Error> {
    let first = unread.first()?;
    let more = more_problems(unread.len() - 1);
    let hint = "fix the page, or exclude it: `-- ':!PATH'`";
    Some(Error::new(ErrorKind::Incomplete, format!("{first}{more}")).with_hint(hint))
}

/// How many problems there are beside the one that a message names.
pub(super) fn more_problems(count: usize) -> String {
    if count == 0 { String::new() } else { format!(" ({})", counted(count, "more problem")) }
}

/// Where and why something is not read.
pub(super) fn unread_place(path: &str, notice: &Notice) -> String {
    let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{path}{line}: {}", notice.message)
}
