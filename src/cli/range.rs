//! The repository side of `diff`: from revisions to a report.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::diff::{DocumentPair, compare_all};
use crate::error::Result;
use crate::history::{Ends, File, FilePair, Point, Repository, Request};
use crate::model::{Document, Sides};
use crate::normalize;
use crate::report::{Compared, End, Report, assemble};

use super::keyrefs::{Keyrefs, NamesAt};

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
    let pairs =
        repository.changed(&ends, &filter, &|bytes| normalize::may_assign_responsibility(bytes))?;
    let pages = read(&repository, &ends, &pairs, wanted.keyrefs)?;
    let report = report(&ends, &pairs, &pages);
    let base = (!repository.is_bare()).then(|| repository.place().to_owned());
    Ok((report, base))
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

type Pages = Vec<Sides<Option<Document>>>;

fn read(
    repository: &Repository,
    ends: &Ends,
    pairs: &[FilePair],
    keyrefs: &Keyrefs,
) -> Result<Pages> {
    let mut names = Sides::new(
        NamesAt::new(repository, &ends.points.old, keyrefs)?,
        NamesAt::new(repository, &ends.points.new, keyrefs)?,
    );
    let page = |names: &mut NamesAt<'_>, file: &Option<File>| -> Result<Option<Document>> {
        let Some(file) = file else { return Ok(None) };
        let bytes = repository.read(file)?;
        Ok(Some(normalize::read(&bytes, names.of(&file.path)?)))
    };
    pairs
        .iter()
        .map(|pair| {
            let old = page(&mut names.old, &pair.file.old)?;
            Ok(Sides::new(old, page(&mut names.new, &pair.file.new)?))
        })
        .collect()
}

fn report(ends: &Ends, pairs: &[FilePair], pages: &Pages) -> Report {
    let commit = ends.points.as_ref().map(|point| point.commit().map(|id| id.to_string()));
    let documents: Vec<DocumentPair<'_>> = pairs
        .iter()
        .zip(pages)
        .map(|(pair, pages)| DocumentPair {
            path: pair.file.as_ref().map(|file| file.as_ref().map(|file| file.path.to_string())),
            page: pages.as_ref().map(Option::as_ref),
        })
        .collect();
    let compared = compare_all(&documents)
        .into_iter()
        .zip(documents)
        .map(|(comparison, DocumentPair { path, page })| Compared {
            path,
            commit: commit.clone(),
            page,
            comparison,
        })
        .collect();
    assemble(ends.points.as_ref().map(end), compared, Vec::new())
}
