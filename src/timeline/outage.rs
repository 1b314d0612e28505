//! Pages that were away or could not be read for some versions, and their last version before.

use std::collections::HashMap;
use std::sync::Arc;

use super::page_test::PageTest;
use super::pages::{NamesOf, Page, Pages};
use super::range::is_before;
use crate::diff::{self, Comparison, PageSource, lost_matrices, unread_in};
use crate::error::Result;
use crate::history::{
    Ends, FilePair, Filter, Life, Origin, Point, RepoPath, Repository, Revision, Version,
};
use crate::model::{Change, Code, Document, Notice, Side, Sides};
use crate::normalize::Source;
use crate::report::{self, DocumentReport, Status};

/// The last version of a file that could be read.
#[derive(Clone, Debug)]
pub(super) struct LastReadable {
    pub(super) version: Version,
    /// The version after it, which could not.
    pub(super) since: Option<Version>,
}

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
    let span = repo.span(Some(&tip.commit.to_string()))?;
    let filter = repo.filter_of_files(paths);
    let test = PageTest::of_span(repo, &span, names_of)?;
    let histories = repo.biographies(&span, &filter, &test, &|_| {})?;
    let mut pages = Pages::new(repo, names_of);
    for history in &histories.pages {
        let versions = &history.life.versions;
        for (at, version) in versions.iter().enumerate().rev() {
            if pages.is_readable(Some(version))? {
                let since = versions.get(at + 1).cloned();
                let last = LastReadable { version: version.clone(), since };
                found.insert(history.path.clone(), last);
                break;
            }
        }
        pages.forget();
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
    let span = repo.span(Some(&tip.commit.to_string()))?;
    let test = PageTest::of_span(repo, &span, names_of)?;
    let histories = repo.biographies(&span, filter, &test, &|_| {})?;
    let mut pages = Pages::new(repo, names_of);
    let mut unread = Vec::new();
    for history in &histories.pages {
        let Some(file) = repo.file_at(&ends.points.new, &history.path)? else { continue };
        let Some(newest) = history.life.versions.last() else { continue };
        let version = Version { file: Some(file), ..newest.clone() };
        let there = pages.of(&version)?;
        if there.document.is_responsibility_page() {
            pages.forget();
            continue;
        }
        let mut readable = None;
        for version in &history.life.versions {
            readable = Some(pages.of(version)?)
                .filter(|page| page.document.is_responsibility_page())
                .or(readable);
        }
        let Some(before) = readable else { continue };
        let (lost, page) = (&before.document, &there.document);
        let notices = unread_of(&mut pages, &version, page, lost, Side::New)?;
        pages.forget();
        if notices.is_empty() {
            continue;
        }
        let stamped = report::Version { commit: None, stamp: page.stamp.clone() };
        unread.push(DocumentReport {
            path: history.path.to_string(),
            old_path: None,
            status: Status::Modified,
            title: page.title.clone(),
            subcollection: page.subcollection.clone(),
            version: Sides::new(Some(stamped.clone()), Some(stamped)),
            changes: Vec::new(),
            notices,
            // it was so before
            unread: Vec::new(),
            file_stays: false,
        });
    }
    Ok(unread)
}

/// So many versions are looked at for the tables of a page that cannot be read in a later one.
const MOST_VERSIONS: usize = 100;

/// Compares again a page of which a table can be read again: with what the old version has, and with
/// that table as the last version before has it in which its parties can be read. `older` are the
/// versions before the old one, oldest first. None where nothing is to be compared again.
pub(super) fn compare_returned_tables(
    pages: &mut Pages<'_>,
    older: &[Version],
    old: (&Version, &Arc<Page>),
    (new, comparison): (&Arc<Page>, &Comparison),
) -> Result<Option<Comparison>> {
    let (version, page) = old;
    for before in older.iter().rev().take(MOST_VERSIONS) {
        let before = pages.of(before)?;
        let to_old = diff::compare(Sides::new(&before.document, &page.document));
        let mut kept = Vec::new();
        for matrix in lost_matrices(&before.document, &to_old, Side::Old).matrices {
            let lost = Document { matrices: vec![matrix], ..Document::default() };
            if !unread_of(pages, version, &page.document, &lost, Side::New)?.is_empty() {
                kept.extend(lost.matrices);
            }
        }
        if !kept.is_empty() {
            let mut whole = page.document.clone();
            whole.matrices.extend(kept);
            let mut again = diff::compare(Sides::new(&whole, &new.document));
            again
                .notices
                .extend(comparison.notices.iter().filter(|n| n.code == Code::Returned).cloned());
            return Ok(Some(again));
        }
    }
    Ok(None)
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
) -> Result<Vec<Version>> {
    let span = repo.span(Some(&tip.commit.to_string()))?;
    let filter = repo.filter_of_files(std::slice::from_ref(path));
    let test = PageTest::of_span(repo, &span, names_of)?;
    let mut found = repo.biographies(&span, &filter, &test, &|_| {})?.pages;
    found.retain(|history| history.path == *path);
    Ok(found.pop().map(|history| history.life.versions).unwrap_or_default())
}

/// The notice that a page is compared with its last version that could be read. `since` is the
/// version after it.
pub(super) fn returned(last: &Version, since: Option<&Version>) -> Notice {
    let named = |version: &Version| match &version.origin {
        Origin::Commit(commit) => {
            format!("{} of {}", commit.id.short(), commit.time.to_utc().date_naive())
        }
        Origin::OldEnd | Origin::Fork => "the old end".to_owned(),
        Origin::Unrecorded => "the working tree".to_owned(),
    };
    let how = match since {
        Some(version) if version.file.is_some() => {
            format!("its parties were unreadable from {} on", named(version))
        }
        Some(version) => format!("it was missing since {}", named(version)),
        None => "it was missing or unreadable".to_owned(),
    };
    let message = format!(
        "the page can be read again: {how}; compared with its last readable version, {}",
        named(last)
    );
    Notice::of_page(Code::Returned, message).on(Side::New)
}

/// Puts the last version that could be read in the place of what the old end has, where only the
/// new end can be read. Returns, by position, what to report about that.
pub(super) fn reach_back(
    repo: &Repository,
    ends: &Ends,
    (pairs, lives): (&mut [FilePair], &mut [Life]),
    pages: &mut Pages<'_>,
) -> Result<HashMap<usize, Notice>> {
    let Point::Commit(tip) = &ends.points.old else { return Ok(HashMap::new()) };
    let outermost = |life: &'_ Life| {
        [life.versions.first(), life.versions.last()].into_iter().flatten().cloned().collect()
    };
    pages.load(&lives.iter().flat_map::<Vec<Version>, _>(outermost).collect::<Vec<_>>())?;
    let mut wanted = Vec::new();
    for (at, (pair, life)) in pairs.iter().zip(lives.iter()).enumerate() {
        let old = life.versions.first().filter(|_| pair.file.old.is_some());
        let new = life.versions.last().filter(|_| pair.file.new.is_some());
        if pages.is_readable(new)? && !pages.is_readable(old)? {
            let path = pair.file.old.as_ref().map_or(&pair.path, |file| &file.path);
            wanted.push((at, path.clone()));
        }
    }
    let paths: Vec<RepoPath> = wanted.iter().map(|(_, path)| path.clone()).collect();
    let found = last_readable(repo, tip, &paths, pages.names_of())?;
    let mut notices = HashMap::new();
    for (at, path) in wanted {
        let (Some(last), Some(pair), Some(life)) =
            (found.get(&path), pairs.get_mut(at), lives.get_mut(at))
        else {
            continue;
        };
        notices.insert(at, returned(&last.version, last.since.as_ref()));
        pair.file.old.clone_from(&last.version.file);
        let version = Version { origin: Origin::OldEnd, ..last.version.clone() };
        match life.versions.first_mut().filter(|first| is_before(&first.origin)) {
            Some(first) => *first = version,
            None => life.versions.insert(0, version),
        }
    }
    Ok(notices)
}

/// Takes versions between the ends out in which the page was away or could not be read: a duty
/// goes on as far as its content does.
pub(super) fn pass_over(life: &mut Life, pages: &mut Pages<'_>) -> Result<()> {
    let last = life.versions.len().saturating_sub(1);
    if last < 2 {
        return Ok(());
    }
    pages.load(&life.versions)?;
    let mut kept = Vec::new();
    for (at, version) in std::mem::take(&mut life.versions).into_iter().enumerate() {
        if at == 0 || at == last || pages.is_readable(Some(&version))? {
            kept.push(version);
        }
    }
    life.versions = kept;
    Ok(())
}

/// Adds to a comparison of two versions of a file where the parties of one side cannot be read.
pub(super) fn note_unread(
    pages: &mut Pages<'_>,
    versions: Sides<Option<&Version>>,
    content: Sides<Option<&Arc<Page>>>,
    comparison: &mut Comparison,
) -> Result<()> {
    let (Some(old), Some(new)) = (content.old, content.new) else { return Ok(()) };
    for (side, from, to, version) in
        [(Side::New, old, new, versions.new), (Side::Old, new, old, versions.old)]
    {
        let other = if side == Side::New { Side::Old } else { Side::New };
        let lost = lost_matrices(&from.document, comparison, other);
        let Some(version) = version else { continue };
        let found = unread_of(pages, version, &to.document, &lost, side)?;
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
    version: &Version,
    page: &Document,
    lost: &Document,
    side: Side,
) -> Result<Vec<Notice>> {
    let Some(file) = version.file.as_ref().filter(|_| !lost.matrices.is_empty()) else {
        return Ok(Vec::new());
    };
    let bytes = pages.repository().read(file)?;
    let names = pages.names_at(version)?;
    Ok(unread_in(
        PageSource { source: Source::of(file.path.format(), &bytes), names: &names, page },
        lost,
        side,
    ))
}
