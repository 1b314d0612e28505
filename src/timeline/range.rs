//! The whole comparison of two ends.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::introduction::IntroductionFinder;
use super::known_comparisons::{KnownComparisons, PairKey, pair_key};
use super::off_mainline::off_mainline_notice;
use super::page_test::PageTest;
use super::pages::{NAMES_FILE, NamesOf, PageContent, Pages};
use super::version_chain::{VersionChain, VersionLinks, version_text};
use super::{complete_versions, moved_back, outage, returns, stamps};
use crate::diff::{self, Comparison, DocumentPair};
use crate::error::{Error, Result};
use crate::history::{
    Ends, FileHistory, FilePair, FileVersion, Filter, Point, Repository, VersionOrigin,
};
use crate::model::{ChangedPart, Document, Sides};
use crate::report::is_reported;

/// All that two ends differ in.
#[derive(Debug)]
pub struct ComparedRange {
    /// The responsibility pages among the files that differ, by path.
    pub documents: Vec<ComparedDocument>,
    /// Whether the old end is not on the new end's mainline.
    pub off_mainline: bool,
    /// Why duties that were added or removed may have moved between a page that was asked for and
    /// another one, which cannot be read.
    pub unread_others: Option<Error>,
}

/// One page of a range.
#[derive(Debug)]
pub struct ComparedDocument {
    /// The path at each end; none where it is not there, or not yet a page at the old end.
    pub path: Sides<Option<String>>,
    /// Changes, each with the commit that introduced it, and notices.
    pub comparison: Comparison,
    page: Sides<Option<Arc<PageContent>>>,
}

/// What the old side of a page is where the old end has none that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldSide {
    /// What the old end has: a comparison of two ends.
    AsItIs,
    /// The same, with a notice that names its last version that could be read.
    WithNotice,
    /// Its last version before the old end that could be read, if the new end's can be.
    LastReadable,
}

impl ComparedDocument {
    /// The page at each end; none where it is not there or has nothing to do with responsibility.
    #[must_use]
    pub fn page_sides(&self) -> Sides<Option<&Document>> {
        self.page.as_ref().map(|page| page.as_ref().map(|page| &page.document))
    }
}

/// Compares the pages of two ends that the filter lets through, as if there were no others.
pub(super) fn compare_filtered(
    repo: &Repository,
    ends: &Ends,
    filter: &Filter,
    names_of: NamesOf<'_>,
    old_side: OldSide,
) -> Result<ComparedRange> {
    let line = repo.walk_mainline(ends)?;
    let companions = repo.companions_of(ends)?;
    let test = PageTest::of_files(repo, companions.all_files(), names_of)?;
    let mut pairs = repo.changed_pages(ends, filter, &test.or_seeming())?;
    pairs.extend(repo.reverted_pages(ends, &line, filter, &test)?);
    pairs.extend(repo.renamed_only(ends, &companions, &pairs, filter, &test)?);
    pairs.extend(repo.included_only(ends, companions.asciidoc_files(), &pairs, filter, &test)?);
    pairs.sort_by(|a, b| a.path.cmp(&b.path));
    let mut lives = repo.file_histories(ends, &line, &pairs, Some(NAMES_FILE), &test)?;
    join_renamed(repo, ends, &mut pairs, &mut lives)?;
    let mut pages = Pages::new(repo, names_of);
    let back = match old_side {
        OldSide::AsItIs => HashMap::new(),
        OldSide::WithNotice => returns::notes_of_return(repo, ends, (&pairs, &lives), &mut pages)?,
        OldSide::LastReadable => {
            returns::reach_back(repo, ends, (&mut pairs, &mut lives), &mut pages)?
        }
    };
    let mut documents = at_ends(&pairs, &lives, &mut pages)?;
    for (at, (document, file_history)) in documents.iter_mut().zip(&mut lives).enumerate() {
        note_unread_ends(document, file_history, &mut pages)?;
        note_returned_tables(document, file_history, (ends, old_side), &mut pages)?;
        outage::pass_over(file_history, &mut pages)?;
        attribute_changes(document, file_history, ends, &mut pages, repo)?;
        hold_to_account(document, file_history);
        document.comparison.notices.extend(back.get(&at).cloned());
        pages.forget_unused();
    }
    documents.retain(|document| document.page.old.is_some() || document.page.new.is_some());
    Ok(ComparedRange { documents, off_mainline: line.is_off(), unread_others: None })
}

/// Reports where the parties of one end cannot be read, and what is there in its place.
pub(super) fn note_unread_ends(
    document: &mut ComparedDocument,
    file_history: &FileHistory,
    pages: &mut Pages<'_>,
) -> Result<()> {
    let there = |version: Option<&'_ FileVersion>| {
        version.filter(|version| version.file.is_some()).cloned()
    };
    let ends =
        Sides::new(there(file_history.versions.first()), there(file_history.versions.last()));
    let content = Sides::new(
        ends.old.as_ref().map(|version| pages.page_of(version)).transpose()?,
        ends.new.as_ref().map(|version| pages.page_of(version)).transpose()?,
    );
    let comparison = &mut document.comparison;
    let both = content.as_ref().map(Option::as_ref);
    outage::note_unread(pages, ends.as_ref().map(Option::as_ref), both, comparison)?;
    let documents = content.as_ref().map(|page| page.as_ref().map(|page| &page.document));
    let reported = is_reported(documents, &comparison.unread).map(|page| page.is_some());
    let path =
        |version: &Option<FileVersion>| Some(version.as_ref()?.file.as_ref()?.path.to_string());
    if document.page.old.is_none() {
        document.page.old = content.old.filter(|_| reported.old);
        document.path.old = path(&ends.old).filter(|_| document.page.old.is_some());
    }
    if document.page.new.is_none() {
        document.page.new = content.new.filter(|_| reported.new);
    }
    // what is left of a page that no longer assigns anything is still reported by its path
    document.path.new = document.path.new.take().or_else(|| path(&ends.new));
    Ok(())
}

/// Reports the tables that can be read at the new end, and could be before the old one, but not there,
/// or compares them with their last readable version.
fn note_returned_tables(
    document: &mut ComparedDocument,
    file_history: &FileHistory,
    (ends, old_side): (&Ends, OldSide),
    pages: &mut Pages<'_>,
) -> Result<()> {
    let (Some(version), Some(old), Some(new), Point::Commit(tip)) =
        (file_history.versions.first(), &document.page.old, &document.page.new, &ends.points.old)
    else {
        return Ok(());
    };
    let is_asked = old_side != OldSide::AsItIs && outage::tables_returned(&document.comparison);
    let Some(file) = version.file.as_ref().filter(|_| is_asked) else { return Ok(()) };
    let tables = complete_versions::tables_unread_at(tip, &file.path, pages)?;
    let both = Sides::new(&**old, &**new);
    if old_side == OldSide::WithNotice {
        for (line, last) in complete_versions::returned_versions(tables, both) {
            let notice = outage::not_compared_notice(Some(line), &last, &ends.points.new);
            document.comparison.notices.push(notice);
        }
        return Ok(());
    }
    let Some(whole) = complete_versions::with_returned_tables(tables, both).map(Arc::new) else {
        return Ok(());
    };
    let mut again = diff::compare_pages(Sides::new(&whole.document, &new.document));
    let versions = Sides::new(Some(version), file_history.versions.last());
    outage::note_unread(pages, versions, Sides::new(Some(&whole), Some(new)), &mut again)?;
    let both = Sides::new(&*whole, &**new);
    again.notices.extend(complete_versions::tables_readable_again(both, &again));
    document.comparison = again;
    document.page.old = Some(whole);
    Ok(())
}

/// A page that seems added may have been renamed in steps too large to be seen from the ends:
/// the way between them leads to a file that is gone since. Both are one document then.
fn join_renamed(
    repo: &Repository,
    ends: &Ends,
    pairs: &mut Vec<FilePair>,
    lives: &mut Vec<FileHistory>,
) -> Result<()> {
    let mut taken = Vec::new();
    for (pair, file_history) in pairs.iter_mut().zip(lives.iter_mut()) {
        if pair.file.old.is_some() {
            continue;
        }
        let early =
            file_history.versions.iter().take_while(|version| version.origin.is_before_range());
        let Some(path) = early.filter_map(|version| version.file.as_ref()).map(|f| &f.path).next()
        else {
            continue;
        };
        if taken.contains(path) || repo.file_at(&ends.points.new, path)?.is_some() {
            continue;
        }
        if let Some(file) = repo.file_at(&ends.points.old, path)? {
            taken.push(path.clone());
            if let Some(first) = file_history.versions.first_mut() {
                first.file = Some(file.clone());
            }
            pair.file.old = Some(file);
        }
    }
    let gone = |pair: &FilePair| pair.file.new.is_none() && taken.contains(&pair.path);
    let mut joined = pairs.iter().map(gone).collect::<Vec<_>>().into_iter();
    lives.retain(|_| joined.next() != Some(true));
    pairs.retain(|pair| !gone(pair));
    Ok(())
}

/// Compares the ends of all pages at once, since duties may go from one to another.
pub(super) fn at_ends(
    pairs: &[FilePair],
    lives: &[FileHistory],
    pages: &mut Pages<'_>,
) -> Result<Vec<ComparedDocument>> {
    let outermost = |file_history: &'_ FileHistory| -> Vec<FileVersion> {
        [file_history.versions.first(), file_history.versions.last()]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    };
    pages.load(&lives.iter().flat_map(outermost).collect::<Vec<_>>())?;
    let mut ends = Vec::new();
    for (pair, file_history) in pairs.iter().zip(lives) {
        let mut side = |there: bool,
                        version: Option<&FileVersion>|
         -> Result<Option<Arc<PageContent>>> {
            let Some(version) = version.filter(|_| there) else { return Ok(None) };
            Ok(Some(pages.page_of(version)?).filter(|page| page.document.is_responsibility_page()))
        };
        ends.push(Sides::new(
            side(pair.file.old.is_some(), file_history.versions.first())?,
            side(pair.file.new.is_some(), file_history.versions.last())?,
        ));
    }
    let path = |pair: &FilePair, page: &Sides<Option<Arc<PageContent>>>| {
        let path = pair.file.as_ref().map(|file| file.as_ref().map(|file| file.path.to_string()));
        Sides::new(path.old.filter(|_| page.old.is_some()), path.new.filter(|_| page.new.is_some()))
    };
    let documents: Vec<DocumentPair<'_>> = pairs
        .iter()
        .zip(&ends)
        .map(|(pair, page)| DocumentPair {
            path: path(pair, page),
            page: page.as_ref().map(|page| page.as_ref().map(|page| &page.document)),
        })
        .collect();
    let comparisons = diff::compare_all(&documents);
    let paths: Vec<_> = documents.into_iter().map(|document| document.path).collect();
    Ok(paths
        .into_iter()
        .zip(comparisons)
        .zip(ends)
        .map(|((path, comparison), page)| ComparedDocument { path, comparison, page })
        .collect())
}

/// Says of every change of a page who brought it, and what moved and moved back.
fn attribute_changes(
    document: &mut ComparedDocument,
    file_history: &FileHistory,
    ends: &Ends,
    pages: &mut Pages<'_>,
    repo: &Repository,
) -> Result<()> {
    let pages_of_ends = document.page.clone();
    let comparison = &mut document.comparison;
    // With one step and no change there is nothing to explain.
    if file_history.versions.len() < 2
        || (file_history.versions.len() == 2 && comparison.changes.is_empty())
    {
        return Ok(());
    }
    let chain = version_chain(file_history, pages_of_ends.old.as_ref(), comparison, pages)?;
    if let (Some(old), Some(new)) = (&pages_of_ends.old, &pages_of_ends.new) {
        let pairs = chain.moved_by_steps();
        diff::join_moved(comparison, Sides::new(&old.document, &new.document), &pairs);
    }
    let mut dating = IntroductionFinder::new(repo);
    let mut beside = 0;
    for change in &mut comparison.changes {
        let found = dating.date_change(pages, (file_history, &chain), change)?;
        let origin = found.and_then(|version| file_history.versions.get(version));
        let origin = origin.map(|version| &version.origin);
        beside += usize::from(origin == Some(&VersionOrigin::Fork));
    }
    let when = |version: usize| version_text(file_history, &chain, version);
    let is_fork = |version: &FileVersion| version.origin == VersionOrigin::Fork;
    let begin = file_history.versions.iter().rposition(is_fork).unwrap_or_default();
    comparison.notices.extend(moved_back::moved_back_notices(&chain, comparison, begin, &when));
    if beside > 0 {
        comparison.notices.push(off_mainline_notice(beside, ends, repo));
    }
    Ok(())
}

/// Holds the stamps of both ends against each other, and the new one against its commit.
pub(super) fn hold_to_account(document: &mut ComparedDocument, file_history: &FileHistory) {
    let pages = document.page_sides();
    let Some(new) = pages.new else { return };
    // a duty that left for another document is reported there, but this one changed
    let left = part_of_links(&document.comparison, Sides::new(pages.old, Some(new)));
    let changed = match (left, document.comparison.what_changed()) {
        (Some(ChangedPart::Duties), _) => left,
        (_, other) => other.or(left),
    };
    let day = match file_history.versions.last().map(|version| &version.origin) {
        Some(VersionOrigin::Commit(commit)) => Some(commit.time.to_utc().date_naive()),
        Some(VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded) | None => {
            None
        }
    };
    let notices = stamps::of_ends(Sides::new(pages.old, Some(new)), changed, day);
    document.comparison.notices.extend(notices);
}

/// What changed where duties of a page did: references alone, or duties.
fn part_of_links(comparison: &Comparison, pages: Sides<Option<&Document>>) -> Option<ChangedPart> {
    let is_reference = pages.map(|page| {
        let duties = page.into_iter().flat_map(Document::duties);
        duties.map(|(_, _, duty)| duty.reference).collect::<Vec<_>>()
    });
    let is_duty = |all: &[bool], at: Option<usize>| at.and_then(|at| all.get(at)) == Some(&false);
    let is_known = |kind| comparison.is_known(kind);
    let changed = comparison.links.iter().filter(|link| link.kind.is_some_and(is_known));
    let mut changed = changed.map(|link| {
        is_duty(&is_reference.old, link.duty.old) || is_duty(&is_reference.new, link.duty.new)
    });
    let first = changed.next()?;
    let has_duty = first || changed.any(|is_duty| is_duty);
    Some(if has_duty { ChangedPart::Duties } else { ChangedPart::References })
}

/// The versions between the ends, each complete, but for tables that cannot be read at the new end.
fn version_chain(
    file_history: &FileHistory,
    old_end: Option<&Arc<PageContent>>,
    net: &Comparison,
    pages: &mut Pages<'_>,
) -> Result<VersionChain> {
    pages.load(&file_history.versions)?;
    let mut versions = Vec::new();
    for version in &file_history.versions {
        versions.push(pages.page_of(version)?);
    }
    if let (Some(first), Some(old)) = (versions.first_mut(), old_end) {
        first.clone_from(old);
    }
    if versions.len() == 2 {
        let steps = vec![Arc::new(VersionLinks::new(net))];
        return Ok(VersionChain { pages: versions, steps });
    }
    let is_page = |page: &&Arc<PageContent>| page.document.is_responsibility_page();
    let mut contents: Vec<_> =
        versions.iter().map(|page| Some(page).filter(is_page).cloned()).collect();
    let known = complete_versions::complete(&file_history.versions, &mut contents, pages)?;
    complete_versions::drop_unread_in_the_end(&mut contents);
    let complete = contents.into_iter().zip(versions);
    let versions: Vec<_> = complete.map(|(content, page)| content.unwrap_or(page)).collect();
    let steps = neighbour_links(&versions, &known);
    Ok(VersionChain { pages: versions, steps })
}

/// The steps between neighbours, each distinct one compared once, if its comparison is not known.
pub(super) fn neighbour_links(
    versions: &[Arc<PageContent>],
    known_pairs: &KnownComparisons,
) -> Vec<Arc<VersionLinks>> {
    // The same neighbours may follow each other more than once.
    let key = |pair: &[Arc<PageContent>]| pair_key(&pair[0], &pair[1]);
    let distinct: HashMap<_, _> = versions.windows(2).map(|pair| (key(pair), pair)).collect();
    let known: HashMap<PairKey, Arc<VersionLinks>> = distinct
        .into_par_iter()
        .map(|(key, pair)| {
            let links = match known_pairs.find(key) {
                Some(comparison) => VersionLinks::new(&comparison),
                None => compare_neighbours(&pair[0], &pair[1]),
            };
            (key, Arc::new(links))
        })
        .collect();
    versions.windows(2).filter_map(|pair| known.get(&key(pair)).cloned()).collect()
}

fn compare_neighbours(old: &PageContent, new: &PageContent) -> VersionLinks {
    if old.document.matrices == new.document.matrices {
        return VersionLinks::all_unchanged(old.duty_count());
    }
    VersionLinks::new(&diff::compare_pages(Sides::new(&old.document, &new.document)))
}
