//! The ids of the pages' titles, under which pages are published.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::history::{Point, RepoPath, Repository};
use crate::model::Anchors;
use crate::normalize::{self};
use crate::report::DocumentReport;

use super::super::keyrefs::Keyrefs;
use super::super::pages::PagesAt;

/// The ids by path, for the pages whose titles have one.
pub(super) type PageTopics = BTreeMap<String, String>;

/// Those of the pages in some editions. What is published is a page as it stands at the tip, so its
/// id there counts; a page that is not there any more has that of its last edition.
pub(super) fn page_topics(
    repository: &Repository,
    tip: &Point,
    editions: &[DocumentReport],
    keyrefs: &Keyrefs,
) -> Result<PageTopics> {
    let keyrefs = keyrefs.of_repository(repository);
    let at = PagesAt::new(repository, tip, &keyrefs);
    let mut topics = BTreeMap::new();
    for edition in editions {
        if topics.contains_key(&edition.path) {
            continue;
        }
        let mut page = anchors_at(at, &edition.path)?;
        if page.is_none() {
            let same_page = editions.iter().filter(|other| other.path == edition.path);
            let versions = same_page.filter_map(|other| other.version.new.as_ref());
            if let Some(commit) = versions.filter_map(|version| version.commit.as_ref()).next_back()
            {
                let point = Point::Commit(repository.find_revision(commit)?);
                page = anchors_at(PagesAt { point: &point, ..at }, &edition.path)?;
            }
        }
        topics.insert(edition.path.clone(), page.and_then(|page| page.topic));
    }
    let known = topics.into_iter().filter_map(|(path, topic)| Some((path, topic?)));
    Ok(known.collect())
}

/// The ids of a page at a point; none where there is no such file.
fn anchors_at(at: PagesAt<'_>, path: &str) -> Result<Option<Anchors>> {
    let paths = [RepoPath::from(path)];
    let pages = at.pages_of_paths(&paths)?;
    Ok(pages.first().map(|page| normalize::page_anchors(page.source(), &page.names)))
}
