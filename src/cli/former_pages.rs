//! Files and tables that assigned responsibilities once, and whose parties cannot be read now.

use std::collections::BTreeMap;

use crate::error::{ErrorKind, Result};
use crate::history::{Ends, File, Point, RepoPath, Repository, Request};
use crate::model::Notice;
use crate::normalize::UnreadBlocks;
use crate::report::DocumentReport;
use crate::timeline::{self, NamesTable, PageTest};

use super::pages::{PageAt, PagesAt};

/// How far back is looked for what a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookBack {
    /// As far as a run may take that looks for mistakes.
    Long,
    /// As far as it takes no time worth mentioning.
    Brief,
}

impl LookBack {
    /// At most so many contents are read, of all files together.
    const fn most(self) -> usize {
        match self {
            Self::Long => 2_000,
            Self::Brief => 500,
        }
    }

    /// At most so many versions of a page are read for its tables: these are read whole.
    const fn most_of_page(self) -> usize {
        match self {
            Self::Long => 500,
            Self::Brief => 100,
        }
    }
}

/// Those of these files, each with notices that say where its duties stand unread. A shallow clone
/// that is cut off too early does not know what they were.
pub(super) fn former_pages(
    at: PagesAt<'_>,
    files: &[File],
    back: LookBack,
) -> Result<Vec<DocumentReport>> {
    let PagesAt { repository, point, keyrefs } = at;
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    let test = PageTest::new(&[], &names_of);
    let were = repository.were_pages(point, files, &test, back.most())?;
    if were.is_empty() {
        return Ok(Vec::new());
    }
    let ends = history_until(repository, point)?;
    let filter = repository.filter_of_files(&were);
    match timeline::still_unread(repository, &ends, &filter, &names_of) {
        Err(error) if error.kind() == ErrorKind::Incomplete && repository.is_shallow() => {
            Ok(Vec::new())
        }
        found => found,
    }
}

/// Where tables stand unread in pages although an older version named their parties, page by page.
/// Pages of which everything is read are not looked back for.
pub(super) fn unread_tables(
    at: PagesAt<'_>,
    pages: &[PageAt],
    back: LookBack,
) -> Result<Vec<Vec<Notice>>> {
    let PagesAt { repository, point, keyrefs } = at;
    let has_blocks = |page: &&PageAt| {
        !UnreadBlocks::of_page(page.source(), &page.names, &page.document).is_empty()
    };
    let asked: Vec<&PageAt> = pages.iter().filter(has_blocks).collect();
    if asked.is_empty() {
        return Ok(vec![Vec::new(); pages.len()]);
    }
    let files: Vec<File> = asked.iter().map(|page| page.file.clone()).collect();
    let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
    let most = back.most_of_page();
    let found = timeline::tables_still_unread(repository, point, &files, &names_of, most)?;
    let mut found: BTreeMap<&RepoPath, Vec<Notice>> =
        files.iter().map(|file| &file.path).zip(found).collect();
    let unread = pages.iter().map(|page| {
        let mut notices = found.remove(&page.file.path).unwrap_or_default();
        let own = &page.document.notices;
        notices.retain(|one| !own.iter().any(|own| (own.code, own.line) == (one.code, one.line)));
        notices
    });
    Ok(unread.collect())
}

/// A point as the new end of all that is committed before it.
pub(super) fn history_until(repository: &Repository, point: &Point) -> Result<Ends> {
    let twice = |id: String| vec![id.clone(), id];
    let revisions = point.commit_id().map(|id| twice(id.to_string())).unwrap_or_default();
    repository.resolve_ends(&Request { revisions, cached: *point == Point::Index })
}
