//! The pages that release notes name.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::log::{CommitReport, Edition, PageLog};
use super::other_page::OtherPage;
use super::{DocumentReport, Report};

/// A responsibility page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Page")]
pub struct NotesPage {
    /// Its newest path, by which it is linked to.
    pub path: String,
    /// Its title; its path where it has none.
    pub title: String,
    /// The URL of the page, if a link base is given and the page still exists.
    pub link: Option<String>,
}

impl NotesPage {
    pub(super) fn new(path: &str, title: &str) -> Self {
        let title = if title.is_empty() { path } else { title };
        Self { path: path.to_owned(), title: title.to_owned(), link: None }
    }
}

/// What became of a removed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedPage {
    /// The commit that removed it.
    pub commit: CommitReport,
    /// How many duties went with it.
    pub duties: usize,
    /// Whether the file is still there, where it assigns nothing any more.
    pub file_stays: bool,
    /// How many of its duties went to which other page in that commit, by path.
    pub went_to: BTreeMap<String, usize>,
    /// The page that has most of the duties that went with it, too.
    pub also_in: Option<OtherPage>,
}

impl RemovedPage {
    /// Of the page that was removed after an edition.
    pub(super) fn of_edition(edition: &Edition) -> Option<Self> {
        let (duties, gone) = (edition.removed_duties()?, edition.gone.as_ref()?);
        let (commit, went_to) = (gone.commit.clone(), gone.went_to.clone());
        let file_stays = gone.file_stays;
        Some(Self { commit, duties, file_stays, went_to, also_in: gone.also_in.clone() })
    }
}

/// The titles of pages by path, so that a sentence can name a page as its readers do.
#[derive(Clone, Debug, Default)]
pub struct PageTitles(BTreeMap<String, String>);

impl PageTitles {
    /// Of all pages of a history, under every path that they had.
    pub(super) fn of_logs(pages: &[PageLog]) -> Self {
        let mut titles = Self::default();
        for page in pages {
            for edition in page.editions.iter().rev() {
                titles.add(&edition.report);
            }
        }
        titles
    }

    /// Of the pages of a comparison.
    pub(super) fn of_report(report: &Report) -> Self {
        let mut titles = Self::default();
        report.documents.iter().chain(&report.givers).for_each(|document| titles.add(document));
        titles
    }

    fn add(&mut self, document: &DocumentReport) {
        for path in document.old_path.iter().chain([&document.path]) {
            if !document.title.is_empty() {
                self.0.insert(path.clone(), document.title.clone());
            }
        }
    }

    /// The title of the page at a path, if it is known.
    #[must_use]
    pub fn title_of(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }
}

/// The headings that entries of different pages have in common, of all headings with their pages.
pub(super) fn shared_headings(all: impl Iterator<Item = (String, String)>) -> BTreeSet<String> {
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (heading, path) in all {
        pages.entry(heading).or_default().insert(path);
    }
    let shared = pages.into_iter().filter(|(_, paths)| paths.len() > 1);
    shared.map(|(heading, _)| heading).collect()
}
