//! `respdiff.notes/1`: what the JSON holds and what templates see.

use schemars::JsonSchema;
use serde::Serialize;

use super::sentence::{self, DutyWords, NotedPlace};
use crate::model::{Change, Place};
use crate::render::json::published::Published;
use crate::render::text::MarkedWords;
use crate::report::{End, Notes, NotesBy, NotesEntry, NotesPage, NotesSection, marks};

/// Release notes, newest entry first.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.notes/1")]
pub struct NotesWire<'a> {
    #[schemars(extend("const" = "respdiff.notes/1"))]
    schema: &'static str,
    /// What one entry covers.
    #[schemars(extend("enum" = ["edition", "change", "range", "document", "control"]))]
    by: &'static str,
    /// The older end of the range; null for the whole history.
    from: Option<NotesEndWire<'a>>,
    /// The newer end of the range; null for the whole history.
    to: Option<NotesEndWire<'a>>,
    /// The entries. Those of editions and changes are newest first.
    entries: Vec<NotesEntryWire<'a>>,
    /// The text to show if there is no entry.
    nothing: Option<String>,
    /// Whether to show the commit of each change.
    show_commits: bool,
    /// How many responsibility pages were read.
    pages_read: usize,
}

/// A revision as it was named, and its commit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "End")]
struct NotesEndWire<'a> {
    rev: Option<&'a str>,
    commit: Option<&'a str>,
}

/// One entry of the notes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
struct NotesEntryWire<'a> {
    /// The key by which `--prepend` finds the entry in a changelog.
    key: &'a str,
    /// The comment above the entry; `--prepend` finds the entry by it.
    begin: String,
    /// The comment below the entry.
    end: &'static str,
    heading: &'a str,
    /// The day of the edition as YYYY-MM-DD: its `lastupdated`, or else the day of its commit; null
    /// for a range.
    day: Option<String>,
    /// `lastupdated` of the edition as YYYY-MM-DD, if it has one.
    last_updated: Option<String>,
    /// The letter that orders several editions of one day.
    suffix: Option<&'a str>,
    /// The commits of the edition, newest first.
    commits: Vec<&'a str>,
    /// The pages of the entry.
    pages: &'a [NotesPage],
    /// The sections with changes.
    sections: Vec<SectionWire<'a>>,
    /// A sentence that says that the page is new, and how many of its duties no other page had.
    began: Option<String>,
    /// Sentences that say when the page was removed, with how many duties, and which pages have
    /// its duties.
    removed: Option<String>,
}

/// Changes under one heading.
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

/// One change as in `respdiff.diff/1`, with texts for people.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Item")]
struct NotesItemWire<'a> {
    /// The page that the change is listed under.
    path: &'a str,
    /// The title of the page, if the entry is about several.
    page: Option<&'a str>,
    /// The URL of the page's section, if a link base is given and the page still exists.
    link: Option<String>,
    /// The task, or else the nearest heading.
    label: String,
    /// The headings above the duty, joined by ` › `.
    place: String,
    /// What happened, as a clause before the words of the duty.
    says: String,
    /// The text of the duty, with changed words marked; empty if `label` and `place` say
    /// everything.
    words: Vec<MarkedWords>,
    /// The old text, if it changed too much to mark words.
    before: Option<String>,
    /// A sentence about important words that changed.
    remark: Option<String>,
    #[serde(flatten)]
    change: &'a Change,
}

impl Published for Notes {
    type Json<'a> = NotesWire<'a>;

    fn to_json(&self) -> NotesWire<'_> {
        let (notes, ends) = (self, self.ends.as_ref());
        NotesWire {
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
        Self {
            key: &entry.key,
            begin: marks::begin_mark(&entry.key),
            end: marks::END,
            heading: &entry.heading,
            day: entry.day.map(|day| day.to_string()),
            last_updated: stamp.and_then(|stamp| stamp.last_updated).map(|day| day.to_string()),
            suffix: stamp.and_then(|stamp| stamp.suffix.as_deref()),
            commits: entry.commits.iter().map(|commit| commit.commit.as_str()).collect(),
            pages: &entry.pages,
            sections: entry
                .sections
                .iter()
                .map(|one| SectionWire::from_section(notes, entry, one))
                .collect(),
            began: entry.began_with.map(sentence::page_began),
            removed: entry
                .removed
                .as_ref()
                .map(|removed| sentence::page_removed(removed, &notes.titles)),
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
        let shown = change.shown_place();
        let spot =
            shown.map(|place| NotedPlace::from_place(place, &page.title)).unwrap_or_default();
        let DutyWords { words, before } = DutyWords::of_change(change);
        let link = |place: &Place| {
            let path = place.path.as_deref().unwrap_or(&page.path);
            notes.links.as_ref()?.link_to(path, &place.section)
        };
        // an entry about a whole range is not about one page
        let here = matches!(notes.by, NotesBy::Range | NotesBy::Control).then_some(page);
        Self {
            path: &page.path,
            page: several.then_some(page.title.as_str()),
            link: shown.and_then(link),
            label: spot.label,
            place: spot.place,
            says: sentence::change_clause(change, &notes.titles, here),
            words,
            before,
            remark: sentence::emphasis_text(change),
            change,
        }
    }
}
