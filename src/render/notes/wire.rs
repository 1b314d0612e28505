//! `respdiff.notes/1`: what the JSON holds and what templates see.

use schemars::JsonSchema;
use serde::Serialize;

use super::sentence::{self, DutyWords, NotedPlace};
use crate::model::Change;
use crate::render::json::ChangeWire;
use crate::render::text::WordFate;
use crate::report::{End, Notes, NotesEntry, NotesPage, NotesSection, marks};

/// Release notes, newest entry first.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.notes/1")]
pub(in crate::render) struct NotesWire<'a> {
    #[schemars(extend("const" = "respdiff.notes/1"))]
    schema: &'static str,
    /// What an entry is.
    #[schemars(extend("enum" = ["edition", "change", "range", "document", "control"]))]
    by: &'static str,
    /// The older end of the range; null where the whole history is shown.
    from: Option<NotesEndWire<'a>>,
    /// The newer end of the range; null where the whole history is shown.
    to: Option<NotesEndWire<'a>>,
    /// None of them is without a change.
    entries: Vec<NotesEntryWire<'a>>,
    /// What is to be reported where there is no entry.
    nothing: Option<String>,
    /// Whether the commit of each change is to be reported.
    show_commits: bool,
    /// How many responsibility pages were read.
    pages_read: usize,
}

/// A revision as it was named, and what it means.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "End")]
struct NotesEndWire<'a> {
    rev: Option<&'a str>,
    commit: Option<&'a str>,
}

/// One entry.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
struct NotesEntryWire<'a> {
    /// By what it is found again in a changelog.
    key: &'a str,
    /// The comment that has to stand above it to be found again.
    begin: String,
    /// The comment that has to stand below it.
    end: &'static str,
    heading: &'a str,
    /// The day of the edition, YYYY-MM-DD: its stamp's, else its commit's; null for a range.
    day: Option<String>,
    /// `lastupdated` of the edition as YYYY-MM-DD, if it has one.
    last_updated: Option<String>,
    /// The letter that orders several editions of one day.
    suffix: Option<&'a str>,
    /// The commits of the edition, newest first.
    commits: Vec<&'a str>,
    /// The pages that it is about.
    pages: Vec<NotesPageWire<'a>>,
    /// None of them is without a change.
    sections: Vec<SectionWire<'a>>,
}

/// A responsibility page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Page")]
struct NotesPageWire<'a> {
    path: &'a str,
    title: &'a str,
    /// Its URL, where a link base is given and the page is still there.
    link: Option<String>,
}

/// Changes of one sort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Section")]
struct SectionWire<'a> {
    #[schemars(extend("enum" = [
        "moved-to-you", "moved-to-ibm", "now-shared", "moved-to-another-party",
        "added", "removed", "reworded", "relocated"
    ]))]
    name: &'static str,
    title: String,
    changes: Vec<NotesItemWire<'a>>,
}

/// One change, as in `respdiff.diff/1`, and as people read it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Item")]
struct NotesItemWire<'a> {
    /// The page that it stands with.
    path: &'a str,
    /// The title of the page, where the entry is about several.
    page: Option<&'a str>,
    /// The URL of the page's section, where a link base is given and the page is still there.
    link: Option<String>,
    /// The task, or else the nearest heading.
    label: String,
    /// The headings above, joined by ` › `.
    place: String,
    /// What happened, up to the duty's own words.
    says: String,
    /// The duty's text, changed words marked; empty where `label` and `place` say it all.
    words: Vec<WordsWire>,
    /// The text of before, where too little of it is left to mark words.
    before: Option<String>,
    /// A sentence on words of weight that changed.
    remark: Option<String>,
    #[serde(flatten)]
    change: ChangeWire<'a>,
}

/// Words of one fate.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Words")]
struct WordsWire {
    #[schemars(extend("enum" = ["same", "old", "new"]))]
    mark: &'static str,
    text: String,
}

impl<'a> NotesWire<'a> {
    pub(in crate::render) fn from_notes(notes: &'a Notes) -> Self {
        let ends = notes.ends.as_ref();
        Self {
            schema: "respdiff.notes/1",
            by: notes.by.name(),
            from: ends.map(|ends| NotesEndWire::from_end(&ends.old)),
            to: ends.map(|ends| NotesEndWire::from_end(&ends.new)),
            entries: notes
                .entries
                .iter()
                .map(|entry| NotesEntryWire::from_entry(notes, entry))
                .collect(),
            nothing: notes.entries.is_empty().then(|| sentence::nothing_changed(notes)),
            show_commits: notes.show_commits,
            pages_read: notes.pages_read,
        }
    }
}

impl<'a> NotesEndWire<'a> {
    fn from_end(end: &'a End) -> Self {
        match end {
            End::Commit { rev, commit } => Self { rev: Some(rev), commit: Some(commit) },
            End::File { path } => Self { rev: Some(path), commit: None },
            End::WorkingTree | End::Index | End::Empty => Self { rev: None, commit: None },
        }
    }
}

impl<'a> NotesEntryWire<'a> {
    fn from_entry(notes: &'a Notes, entry: &'a NotesEntry) -> Self {
        let stamp = entry.stamp.as_ref();
        let link = |page: &NotesPage| notes.links.as_ref()?.link_to(&page.path, &[]);
        let page = |page: &'a NotesPage| NotesPageWire {
            path: &page.path,
            title: &page.title,
            link: link(page),
        };
        Self {
            key: &entry.key,
            begin: marks::begin_mark(&entry.key),
            end: marks::END,
            heading: &entry.heading,
            day: entry.day.map(|day| day.to_string()),
            last_updated: stamp.and_then(|stamp| stamp.last_updated).map(|day| day.to_string()),
            suffix: stamp.and_then(|stamp| stamp.suffix.as_deref()),
            commits: entry.commits.iter().map(|commit| commit.commit.as_str()).collect(),
            pages: entry.pages.iter().map(page).collect(),
            sections: entry
                .sections
                .iter()
                .map(|one| SectionWire::from_section(notes, entry, one))
                .collect(),
        }
    }
}

impl<'a> SectionWire<'a> {
    fn from_section(notes: &'a Notes, entry: &'a NotesEntry, section: &'a NotesSection) -> Self {
        let item = |(page, change): &'a (usize, Change)| {
            let page = entry.pages.get(*page)?;
            Some(NotesItemWire::from_change(notes, page, entry.pages.len() > 1, change))
        };
        Self {
            name: section.topic.name(),
            title: section.title(),
            changes: section.changes.iter().filter_map(item).collect(),
        }
    }
}

impl<'a> NotesItemWire<'a> {
    fn from_change(
        notes: &'a Notes,
        page: &'a NotesPage,
        several: bool,
        change: &'a Change,
    ) -> Self {
        let shown = change.place.new.as_ref().or(change.place.old.as_ref());
        let spot =
            shown.map(|place| NotedPlace::from_place(place, &page.title)).unwrap_or_default();
        let DutyWords { words, before } = DutyWords::of_change(change);
        let words = words.into_iter().map(|(fate, text)| WordsWire {
            mark: match fate {
                WordFate::Same => "same",
                WordFate::Old => "old",
                WordFate::New => "new",
            },
            text,
        });
        let link = |section: &[String]| notes.links.as_ref()?.link_to(&page.path, section);
        Self {
            path: &page.path,
            page: several.then_some(page.title.as_str()),
            link: shown.and_then(|place| link(&place.section)),
            label: spot.label,
            place: spot.place,
            says: sentence::change_clause(change),
            words: words.collect(),
            before,
            remark: sentence::emphasis_text(change),
            change: ChangeWire::from_change(change),
        }
    }
}
