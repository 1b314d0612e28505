//! Every duty of a page as it stands, followed back through all versions to where it began.

use std::sync::Arc;

use super::attribution::Found;
use super::census::Key;
use super::chain::{Chain, Stop};
use super::dating::Dating;
use super::identity::Identities;
use super::page_test::PageTest;
use super::pages::{NAMES_FILE, NamesOf, Page, Pages};
use super::range::steps;
use crate::error::Result;
use crate::history::{FilePair, Filter, Life, Origin, PageReader, Point, Repository};
use crate::model::{Duty, Kind, Matrix, Place, Row, Sides};
use crate::report::{BlamedDuty, BlamedPage, Brought, Event};

/// Says of every duty at a point who holds it, since when, and how it came to be what it is.
///
/// # Errors
/// Where anything on the way back to a page's beginning cannot be read.
pub fn blame(
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
    for file in repo.files(point, filter)? {
        if test.is_page(file.path.format(), &repo.read(&file)?) {
            pairs.push(FilePair { path: file.path.clone(), file: Sides::new(None, Some(file)) });
        }
    }
    let lives = repo.lives(&ends, &line, &pairs, Some(NAMES_FILE), &test)?;
    let mut pages = Pages::new(repo, names_of);
    let mut blamed = Vec::new();
    for (pair, life) in pairs.iter().zip(&lives) {
        // by the names of its own commit it may be none
        if !pages.is_readable(life.versions.last())? {
            continue;
        }
        let way = Way::new(life, &mut pages)?;
        pages.forget();
        let mut authors = Authors { dating: Dating::new(repo), pages: &mut pages };
        blamed.extend(way.blame(&pair.path.to_string(), &mut authors)?);
        pages.forget();
    }
    Ok(blamed)
}

/// Who wrote what a merge brought.
struct Authors<'a, 'r> {
    dating: Dating<'r>,
    pages: &'a mut Pages<'r>,
}

/// The versions in which a page assigned responsibility. Where it was away in between, it goes
/// on as far as its content does.
struct Way {
    life: Life,
    chain: Chain,
}

impl Way {
    fn new(life: &Life, pages: &mut Pages<'_>) -> Result<Self> {
        pages.load(&life.versions)?;
        let mut versions = Vec::new();
        let mut contents: Vec<Arc<Page>> = Vec::new();
        for version in &life.versions {
            let page = pages.of(version)?;
            if page.document.is_responsibility_page() {
                versions.push(version.clone());
                contents.push(page);
            }
        }
        let steps = steps(&contents);
        Ok(Self { life: Life { versions }, chain: Chain { pages: contents, steps } })
    }

    fn blame(&self, path: &str, authors: &mut Authors<'_, '_>) -> Result<Option<BlamedPage>> {
        let Some(newest) = self.chain.pages.last() else { return Ok(None) };
        let document = &newest.document;
        let path_of = |version: usize| {
            let file = self.life.versions.get(version).and_then(|version| version.file.as_ref());
            file.map(|file| file.path.to_string()).unwrap_or_default()
        };
        let ids = Identities::new(&self.chain, &path_of);
        let mut duties = Vec::new();
        for (at, found) in document.duties().enumerate() {
            duties.push(self.duty(at, found, &ids, authors)?);
        }
        Ok(Some(BlamedPage {
            path: path.to_owned(),
            title: document.title.clone(),
            subcollection: document.subcollection.clone(),
            stamp: document.stamp.clone(),
            duties,
        }))
    }

    fn duty(
        &self,
        at: usize,
        found: (&Matrix, &Row, &Duty),
        ids: &Identities,
        authors: &mut Authors<'_, '_>,
    ) -> Result<BlamedDuty> {
        let lineage = self.chain.back(at);
        let begun = lineage.stops.iter().find(|stop| self.chain.begins(stop.version, stop.duty));
        let begun = begun.copied().unwrap_or(Stop { version: self.chain.last(), duty: at });
        let mut history = Vec::new();
        for pair in lineage.stops.windows(2) {
            history.extend(self.event(pair[0], pair[1], authors)?);
        }
        if let Some(first) = lineage.stops.last() {
            history.push(self.added(*first, authors)?);
        }
        let gave = history.iter().find(|event| match event.kind {
            Kind::Moved | Kind::Added => true,
            Kind::Removed | Kind::Reworded | Kind::Relocated => false,
        });
        Ok(BlamedDuty {
            id: ids.of(begun),
            party: found.2.party.clone(),
            place: Place::of_duty(at, found),
            reference: found.2.reference,
            controls: Vec::new(),
            since: gave.map(|event| event.brought.clone()).unwrap_or_default(),
            history,
        })
    }

    /// What happened to a duty between two neighbours.
    fn event(
        &self,
        newer: Stop,
        older: Stop,
        authors: &mut Authors<'_, '_>,
    ) -> Result<Option<Event>> {
        let hop = self.chain.hop_back(newer.version, newer.duty);
        let kind = hop.and_then(|hop| hop.kind);
        let both = self.chain.at(older).zip(self.chain.at(newer));
        let Some((kind, ((_, _, old), (_, _, new)))) = kind.zip(both) else { return Ok(None) };
        Ok(Some(Event {
            kind,
            party: Sides::new(Some(old.party.clone()), Some(new.party.clone())),
            text: Sides::new(Some(old.phrase.text.clone()), Some(new.phrase.text.clone())),
            brought: self.brought(newer, kind, authors)?,
        }))
    }

    fn added(&self, first: Stop, authors: &mut Authors<'_, '_>) -> Result<Event> {
        let duty = self.chain.at(first).map(|(_, _, duty)| duty);
        Ok(Event {
            kind: Kind::Added,
            party: Sides::new(None, duty.map(|duty| duty.party.clone())),
            text: Sides::new(None, duty.map(|duty| duty.phrase.text.clone())),
            brought: self.brought(first, Kind::Added, authors)?,
        })
    }

    fn brought(&self, stop: Stop, kind: Kind, authors: &mut Authors<'_, '_>) -> Result<Brought> {
        let version = stop.version;
        let commit = self.life.versions.get(version).and_then(|version| match &version.origin {
            Origin::Commit(commit) => Some((commit.id.to_string(), commit.time)),
            Origin::OldEnd | Origin::Fork | Origin::Unrecorded => None,
        });
        let stamp = self.chain.pages.get(version).map(|page| &page.document.stamp);
        let author_commit = match self.chain.at(stop) {
            Some(duty) => {
                let key = Key::of(duty, kind == Kind::Relocated);
                let found = Found { version, key, came: true };
                let Authors { dating, pages } = authors;
                let introduced = dating.introduced(pages, &self.life, &self.chain, found)?;
                introduced.and_then(|introduced| introduced.author_commit)
            }
            None => None,
        };
        let last_updated = stamp.and_then(|stamp| stamp.last_updated);
        Ok(Brought { commit, last_updated, author_commit })
    }
}
