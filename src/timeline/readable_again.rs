//! Pages that a change of the policy made readable again: no commit changed the pages themselves.

use std::collections::HashMap;

use super::changed_editions::editions_with_changes;
use super::outage::{self, LastReadable};
use super::page_test::PageTest;
use super::pages::{NamesOf, Pages};
use crate::error::{ErrorKind, Result};
use crate::history::{
    FileVersion, Filter, PageReader, Point, RepoPath, Repository, Revision, VersionOrigin,
};
use crate::model::Sides;
use crate::report::{DocumentReport, DocumentVersion, Status};

/// What to report of the pages of a commit that could not be read by the old names, though earlier
/// versions could, and that can be by the new ones: what changed since their last readable version,
/// and that they can be read again.
///
/// # Errors
/// If the history cannot be read.
pub fn editions_readable_again(
    repo: &Repository,
    base: &Revision,
    filter: &Filter,
    names_of: Sides<NamesOf<'_>>,
) -> Result<Vec<DocumentReport>> {
    let tests = names_of.map(|names_of| PageTest::new(&[], names_of));
    let mut paths = Vec::new();
    for file in repo.page_files(&Point::Commit(base.clone()), filter)? {
        let (content, format) = (repo.read_file(&file)?, file.path.format());
        if tests.new.is_page(format, &content) && !tests.old.is_page(format, &content) {
            paths.push(file.path);
        }
    }
    let known = match outage::last_readable(repo, base, &paths, names_of.old) {
        // what a shallow clone does not hold is never found out
        Err(error) if error.kind() == ErrorKind::Incomplete && repo.is_shallow() => HashMap::new(),
        known => known?,
    };
    let mut reported = Vec::new();
    for path in paths {
        if let Some(last) = known.get(&path) {
            reported.extend(editions_since(repo, base, names_of.new, &path, last)?);
        }
    }
    Ok(reported)
}

/// The editions of a page since its last readable version; the newest says that it can be read
/// again.
fn editions_since(
    repo: &Repository,
    base: &Revision,
    names_of: NamesOf<'_>,
    path: &RepoPath,
    last: &LastReadable,
) -> Result<Vec<DocumentReport>> {
    let (VersionOrigin::Commit(commit), Some(since)) = (&last.version.origin, &last.since) else {
        return Ok(Vec::new());
    };
    let span = repo.parse_span(Some(&format!("{}..{}", commit.id, base.commit)))?;
    let filter = repo.filter_of_files(std::slice::from_ref(path));
    let mut editions = editions_with_changes(repo, &span, &filter, names_of, &|_| {})?;
    let notice = outage::last_readable_notice(&last.version, Some(since));
    if editions.is_empty() {
        let versions = outage::versions_until(repo, base, path, names_of)?;
        editions.push(unchanged_page(repo, names_of, path, versions.last().unwrap_or(since))?);
    }
    if let Some(newest) = editions.last_mut() {
        newest.notices.push(notice);
    }
    Ok(editions)
}

/// A page in which no duty changed while it could not be read.
fn unchanged_page(
    repo: &Repository,
    names_of: NamesOf<'_>,
    path: &RepoPath,
    newest: &FileVersion,
) -> Result<DocumentReport> {
    let page = Pages::new(repo, names_of).page_of(newest)?;
    let commit = match &newest.origin {
        VersionOrigin::Commit(commit) => Some(commit.id.to_string()),
        VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded => None,
    };
    let stamp = page.document.stamp.clone();
    let version = DocumentVersion { commit, stamp };
    Ok(DocumentReport {
        path: path.to_string(),
        old_path: None,
        status: Status::Modified,
        title: page.document.title.clone(),
        subcollection: page.document.subcollection.clone(),
        version: Sides::new(Some(version.clone()), Some(version)),
        changes: Vec::new(),
        notices: Vec::new(),
        unread: Vec::new(),
        file_stays: false,
    })
}
