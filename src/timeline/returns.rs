//! Pages that can be read in a range, but not where it begins, although an older version could be.

use std::collections::HashMap;

use super::outage::{last_readable, last_readable_notice, not_compared_notice};
use super::pages::{NamesOf, Pages};
use super::stand_in::LastReadable;
use crate::error::{ErrorKind, Result};
use crate::history::{
    Ends, FileHistory, FilePair, FileVersion, PageHistories, Point, RepoPath, Repository, Revision,
    Span, VersionOrigin,
};
use crate::model::Notice;

/// The pages that can be read at the new end only, by position, each with its path at the old end.
fn returning_pages(
    pairs: &[FilePair],
    lives: &[FileHistory],
    pages: &mut Pages<'_>,
) -> Result<Vec<(usize, RepoPath)>> {
    let outermost = |file_history: &'_ FileHistory| {
        [file_history.versions.first(), file_history.versions.last()]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    };
    pages.load(&lives.iter().flat_map::<Vec<FileVersion>, _>(outermost).collect::<Vec<_>>())?;
    let mut wanted = Vec::new();
    for (at, (pair, file_history)) in pairs.iter().zip(lives).enumerate() {
        let old = file_history.versions.first().filter(|_| pair.file.old.is_some());
        let new = file_history.versions.last().filter(|_| pair.file.new.is_some());
        if pages.is_readable(new)? && !pages.is_readable(old)? {
            let path = pair.file.old.as_ref().map_or(&pair.path, |file| &file.path);
            wanted.push((at, path.clone()));
        }
    }
    Ok(wanted)
}

/// Puts the last version that could be read in the place of what the old end has, where only the
/// new end can be read. Returns, by position, what to report about that.
pub(super) fn reach_back(
    repo: &Repository,
    ends: &Ends,
    (pairs, lives): (&mut [FilePair], &mut [FileHistory]),
    pages: &mut Pages<'_>,
) -> Result<HashMap<usize, Notice>> {
    let Point::Commit(tip) = &ends.points.old else { return Ok(HashMap::new()) };
    let wanted = returning_pages(pairs, lives, pages)?;
    let paths: Vec<RepoPath> = wanted.iter().map(|(_, path)| path.clone()).collect();
    let found = last_readable(repo, tip, &paths, pages.names_of())?;
    let mut notices = HashMap::new();
    for (at, path) in wanted {
        let (Some(last), Some(pair), Some(file_history)) =
            (found.get(&path), pairs.get_mut(at), lives.get_mut(at))
        else {
            continue;
        };
        notices.insert(at, last_readable_notice(None, last));
        pair.file.old.clone_from(&last.version.file);
        let version = before_range(last);
        match file_history.versions.first_mut().filter(|first| first.origin.is_before_range()) {
            Some(first) => *first = version,
            None => file_history.versions.insert(0, version),
        }
    }
    Ok(notices)
}

/// What to report, by position, about pages that can be read at the new end only, but could be once,
/// even if the old end does not have them at all: which range compares them with their last version that could be read.
pub(super) fn notes_of_return(
    repo: &Repository,
    ends: &Ends,
    (pairs, lives): (&[FilePair], &[FileHistory]),
    pages: &mut Pages<'_>,
) -> Result<HashMap<usize, Notice>> {
    let Point::Commit(tip) = &ends.points.old else { return Ok(HashMap::new()) };
    let wanted = returning_pages(pairs, lives, pages)?;
    let paths: Vec<RepoPath> = wanted.iter().map(|(_, path)| path.clone()).collect();
    let found = known_last_readable(repo, tip, &paths, pages.names_of())?;
    let notice = |(at, path): &(usize, RepoPath)| {
        let last = found.get(path)?;
        Some((*at, not_compared_notice(None, last, &ends.points.new)))
    };
    Ok(wanted.iter().filter_map(notice).collect())
}

/// Begins the history of a page with its last version that could be read, where it can be read in a
/// span, but not where that begins. Returns, by position, what to report about that.
pub(super) fn begin_with_last_readable(
    repo: &Repository,
    span: &Span,
    found: &mut PageHistories,
    pages: &mut Pages<'_>,
) -> Result<HashMap<usize, Notice>> {
    let Some(base) = span.base() else { return Ok(HashMap::new()) };
    let mut wanted = Vec::new();
    for (at, page_history) in found.pages.iter().enumerate() {
        let versions = &page_history.file_history.versions;
        let first = versions.iter().find_map(|version| version.file.as_ref());
        let before = versions.first().filter(|version| version.origin.is_before_range());
        if let (Some(file), false) = (first, pages.is_readable(before)?) {
            wanted.push((at, file.path.clone()));
        }
    }
    pages.forget_unused();
    let paths: Vec<RepoPath> = wanted.iter().map(|(_, path)| path.clone()).collect();
    let known = known_last_readable(repo, base, &paths, pages.names_of())?;
    let mut notices = HashMap::new();
    for (at, path) in wanted {
        if let (Some(last), Some(page_history)) = (known.get(&path), found.pages.get_mut(at)) {
            notices.insert(at, last_readable_notice(None, last));
            page_history.file_history.versions.insert(0, before_range(last));
        }
    }
    Ok(notices)
}

/// The last version that could be read as what was there before a range.
fn before_range(last: &LastReadable) -> FileVersion {
    FileVersion { origin: VersionOrigin::OldEnd, ..last.version.clone() }
}

/// The last versions that could be read, as far as a clone holds them.
fn known_last_readable(
    repo: &Repository,
    tip: &Revision,
    paths: &[RepoPath],
    names_of: NamesOf<'_>,
) -> Result<HashMap<RepoPath, LastReadable>> {
    match last_readable(repo, tip, paths, names_of) {
        Err(error) if error.kind() == ErrorKind::Incomplete && repo.is_shallow() => {
            Ok(HashMap::new())
        }
        found => found,
    }
}
