//! Two files that the user named, compared with each other whatever became of them in between.

use super::page_test::PageTest;
use super::pages::{NAMES_FILE, NamesOf, Pages};
use super::range::{
    ComparedDocument, ComparedRange, OldSide, at_ends, compare_filtered, hold_to_account,
    note_unread_ends,
};
use crate::error::{Error, ErrorKind, Result};
use crate::history::{
    Ends, FileHistory, FilePair, FileVersion, Point, RepoPath, Repository, VersionOrigin,
};
use crate::model::Sides;

/// Compares the two files. Where one became the other in between, its history says who brought each
/// change; else nobody did.
pub(super) fn compare_files(
    repo: &Repository,
    ends: &Ends,
    files: &Sides<RepoPath>,
    names_of: NamesOf<'_>,
    old_side: OldSide,
) -> Result<ComparedRange> {
    let companions = repo.companions_of(ends)?;
    let test = PageTest::of_files(repo, companions.all_files(), names_of)?;
    let version = |point: &Point, path: &RepoPath| -> Result<FileVersion> {
        let found = repo.version_at(point, path, Some(NAMES_FILE), &test)?;
        found.ok_or_else(|| no_such_file(repo, point, path))
    };
    let points = &ends.points;
    let mut old = version(&points.old, &files.old)?;
    old.origin = VersionOrigin::OldEnd;
    let new = version(&points.new, &files.new)?;
    let pair =
        FilePair { path: files.new.clone(), file: Sides::new(old.file.clone(), new.file.clone()) };
    let history = FileHistory { versions: vec![old, new] };
    let mut pages = Pages::new(repo, names_of);
    let mut documents = at_ends(&[pair], std::slice::from_ref(&history), &mut pages)?;
    for document in &mut documents {
        note_unread_ends(document, &history, &mut pages)?;
        require_pages(document, points, files)?;
        hold_to_account(document, &history);
    }
    if let Some(traced) = compare_traced(repo, ends, files, names_of, old_side)? {
        return Ok(traced);
    }
    Ok(ComparedRange { documents, off_mainline: false, unread_others: None })
}

/// The comparison with the history of the page, where both files may be one page.
fn compare_traced(
    repo: &Repository,
    ends: &Ends,
    files: &Sides<RepoPath>,
    names_of: NamesOf<'_>,
    old_side: OldSide,
) -> Result<Option<ComparedRange>> {
    let is_there = |point, path| repo.file_at(point, path).map(|file| file.is_some());
    let may_be_renamed = files.old == files.new
        || (!is_there(&ends.points.new, &files.old)? && !is_there(&ends.points.old, &files.new)?);
    if !matches!(ends.points.old, Point::Commit(_)) || !may_be_renamed {
        return Ok(None);
    }
    let filter = repo.filter_of_files(&[files.old.clone(), files.new.clone()]);
    let mut traced = compare_filtered(repo, ends, &filter, names_of, old_side)?;
    let is_path = |found: &Option<String>, path: &RepoPath| *found == Some(path.to_string());
    traced
        .documents
        .retain(|page| is_path(&page.path.old, &files.old) && is_path(&page.path.new, &files.new));
    Ok(Some(traced).filter(|traced| !traced.documents.is_empty()))
}

fn no_such_file(repo: &Repository, point: &Point, path: &RepoPath) -> Error {
    let message = format!("{} has no file `{path}`", point.name());
    let similar = repo.similar_pages(&path.to_string());
    let hint = if *point == Point::WorkingTree {
        format!("git does not track it: `git add -N {path}` includes it")
    } else if similar.is_empty() {
        "in REV:PATH, the path begins at the root of the repository; for the current folder, write \
         REV:./PATH"
            .to_owned()
    } else {
        format!("did you mean {}?", similar.join(" or "))
    };
    Error::new(ErrorKind::Input, message).with_hint(hint)
}

/// Refuses a file that assigns no responsibility: what would be compared with it is all of the other.
fn require_pages(
    document: &ComparedDocument,
    points: &Sides<Point>,
    files: &Sides<RepoPath>,
) -> Result<()> {
    let pages = document.page_sides();
    for (page, point, path) in
        [(pages.old, &points.old, &files.old), (pages.new, &points.new, &files.new)]
    {
        if page.is_none() {
            let message = format!("`{path}` in {} is not a responsibility page", point.name());
            return Err(Error::new(ErrorKind::Input, message).with_hint(
                "name two pages that assign responsibilities; `respdiff show REV` lists them",
            ));
        }
    }
    Ok(())
}
