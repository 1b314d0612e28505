//! The whole page, as the templates see it.

use std::cmp::Reverse;

use serde::Serialize;

use crate::error::Error;
use crate::model::{Kind, Sides, capitalized};
use crate::render::text::{names, summary};
use crate::report::{Dossier, DossierScope, End, Several, pages_read};

use super::anchors::{AnchorIds, Ids};
use super::assets::{SCRIPT, STYLE};
use super::document::HtmlDocument;
use super::editions::HtmlNotice;
use super::overview::HtmlOverview;
use super::policy;
use super::words::{self, HtmlParty};

/// The page.
#[derive(Serialize)]
pub(super) struct HtmlPage {
    version: &'static str,
    policy: String,
    style: &'static str,
    script: &'static str,
    title: String,
    scope: String,
    overview: HtmlOverview,
    filters: HtmlFilters,
    repositories: Vec<HtmlRepository>,
    /// Whether an index helps.
    index: bool,
}

/// What the changes can be filtered by.
#[derive(Serialize)]
struct HtmlFilters {
    parties: Vec<HtmlParty>,
    kinds: Vec<&'static str>,
    areas: Vec<String>,
}

/// One repository.
#[derive(Serialize)]
struct HtmlRepository {
    anchor: String,
    name: Option<String>,
    error: Option<String>,
    hint: Option<String>,
    scope: String,
    commits: usize,
    notices: Vec<HtmlNotice>,
    documents: Vec<HtmlDocument>,
    has_no_page: bool,
}

impl HtmlPage {
    pub(super) fn from_results(results: &Several<'_, Dossier>) -> Self {
        let good =
            || results.iter().filter_map(|(name, result)| Some((*name, *result.as_ref().ok()?)));
        let dossiers: Vec<&Dossier> = good().map(|(_, dossier)| dossier).collect();
        let names: Vec<String> = good().map(|(name, _)| name.to_owned()).collect();
        let mut anchors = AnchorIds::from_dossiers(&dossiers);
        let ids = anchors.of_changes(&dossiers);
        let overview = HtmlOverview::from_dossiers(&dossiers, &names, &ids, &anchors);
        let filters = HtmlFilters::from_dossiers(&dossiers, &anchors);
        let several = results.len() > 1;
        let mut ids = ids.into_iter();
        let mut repositories = Vec::new();
        for (name, result) in results {
            let name = several.then(|| words::visible_text(name));
            let shown = match result {
                Ok(dossier) => {
                    let ids = ids.next().unwrap_or_default();
                    HtmlRepository::from_dossier(name, dossier, &ids, &mut anchors)
                }
                Err(error) => HtmlRepository::from_error(name, error, &mut anchors),
            };
            repositories.push(shown);
        }
        // what could not be read first, then what changed most; equals stay as they were named
        repositories.sort_by_key(|repository| Reverse(repository.change_weight()));
        let documents: Vec<&HtmlDocument> =
            repositories.iter().flat_map(|repository| &repository.documents).collect();
        Self {
            version: env!("CARGO_PKG_VERSION"),
            policy: policy::content_security_policy(),
            style: STYLE,
            script: SCRIPT,
            title: page_title(&dossiers, &documents, repositories.len()),
            scope: scope_of_all(&dossiers, &documents),
            index: documents.len() > 1,
            overview,
            filters,
            repositories,
        }
    }
}

impl HtmlFilters {
    fn from_dossiers(dossiers: &[&Dossier], anchors: &AnchorIds) -> Self {
        let editions = dossiers
            .iter()
            .flat_map(|dossier| &dossier.sheets)
            .flat_map(|sheet| sheet.life.iter().flat_map(|life| &life.editions));
        let sheets = dossiers.iter().flat_map(|dossier| &dossier.sheets);
        let mut kinds: Vec<Kind> = sheets
            .flat_map(|sheet| &sheet.report.changes)
            .chain(editions.flat_map(|edition| &edition.report.changes))
            .map(|change| change.kind)
            .collect();
        kinds.sort();
        kinds.dedup();
        let area = |area: &String| match area.as_str() {
            "" => "(above the first heading)".to_owned(),
            _ => words::visible_text(area),
        };
        Self {
            parties: anchors.parties().iter().map(HtmlParty::from_party).collect(),
            kinds: kinds.into_iter().map(Kind::name).collect(),
            areas: anchors.areas().iter().map(area).collect(),
        }
    }
}

impl HtmlRepository {
    /// Whether it failed, how many duties moved in its documents, and how many changed at all.
    fn change_weight(&self) -> (bool, usize, usize) {
        let weights = self.documents.iter().map(HtmlDocument::change_weight);
        let (moved, changed) =
            weights.fold((0, 0), |(moved, all), one| (moved + one.0, all + one.1));
        (self.error.is_some(), moved, changed)
    }

    fn from_dossier(
        name: Option<String>,
        dossier: &Dossier,
        ids: &[Ids],
        anchors: &mut AnchorIds,
    ) -> Self {
        let anchor = anchors.unique_id("repository");
        let sheets = dossier.sheets.iter().zip(ids);
        let mut documents: Vec<_> =
            sheets.map(|(sheet, ids)| HtmlDocument::from_sheet(sheet, ids, anchors)).collect();
        // what changed most first; pages of one weight stay in the order of their paths
        documents.sort_by_key(|document| Reverse(document.change_weight()));
        Self {
            anchor,
            name,
            error: None,
            hint: None,
            scope: scope_text(&dossier.scope),
            commits: dossier.commits,
            notices: dossier.notices.iter().map(HtmlNotice::from_notice).collect(),
            documents,
            has_no_page: dossier.has_no_page,
        }
    }

    fn from_error(name: Option<String>, error: &Error, anchors: &mut AnchorIds) -> Self {
        Self {
            anchor: anchors.unique_id("repository"),
            name,
            error: Some(words::visible_text(&error.to_string())),
            hint: error.advice().map(words::visible_text),
            scope: String::new(),
            commits: 0,
            notices: Vec::new(),
            documents: Vec::new(),
            has_no_page: false,
        }
    }
}

fn page_title(dossiers: &[&Dossier], documents: &[&HtmlDocument], repositories: usize) -> String {
    match documents {
        [] if dossiers.iter().any(|dossier| !dossier.has_no_page) => {
            capitalized(&summary::pages_read_text(pages_read(dossiers.iter().copied())))
        }
        [one] => one.title.clone(),
        _ if repositories > 1 => {
            let pages = names::counted(documents.len(), "responsibility page");
            format!("{pages} in {}", names::counted(repositories, "repository"))
        }
        _ => names::counted(documents.len(), "responsibility page"),
    }
}

fn scope_text(scope: &DossierScope) -> String {
    match scope {
        DossierScope::Whole(tip) => {
            format!("Every edition of each page, up to {}", end_text(tip))
        }
        DossierScope::Range(Sides { old, new }) => {
            format!("From {} to {}", end_text(old), end_text(new))
        }
    }
}

/// What is compared, where that is the same of all.
fn scope_of_all(dossiers: &[&Dossier], documents: &[&HtmlDocument]) -> String {
    match (dossiers, documents) {
        ([one], [document]) => format!("{}: {}", scope_text(&one.scope), document.versions),
        ([one], _) => scope_text(&one.scope),
        (_, _) => String::new(),
    }
}

fn end_text(end: &End) -> String {
    match end {
        End::Commit { rev, commit } if commit.starts_with(rev.as_str()) => {
            names::short_id(commit).to_owned()
        }
        End::Commit { rev, commit } => {
            format!("{} ({})", words::visible_text(rev), names::short_id(commit))
        }
        End::WorkingTree => "the working tree".to_owned(),
        End::Index => "the index".to_owned(),
        End::Empty => "an empty repository".to_owned(),
        End::File { path } => words::visible_text(path),
    }
}
