//! The whole page, as the templates see it.

use std::cmp::Reverse;

use serde::Serialize;

use crate::error::Error;
use crate::model::{Kind, Sides};
use crate::render::text::names;
use crate::report::{Dossier, End, Scope, Several};

use super::anchors::{Anchors, Ids};
use super::assets::{SCRIPT, STYLE};
use super::document::DocumentWire;
use super::editions::NoticeWire;
use super::overview::OverviewWire;
use super::policy;
use super::words::{self, PartyWire};

/// The page.
#[derive(Serialize)]
pub(super) struct PageWire {
    version: &'static str,
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    scope: String,
    overview: OverviewWire,
    filters: FiltersWire,
    repositories: Vec<RepositoryWire>,
    /// Whether an index helps.
    index: bool,
}

/// What the changes can be filtered by.
#[derive(Serialize)]
struct FiltersWire {
    parties: Vec<PartyWire>,
    kinds: Vec<&'static str>,
    areas: Vec<String>,
}

/// One repository.
#[derive(Serialize)]
struct RepositoryWire {
    anchor: String,
    name: Option<String>,
    error: Option<String>,
    hint: Option<String>,
    scope: String,
    commits: usize,
    notices: Vec<NoticeWire>,
    documents: Vec<DocumentWire>,
}

impl PageWire {
    pub(super) fn of(results: &Several<'_, Dossier>) -> Self {
        let dossiers: Vec<&Dossier> =
            results.iter().filter_map(|(_, result)| result.as_ref().ok().copied()).collect();
        let mut anchors = Anchors::of(&dossiers);
        let ids = anchors.of_changes(&dossiers);
        let overview = OverviewWire::of(&dossiers, &ids, &anchors);
        let filters = FiltersWire::of(&dossiers, &anchors);
        let several = results.len() > 1;
        let mut ids = ids.into_iter();
        let mut repositories = Vec::new();
        for (name, result) in results {
            let name = several.then(|| words::shown(name));
            let wire = match result {
                Ok(dossier) => {
                    let ids = ids.next().unwrap_or_default();
                    RepositoryWire::of(name, dossier, &ids, &mut anchors)
                }
                Err(error) => RepositoryWire::failed(name, error, &mut anchors),
            };
            repositories.push(wire);
        }
        let documents: Vec<&DocumentWire> =
            repositories.iter().flat_map(|repository| &repository.documents).collect();
        Self {
            version: env!("CARGO_PKG_VERSION"),
            policy: policy::content_security_policy(),
            style: STYLE,
            script: SCRIPT,
            title: title(&documents, repositories.len()),
            scope: scope_of_all(&dossiers, &documents),
            index: documents.len() > 1,
            overview,
            filters,
            repositories,
        }
    }
}

impl FiltersWire {
    fn of(dossiers: &[&Dossier], anchors: &Anchors) -> Self {
        let editions = dossiers
            .iter()
            .flat_map(|dossier| &dossier.sheets)
            .flat_map(|sheet| sheet.life.iter().flat_map(|life| &life.editions));
        let sheets = dossiers.iter().flat_map(|dossier| &dossier.sheets);
        let mut kinds: Vec<Kind> = sheets
            .flat_map(|sheet| &sheet.told.changes)
            .chain(editions.flat_map(|edition| &edition.told.changes))
            .map(|change| change.kind)
            .collect();
        kinds.sort();
        kinds.dedup();
        let area = |area: &String| match area.as_str() {
            "" => "(above the first heading)".to_owned(),
            _ => words::shown(area),
        };
        Self {
            parties: anchors.parties().iter().map(PartyWire::of).collect(),
            kinds: kinds.into_iter().map(Kind::name).collect(),
            areas: anchors.areas().iter().map(area).collect(),
        }
    }
}

impl RepositoryWire {
    fn of(name: Option<String>, dossier: &Dossier, ids: &[Ids], anchors: &mut Anchors) -> Self {
        let anchor = anchors.take("repository");
        let sheets = dossier.sheets.iter().zip(ids);
        let mut documents: Vec<_> =
            sheets.map(|(sheet, ids)| DocumentWire::of(sheet, ids, anchors)).collect();
        // what changed most first; pages of one weight stay in the order of their paths
        documents.sort_by_key(|document| Reverse(document.weight()));
        Self {
            anchor,
            name,
            error: None,
            hint: None,
            scope: scope(&dossier.scope),
            commits: dossier.commits,
            notices: dossier.notices.iter().map(NoticeWire::of).collect(),
            documents,
        }
    }

    fn failed(name: Option<String>, error: &Error, anchors: &mut Anchors) -> Self {
        Self {
            anchor: anchors.take("repository"),
            name,
            error: Some(words::shown(&error.to_string())),
            hint: error.advice().map(words::shown),
            scope: String::new(),
            commits: 0,
            notices: Vec::new(),
            documents: Vec::new(),
        }
    }
}

fn title(documents: &[&DocumentWire], repositories: usize) -> String {
    match documents {
        [one] => one.title.clone(),
        _ if repositories > 1 => {
            let pages = names::counted(documents.len(), "responsibility page");
            format!("{pages} in {}", names::counted(repositories, "repository"))
        }
        _ => names::counted(documents.len(), "responsibility page"),
    }
}

fn scope(scope: &Scope) -> String {
    match scope {
        Scope::Whole(tip) => {
            format!("Every edition of each page, up to {}", end(tip))
        }
        Scope::Range(Sides { old, new }) => format!("From {} to {}", end(old), end(new)),
    }
}

/// What is compared, where that is the same of all.
fn scope_of_all(dossiers: &[&Dossier], documents: &[&DocumentWire]) -> String {
    match (dossiers, documents) {
        ([one], [document]) => format!("{}: {}", scope(&one.scope), document.versions),
        ([one], _) => scope(&one.scope),
        (_, _) => String::new(),
    }
}

fn end(end: &End) -> String {
    match end {
        End::Commit { rev, commit } if commit.starts_with(rev.as_str()) => {
            names::short_id(commit).to_owned()
        }
        End::Commit { rev, commit } => {
            format!("{} ({})", words::shown(rev), names::short_id(commit))
        }
        End::WorkingTree => "the working tree".to_owned(),
        End::Index => "the index".to_owned(),
        End::Empty => "the empty tree".to_owned(),
        End::File { path } => words::shown(path),
    }
}
