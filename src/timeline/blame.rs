//! Every duty of a page as it stands, followed back through all versions to where it began.

use std::sync::Arc;

use super::arrivals::ArrivalFinder;
use super::attribution::FirstShown;
use super::complete_versions;
use super::duty_counts::DutyKey;
use super::identity::Identities;
use super::idle_names::without_idle_names;
use super::introduction::IntroductionFinder;
use super::page_test::PageTest;
use super::pages::{NAMES_FILE, NamesOf, PageContent, Pages};
use super::range::neighbour_links;
use super::version_chain::{DutyVersion, VersionChain};
use crate::error::Result;
use crate::history::{FileHistory, FilePair, Filter, PageReader, Point, Repository, VersionOrigin};
use crate::model::{Duty, Kind, Matrix, Place, Row, Sides};
use crate::report::{BlamedDuty, BlamedPage, Brought, DutyEvent};

/// Says of every duty at a point who holds it, since when, and how it came to be what it is.
///
/// # Errors
/// Where anything on the way back to a page's beginning cannot be read.
pub fn blame_pages(
    repo: &Repository,
    point: &Point,
    filter: &Filter,
    names_of: NamesOf<'_>,
) -> Result<Vec<BlamedPage>> {
    let (ends, line) = repo.whole_line(point)?;
    let test = match repo.span_between(&ends) {
        Some(span) => PageTest::of_span(repo, &span, names_of)?,
        None => PageTest::new(&[], names_of),
    };
    let mut pairs = Vec::new();
    for file in repo.page_files(point, filter)? {
        if test.is_page(file.path.format(), &repo.read_file(&file)?) {
            pairs.push(FilePair { path: file.path.clone(), file: Sides::new(None, Some(file)) });
        }
    }
    let lives = repo.file_histories(&ends, &line, &pairs, Some(NAMES_FILE), &test)?;
    let mut pages = Pages::new(repo, names_of);
    let mut arrivals = ArrivalFinder::new(repo, names_of, &test, blame_pages);
    let mut blamed = Vec::new();
    for (pair, file_history) in pairs.iter().zip(&lives) {
        // by the names of its own commit it may be none
        if !pages.is_readable(file_history.versions.last())? {
            continue;
        }
        let way = ResponsibilityVersions::new(file_history, &mut pages)?;
        pages.forget_unused();
        let mut authors = Authors {
            dating: IntroductionFinder::new(repo),
            pages: &mut pages,
            arrivals: &mut arrivals,
        };
        blamed.extend(way.blame_page(&pair.path.to_string(), &mut authors)?);
        pages.forget_unused();
    }
    Ok(blamed)
}

/// Who wrote what a merge brought, and which page a duty came from.
struct Authors<'a, 'r> {
    dating: IntroductionFinder<'r>,
    pages: &'a mut Pages<'r>,
    arrivals: &'a mut ArrivalFinder<'r>,
}

/// The versions in which a page assigned responsibility. Where it was away in between, it goes
/// on as far as its content does.
struct ResponsibilityVersions {
    file_history: FileHistory,
    chain: VersionChain,
}

impl ResponsibilityVersions {
    fn new(file_history: &FileHistory, pages: &mut Pages<'_>) -> Result<Self> {
        let mut all = file_history.versions.clone();
        // the newest is shown as it stands
        let newest = all.pop();
        let mut all = without_idle_names(all, pages)?;
        all.extend(newest);
        pages.load(&all)?;
        let mut versions = Vec::new();
        let mut contents: Vec<Option<Arc<PageContent>>> = Vec::new();
        for version in all {
            let page = pages.page_of(&version)?;
            if page.document.is_responsibility_page() {
                versions.push(version);
                contents.push(Some(page));
            }
        }
        let known = complete_versions::complete(&versions, &mut contents, pages)?;
        complete_versions::drop_unread_in_the_end(&mut contents);
        let contents: Vec<_> = contents.into_iter().flatten().collect();
        let steps = neighbour_links(&contents, &known);
        Ok(Self {
            file_history: FileHistory { versions },
            chain: VersionChain { pages: contents, steps },
        })
    }

    fn blame_page(&self, path: &str, authors: &mut Authors<'_, '_>) -> Result<Option<BlamedPage>> {
        let Some(newest) = self.chain.pages.last() else { return Ok(None) };
        let document = &newest.document;
        let path_of = |version: usize| {
            let file =
                self.file_history.versions.get(version).and_then(|version| version.file.as_ref());
            file.map(|file| file.path.to_string()).unwrap_or_default()
        };
        let ids = Identities::new(&self.chain, &path_of);
        let mut duties = Vec::new();
        for (at, found) in document.duties().enumerate() {
            duties.push(self.blame_duty(at, found, &ids, authors)?);
        }
        Ok(Some(BlamedPage {
            path: path.to_owned(),
            title: document.title.clone(),
            subcollection: document.subcollection.clone(),
            stamp: document.stamp.clone(),
            duties,
        }))
    }

    fn blame_duty(
        &self,
        at: usize,
        found: (&Matrix, &Row, &Duty),
        ids: &Identities,
        authors: &mut Authors<'_, '_>,
    ) -> Result<BlamedDuty> {
        let lineage = self.chain.follow_back(at);
        let begun =
            lineage.stops.iter().find(|stop| self.chain.is_beginning(stop.version, stop.duty));
        let begun = begun.copied().unwrap_or(DutyVersion { version: self.chain.last(), duty: at });
        let mut history = Vec::new();
        for pair in lineage.stops.windows(2) {
            history.extend(self.event_between(pair[0], pair[1], authors)?);
        }
        let mut id = ids.id_of(begun);
        if let Some(first) = lineage.stops.last() {
            match self.origin_of(*first, authors)? {
                Some((event, origin)) => {
                    id = origin.id;
                    history.push(event);
                    history.extend(origin.history);
                }
                None => history.push(self.added_event(*first, authors)?),
            }
        }
        let gave = history.iter().find(|event| match event.kind {
            Kind::Moved | Kind::Added => true,
            Kind::Removed | Kind::Reworded | Kind::Relocated => false,
        });
        Ok(BlamedDuty {
            id,
            party: found.2.party.clone(),
            place: Place::of_duty(at, found),
            reference: found.2.reference,
            controls: Vec::new(),
            since: gave.map(|event| event.brought.clone()).unwrap_or_default(),
            history,
        })
    }

    /// What happened to a duty between two neighbours.
    fn event_between(
        &self,
        newer: DutyVersion,
        older: DutyVersion,
        authors: &mut Authors<'_, '_>,
    ) -> Result<Option<DutyEvent>> {
        let hop = self.chain.link_back(newer.version, newer.duty);
        let kind = hop.and_then(|hop| hop.kind);
        let both = self.chain.duty_at(older).zip(self.chain.duty_at(newer));
        let Some((kind, ((_, _, old), (_, _, new)))) = kind.zip(both) else { return Ok(None) };
        Ok(Some(DutyEvent {
            kind,
            party: Sides::new(Some(old.party.clone()), Some(new.party.clone())),
            text: Sides::new(Some(old.phrase.text.clone()), Some(new.phrase.text.clone())),
            brought: self.brought_by(newer, kind, authors)?,
        }))
    }

    /// How a duty that came from another page came, and what it was there.
    fn origin_of(
        &self,
        first: DutyVersion,
        authors: &mut Authors<'_, '_>,
    ) -> Result<Option<(DutyEvent, BlamedDuty)>> {
        let Some(version) = self.file_history.versions.get(first.version) else { return Ok(None) };
        let (VersionOrigin::Commit(commit), Some(file)) = (&version.origin, &version.file) else {
            return Ok(None);
        };
        let path = file.path.to_string();
        let found = authors.arrivals.find_origin(commit, &path, first.duty)?;
        let Some((change, origin)) = found else { return Ok(None) };
        let text =
            change.place.as_ref().map(|place| place.as_ref().map(|place| place.text.clone()));
        let brought = self.brought_by(first, change.kind, authors)?;
        Ok(Some((DutyEvent { kind: change.kind, party: change.party, text, brought }, origin)))
    }

    fn added_event(&self, first: DutyVersion, authors: &mut Authors<'_, '_>) -> Result<DutyEvent> {
        let duty = self.chain.duty_at(first).map(|(_, _, duty)| duty);
        Ok(DutyEvent {
            kind: Kind::Added,
            party: Sides::new(None, duty.map(|duty| duty.party.clone())),
            text: Sides::new(None, duty.map(|duty| duty.phrase.text.clone())),
            brought: self.brought_by(first, Kind::Added, authors)?,
        })
    }

    fn brought_by(
        &self,
        stop: DutyVersion,
        kind: Kind,
        authors: &mut Authors<'_, '_>,
    ) -> Result<Brought> {
        let version = stop.version;
        let (commit, time) = self
            .file_history
            .versions
            .get(version)
            .and_then(|version| match &version.origin {
                VersionOrigin::Commit(commit) => Some((commit.id.to_string(), commit.time)),
                VersionOrigin::OldEnd | VersionOrigin::Fork | VersionOrigin::Unrecorded => None,
            })
            .unzip();
        let stamp = self.chain.pages.get(version).map(|page| &page.document.stamp);
        let author_commit = match self.chain.duty_at(stop) {
            Some(duty) => {
                let key = DutyKey::for_duty(duty, kind == Kind::Relocated);
                let found = FirstShown { version, key, came: true };
                let Authors { dating, pages, .. } = authors;
                let introduced =
                    dating.introduced_by(pages, &self.file_history, &self.chain, found)?;
                introduced.and_then(|introduced| introduced.author_commit)
            }
            None => None,
        };
        let last_updated = stamp.and_then(|stamp| stamp.last_updated);
        Ok(Brought { commit, time, last_updated, author_commit })
    }
}
