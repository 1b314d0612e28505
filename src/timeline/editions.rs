//! A page's versions as editions: runs of one stamp, each compared with the one before.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::attribution;
use super::chain::{Chain, Step};
use super::counts::{areas, duties};
use super::dating::Dating;
use super::idle_names::versions_that_differ;
use super::pages::{Page, Pages};
use super::{outage, stamps};
use crate::diff::{self, Comparison};
use crate::error::Result;
use crate::history::{Biography, Commit, Life, Origin, Repository};
use crate::model::{Code, Document, Notice, Side, Sides, Stamp};
use crate::report::{self, CommitReport, DocumentReport, Edition, Gone, PageLog, Status, Version};

/// A run of versions with one stamp, by their positions; those without a page are left out.
struct Run {
    stamp: Stamp,
    day: NaiveDate,
    at: Vec<usize>,
}

/// What two neighbouring contents differ in.
struct Pair {
    comparison: Comparison,
    step: Arc<Step>,
}

/// The editions of one page, newest first; none where it never assigned a responsibility.
pub(super) fn of_page(
    repo: &Repository,
    biography: &Biography,
    pages: &mut Pages<'_>,
) -> Result<Option<PageLog>> {
    told(repo, biography, pages, |_, _, _| Ok(())).map(|told| told.map(|(log, ())| log))
}

/// The same, with how the newest edition differs from the first.
pub(super) fn with_ends(
    repo: &Repository,
    biography: &Biography,
    pages: &mut Pages<'_>,
) -> Result<Option<report::Life>> {
    let told = told(repo, biography, pages, ends)?;
    Ok(told.and_then(|(log, ends)| {
        let (pages, comparison) = ends?;
        Some(report::Life { log, pages, comparison })
    }))
}

/// The editions of one page and what else is made of them.
fn told<T>(
    repo: &Repository,
    biography: &Biography,
    pages: &mut Pages<'_>,
    also: impl FnOnce(&Telling<'_>, &[Run], &mut Pages<'_>) -> Result<T>,
) -> Result<Option<(PageLog, T)>> {
    let (life, contents) = &versions_that_differ(&biography.life, pages)?;
    let runs = runs(life, contents);
    let telling = Telling { repo, life, contents, pairs: pairs(contents, &runs) };
    let mut editions = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| runs.get(at));
        editions.extend(telling.edition(run, before, pages)?);
    }
    editions.reverse();
    let Some(newest) = editions.first() else { return Ok(None) };
    let (path, title) = (biography.path.to_string(), newest.told.title.clone());
    let also = also(&telling, &runs, pages)?;
    Ok(Some((PageLog { path, title, editions }, also)))
}

/// The commit of a version; none for what was there before a range.
fn commit(life: &Life, at: usize) -> Option<&Commit> {
    match &life.versions.get(at)?.origin {
        Origin::Commit(commit) => Some(commit),
        Origin::OldEnd | Origin::Fork | Origin::Unrecorded => None,
    }
}

fn day(commit: &Commit) -> NaiveDate {
    commit.time.to_utc().date_naive()
}

/// Where a stamp has no date, the day of its commit takes its place. The state before a range is a
/// run of its own: a range shows what its commits changed.
fn runs(life: &Life, contents: &[Option<Arc<Page>>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut in_range = false;
    for (at, page) in contents.iter().enumerate() {
        let Some(page) = page else { continue };
        let stamp = page.document.stamp.clone();
        let commit = commit(life, at);
        let day = stamp.last_updated.or_else(|| commit.map(day)).unwrap_or_default();
        let goes_on = in_range == commit.is_some();
        in_range = commit.is_some();
        match runs.last_mut().filter(|run| goes_on && run.stamp == stamp && run.day == day) {
            Some(run) => run.at.push(at),
            None => runs.push(Run { stamp, day, at: vec![at] }),
        }
    }
    runs
}

type Key = (usize, usize);

fn key(old: &Arc<Page>, new: &Arc<Page>) -> Key {
    (Arc::as_ptr(old).addr(), Arc::as_ptr(new).addr())
}

/// Compares each distinct pair of neighbours once: the last versions of neighbouring editions,
/// and all neighbours inside an edition of several.
fn pairs(contents: &[Option<Arc<Page>>], runs: &[Run]) -> HashMap<Key, Pair> {
    let page = |at: &usize| contents.get(*at).and_then(Option::as_ref);
    let mut wanted: HashMap<Key, (&Page, &Page)> = HashMap::new();
    let mut want = |old: Option<&usize>, new: Option<&usize>| {
        if let (Some(old), Some(new)) = (old.and_then(page), new.and_then(page)) {
            wanted.insert(key(old, new), (&**old, &**new));
        }
    };
    for (at, run) in runs.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| runs.get(at)).and_then(|run| run.at.last());
        want(before, run.at.last());
        if run.at.len() > 1 {
            want(before, run.at.first());
            for neighbours in run.at.windows(2) {
                want(neighbours.first(), neighbours.last());
            }
        }
    }
    wanted.into_par_iter().map(|(key, (old, new))| (key, pair(old, new))).collect()
}

fn pair(old: &Page, new: &Page) -> Pair {
    if old.document.matrices == new.document.matrices {
        let step = Arc::new(Step::still(old.count()));
        return Pair { comparison: Comparison::default(), step };
    }
    let comparison = diff::compare(Sides::new(&old.document, &new.document));
    let step = Arc::new(Step::new(&comparison));
    Pair { comparison, step }
}

/// The content of two editions, and what they differ in.
type Ends = (Sides<Document>, Comparison);

/// One page, ready to be built edition by edition.
struct Telling<'a> {
    repo: &'a Repository,
    life: &'a Life,
    contents: &'a [Option<Arc<Page>>],
    pairs: HashMap<Key, Pair>,
}

impl Telling<'_> {
    /// None for what was there before a range.
    fn edition(
        &self,
        run: &Run,
        before: Option<&Run>,
        pages: &mut Pages<'_>,
    ) -> Result<Option<Edition>> {
        let last = run.at.last().copied().unwrap_or_default();
        let commits: Vec<&Commit> =
            run.at.iter().rev().filter_map(|at| commit(self.life, *at)).collect();
        let (Some(page), Some(first)) = (self.page(last), commits.last()) else {
            return Ok(None);
        };
        let base = before.and_then(|run| run.at.last()).copied();
        let old = base.and_then(|at| self.page(at));
        let mut comparison = match old.and_then(|old| self.pairs.get(&key(old, page))) {
            Some(pair) => pair.comparison.clone(),
            None => Comparison::default(),
        };
        self.date(&mut comparison, run, base, pages)?;
        self.note_outages(&mut comparison, run, base, pages)?;
        if let (Some(base), Some(old)) = (base, old)
            && outage::tables_returned(&comparison)
            && let Some((older, [version, ..])) = self.life.versions.split_at_checked(base)
        {
            let told = (page, &comparison);
            if let Some(again) =
                outage::compare_returned_tables(pages, older, (version, old), told)?
            {
                comparison = again;
                self.date(&mut comparison, run, Some(base), pages)?;
            }
        }
        let mut notices = self.stamp_notices(run, old, page, &comparison, day(first));
        notices.append(&mut comparison.notices);
        let own = stamps::news(old.map(|old| &old.document), &page.document);
        notices.extend(own.into_iter().map(|notice| notice.on(Side::New)));
        notices.sort_by(|a, b| (a.line, a.code, &a.message).cmp(&(b.line, b.code, &b.message)));
        notices.dedup();
        comparison.notices = notices;
        let told =
            self.report(Sides::new(base, Some(last)), Sides::new(old, Some(page)), comparison);
        Ok(Some(Edition {
            day: run.day,
            first_path: run.at.first().and_then(|at| self.path_of(*at)).unwrap_or_default(),
            commits: commits.into_iter().map(report).collect(),
            gone: self.gone(last, pages)?,
            duties: duties(old.map(|old| &old.document), &page.document),
            areas: areas(old.map(|old| &old.document), &page.document),
            told,
            between_pages: Vec::new(),
        }))
    }

    /// The report of an edition against the last version of the one before.
    fn report(
        &self,
        at: Sides<Option<usize>>,
        pages: Sides<Option<&Arc<Page>>>,
        comparison: Comparison,
    ) -> DocumentReport {
        let path = at.new.and_then(|at| self.path_of(at)).unwrap_or_default();
        let old_path = at.old.and_then(|at| self.path_of(at)).filter(|old| *old != path);
        let stamped = |(page, at): (&Arc<Page>, usize)| Version {
            commit: commit(self.life, at).map(|commit| commit.id.to_string()),
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
        }
    }

    /// Where the page is in a version.
    fn path_of(&self, at: usize) -> Option<String> {
        let file = self.life.versions.get(at)?.file.as_ref()?;
        Some(file.path.to_string())
    }

    fn page(&self, at: usize) -> Option<&Arc<Page>> {
        self.contents.get(at).and_then(Option::as_ref)
    }

    /// How the page went after a version, or why it cannot be read any more.
    fn gone(&self, at: usize, pages: &mut Pages<'_>) -> Result<Option<Gone>> {
        let next = at + 1;
        let is_gone = self.contents.get(next).is_some_and(Option::is_none);
        let (true, Some(page), Some(version), Some(commit)) =
            (is_gone, self.page(at), self.life.versions.get(next), commit(self.life, next))
        else {
            return Ok(None);
        };
        let there = pages.of(version)?;
        let (lost, there) = (&page.document, &there.document);
        let unread = outage::unread_of(pages, version, there, lost, Side::New)?;
        let stamp = Some(there.stamp.clone()).filter(|_| !unread.is_empty());
        Ok(Some(Gone { commit: report(commit), stamp, unread }))
    }

    /// Reports where parties cannot be read any more, and that the page was away before.
    fn note_outages(
        &self,
        comparison: &mut Comparison,
        run: &Run,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        let (Some(base), Some(first), Some(last)) = (base, run.at.first(), run.at.last()) else {
            return Ok(());
        };
        let version = |at: usize| self.life.versions.get(at);
        if let (true, Some(before)) = (base + 1 < *first, version(base)) {
            comparison.notices.push(outage::returned(before, version(base + 1)));
        }
        let versions = Sides::new(version(base), version(*last));
        let content = Sides::new(self.page(base), self.page(*last));
        outage::note_unread(pages, versions, content, comparison)
    }

    /// Says of every change which commit of the edition brought it.
    fn date(
        &self,
        comparison: &mut Comparison,
        run: &Run,
        base: Option<usize>,
        pages: &mut Pages<'_>,
    ) -> Result<()> {
        let Some(base) = base.filter(|_| !comparison.changes.is_empty()) else { return Ok(()) };
        let way: Vec<usize> = std::iter::once(base).chain(run.at.iter().copied()).collect();
        let versions: Vec<_> =
            way.iter().filter_map(|at| self.life.versions.get(*at).cloned()).collect();
        let life = Life { versions };
        let contents: Vec<Arc<Page>> =
            way.iter().filter_map(|at| self.page(*at)).cloned().collect();
        let steps = contents.windows(2).filter_map(|pair| {
            let pair = self.pairs.get(&key(pair.first()?, pair.last()?))?;
            Some(Arc::clone(&pair.step))
        });
        let chain = Chain { steps: steps.collect(), pages: contents };
        let mut dating = Dating::new(self.repo);
        for change in &mut comparison.changes {
            if let Some(found) = attribution::find(&chain, change) {
                change.introduced = dating.introduced(pages, &life, &chain, found)?;
            }
            if let Some(worded) = attribution::find_wording(&chain, change) {
                change.worded = dating.introduced(pages, &life, &chain, worded)?;
            }
        }
        Ok(())
    }

    fn stamp_notices(
        &self,
        run: &Run,
        old: Option<&Arc<Page>>,
        page: &Arc<Page>,
        comparison: &Comparison,
        first_day: NaiveDate,
    ) -> Vec<Notice> {
        let own = stamps::of_new(&run.stamp, Some(first_day)).into_iter();
        let mut notices: Vec<Notice> = own.map(|notice| notice.on(Side::New)).collect();
        let inside: Vec<(&Commit, usize)> = run
            .at
            .windows(2)
            .filter_map(|pair| {
                let (old, new) = (self.page(*pair.first()?)?, self.page(*pair.last()?)?);
                let changes = self.pairs.get(&key(old, new))?.comparison.changes.len();
                Some((commit(self.life, *pair.last()?)?, changes))
            })
            .filter(|(_, changes)| *changes > 0)
            .collect();
        if let Some(old) = old {
            let stamps = Sides::new(&old.document.stamp, &page.document.stamp);
            let inside = (!inside.is_empty()).then_some("duties");
            let changed = inside.or_else(|| comparison.what_changed());
            notices.extend(crate::lint::between_versions(stamps, changed));
        }
        if !page.document.notices.iter().any(|notice| notice.code == Code::Unstamped) {
            notices.extend(inside.into_iter().map(|(commit, changes)| {
                stamps::unchanged_in(&commit.id.short(), changes, &run.stamp)
            }));
        }
        notices
    }
}

/// How the last version of the newest edition differs from that of the first.
fn ends(telling: &Telling<'_>, runs: &[Run], pages: &mut Pages<'_>) -> Result<Option<Ends>> {
    let Some((first, rest)) = runs.split_first() else { return Ok(None) };
    let base = first.at.last().copied();
    let at: Vec<usize> = rest.iter().flat_map(|run| run.at.iter().copied()).collect();
    let last = at.last().copied().or(base);
    let (Some(old), Some(new)) =
        (base.and_then(|at| telling.page(at)), last.and_then(|at| telling.page(at)))
    else {
        return Ok(None);
    };
    let ends = Sides::new(&old.document, &new.document);
    let mut comparison = diff::compare(ends);
    let way = Run { stamp: first.stamp.clone(), day: first.day, at };
    telling.date(&mut comparison, &way, base, pages)?;
    Ok(Some((ends.map(Document::clone), comparison)))
}

fn report(commit: &Commit) -> CommitReport {
    CommitReport { commit: commit.id.to_string(), time: commit.time }
}
