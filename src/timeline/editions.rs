//! A page's versions as editions: runs of one stamp, each compared with the one before.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::counts::{duties_by_area, duties_by_party};
use super::departures::PageTransfers;
use super::edition_runs::{EditionRun, commit_day, commit_of, edition_runs};
use super::idle_names::versions_that_differ;
use super::introduction::IntroductionFinder;
use super::known_comparisons::{PairKey, pair_key};
use super::neighbours::{Neighbours, all_pairs};
use super::pages::{PageContent, Pages};
use super::stand_in::LastReadable;
use super::version_chain::{VersionChain, version_text};
use super::{complete_versions, moved_back, outage, stamps};
use crate::diff::{self, Comparison};
use crate::error::Result;
use crate::history::{Commit, FileHistory, PageHistory, Repository, Span};
use crate::model::{Change, Code, Document, Notice, Place, Side, Sides};
use crate::report::{
    self, CommitReport, DocumentReport, DocumentVersion, Edition, PageLog, Status, UnreadTables,
};

/// The editions of one page, newest first; none where it never assigned a responsibility.
pub(super) fn of_page(
    span: (&Repository, &Span),
    page_history: (&PageHistory, &PageTransfers),
    pages: &mut Pages<'_>,
) -> Result<Option<PageLog>> {
    read_editions(span, page_history, pages, |_, _, _| Ok(()))
        .map(|reported| reported.map(|(log, ())| log))
}

/// The same, with how the newest edition differs from the first.
pub(super) fn with_ends(
    span: (&Repository, &Span),
    page_history: (&PageHistory, &PageTransfers),
    pages: &mut Pages<'_>,
) -> Result<Option<report::WholePage>> {
    let reported = read_editions(span, page_history, pages, compare_ends)?;
    Ok(reported.and_then(|(log, ends)| {
        let (pages, comparison) = ends?;
        Some(report::WholePage { log, pages, comparison })
    }))
}

/// The editions of one page and what else is made of them.
fn read_editions<T>(
    (repo, span): (&Repository, &Span),
    (page_history, transfers): (&PageHistory, &PageTransfers),
    pages: &mut Pages<'_>,
    also: impl FnOnce(&EditionBuilder<'_>, &[EditionRun], &mut Pages<'_>) -> Result<T>,
) -> Result<Option<(PageLog, T)>> {
    let (file_history, mut contents) = versions_that_differ(&page_history.file_history, pages)?;
    let versions = &file_history.versions;
    let known = complete_versions::complete_range(span.base(), versions, &mut contents, pages)?;
    let (file_history, contents) = (&file_history, &contents);
    let runs = edition_runs(file_history, contents);
    let pairs = all_pairs(contents, &runs, &known);
    let telling = EditionBuilder { repo, file_history, contents, transfers, pairs };
    let mut editions = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| runs.get(at));
        editions.extend(telling.build_edition(run, before, pages)?);
    }
    editions.reverse();
    let unread_tables = telling.unread_in_the_end();
    let Some(newest) = editions.first() else { return Ok(None) };
    let (path, title) = (page_history.path.to_string(), newest.report.title.clone());
    let also = also(&telling, &runs, pages)?;
    let all_editions = editions.len();
    Ok(Some((PageLog { path, title, editions, all_editions, unread_tables }, also)))
}

/// The content of two editions, and what they differ in.
type EditionEnds = (Sides<Document>, Comparison);

/// One page, ready to be built edition by edition.
pub(super) struct EditionBuilder<'a> {
    repo: &'a Repository,
    pub(super) file_history: &'a FileHistory,
    pub(super) contents: &'a [Option<Arc<PageContent>>],
    /// What went to other pages and came from them.
    pub(super) transfers: &'a PageTransfers,
    pub(super) pairs: HashMap<PairKey, Neighbours>,
}

impl EditionBuilder<'_> {
    /// None for what was there before a range, and did not end in it.
    fn build_edition(
        &self,
        run: &EditionRun,
        before: Option<&EditionRun>,
        pages: &mut Pages<'_>,
    ) -> Result<Option<Edition>> {
        let last = run.at.last().copied().unwrap_or_default();
        let commits: Vec<&Commit> =
            run.at.iter().rev().filter_map(|at| commit_of(self.file_history, *at)).collect();
        let Some(page) = self.page_at(last) else { return Ok(None) };
        let Some(first) = commits.last() else { return self.ended_edition(run, page, pages) };
        let base = before.and_then(|run| run.at.last()).copied();
        let old = base.and_then(|at| self.page_at(at));
        let mut comparison = match old.and_then(|old| self.pairs.get(&pair_key(old, page))) {
            Some(pair) => Comparison::clone(&pair.comparison),
            None => Comparison::default(),
        };
        self.date_changes(&mut comparison, run, base, pages)?;
        self.note_outages(&mut comparison, run, base, pages)?;
        let unread_tables = self.note_tables(&mut comparison, run, base);
        let mut notices = self.stamp_notices(run, old, page, &comparison, commit_day(first));
        notices.extend(self.moved_back(&comparison, run, base));
        notices.append(&mut comparison.notices);
        let own = stamps::new_notices(old.map(|old| &old.document), &page.document);
        notices.extend(own.into_iter().map(|notice| notice.on_side(Side::New)));
        notices.sort_by(|a, b| (a.line, a.code, &a.message).cmp(&(b.line, b.code, &b.message)));
        // the page itself and the comparison may report one table
        let place = |notice: &Notice| (notice.code == Code::Unassigned).then_some(notice.line);
        notices.dedup_by(|a, b| a == b || (place(a).is_some() && place(a) == place(b)));
        comparison.notices = notices;
        let mut changes_within = match base {
            None => {
                let mut changes = self.changes_inside(run, pages)?;
                self.show_arrivals(&mut changes, run, None, pages)?;
                changes
            }
            Some(base) => {
                self.show_arrivals(&mut comparison.changes, run, Some(base), pages)?;
                self.moves_of_added(run, base, &comparison, pages)?
            }
        };
        let mut reported =
            self.report_of(Sides::new(base, Some(last)), Sides::new(old, Some(page)), comparison);
        let changes = if base.is_some() { &mut reported.changes } else { &mut changes_within };
        self.add_changes_before_leaving(changes, run, base, pages)?;
        let (before, read) = (self.known_before(base, page), page.as_read());
        Ok(Some(Edition {
            day: run.day,
            first_path: run.at.first().and_then(|at| self.path_of(*at)).unwrap_or_default(),
            commits: commits.into_iter().map(commit_report).collect(),
            gone: self.gone_after(last, pages)?,
            duties: duties_by_party(before.as_deref(), &read),
            areas: duties_by_area(before.as_deref(), &read),
            report: reported,
            between_pages: Vec::new(),
            changes_within,
            first_version: if base.is_none() { self.first_version(run) } else { None },
            unread_tables,
        }))
    }

    /// The edition before a range, where it ended in the range and no other followed.
    fn ended_edition(
        &self,
        run: &EditionRun,
        page: &Arc<PageContent>,
        pages: &mut Pages<'_>,
    ) -> Result<Option<Edition>> {
        let last = run.at.last().copied().unwrap_or_default();
        let Some(gone) = self.gone_after(last, pages)? else { return Ok(None) };
        let (at, both) = (Some(last), Some(page));
        let unchanged = Comparison::default();
        Ok(Some(Edition {
            day: run.day,
            first_path: self.path_of(last).unwrap_or_default(),
            commits: vec![gone.commit.clone()],
            gone: Some(gone),
            duties: duties_by_party(Some(&page.as_read()), &page.as_read()),
            areas: duties_by_area(Some(&page.as_read()), &page.as_read()),
            report: self.report_of(Sides::new(at, at), Sides::new(both, both), unchanged),
            between_pages: Vec::new(),
            changes_within: Vec::new(),
            first_version: None,
            unread_tables: UnreadTables::default(),
        }))
    }

    /// The report of an edition against the last version of the one before.
    fn report_of(
        &self,
        at: Sides<Option<usize>>,
        pages: Sides<Option<&Arc<PageContent>>>,
        comparison: Comparison,
    ) -> DocumentReport {
        let path = at.new.and_then(|at| self.path_of(at)).unwrap_or_default();
        let old_path = at.old.and_then(|at| self.path_of(at)).filter(|old| *old != path);
        let stamped = |(page, at): (&Arc<PageContent>, usize)| DocumentVersion {
            commit: commit_of(self.file_history, at).map(|commit| commit.id.to_string()),
            stamp: page.document.stamp.clone(),
        };
        let document = pages.new.map(|page| &page.document);
        DocumentReport {
            status: match (pages.old, &old_path) {
                (None, _) => Status::Added,
                (Some(_), Some(_)) => Status::Renamed,
                (Some(_), None) => Status::Modified,
            },
            path,
            old_path,
            title: document.map(|page| page.title.clone()).unwrap_or_default(),
            subcollection: document.and_then(|page| page.subcollection.clone()),
            version: Sides::new(
                pages.old.zip(at.old).map(stamped),
                pages.new.zip(at.new).map(stamped),
            ),
            changes: comparison.changes,
            notices: comparison.notices,
            unread: comparison.unread,
            file_stays: false,
            reads_rest: document.is_some_and(Document::is_responsibility_page),
            ignored: comparison.ignored,
        }
    }

    /// Where the page is in a version.
    fn path_of(&self, at: usize) -> Option<String> {
        let file = self.file_history.versions.get(at)?.file.as_ref()?;
        Some(file.path.to_string())
    }

    /// The duties that the commit of a version took to other pages.
    pub(super) fn left_in(&self, at: usize) -> &[(usize, Place)] {
        let commit = commit_of(self.file_history, at).map(|commit| commit.id.to_string());
        commit.and_then(|commit| self.transfers.leaving.get(&commit)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn page_at(&self, at: usize) -> Option<&Arc<PageContent>> {
        self.contents.get(at).and_then(Option::as_ref)
    }

    /// Reports where parties cannot be read any more, and that the page was away before.
    fn note_outages(
        &self,
        comparison: &mut Comparison,
        run: &EditionRun,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        let version = |at: usize| self.file_history.versions.get(at);
        let way = run.versions_since(base);
        // versions between two neighbours could not be read
        for pair in way.windows(2) {
            if let [before, after] = pair
                && before + 1 < *after
                && let Some(last) = version(*before).cloned()
            {
                let last = LastReadable { version: last, since: version(before + 1).cloned() };
                comparison.notices.push(outage::last_readable_notice(None, &last));
            }
        }
        let (Some(base), Some(last)) = (base, run.at.last()) else { return Ok(()) };
        let versions = Sides::new(version(base), version(*last));
        let content = Sides::new(self.page_at(base), self.page_at(*last));
        outage::note_unread(pages, versions, content, comparison)
    }

    /// Says of every change which commit of the edition brought it.
    pub(super) fn date_changes(
        &self,
        comparison: &mut Comparison,
        run: &EditionRun,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        if base.is_none() || comparison.changes.is_empty() {
            return Ok(());
        }
        let (file_history, chain) = self.way_through(run, base);
        let mut dating = IntroductionFinder::new(self.repo);
        for change in &mut comparison.changes {
            dating.date_change(pages, (&file_history, &chain), change)?;
        }
        Ok(())
    }

    /// The versions of an edition behind the one before it, and how duties went through them.
    pub(super) fn way_through(
        &self,
        run: &EditionRun,
        base: Option<usize>,
    ) -> (FileHistory, VersionChain) {
        let way = run.versions_since(base);
        let versions = way.iter().filter_map(|at| self.file_history.versions.get(*at).cloned());
        let file_history = FileHistory { versions: versions.collect() };
        let pages: Vec<_> = way.iter().filter_map(|at| self.page_at(*at)).cloned().collect();
        let steps = pages.windows(2).filter_map(|pair| {
            let pair = self.pairs.get(&pair_key(pair.first()?, pair.last()?))?;
            Some(Arc::clone(&pair.step))
        });
        (file_history, VersionChain { steps: steps.collect(), pages })
    }

    /// The duties that moved and moved back within an edition.
    fn moved_back(
        &self,
        comparison: &Comparison,
        run: &EditionRun,
        base: Option<usize>,
    ) -> Vec<Notice> {
        let (file_history, chain) = self.way_through(run, base);
        let when = |version: usize| version_text(&file_history, &chain, version);
        moved_back::moved_back_notices(&chain, comparison, 0, &when)
    }

    fn stamp_notices(
        &self,
        run: &EditionRun,
        old: Option<&Arc<PageContent>>,
        page: &Arc<PageContent>,
        comparison: &Comparison,
        first_day: NaiveDate,
    ) -> Vec<Notice> {
        let own = stamps::of_new(&run.stamp, Some(first_day)).into_iter();
        let mut notices: Vec<Notice> = own.map(|notice| notice.on_side(Side::New)).collect();
        let inside: Vec<(&Commit, &[Change])> = run
            .at
            .windows(2)
            .filter_map(|pair| {
                let (old, new) = (self.page_at(*pair.first()?)?, self.page_at(*pair.last()?)?);
                let changes = &self.pairs.get(&pair_key(old, new))?.comparison.changes;
                Some((commit_of(self.file_history, *pair.last()?)?, changes.as_slice()))
            })
            .filter(|(_, changes)| changes.iter().any(|change| !change.reference))
            .collect();
        if let Some(old) = old {
            let stamps = Sides::new(&old.document.stamp, &page.document.stamp);
            let (what, inside) = (comparison.what_changed(), !inside.is_empty());
            let mut found = stamps::between_editions(stamps, inside, what);
            // nobody can tell what changed in a table that cannot be read
            let is_unread = comparison.unread.iter().any(|one| one.side == Some(Side::New));
            found.retain(|notice| !is_unread || notice.code != Code::StampOnly);
            notices.extend(found);
        }
        if !page.document.notices.iter().any(|notice| notice.code == Code::Unstamped) {
            let named = |(commit, changes): (&Commit, &[Change])| {
                stamps::unchanged_in(&commit.id, changes, &run.stamp)
            };
            notices.extend(inside.into_iter().map(named));
        }
        notices
    }
}

/// How the last version of the newest edition differs from that of the first.
fn compare_ends(
    telling: &EditionBuilder<'_>,
    runs: &[EditionRun],
    pages: &mut Pages<'_>,
) -> Result<Option<EditionEnds>> {
    let Some((first, rest)) = runs.split_first() else { return Ok(None) };
    let base = first.at.last().copied();
    let at: Vec<usize> = rest.iter().flat_map(|run| run.at.iter().copied()).collect();
    let last = at.last().copied().or(base);
    let (Some(old), Some(new)) =
        (base.and_then(|at| telling.page_at(at)), last.and_then(|at| telling.page_at(at)))
    else {
        return Ok(None);
    };
    let ends = Sides::new(&old.document, &new.document);
    let mut comparison = diff::compare_pages(ends);
    let unread = complete_versions::tables_now_unread(old, new).notices;
    comparison.notices.extend(unread.iter().cloned());
    comparison.unread.extend(unread);
    let way = EditionRun { stamp: first.stamp.clone(), day: first.day, at };
    telling.date_changes(&mut comparison, &way, base, pages)?;
    Ok(Some((ends.map(Document::clone), comparison)))
}

pub(super) fn commit_report(commit: &Commit) -> CommitReport {
    CommitReport { commit: commit.id.to_string(), time: commit.time }
}
