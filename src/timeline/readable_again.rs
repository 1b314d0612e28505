//! Pages that a change of the policy made readable again: no commit changed the pages themselves.

use std::collections::HashMap;
use std::sync::Arc;

use super::changed_editions::editions_with_changes;
use super::complete_versions;
use super::outage;
use super::pages::{NamesOf, Pages};
use super::stand_in::LastReadable;
use crate::error::{ErrorKind, Result};
use crate::history::{FileVersion, Filter, Point, RepoPath, Repository, Revision, VersionOrigin};
use crate::model::{Notice, Sides};
use crate::normalize::{Source, read_page};
use crate::report::DocumentReport;

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
    let names = names_of.map(|names_of| names_of(&[]));
    let (mut paths, mut in_part) = (Vec::new(), Vec::new());
    for file in repo.page_files(&Point::Commit(base.clone()), filter)? {
        let content = repo.read_file(&file)?;
        let source = || Source::in_format(file.path.format(), &content);
        let tables = names.as_ref().map(|names| read_page(source(), names).matrices.len());
        if tables.old == 0 && tables.new > 0 {
            paths.push(file.path);
        } else if tables.old < tables.new {
            in_part.push(file.path);
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
            let notices = vec![outage::last_readable_notice(None, last)];
            reported.extend(editions_since(repo, base, names_of.new, (&path, last, notices))?);
        }
    }
    for path in in_part {
        reported.extend(editions_of_tables(repo, base, names_of, &path)?);
    }
    Ok(reported)
}

/// The same of a page of which only tables could not be read.
fn editions_of_tables(
    repo: &Repository,
    base: &Revision,
    names_of: Sides<NamesOf<'_>>,
    path: &RepoPath,
) -> Result<Vec<DocumentReport>> {
    let mut pages = Sides::new(Pages::new(repo, names_of.old), Pages::new(repo, names_of.new));
    let tables = complete_versions::tables_unread_at(base, path, &mut pages.old)?;
    let versions = outage::versions_until(repo, base, path, names_of.old)?;
    let Some(newest) = versions.last().filter(|_| !tables.is_empty()) else {
        return Ok(Vec::new());
    };
    let (old, new) = (pages.old.page_of(newest)?, pages.new.page_of(newest)?);
    let returned = complete_versions::returned_versions(tables, Sides::new(&old, &new));
    // what was reported since the first of them is not reported again
    let time = |last: &LastReadable| match &last.version.origin {
        VersionOrigin::Commit(commit) => Some(commit.time),
        VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded => None,
    };
    let first = returned.iter().map(|(_, last)| last).min_by_key(|last| time(last)).cloned();
    let Some(first) = first else { return Ok(Vec::new()) };
    let notice =
        |(line, last): &(usize, Arc<LastReadable>)| outage::last_readable_notice(Some(*line), last);
    let notices = returned.iter().map(notice).collect();
    editions_since(repo, base, names_of.new, (path, &first, notices))
}

/// The editions of a page since its last readable version; the newest says that it can be read
/// again.
fn editions_since(
    repo: &Repository,
    base: &Revision,
    names_of: NamesOf<'_>,
    (path, last, notices): (&RepoPath, &LastReadable, Vec<Notice>),
) -> Result<Vec<DocumentReport>> {
    let (VersionOrigin::Commit(commit), Some(since)) = (&last.version.origin, &last.since) else {
        return Ok(Vec::new());
    };
    let span = repo.parse_span(Some(&format!("{}..{}", commit.id, base.commit)))?;
    let filter = repo.filter_of_files(std::slice::from_ref(path));
    let mut editions = editions_with_changes(repo, &span, &filter, names_of, &|_| {})?;
    if editions.is_empty() {
        let versions = outage::versions_until(repo, base, path, names_of)?;
        editions.push(unchanged_page(repo, names_of, path, versions.last().unwrap_or(since))?);
    }
    if let Some(newest) = editions.last_mut() {
        newest.notices.extend(notices);
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
    Ok(DocumentReport::unchanged(path.to_string(), &page.document, commit))
}
