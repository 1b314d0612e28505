//! Files that assigned responsibilities once, and whose parties cannot be read now.

use crate::error::{ErrorKind, Result};
use crate::history::{Ends, File, Point, Repository, Request};
use crate::report::DocumentReport;
use crate::timeline::{self, NamesTable, PageTest};

use super::keyrefs::Keyrefs;

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
}

/// Those of these files, each with notices that say where its duties stand unread. A shallow clone
/// that is cut off too early does not know what they were.
pub(super) fn former_pages(
    repository: &Repository,
    point: &Point,
    files: &[File],
    keyrefs: &Keyrefs,
    back: LookBack,
) -> Result<Vec<DocumentReport>> {
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

/// A point as the new end of all that is committed before it.
pub(super) fn history_until(repository: &Repository, point: &Point) -> Result<Ends> {
    let twice = |id: String| vec![id.clone(), id];
    let revisions = point.commit_id().map(|id| twice(id.to_string())).unwrap_or_default();
    repository.resolve_ends(&Request { revisions, cached: *point == Point::Index })
}
