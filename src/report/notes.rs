//! Changes as release notes: entry by entry, each in the sections that customers look for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{Change, Kind, Party, Sides, Stamp};

use super::arrived::ArrivedChanges;
use super::log::{CommitReport, DutySources, Edition, PageLog};
use super::noted_pages::{NotesPage, PageTitles, RemovedPage, shared_headings};
use super::tags::edition_tag;
use super::{DocumentReport, End, PageLinks, Report, lasting_name, marks};

/// What one entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesBy {
    /// An edition of a page.
    #[default]
    Edition,
    /// A change of an edition.
    Change,
    /// All that a range brought.
    Range,
    /// All that a range brought to a page.
    Document,
    /// All that a range brought to a control of the policy.
    Control,
}

impl NotesBy {
    /// The name that the JSON uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edition => "edition",
            Self::Change => "change",
            Self::Range => "range",
            Self::Document => "document",
            Self::Control => "control",
        }
    }
}

/// The sections of an entry, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// The customer alone has it now.
    MovedToYou,
    /// IBM alone has it now.
    MovedToIbm,
    /// Both have it now.
    NowShared,
    /// A partner or vendor has it now.
    MovedToAnother,
    /// New duties.
    Added,
    /// Duties that are gone.
    Removed,
    /// Duties in other words.
    Reworded,
    /// Duties in another place.
    Relocated,
}

impl Topic {
    /// Every section, in the order of the report.
    pub const ALL: [Self; 8] = [
        Self::MovedToYou,
        Self::MovedToIbm,
        Self::NowShared,
        Self::MovedToAnother,
        Self::Added,
        Self::Removed,
        Self::Reworded,
        Self::Relocated,
    ];

    /// The section that a change belongs to.
    #[must_use]
    pub const fn of_change(change: &Change) -> Self {
        match change.kind {
            Kind::Moved => match &change.party.new {
                Some(Party::Customer) => Self::MovedToYou,
                Some(Party::Ibm | Party::Provider(_)) => Self::MovedToIbm,
                Some(Party::Shared) => Self::NowShared,
                Some(Party::Other(_)) | None => Self::MovedToAnother,
            },
            Kind::Added => Self::Added,
            Kind::Removed => Self::Removed,
            Kind::Reworded => Self::Reworded,
            Kind::Relocated => Self::Relocated,
        }
    }

    /// The name that the JSON uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MovedToYou => "moved-to-you",
            Self::MovedToIbm => "moved-to-ibm",
            Self::NowShared => "now-shared",
            Self::MovedToAnother => "moved-to-another-party",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Relocated => "relocated",
        }
    }
}

impl NotesSection {
    /// Its heading.
    #[must_use]
    pub fn title(&self) -> String {
        let name = self.topic.name().replace('-', " ");
        let title = name[..1].to_uppercase() + &name[1..];
        let mut changes = self.changes.iter().map(|(_, change)| change);
        let provider = changes.find_map(|change| change.provider.as_deref());
        title.replace("ibm", provider.unwrap_or("IBM"))
    }
}

/// Release notes.
#[derive(Clone, Debug)]
pub struct Notes {
    /// What an entry is.
    pub by: NotesBy,
    /// What was compared; `None` for the whole history.
    pub ends: Option<Sides<End>>,
    /// The entries, newest first; each has a change or ends with its page.
    pub entries: Vec<NotesEntry>,
    /// The keys of entries that would be here if anything had changed.
    pub without_changes: Vec<String>,
    /// How many responsibility pages were read.
    pub pages_read: usize,
    /// How many responsibility pages there are at the newer end of a range without an edition.
    pub pages_at_end: Option<usize>,
    /// Of how many pages respdiff can no longer tell who has which duty.
    pub pages_unread: usize,
    /// What other pages are called.
    pub titles: PageTitles,
    /// Where the pages are.
    pub links: Option<PageLinks>,
    /// Whether the commit that introduced a change is shown.
    pub show_commits: bool,
}

/// One entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotesEntry {
    /// By what it is found again in a changelog.
    pub key: String,
    /// The lasting id that a feed gives it; none where it is no edition nor a change of one.
    pub tag: Option<String>,
    /// Its heading.
    pub heading: String,
    /// The day of the edition.
    pub day: Option<NaiveDate>,
    /// The stamp of the edition.
    pub stamp: Option<Stamp>,
    /// The commits of the edition, newest first.
    pub commits: Vec<CommitReport>,
    /// The pages whose changes it reports.
    pub pages: Vec<NotesPage>,
    /// Its sections in order; none of them is empty.
    pub sections: Vec<NotesSection>,
    /// Of a page's first edition: how many of its duties were on no page before, and came from one.
    pub began_with: Option<DutySources>,
    /// Where the page was removed after the edition, what became of its duties.
    pub removed: Option<RemovedPage>,
}

/// A section of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct NotesSection {
    /// Which one.
    pub topic: Topic,
    /// Its changes, each with the position of its page in the entry's pages.
    pub changes: Vec<(usize, Change)>,
}

impl Notes {
    /// An entry for each edition. Pages keep the order of their own history; among pages, the
    /// later day comes first.
    #[must_use]
    pub fn by_edition(pages: &[PageLog]) -> Self {
        let mut notes = Self::new(NotesBy::Edition, pages.len());
        notes.titles = PageTitles::of_logs(pages);
        let arrived = ArrivedChanges::of_logs(pages);
        let mut left: Vec<(&PageLog, &[Edition])> =
            pages.iter().map(|page| (page, page.editions.as_slice())).collect();
        loop {
            let newest = left
                .iter_mut()
                .rev()
                .filter(|(_, editions)| !editions.is_empty())
                .max_by_key(|(_, editions)| editions.first().map(|edition| edition.day));
            let Some((page, editions)) = newest else { break };
            let Some((edition, older)) = editions.split_first() else { break };
            *editions = older;
            notes.push(of_edition(page, edition, &arrived));
        }
        let named = |entry: &NotesEntry| {
            let page = entry.pages.first()?;
            Some((entry.heading.clone(), page.path.clone()))
        };
        let shared = shared_headings(notes.entries.iter().filter_map(named));
        for entry in &mut notes.entries {
            if let Some((heading, path)) = named(entry).filter(|(it, _)| shared.contains(it)) {
                entry.heading = format!("{heading} ({path})");
            }
        }
        notes
    }

    /// One entry for all changes of a comparison.
    #[must_use]
    pub fn by_range(report: &Report, heading: Option<&str>) -> Self {
        let mut notes = Self::of_report(NotesBy::Range, report);
        let is_told = |one: &&DocumentReport| one.changes.iter().any(|change| !change.reference);
        let pages: Vec<_> = report.documents.iter().filter(is_told).collect();
        let changes = pages.iter().enumerate().flat_map(|(at, page)| {
            let changes = page.changes.iter().cloned();
            changes.map(move |change| (at, change))
        });
        notes.push(NotesEntry {
            key: format!("range {}", end_key(&report.ends.old)),
            heading: heading.map_or_else(|| range_heading(report), str::to_owned),
            sections: topic_sections(changes.collect()),
            pages: pages.iter().map(|page| NotesPage::new(&page.path, &page.title)).collect(),
            ..NotesEntry::default()
        });
        notes
    }

    /// An entry for each page of a comparison.
    #[must_use]
    pub fn by_document(report: &Report) -> Self {
        let mut notes = Self::of_report(NotesBy::Document, report);
        for document in &report.documents {
            let changes = document.changes.iter().map(|change| (0, change.clone())).collect();
            let page = NotesPage::new(&document.path, &document.title);
            notes.push(NotesEntry {
                key: format!(
                    "document {} {}",
                    marks::as_word(&document.path),
                    end_key(&report.ends.old)
                ),
                heading: page.title.clone(),
                stamp: document.version.new.as_ref().map(|version| version.stamp.clone()),
                sections: topic_sections(changes),
                pages: vec![page],
                ..NotesEntry::default()
            });
        }
        notes
    }

    /// An entry for each control of a comparison, and one for changes without a control. A change
    /// that belongs to several controls stands in each of their entries.
    #[must_use]
    pub fn by_control(report: &Report) -> Self {
        let mut notes = Self::of_report(NotesBy::Control, report);
        let changes = || report.documents.iter().flat_map(|document| &document.changes);
        let ids: BTreeSet<&String> = changes().flat_map(|change| &change.controls).collect();
        for id in ids {
            let key = format!("control {} {}", marks::as_word(id), end_key(&report.ends.old));
            let belongs = |change: &Change| change.controls.contains(id);
            notes.push(of_control(report, key, id.clone(), &belongs));
        }
        let key = format!("control - {}", end_key(&report.ends.old));
        let heading = "Without a control".to_owned();
        notes.push(of_control(report, key, heading, &|change| change.controls.is_empty()));
        notes
    }

    /// Links the pages to where they are.
    pub fn set_links(&mut self, links: PageLinks) {
        for page in self.entries.iter_mut().flat_map(|entry| &mut entry.pages) {
            page.link = links.link_to(&page.path, &[]);
        }
        self.links = Some(links);
    }

    fn new(by: NotesBy, pages_read: usize) -> Self {
        Self {
            by,
            ends: None,
            entries: Vec::new(),
            without_changes: Vec::new(),
            pages_read,
            pages_at_end: None,
            pages_unread: 0,
            titles: PageTitles::default(),
            links: None,
            show_commits: false,
        }
    }

    fn of_report(by: NotesBy, report: &Report) -> Self {
        let pages_read = report.pages_read.old.max(report.pages_read.new);
        let (ends, titles) = (Some(report.ends.clone()), PageTitles::of_report(report));
        Self { ends, titles, ..Self::new(by, pages_read) }
    }

    fn push(&mut self, entry: NotesEntry) {
        if entry.sections.is_empty() && entry.removed.is_none() {
            self.without_changes.push(entry.key);
        } else {
            self.entries.push(entry);
        }
    }
}

/// The changes that belong to a control, with their pages.
fn of_control(
    report: &Report,
    key: String,
    heading: String,
    belongs: &dyn Fn(&Change) -> bool,
) -> NotesEntry {
    let (mut pages, mut changes) = (Vec::new(), Vec::new());
    for document in &report.documents {
        let own = document.changes.iter().filter(|change| belongs(change));
        let own: Vec<_> = own.map(|change| (pages.len(), change.clone())).collect();
        if !own.is_empty() {
            pages.push(NotesPage::new(&document.path, &document.title));
            changes.extend(own);
        }
    }
    let sections = topic_sections(changes);
    NotesEntry { key, heading, pages, sections, ..NotesEntry::default() }
}

fn of_edition(page: &PageLog, edition: &Edition, arrived: &ArrivedChanges<'_>) -> NotesEntry {
    let stamp = edition.stamp();
    let suffix = stamp.suffix.as_deref().filter(|_| stamp.last_updated.is_some());
    let day = format!("{}{}", edition.day, suffix.unwrap_or_default());
    // an edition grows at its new end, so that its oldest commit stays
    let oldest = edition.commits.last().map(|commit| short_id(&commit.commit)).unwrap_or_default();
    let shown = NotesPage::new(&page.path, &edition.report.title);
    let is_newest = page.editions.first().is_some_and(|newest| std::ptr::eq(newest, edition));
    let changes = edition.changes_for_readers();
    let changes = changes
        .filter(|change| !arrived.has_elsewhere(change))
        .map(|change| (0, change.clone()))
        .collect();
    NotesEntry {
        key: format!("{} {} {oldest}", marks::as_word(&edition.report.path), marks::as_word(&day)),
        tag: edition_tag(edition),
        heading: format!("{day}: {}", shown.title),
        day: Some(edition.day),
        stamp: Some(stamp),
        commits: edition.commits.clone(),
        sections: topic_sections(changes),
        pages: vec![shown],
        began_with: page.began_with(edition).filter(|_| edition.gone.is_none()),
        // a page with a later edition is there again
        removed: RemovedPage::of_edition(edition).filter(|_| is_newest),
    }
}

/// References are left out: nobody has more or less to do because of them.
fn topic_sections(mut changes: Vec<(usize, Change)>) -> Vec<NotesSection> {
    let mut sections: Vec<NotesSection> = Vec::new();
    changes.retain(|(_, change)| !change.reference);
    // pages and lines stay in order
    changes.sort_by_key(|(_, change)| Topic::of_change(change));
    for change in changes {
        let topic = Topic::of_change(&change.1);
        match sections.last_mut() {
            Some(section) if section.topic == topic => section.changes.push(change),
            Some(_) | None => sections.push(NotesSection { topic, changes: vec![change] }),
        }
    }
    sections
}

fn range_heading(report: &Report) -> String {
    let (old, new) = (lasting_name(&report.ends.old), lasting_name(&report.ends.new));
    format!("Changes from {old} to {new}")
}

fn end_key(end: &End) -> String {
    match end {
        End::Commit { commit, .. } => short_id(commit).to_owned(),
        End::WorkingTree => "working-tree".to_owned(),
        End::Index => "index".to_owned(),
        End::Empty => "empty-tree".to_owned(),
        End::File { path } => marks::as_word(path),
    }
}

fn short_id(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}
