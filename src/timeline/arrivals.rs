//! Duties that came to a page from another one, followed back there.

use std::collections::HashMap;

use super::asked_pages::compare_range;
use super::page_test::PageTest;
use super::pages::NamesOf;
use super::range::OldSide;
use crate::error::Result;
use crate::history::{Commit, Ends, Filter, Id, PageReader, Point, Repository, Request};
use crate::model::Change;
use crate::report::{BlamedDuty, BlamedPage};

/// Says of the duties of pages at a point how they came to be what they are.
type BlamePages = fn(&Repository, &Point, &Filter, NamesOf<'_>) -> Result<Vec<BlamedPage>>;

/// Finds where duties came from, commit by commit.
pub(super) struct ArrivalFinder<'a> {
    repo: &'a Repository,
    names_of: NamesOf<'a>,
    test: &'a PageTest,
    blame: BlamePages,
    by_commit: HashMap<Id, Vec<Arrival>>,
    /// Pages that duties came from, as they were before a commit.
    origins: HashMap<(Id, String), Option<BlamedPage>>,
}

/// A duty that a commit took from another page.
struct Arrival {
    /// The page that has it since.
    path: String,
    change: Change,
}

impl<'a> ArrivalFinder<'a> {
    /// `blame` follows the duties of the other page.
    pub(super) fn new(
        repo: &'a Repository,
        names_of: NamesOf<'a>,
        test: &'a PageTest,
        blame: BlamePages,
    ) -> Self {
        let (by_commit, origins) = (HashMap::new(), HashMap::new());
        Self { repo, names_of, test, blame, by_commit, origins }
    }

    /// What happened to a duty of a page that a commit brought from another page, and the duty as it
    /// was there. None where it was on no page before.
    pub(super) fn find_origin(
        &mut self,
        commit: &Commit,
        path: &str,
        duty: usize,
    ) -> Result<Option<(Change, BlamedDuty)>> {
        if !self.by_commit.contains_key(&commit.id) {
            let found = self.arrivals_in(commit, path)?;
            self.by_commit.insert(commit.id, found);
        }
        let arrivals = self.by_commit.get(&commit.id).map_or(&[][..], Vec::as_slice);
        let is_it = |arrival: &&Arrival| {
            let place = arrival.change.place.new.as_ref();
            arrival.path == path && place.is_some_and(|place| place.duty == duty)
        };
        let Some(change) = arrivals.iter().find(is_it).map(|arrival| arrival.change.clone()) else {
            return Ok(None);
        };
        let Some(old) = &change.place.old else { return Ok(None) };
        let from = old.path.clone().unwrap_or_default();
        let at = old.duty;
        let origin = self.page_before(commit, from)?;
        let duty = origin.and_then(|page| page.duties.get(at)).cloned();
        Ok(duty.map(|duty| (change, duty)))
    }

    /// What a commit took from one page to another. Most commits change no second page, and are not
    /// compared.
    fn arrivals_in(&self, commit: &Commit, path: &str) -> Result<Vec<Arrival>> {
        if !self.changes_other_page(commit, path)? {
            return Ok(Vec::new());
        }
        let (ends, all) = (self.ends_of(commit)?, Filter::default());
        let compared = compare_range(self.repo, &ends, &all, self.names_of, OldSide::AsItIs)?;
        let arrivals = compared.documents.into_iter().flat_map(|document| {
            let path = document.path.new.unwrap_or_default();
            let changes = document.comparison.changes.into_iter();
            let came = changes.filter(|change| {
                change.place.old.as_ref().is_some_and(|place| place.path.is_some())
            });
            came.map(move |change| Arrival { path: path.clone(), change })
        });
        Ok(arrivals.collect())
    }

    /// Whether a commit changed or removed another page than the one at a path.
    fn changes_other_page(&self, commit: &Commit, path: &str) -> Result<bool> {
        let mut others = self.repo.files_before(commit)?;
        others.retain(|file| file.path.to_string() != path);
        for file in &others {
            if self.test.is_page(file.path.format(), &self.repo.read_file(file)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A page as it was before a commit, its duties followed further back.
    fn page_before(&mut self, commit: &Commit, path: String) -> Result<Option<&BlamedPage>> {
        let key = (commit.id, path);
        if !self.origins.contains_key(&key) {
            let before = self.ends_of(commit)?.points.old;
            let only = self.repo.filter_from_root(&[format!(":(literal){}", key.1)])?;
            let pages = (self.blame)(self.repo, &before, &only, self.names_of)?;
            let page = pages.into_iter().find(|page| page.path == key.1);
            self.origins.insert(key.clone(), page);
        }
        Ok(self.origins.get(&key).and_then(Option::as_ref))
    }

    /// The commit and its first parent.
    fn ends_of(&self, commit: &Commit) -> Result<Ends> {
        let revisions = vec![format!("{}^!", commit.id)];
        self.repo.resolve_ends(&Request { revisions, cached: false })
    }
}
