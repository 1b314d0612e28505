//! Pages that were away or could not be read for some versions, and their last version before.

use std::collections::HashMap;
use std::sync::Arc;

use super::page_test::find_page_histories;
use super::pages::{NamesOf, PageContent, Pages};
use super::stand_in::LastReadable;
use crate::diff::{self, Comparison, PageSource, lost_matrices, unread_in};
use crate::error::Result;
use crate::history::{
    Ends, FileHistory, FileVersion, Filter, Point, RepoPath, Repository, Revision, VersionOrigin,
};
use crate::model::{Change, Code, Document, Notice, Side, Sides};
use crate::normalize::Source;
use crate::report::DocumentReport;

/// The last version of each of these files, on the way to a commit, in which it assigned
/// responsibility, by path. Files that never did have none.
pub(super) fn last_readable(
    repo: &Repository,
    tip: &Revision,
    paths: &[RepoPath],
    names_of: NamesOf<'_>,
) -> Result<HashMap<RepoPath, LastReadable>> {
    let mut found = HashMap::new();
    if paths.is_empty() {
        return Ok(found);
    }
    let span = repo.parse_span(Some(&tip.commit.to_string()))?;
    let filter = repo.filter_of_files(paths);
    let histories = find_page_histories(repo, &span, &filter, names_of, &|_| {})?;
    let mut pages = Pages::new(repo, names_of);
    for history in &histories.pages {
        let versions = &history.file_history.versions;
        for (at, version) in versions.iter().enumerate().rev() {
            if pages.is_readable(Some(version))? {
                let since = versions.get(at + 1).cloned();
                let last = LastReadable { version: version.clone(), since };
                found.insert(history.path.clone(), last);
                break;
            }
        }
        pages.forget_unused();
    }
    Ok(found)
}

/// The pages that were there on the way to the old end, and stand unread at the new one.
///
/// # Errors
/// If the history cannot be read.
pub fn still_unread(
    repo: &Repository,
    ends: &Ends,
    filter: &Filter,
    names_of: NamesOf<'_>,
) -> Result<Vec<DocumentReport>> {
    let Point::Commit(tip) = &ends.points.old else { return Ok(Vec::new()) };
    let span = repo.parse_span(Some(&tip.commit.to_string()))?;
    let histories = find_page_histories(repo, &span, filter, names_of, &|_| {})?;
    let mut pages = Pages::new(repo, names_of);
    let mut unread = Vec::new();
    for history in &histories.pages {
        let Some(file) = repo.file_at(&ends.points.new, &history.path)? else { continue };
        let Some(newest) = history.file_history.versions.last() else { continue };
        let version = FileVersion { file: Some(file), ..newest.clone() };
        let there = pages.page_of(&version)?;
        if there.document.is_responsibility_page() {
            pages.forget_unused();
            continue;
        }
        let mut readable = None;
        for version in &history.file_history.versions {
            readable = Some(pages.page_of(version)?)
                .filter(|page| page.document.is_responsibility_page())
                .or(readable);
        }
        let Some(before) = readable else { continue };
        let (lost, page) = (&before.document, &there.document);
        let notices = unread_of(&mut pages, &version, page, lost, Side::New)?;
        pages.forget_unused();
        if notices.is_empty() {
            continue;
        }
        // it was so before: nothing of it is unread since
        unread.push(DocumentReport {
            notices,
            ..DocumentReport::unchanged(history.path.to_string(), page, None)
        });
    }
    Ok(unread)
}

/// Whether duties were added to a page that stand unread in its old version, and none of the
/// reported ones came from another page.
pub(super) fn tables_returned(comparison: &Comparison) -> bool {
    let is_of_old = |notice: &Notice| notice.side == Some(Side::Old);
    let from_elsewhere =
        |change: &Change| change.place.old.as_ref().is_some_and(|place| place.path.is_some());
    comparison.unread.iter().any(is_of_old) && !comparison.changes.iter().any(from_elsewhere)
}

/// The versions of a file on the way to a commit, that one's included, oldest first.
pub(super) fn versions_until(
    repo: &Repository,
    tip: &Revision,
    path: &RepoPath,
    names_of: NamesOf<'_>,
) -> Result<Vec<FileVersion>> {
    let span = repo.parse_span(Some(&tip.commit.to_string()))?;
    let filter = repo.filter_of_files(std::slice::from_ref(path));
    let mut found = find_page_histories(repo, &span, &filter, names_of, &|_| {})?.pages;
    found.retain(|history| history.path == *path);
    Ok(found.pop().map(|history| history.file_history.versions).unwrap_or_default())
}

/// The notice that a page, or the table in a line of it, is compared with its last version that could
/// be read.
pub(super) fn last_readable_notice(line: Option<usize>, last: &LastReadable) -> Notice {
    let version = version_name(&last.version);
    let then = format!("compared with its last readable version, {version}");
    returned_notice(line, last, &then)
}

/// The notice that it is not compared with its last version that could be read, with the range up to
/// the new end that does so.
pub(super) fn not_compared_notice(line: Option<usize>, last: &LastReadable, new: &Point) -> Notice {
    let range = match &last.version.origin {
        VersionOrigin::Commit(commit) => match new {
            Point::Commit(revision) => format!("{}..{}", commit.id.short(), revision.name),
            Point::Index => format!("--cached {}", commit.id.short()),
            Point::WorkingTree | Point::Empty => commit.id.short(),
        },
        VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded => String::new(),
    };
    let then = format!("`respdiff {range}` compares it with its last readable version");
    returned_notice(line, last, &then)
}

fn returned_notice(line: Option<usize>, last: &LastReadable, then: &str) -> Notice {
    let what = if line.is_some() { "table" } else { "page" };
    let away = away_text(last.since.as_ref());
    let is_back = last.since.as_ref().is_some_and(|since| since.file.is_none());
    let now = if is_back { "is back" } else { "can be read again" };
    let message = format!("the {what} {now}: {away}; {then}");
    let notice = match line {
        Some(line) => Notice::at(line, Code::Returned, message),
        None => Notice::of_page(Code::Returned, message),
    };
    notice.on_side(Side::New)
}

fn version_name(version: &FileVersion) -> String {
    match &version.origin {
        VersionOrigin::Commit(commit) => {
            format!("commit {} of {}", commit.id.short(), commit.time.to_utc().date_naive())
        }
        VersionOrigin::OldEnd | VersionOrigin::Fork => "the old end".to_owned(),
        VersionOrigin::Unrecorded => "the working tree".to_owned(),
    }
}

/// Why a page could not be read, from which version on.
fn away_text(since: Option<&FileVersion>) -> String {
    match since {
        Some(version) if version.file.is_some() => {
            format!("from {} on, respdiff could not tell who had which duty", version_name(version))
        }
        Some(version) => format!("it was missing since {}", version_name(version)),
        None => "it was missing or unreadable".to_owned(),
    }
}

/// Takes versions between the ends out in which the page was away or could not be read: a duty
/// goes on as far as its content does.
pub(super) fn pass_over(file_history: &mut FileHistory, pages: &mut Pages<'_>) -> Result<()> {
    let last = file_history.versions.len().saturating_sub(1);
    if last < 2 {
        return Ok(());
    }
    pages.load(&file_history.versions)?;
    let mut kept = Vec::new();
    for (at, version) in std::mem::take(&mut file_history.versions).into_iter().enumerate() {
        if at == 0 || at == last || pages.is_readable(Some(&version))? {
            kept.push(version);
        }
    }
    file_history.versions = kept;
    Ok(())
}

/// Adds to a comparison of two versions of a file where the parties of one side cannot be read.
pub(super) fn note_unread(
    pages: &mut Pages<'_>,
    versions: Sides<Option<&FileVersion>>,
    content: Sides<Option<&Arc<PageContent>>>,
    comparison: &mut Comparison,
) -> Result<()> {
    let (Some(old), Some(new)) = (content.old, content.new) else { return Ok(()) };
    for (side, from, to, version) in
        [(Side::New, old, new, versions.new), (Side::Old, new, old, versions.old)]
    {
        let other = if side == Side::New { Side::Old } else { Side::New };
        let lost = lost_matrices(&from.document, comparison, other);
        let Some(version) = version else { continue };
        let found = unread_of(pages, version, &to.as_read(), &lost, side)?;
        comparison.notices.extend(found.iter().cloned());
        comparison.unread.extend(found);
    }
    let pages = Sides::new(&old.document, &new.document);
    comparison.notices.extend(diff::no_longer_assigns(pages, comparison));
    Ok(())
}

/// Where the duties of matrices that a version does not show stand unread in its file.
pub(super) fn unread_of(
    pages: &mut Pages<'_>,
    version: &FileVersion,
    page: &Document,
    lost: &Document,
    side: Side,
) -> Result<Vec<Notice>> {
    let Some(file) = version.file.as_ref().filter(|_| !lost.matrices.is_empty()) else {
        return Ok(Vec::new());
    };
    let bytes = pages.repository().read_file(file)?;
    let names = pages.names_at(version)?;
    Ok(unread_in(
        PageSource { source: Source::in_format(file.path.format(), &bytes), names: &names, page },
        lost,
        side,
    ))
}
