//! The repository side of `diff`: from revisions to a report.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::history::{Ends, Point, Repository, Request};
use crate::report::{Compared, End, Report, assemble};
use crate::timeline::{self, compare_range};

use super::keyrefs::Keyrefs;

/// What to compare in a repository.
pub(super) struct Wanted<'a> {
    /// Where the repository is.
    pub(super) folder: &'a Path,
    /// The ends.
    pub(super) request: Request,
    /// Pathspecs.
    pub(super) paths: &'a [OsString],
    /// The user's names.
    pub(super) keyrefs: &'a Keyrefs,
}

/// Compares two ends of the repository's history; also gives the folder its paths are below.
pub(super) fn compare(wanted: &Wanted<'_>) -> Result<(Report, Option<PathBuf>)> {
    let repository = Repository::open(wanted.folder)?;
    let ends = repository.ends(&wanted.request)?;
    let filter = repository.filter(wanted.paths)?;
    let names_of = |tables: &[String]| wanted.keyrefs.names(tables);
    let compared = compare_range(&repository, &ends, &filter, &names_of)?;
    wanted.keyrefs.warn();
    let base = (!repository.is_bare()).then(|| repository.place().to_owned());
    Ok((report(&ends, &compared), base))
}

fn report(ends: &Ends, compared: &timeline::Compared) -> Report {
    let commit = ends.points.as_ref().map(|point| point.commit().map(|id| id.to_string()));
    let documents = compared.documents.iter().map(|document| Compared {
        path: document.path.clone(),
        commit: commit.clone(),
        page: document.page(),
        comparison: document.comparison.clone(),
    });
    assemble(ends.points.as_ref().map(end), documents.collect(), Vec::new())
}

/// The end as the report names it.
fn end(point: &Point) -> End {
    match point {
        Point::Commit(revision) => {
            End::Commit { rev: revision.name.clone(), commit: revision.commit.to_string() }
        }
        Point::Index => End::Index,
        Point::WorkingTree => End::WorkingTree,
    }
}
