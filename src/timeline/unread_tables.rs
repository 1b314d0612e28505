//! Tables of a page whose parties an older version still named.

use std::collections::BTreeSet;

use super::outage::unread_of;
use super::page_test::PageTest;
use super::pages::{NAMES_FILE, NamesOf, Pages};
use crate::diff::{self, lost_matrices};
use crate::error::Result;
use crate::history::{File, FileHistory, FileVersion, Point, Repository};
use crate::model::{Document, Format, Notice, Side, Sides};
use crate::normalize::{Source, UnreadBlocks};

/// Where duties of older versions stand unread in the files of a point, file by file. Of each file,
/// at most so many versions are read, the newest first.
///
/// # Errors
/// If the history cannot be read.
pub fn tables_still_unread(
    repo: &Repository,
    point: &Point,
    files: &[File],
    names_of: NamesOf<'_>,
    most: usize,
) -> Result<Vec<Vec<Notice>>> {
    let test = PageTest::new(&[], names_of);
    let histories = repo.recent_versions(point, files, NAMES_FILE, &test, most)?;
    let mut pages = Pages::new(repo, names_of);
    let mut all = Vec::new();
    for history in &histories {
        all.push(of_history(history, &mut pages)?);
        pages.forget_unused();
    }
    Ok(all)
}

fn of_history(history: &FileHistory, pages: &mut Pages<'_>) -> Result<Vec<Notice>> {
    let Some((newest, older)) = history.versions.split_last() else { return Ok(Vec::new()) };
    let Some(file) = &newest.file else { return Ok(Vec::new()) };
    let page = pages.page_of(newest)?;
    let content = pages.repository().read_file(file)?;
    let names = pages.names_at(newest)?;
    let source = Source::in_format(file.path.format(), &content);
    let blocks = UnreadBlocks::of_page(source, &names, &page.document);
    let mut found = Vec::new();
    if blocks.is_empty() {
        return Ok(found);
    }
    let mut asked = Vec::new();
    for version in older.iter().rev() {
        let Some(file) = &version.file else { continue };
        // what an AsciiDoc page says may be in other files
        let is_whole = file.path.format() != Format::AsciiDoc;
        if !is_whole || blocks.may_be_read_in(&pages.repository().read_file(file)?) {
            asked.push(version);
        }
    }
    pages.load(asked.iter().copied())?;
    for version in asked {
        let before = pages.page_of(version)?;
        if may_be_unread(&blocks, &before.document, &page.document, &found) {
            found.extend(lost_since(&before.document, (newest, &page.document), pages)?);
            found.sort();
            found.dedup_by_key(|notice| notice.line);
        }
    }
    Ok(found)
}

/// Whether a table of an older version may stand unread at a line that is not reported yet.
fn may_be_unread(
    blocks: &UnreadBlocks,
    older: &Document,
    page: &Document,
    found: &[Notice],
) -> bool {
    let known: BTreeSet<usize> = found.iter().filter_map(|notice| notice.line).collect();
    older
        .matrices
        .iter()
        .any(|matrix| blocks.may_hold(matrix, older, page).iter().any(|line| !known.contains(line)))
}

/// Where duties of an older version stand unread in the newest.
fn lost_since(
    older: &Document,
    (newest, page): (&FileVersion, &Document),
    pages: &mut Pages<'_>,
) -> Result<Vec<Notice>> {
    let comparison = diff::compare_pages(Sides::new(older, page));
    let lost = lost_matrices(older, &comparison, Side::Old);
    unread_of(pages, newest, page, &lost, Side::New)
}
