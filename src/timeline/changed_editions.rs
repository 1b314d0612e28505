//! What each commit of a span changed, grouped by edition, for alerts that report everything once.
//!
//! Each commit is compared with the one before, all its pages at once, so what is found does not
//! depend on where a span begins or how often somebody looks. A change is known by its id, its
//! page and the commit that brought it.

use std::collections::HashMap;
use std::sync::Arc;

use super::attribution;
use super::complete_versions;
use super::idle_names::drop_versions_of_idle_names;
use super::introduction::IntroductionFinder;
use super::outage;
use super::page_test::find_page_histories;
use super::pages::{NamesOf, PageContent, Pages};
use super::stand_in::{LastReadable, StandIn};
use super::version_chain::{VersionChain, VersionLinks};
use crate::diff::{self, Comparison, DocumentPair};
use crate::error::{ErrorKind, Result};
use crate::history::{
    Commit, FileHistory, FileVersion, Filter, Id, PageHistories, PageIncludes, RepoPath,
    Repository, Span, VersionOrigin, WalkProgress,
};
use crate::model::{Introduced, Notice, Sides, Stamp};
use crate::report::{self, DocumentReport, Status};

/// So many commits' pages are in memory at once.
const BATCH: usize = 64;

/// The editions of a span that brought changes, oldest first. Each has only the changes that
/// commits of the span brought, in their order; a page that came or went has its duties added or
/// removed.
///
/// # Errors
/// If anything on the way cannot be read: there is no partial answer.
pub fn editions_with_changes(
    repo: &Repository,
    span: &Span,
    filter: &Filter,
    names_of: NamesOf<'_>,
    progress: WalkProgress<'_>,
) -> Result<Vec<DocumentReport>> {
    let mut found = find_page_histories(repo, span, filter, names_of, progress)?;
    let mut pages = Pages::new(repo, names_of);
    drop_versions_of_idle_names(&mut found, &mut pages)?;
    let readings = readable_versions(repo, span, &found, names_of)?;
    let mut turns = changes_by_commit(&found, &readings);
    let order = repo.in_order(span)?;
    let order: Vec<Vec<PageChange<'_>>> = order.iter().filter_map(|id| turns.remove(id)).collect();
    let mut gathering = Gathering::default();
    for batch in order.chunks(BATCH) {
        let versions = batch.iter().flatten().flat_map(|turn| [turn.old, Some(turn.new)]);
        pages.load(versions.flatten())?;
        for turns in batch {
            for (turn, compared) in turns.iter().zip(compare_commit(turns, &mut pages)?) {
                gathering.add_change(turn, compared);
            }
        }
        pages.forget_unused();
    }
    Ok(gathering.into_editions())
}

/// Which versions of a page can be read.
struct ReadableVersions {
    readable: Vec<bool>,
    /// The tables that cannot be read in each version, beside others.
    stand_ins: Vec<Vec<StandIn>>,
    /// The last version before the span that could be, where the span's first cannot.
    before: Option<LastReadable>,
}

fn readable_versions(
    repo: &Repository,
    span: &Span,
    found: &PageHistories,
    names_of: NamesOf<'_>,
) -> Result<Vec<ReadableVersions>> {
    let mut pages = Pages::new(repo, names_of);
    let mut readings = Vec::new();
    let mut returning = Vec::new();
    for page_history in &found.pages {
        let versions = &page_history.file_history.versions;
        pages.load(versions)?;
        let mut contents = Vec::new();
        for version in versions {
            let page = pages.page_of(version)?;
            contents.push(Some(page).filter(|page| page.document.is_responsibility_page()));
        }
        let readable: Vec<bool> = contents.iter().map(Option::is_some).collect();
        complete_versions::complete_range(span.base(), versions, &mut contents, &mut pages)?;
        let tables = |page: &Option<Arc<PageContent>>| match page {
            Some(page) => page.stand_ins().to_vec(),
            None => Vec::new(),
        };
        let stand_ins = contents.iter().map(tables).collect();
        pages.forget_unused();
        let first = readable.iter().position(|readable| *readable).and_then(|at| versions.get(at));
        if let Some(FileVersion { origin: VersionOrigin::Commit(_), file: Some(file), .. }) = first
        {
            returning.push((readings.len(), file.path.clone()));
        }
        readings.push(ReadableVersions { readable, stand_ins, before: None });
    }
    let Some(base) = span.base() else { return Ok(readings) };
    let paths: Vec<RepoPath> = returning.iter().map(|(_, path)| path.clone()).collect();
    let mut known = match outage::last_readable(repo, base, &paths, names_of) {
        // what a shallow clone does not hold is never found out, and is no reason to stop here
        Err(error) if error.kind() == ErrorKind::Incomplete && repo.is_shallow() => HashMap::new(),
        known => known?,
    };
    for (at, path) in returning {
        if let Some(reading) = readings.get_mut(at) {
            reading.before = known.remove(&path);
        }
    }
    Ok(readings)
}

/// What one commit did to one page.
struct PageChange<'a> {
    /// Which page, by position.
    page: usize,
    commit: &'a Commit,
    old: Option<&'a FileVersion>,
    new: &'a FileVersion,
    /// The tables that cannot be read in either.
    stand_ins: Sides<&'a [StandIn]>,
    /// Told where the page can be read again.
    returned: Option<Notice>,
}

/// A page that can be read again is compared with its last version that could be.
fn changes_by_commit<'a>(
    found: &'a PageHistories,
    readings: &'a [ReadableVersions],
) -> HashMap<Id, Vec<PageChange<'a>>> {
    let mut turns: HashMap<Id, Vec<PageChange<'a>>> = HashMap::new();
    for (page, (page_history, reading)) in found.pages.iter().zip(readings).enumerate() {
        let versions = &page_history.file_history.versions;
        let is_readable = |at: usize| reading.readable.get(at) == Some(&true);
        let stand_ins = |at: Option<usize>| {
            at.and_then(|at| reading.stand_ins.get(at)).map_or(&[][..], Vec::as_slice)
        };
        let before = reading.before.as_ref();
        let mut last = before.map(|before| (None, &before.version, before.since.as_ref()));
        for (at, new) in versions.iter().enumerate() {
            let mut base = at.checked_sub(1);
            let was_readable = base.is_some_and(is_readable);
            let mut old = base.and_then(|at| versions.get(at));
            let mut returned = None;
            if is_readable(at) {
                if let Some((position, version, since)) = last.filter(|_| !was_readable) {
                    (base, old) = (position, Some(version));
                    let last = LastReadable { version: version.clone(), since: since.cloned() };
                    returned = Some(outage::last_readable_notice(None, &last));
                }
                last = Some((Some(at), new, versions.get(at + 1)));
            }
            if let VersionOrigin::Commit(commit) = &new.origin
                && (is_readable(at) || was_readable)
            {
                let stand_ins = Sides::new(stand_ins(base), stand_ins(Some(at)));
                let turn = PageChange { page, commit, old, new, stand_ins, returned };
                turns.entry(commit.id).or_default().push(turn);
            }
        }
    }
    turns
}

/// One page before and after a commit, and what came between.
struct ComparedChange {
    /// What assigns responsibility on each side.
    pages: Sides<Option<Arc<PageContent>>>,
    /// What the file holds after the commit, where its parties cannot be read.
    unread: Option<Arc<PageContent>>,
    /// That the page, or tables of it, can be read again.
    returned: Vec<Notice>,
    comparison: Comparison,
}

/// Compares all pages of a commit at once, since duties may go from one to another.
fn compare_commit(turns: &[PageChange<'_>], pages: &mut Pages<'_>) -> Result<Vec<ComparedChange>> {
    let mut ends = Vec::new();
    for turn in turns {
        let mut side = |version: Option<&FileVersion>, tables: &[StandIn]| -> Result<_> {
            let Some(version) = version else { return Ok(None) };
            let page = Some(pages.page_of(version)?);
            let page = page.filter(|page| page.document.is_responsibility_page());
            Ok(page.map(|page| match tables {
                [] => page,
                tables => Arc::new(PageContent::with_stand_ins(&page, tables.to_vec())),
            }))
        };
        let tables = turn.stand_ins;
        ends.push(Sides::new(side(turn.old, tables.old)?, side(Some(turn.new), tables.new)?));
    }
    let documents: Vec<DocumentPair<'_>> = turns
        .iter()
        .zip(&ends)
        .map(|(turn, ends)| DocumentPair {
            path: Sides::new(
                turn.old.and_then(version_path).filter(|_| ends.old.is_some()),
                version_path(turn.new).filter(|_| ends.new.is_some()),
            ),
            page: ends.as_ref().map(|page| page.as_ref().map(|page| &page.document)),
        })
        .collect();
    let comparisons = diff::compare_all(&documents);
    let mut compared = Vec::new();
    for ((turn, pages_of_turn), mut comparison) in turns.iter().zip(ends).zip(comparisons) {
        date_changes(turn, &pages_of_turn, &mut comparison, pages)?;
        let there = turn.new.file.as_ref().map(|_| pages.page_of(turn.new)).transpose()?;
        let new = pages_of_turn.new.as_ref().or(there.as_ref());
        let content = Sides::new(pages_of_turn.old.as_ref(), new);
        outage::note_unread(pages, Sides::new(turn.old, Some(turn.new)), content, &mut comparison)?;
        let returned = note_tables(&pages_of_turn, &mut comparison);
        let unread = there.filter(|_| pages_of_turn.new.is_none() && !comparison.unread.is_empty());
        let returned = turn.returned.iter().cloned().chain(returned).collect();
        compared.push(ComparedChange { pages: pages_of_turn, unread, returned, comparison });
    }
    Ok(compared)
}

/// Adds the tables that a commit made unreadable. Those that it made readable again.
fn note_tables(
    pages: &Sides<Option<Arc<PageContent>>>,
    comparison: &mut Comparison,
) -> Vec<Notice> {
    let (Some(old), Some(new)) = (&pages.old, &pages.new) else { return Vec::new() };
    let unread = complete_versions::tables_now_unread(old, new).notices;
    comparison.notices.extend(unread.iter().cloned());
    comparison.unread.extend(unread);
    complete_versions::tables_readable_again(Sides::new(old, new), comparison)
}

fn version_path(version: &FileVersion) -> Option<String> {
    version.file.as_ref().map(|file| file.path.to_string())
}

/// Every change is the commit's; where that is a merge, a commit inside it wrote the change.
fn date_changes(
    turn: &PageChange<'_>,
    ends: &Sides<Option<Arc<PageContent>>>,
    comparison: &mut Comparison,
    pages: &mut Pages<'_>,
) -> Result<()> {
    let page = |page: &Option<Arc<PageContent>>| page.clone().unwrap_or_default();
    let nothing = FileVersion {
        origin: VersionOrigin::OldEnd,
        file: None,
        companions: Vec::new(),
        included: PageIncludes::default(),
    };
    let file_history =
        FileHistory { versions: vec![turn.old.unwrap_or(&nothing).clone(), turn.new.clone()] };
    let steps = vec![Arc::new(VersionLinks::new(comparison))];
    let chain = VersionChain { pages: vec![page(&ends.old), page(&ends.new)], steps };
    let mut dating = IntroductionFinder::new(pages.repository());
    for change in &mut comparison.changes {
        let found = attribution::find(&chain, change);
        let dated = match found.filter(|_| turn.commit.is_merge()) {
            Some(found) => dating.introduced_by(pages, &file_history, &chain, found)?,
            None => None,
        };
        change.introduced = Some(dated.unwrap_or_else(|| Introduced {
            commit: turn.commit.id.to_string(),
            time: turn.commit.time,
            last_updated: ends.new.as_ref().and_then(|page| page.document.stamp.last_updated),
            author_commit: None,
        }));
    }
    Ok(())
}

/// Editions as they grow, commit by commit.
#[derive(Default)]
struct Gathering {
    editions: Vec<Option<DocumentReport>>,
    /// The newest edition of each page, by position.
    newest: HashMap<usize, usize>,
}

impl Gathering {
    fn add_change(&mut self, turn: &PageChange<'_>, compared: ComparedChange) {
        let ComparedChange { mut pages, unread, returned, comparison } = compared;
        let is_outage = !returned.is_empty() || !comparison.unread.is_empty();
        if comparison.changes.is_empty() && !is_outage {
            return;
        }
        pages.new = pages.new.or(unread);
        let stamp =
            |page: &Option<Arc<PageContent>>| page.as_ref().map(|page| page.document.stamp.clone());
        let stamps = pages.as_ref().map(stamp);
        // the beginning and the end of an outage are reported as such
        let going_on = self.going_on(turn.page, stamps.new.as_ref().filter(|_| !is_outage));
        let mut edition = match going_on {
            Some(edition) => edition,
            None => begin_edition(turn, &pages, stamps.old),
        };
        edition.changes.extend(comparison.changes);
        edition.notices.extend(comparison.unread.iter().cloned().chain(returned));
        edition.unread.extend(comparison.unread);
        edition.version.new = stamps.new.map(|stamp| report::DocumentVersion {
            commit: Some(turn.commit.id.to_string()),
            stamp,
        });
        // in the order in which editions were finished
        self.newest.insert(turn.page, self.editions.len());
        self.editions.push(Some(edition));
    }

    /// The page's newest edition, taken out, where it bears this stamp.
    fn going_on(&mut self, page: usize, stamp: Option<&Stamp>) -> Option<DocumentReport> {
        let slot = self.editions.get_mut(*self.newest.get(&page)?)?;
        let same = slot.as_ref()?.version.new.as_ref().map(|version| &version.stamp) == stamp;
        if same && stamp.is_some() { slot.take() } else { None }
    }

    /// The weightiest changes first, and what is alike in the order of the commits.
    fn into_editions(self) -> Vec<DocumentReport> {
        let mut editions: Vec<DocumentReport> = self.editions.into_iter().flatten().collect();
        for edition in &mut editions {
            edition.changes.sort_by_key(|change| change.kind);
        }
        editions
    }
}

fn begin_edition(
    turn: &PageChange<'_>,
    pages: &Sides<Option<Arc<PageContent>>>,
    stamp: Option<Stamp>,
) -> DocumentReport {
    let (old, new) = (turn.old.and_then(version_path), version_path(turn.new));
    let shown = pages.new.as_ref().or(pages.old.as_ref()).map(|page| &page.document);
    let status = match (&pages.old, &pages.new) {
        (None, _) => Status::Added,
        (Some(_), None) => Status::Removed,
        (Some(_), Some(_)) if old == new => Status::Modified,
        (Some(_), Some(_)) => Status::Renamed,
    };
    let before = match turn.old.map(|version| &version.origin) {
        Some(VersionOrigin::Commit(commit)) => Some(commit.id.to_string()),
        Some(VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded) | None => {
            None
        }
    };
    DocumentReport {
        path: if status == Status::Removed { old.clone().or(new) } else { new.or(old.clone()) }
            .unwrap_or_default(),
        old_path: old.filter(|_| status == Status::Renamed),
        status,
        title: shown.map(|page| page.title.clone()).unwrap_or_default(),
        subcollection: shown.and_then(|page| page.subcollection.clone()),
        version: Sides::new(
            stamp.map(|stamp| report::DocumentVersion { commit: before, stamp }),
            None,
        ),
        changes: Vec::new(),
        notices: Vec::new(),
        unread: Vec::new(),
        file_stays: status == Status::Removed && turn.new.file.is_some(),
        reads_rest: pages.new.as_ref().is_some_and(|page| page.document.is_responsibility_page()),
        ignored: 0,
    }
}
