//! Tables of a page that cannot be read in a version, beside others that can: until they can be read
//! again, their last readable version stands in for them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::known_comparisons::KnownComparisons;
use super::outage;
use super::pages::{PageContent, Pages};
use super::stand_in::{LastReadable, StandIn};
use crate::diff::{self, Comparison};
use crate::error::{ErrorKind, Result};
use crate::history::{FileVersion, RepoPath, Revision};
use crate::model::{Document, Matrix, Notice, Side, Sides};
use crate::report::UnreadTables;

/// Completes the versions of a page, oldest first. The first may be complete already; `contents` has
/// none for a version of which nothing can be read. Gives the comparisons that this took.
pub(super) fn complete(
    versions: &[FileVersion],
    contents: &mut [Option<Arc<PageContent>>],
    pages: &mut Pages<'_>,
) -> Result<KnownComparisons> {
    let mut known = KnownComparisons::default();
    complete_by(versions, contents, &mut known, pages)?;
    Ok(known)
}

fn complete_by(
    versions: &[FileVersion],
    contents: &mut [Option<Arc<PageContent>>],
    known: &mut KnownComparisons,
    pages: &mut Pages<'_>,
) -> Result<()> {
    let mut last: Option<(usize, Arc<PageContent>)> = None;
    for (at, version) in versions.iter().enumerate() {
        let Some(content) = contents.get_mut(at) else { break };
        let Some(page) = content.clone() else { continue };
        if let Some((before, older)) = last {
            let around = (versions.get(before), versions.get(before + 1));
            let found = tables_lost(around, &older, (version, &page), known, pages)?;
            if !found.is_empty() {
                *content = Some(Arc::new(PageContent::with_stand_ins(&page, found)));
            }
        }
        last = content.clone().map(|page| (at, page));
    }
    Ok(())
}

/// The same for versions of a range that begins after `base`: where a table can be read again that
/// could not be there, its last readable version is before the range.
pub(super) fn complete_range(
    base: Option<&Revision>,
    versions: &[FileVersion],
    contents: &mut [Option<Arc<PageContent>>],
    pages: &mut Pages<'_>,
) -> Result<KnownComparisons> {
    let as_read = contents.to_vec();
    let mut known = complete(versions, contents, pages)?;
    let Some((base, first)) = base.zip(versions.first()) else { return Ok(known) };
    let (true, Some(file), Some(Some(page))) =
        (first.origin.is_before_range(), &first.file, as_read.first())
    else {
        return Ok(known);
    };
    if !reads_again(versions, contents, &mut known, pages)? {
        return Ok(known);
    }
    let found = tables_unread_at(base, &file.path, pages)?;
    if found.is_empty() {
        return Ok(known);
    }
    let first = Arc::new(PageContent::with_stand_ins(page, found));
    contents.clone_from_slice(&as_read);
    if let Some(slot) = contents.first_mut() {
        *slot = Some(first);
    }
    complete_by(versions, contents, &mut known, pages)?;
    Ok(known)
}

/// The tables of a page that cannot be read at a commit, although they could be before.
pub(super) fn tables_unread_at(
    tip: &Revision,
    path: &RepoPath,
    pages: &mut Pages<'_>,
) -> Result<Vec<StandIn>> {
    let repo = pages.repository();
    let versions = match outage::versions_until(repo, tip, path, pages.names_of()) {
        // what a shallow clone does not hold is never found out
        Err(error) if error.kind() == ErrorKind::Incomplete && repo.is_shallow() => Vec::new(),
        found => found?,
    };
    pages.load(&versions)?;
    let mut contents = Vec::new();
    for version in &versions {
        let page = pages.page_of(version)?;
        contents.push(Some(page).filter(|page| page.document.is_responsibility_page()));
    }
    complete(&versions, &mut contents, pages)?;
    let newest = contents.into_iter().flatten().next_back();
    Ok(newest.map(|page| page.stand_ins().to_vec()).unwrap_or_default())
}

/// Leaves out what stands in for tables that cannot be read in the last version either.
pub(super) fn drop_unread_in_the_end(contents: &mut [Option<Arc<PageContent>>]) {
    let Some(Some(last)) = contents.last().cloned() else { return };
    for content in contents.iter_mut().rev() {
        let Some(page) = content else { continue };
        let stand_ins = page.stand_ins();
        let kept: Vec<StandIn> =
            stand_ins.iter().filter(|table| !table.is_among(last.stand_ins())).cloned().collect();
        if kept.len() == stand_ins.len() {
            break;
        }
        *content = Some(Arc::new(PageContent::with_stand_ins(page, kept)));
    }
}

/// The tables that can no longer be read in the newer of two versions, without those that could not
/// be in the older.
pub(super) fn tables_now_unread(old: &PageContent, new: &PageContent) -> UnreadTables {
    let mut unread = UnreadTables::default();
    for table in new.stand_ins().iter().filter(|table| !table.is_among(old.stand_ins())) {
        unread.notices.push(table.notice.clone());
        let duties = table.matrix.rows.iter().flat_map(|row| &row.duties);
        for duty in duties.filter(|duty| !duty.reference) {
            *unread.duties.entry(duty.party.clone()).or_default() += 1;
        }
    }
    unread.notices.sort();
    unread.notices.dedup_by_key(|notice| notice.line);
    unread
}

/// What is known of the older of two versions, without what cannot be read in the newer either.
pub(super) fn known_before<'p>(old: &'p PageContent, new: &PageContent) -> Cow<'p, Document> {
    let stays_unread = |table: &StandIn| table.is_among(new.stand_ins());
    if !old.stand_ins().iter().any(stays_unread) {
        return Cow::Borrowed(&old.document);
    }
    let kept = old.stand_ins().iter().filter(|table| !stays_unread(table)).cloned();
    Cow::Owned(PageContent::with_stand_ins(old, kept.collect()).document)
}

/// Reports the tables that can be read again in the newer of two versions.
pub(super) fn tables_readable_again(
    pages: Sides<&PageContent>,
    comparison: &Comparison,
) -> Vec<Notice> {
    let tables = returned_tables(pages, comparison).into_iter();
    tables.map(|(table, line)| outage::last_readable_notice(Some(line), &table.last)).collect()
}

/// The older of two versions with those of the tables that can be read in the newer; none where there
/// are none.
pub(super) fn with_returned_tables(
    tables: Vec<StandIn>,
    Sides { old, new }: Sides<&PageContent>,
) -> Option<PageContent> {
    let whole = PageContent::with_stand_ins(old, tables);
    let comparison = diff::compare_pages(Sides::new(&whole.document, &new.document));
    let tables = returned_tables(Sides::new(&whole, new), &comparison).into_iter();
    let tables: Vec<StandIn> = tables.map(|(table, _)| table.clone()).collect();
    (!tables.is_empty()).then(|| PageContent::with_stand_ins(old, tables))
}

/// The lines of those of the tables that can be read in the newer of two versions, each with its last
/// readable version.
pub(super) fn returned_versions(
    tables: Vec<StandIn>,
    Sides { old, new }: Sides<&PageContent>,
) -> Vec<(usize, Arc<LastReadable>)> {
    let whole = PageContent::with_stand_ins(old, tables);
    let comparison = diff::compare_pages(Sides::new(&whole.document, &new.document));
    let tables = returned_tables(Sides::new(&whole, new), &comparison).into_iter();
    tables.map(|(table, line)| (line, Arc::clone(&table.last))).collect()
}

/// The tables that stand in for some of the older of two versions, and that can be read in the newer;
/// each with its line there.
fn returned_tables<'p>(
    Sides { old, new }: Sides<&'p PageContent>,
    comparison: &Comparison,
) -> Vec<(&'p StandIn, usize)> {
    let mut partners: HashMap<usize, usize> = HashMap::new();
    for link in &comparison.links {
        partners.extend(link.duty.old.zip(link.duty.new));
    }
    // pages that say the same have not been compared
    let unchanged = comparison.links.is_empty();
    let line_of = |duty: usize| {
        let partner = if unchanged { Some(duty) } else { partners.get(&duty).copied() };
        let (matrix, _, _) = new.duty_at(partner.filter(|at| new.is_read(*at))?)?;
        Some(matrix.line)
    };
    let mut returned = Vec::new();
    for (table, duties) in stand_in_duties(old) {
        let lines: Vec<usize> = duties.clone().filter_map(line_of).collect();
        if let Some(line) = lines.first().filter(|_| lines.len() * 2 >= duties.len())
            && !table.is_among(new.stand_ins())
        {
            returned.push((table, *line));
        }
    }
    returned
}

/// The tables that stand in, each with the positions of its duties.
fn stand_in_duties(page: &PageContent) -> impl Iterator<Item = (&StandIn, Range<usize>)> {
    let duties = |matrix: &Matrix| matrix.rows.iter().map(|row| row.duties.len()).sum::<usize>();
    let read = page.document.matrices.iter().take(page.read_matrices());
    let mut start = read.map(|matrix| duties(matrix)).sum::<usize>();
    page.stand_ins().iter().map(move |table| {
        let first = start;
        start += duties(&table.matrix);
        (table, first..start)
    })
}

/// The tables of the older version that stand unread in the newer. `around` is the older version and
/// the one after it.
fn tables_lost(
    around: (Option<&FileVersion>, Option<&FileVersion>),
    older: &Arc<PageContent>,
    (version, page): (&FileVersion, &Arc<PageContent>),
    known: &mut KnownComparisons,
    pages: &mut Pages<'_>,
) -> Result<Vec<StandIn>> {
    let (Some(before), since) = around else { return Ok(Vec::new()) };
    if !may_be_without(&page.document, &older.document) {
        return Ok(Vec::new());
    }
    let comparison = known.compare_once(older, page);
    let lost = diff::lost_by_position(&older.document, &comparison, Side::Old);
    let one_table = |matrix: &Arc<Matrix>| Document {
        title: older.document.title.clone(),
        inclusions: older.document.inclusions.clone(),
        matrices: vec![Arc::clone(matrix)],
        ..Document::default()
    };
    let mut found = Vec::new();
    let here = Arc::new(LastReadable { version: before.clone(), since: since.cloned() });
    for (position, matrix) in lost {
        let alone = one_table(&matrix);
        let notices = outage::unread_of(pages, version, &page.document, &alone, Side::New)?;
        let Some(notice) = notices.into_iter().next() else { continue };
        let stand_in = position.checked_sub(older.read_matrices());
        let stand_in = stand_in.and_then(|at| older.stand_ins().get(at));
        let from = stand_in.map_or(&here, |table| &table.last);
        found.push(StandIn { matrix, notice, last: Arc::clone(from) });
    }
    Ok(found)
}

/// Whether duties are read in some version that stand unread in the one before.
fn reads_again(
    versions: &[FileVersion],
    contents: &[Option<Arc<PageContent>>],
    known: &mut KnownComparisons,
    pages: &mut Pages<'_>,
) -> Result<bool> {
    let mut last: Option<(&FileVersion, &Arc<PageContent>)> = None;
    for (version, page) in versions.iter().zip(contents) {
        let Some(page) = page else { continue };
        if let Some((before, old)) = last
            && may_be_without(&old.document, &page.document)
        {
            let comparison = known.compare_once(old, page);
            let added = diff::lost_matrices(&page.document, &comparison, Side::New);
            if !outage::unread_of(pages, before, &old.as_read(), &added, Side::Old)?.is_empty() {
                return Ok(true);
            }
        }
        last = Some((version, page));
    }
    Ok(false)
}

/// Whether at least half the duties of some table may have no counterpart in a page: only then need
/// the two be compared.
fn may_be_without(page: &Document, other: &Document) -> bool {
    let differs = |matrix: &&Arc<Matrix>| !page.matrices.contains(matrix);
    if !other.matrices.iter().any(|matrix| differs(&matrix)) {
        return false;
    }
    let mut left: HashMap<&str, isize> = HashMap::new();
    for (_, _, duty) in page.duties() {
        *left.entry(&duty.phrase.canonical).or_default() += 1;
    }
    for (_, _, duty) in other.duties() {
        *left.entry(&duty.phrase.canonical).or_default() -= 1;
    }
    let is_short = |text: &str| left.get(text).is_some_and(|count| *count < 0);
    other.matrices.iter().filter(differs).any(|matrix| {
        let duties = || matrix.rows.iter().flat_map(|row| &row.duties);
        let missing = duties().filter(|duty| is_short(&duty.phrase.canonical)).count();
        missing > 0 && missing * 2 >= duties().count()
    })
}
