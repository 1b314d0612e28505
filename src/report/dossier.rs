//! All that the report page shows of one repository: documents side by side, and their histories.

use std::collections::BTreeMap;

use crate::diff::Comparison;
use crate::model::{Document, Notice, Party, Side, Sides};

use super::sheet::{Balance, Sheet};
use super::{Compared, DocumentReport, End, PageLog, Status, Summary, assemble_report};

/// A page with its editions, and how the newest differs from the first.
#[derive(Clone, Debug)]
pub struct WholePage {
    /// The editions, newest first; never none.
    pub log: PageLog,
    /// The content of the first and of the newest edition.
    pub pages: Sides<Document>,
    /// What they differ in, changes with the commit that brought them.
    pub comparison: Comparison,
}

/// What a dossier is about.
#[derive(Clone, Debug, PartialEq)]
pub enum DossierScope {
    /// Each page from its first edition to its newest, up to this commit.
    Whole(End),
    /// Two ends.
    Range(Sides<End>),
}

/// One repository on the report page.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// What it is about.
    pub scope: DossierScope,
    /// The documents, by path.
    pub sheets: Vec<Sheet>,
    /// What concerns the comparison as a whole.
    pub notices: Vec<Notice>,
    /// How many commits were walked.
    pub commits: usize,
    /// How many changes the policy leaves out.
    pub ignored: usize,
    /// How many of the files in which two ends differ are responsibility pages.
    pub pages_read: Sides<usize>,
    /// Whether there is no responsibility page at all.
    pub has_no_page: bool,
}

impl Dossier {
    /// Every page of a history, from its first edition to its newest.
    #[must_use]
    pub fn of_histories(tip: End, lives: Vec<WholePage>, commits: usize) -> Self {
        let mut sheets: Vec<Sheet> = lives.into_iter().map(of_page).collect();
        sheets.sort_by(|a, b| a.report.path.cmp(&b.report.path));
        let has_no_page = sheets.is_empty();
        let (scope, notices) = (DossierScope::Whole(tip), Vec::new());
        let ignored = sheets.iter().map(|sheet| sheet.report.ignored).sum();
        let pages_read = Sides::default();
        Self { scope, sheets, notices, commits, ignored, pages_read, has_no_page }
    }

    /// The documents in which two ends differ; their histories are added by
    /// [`Dossier::with_histories`].
    #[must_use]
    pub fn of_range(ends: Sides<End>, documents: Vec<Compared<'_>>) -> Self {
        let mut laid: Vec<(Sides<Option<String>>, _, _, _)> = Vec::new();
        let away = departed_duties(&documents);
        for (document, away) in documents.iter().zip(away) {
            let pages = document.page.map(Option::<&Document>::cloned);
            laid.push((document.path.clone(), pages, document.comparison.links.clone(), away));
        }
        let report = assemble_report(ends, documents, Vec::new());
        let sheet = |reported: DocumentReport| {
            let (_, pages, links, away) =
                laid.iter().find(|(path, _, _, _)| is_of(path, &reported))?;
            Some(Sheet::new(reported, pages.as_ref().map(Option::as_ref), links, away))
        };
        // a page whose duties went elsewhere is part of every sum
        let mut reported: Vec<_> = report.documents.into_iter().chain(report.givers).collect();
        reported.sort_by(|a, b| (&a.path, &a.old_path).cmp(&(&b.path, &b.old_path)));
        Self {
            ignored: report.ignored,
            scope: DossierScope::Range(report.ends),
            sheets: reported.into_iter().filter_map(sheet).collect(),
            notices: report.notices,
            commits: 0,
            pages_read: report.pages_read,
            has_no_page: false,
        }
    }

    /// Adds the editions of the pages that are reported.
    #[must_use]
    pub fn with_histories(mut self, logs: Vec<PageLog>, commits: usize) -> Self {
        for log in logs {
            let of = |sheet: &&mut Sheet| sheet.report.path == log.path;
            if let Some(sheet) = self.sheets.iter_mut().find(of) {
                sheet.life = Some(log);
            }
        }
        self.commits = commits;
        self
    }

    /// The counts over all documents.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of_changes(self.sheets.iter().flat_map(|sheet| &sheet.report.changes))
            .with_ignored(self.ignored)
    }

    /// The duties of all documents, by party.
    #[must_use]
    pub fn balance(&self) -> BTreeMap<Party, Balance> {
        let mut all: BTreeMap<Party, Balance> = BTreeMap::new();
        for (party, one) in self.sheets.iter().flat_map(|sheet| &sheet.balance) {
            all.entry(party.clone()).or_default().add_counts(one);
        }
        all
    }
}

/// How many pages were read, of all repositories together.
pub fn pages_read<'a>(dossiers: impl Iterator<Item = &'a Dossier>) -> Sides<usize> {
    dossiers.fold(Sides::default(), |all, dossier| {
        Sides::new(all.old + dossier.pages_read.old, all.new + dossier.pages_read.new)
    })
}

impl Balance {
    /// Adds those of another document.
    pub fn add_counts(&mut self, other: &Self) {
        self.before += other.before;
        self.added += other.added;
        self.gained += other.gained;
        self.removed += other.removed;
        self.lost += other.lost;
        self.after += other.after;
        self.gone += other.gone;
    }
}

/// Of every document the old duties that went to another one, and where to.
fn departed_duties(documents: &[Compared<'_>]) -> Vec<BTreeMap<usize, String>> {
    let mut away: BTreeMap<&str, BTreeMap<usize, String>> = BTreeMap::new();
    for document in documents {
        for change in &document.comparison.changes {
            let Some(place) = &change.place.old else { continue };
            if let (Some(from), Some(to)) = (&place.path, &document.path.new) {
                away.entry(from).or_default().insert(place.duty, to.clone());
            }
        }
    }
    let of = |document: &Compared<'_>| {
        document.path.old.as_ref().and_then(|path| away.get(path.as_str())).cloned()
    };
    documents.iter().map(|document| of(document).unwrap_or_default()).collect()
}

fn is_of(path: &Sides<Option<String>>, reported: &DocumentReport) -> bool {
    let side = if reported.status == Status::Removed { &path.old } else { &path.new };
    side.as_ref() == Some(&reported.path)
}

fn of_page(life: WholePage) -> Sheet {
    let WholePage { log, pages, comparison } = life;
    let (newest, oldest) = (log.editions.first(), log.editions.last());
    let version = |edition: Option<&super::Edition>| {
        edition.and_then(|edition| edition.report.version.new.clone())
    };
    let old_path =
        oldest.map(|edition| edition.report.path.clone()).filter(|path| *path != log.path);
    let mut notices = comparison.notices;
    notices.extend(pages.new.notices.iter().cloned().map(|notice| notice.on_side(Side::New)));
    notices.dedup();
    let reported = DocumentReport {
        path: log.path.clone(),
        status: if old_path.is_some() { Status::Renamed } else { Status::Modified },
        old_path,
        title: log.title.clone(),
        subcollection: pages.new.subcollection.clone(),
        version: Sides::new(version(oldest), version(newest)),
        changes: comparison.changes,
        notices,
        unread: comparison.unread,
        file_stays: false,
        reads_rest: false,
        ignored: comparison.ignored,
    };
    let both = pages.as_ref().map(Some);
    let mut sheet = Sheet::new(reported, both, &comparison.links, &BTreeMap::new());
    if log.removed_duties().or(log.unread_duties()).is_some() {
        sheet.balance.values_mut().for_each(|balance| balance.gone = balance.after);
    }
    for (party, duties) in &log.unread_tables.duties {
        if let Some(balance) = sheet.balance.get_mut(party) {
            balance.gone += duties;
        }
    }
    sheet.life = Some(log);
    sheet
}
