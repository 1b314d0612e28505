//! Release notes as the entries of a feed, under ids that never change.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};

use crate::model::{Change, Kind, Party, uncapitalized};

use super::log::PageLog;
use super::notes::{Notes, NotesBy, NotesEntry};
pub use super::tags::TAG;

/// A feed as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedHead {
    /// Its lasting id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where its pages are published.
    pub link: String,
    /// When it changed last.
    pub updated: DateTime<FixedOffset>,
}

impl Notes {
    /// An entry for each change, in the order of editions and sections: moves first.
    #[must_use]
    pub fn by_change(pages: &[PageLog]) -> Self {
        let mut notes = Self { by: NotesBy::Change, ..Self::by_edition(pages) };
        notes.entries = notes.entries.iter().flat_map(changes_of).collect();
        notes
    }

    /// Keeps the entries whose pages these commits changed.
    #[must_use]
    pub fn keep_entries(mut self, kept: &dyn Fn(&str, &str) -> bool) -> Self {
        self.entries.retain(|entry| {
            let path = entry.pages.first().map_or("", |page| page.path.as_str());
            let removal = entry.removed.as_ref().map(|removed| &removed.commit);
            entry.commits.iter().chain(removal).any(|commit| kept(path, &commit.commit))
        });
        self
    }
}

/// The entries of an edition's changes. A change's own id is part of theirs: it stays as long as
/// the duty's words do.
fn changes_of(edition: &NotesEntry) -> Vec<NotesEntry> {
    let mut entries = Vec::new();
    let headings = ChangeHeadings::of_edition(edition);
    for section in &edition.sections {
        for (page, change) in &section.changes {
            let heading = headings.of_change(&section.title(), change);
            let tag = edition
                .tag
                .as_ref()
                .map(|tag| format!("{}/{}", tag.replacen(":edition/", ":change/", 1), change.id));
            let mut one = section.clone();
            one.changes = vec![(*page, change.clone())];
            entries.push(NotesEntry {
                key: format!("{} {}", edition.key, change.id),
                heading,
                tag,
                sections: vec![one],
                began_with: None,
                removed: None,
                ..edition.clone()
            });
        }
    }
    if edition.removed.is_some() {
        let tag = edition.tag.as_ref();
        entries.push(NotesEntry {
            key: format!("{} removed", edition.key),
            heading: heading_with(&edition.heading, "removed"),
            tag: tag.map(|tag| tag.replacen(":edition/", ":removal/", 1)),
            sections: Vec::new(),
            ..edition.clone()
        });
    }
    entries
}

/// The headings of an edition's changes.
struct ChangeHeadings<'a> {
    edition: &'a str,
    /// How many changes each heading fits that names task, kind and party only.
    plain: HashMap<String, usize>,
}

impl<'a> ChangeHeadings<'a> {
    fn of_edition(edition: &'a NotesEntry) -> Self {
        let mut plain = HashMap::new();
        for section in &edition.sections {
            for (_, change) in &section.changes {
                *plain.entry(plain_text(&section.title(), change)).or_default() += 1;
            }
        }
        Self { edition: &edition.heading, plain }
    }

    /// A heading that fits several changes also has the first words of the duty.
    fn of_change(&self, section: &str, change: &Change) -> String {
        let text = plain_text(section, change);
        if self.plain.get(&text).is_none_or(|count| *count < 2) {
            return heading_with(self.edition, &text);
        }
        let duty = first_words(change.shown_place().map_or("", |place| &place.text));
        heading_with(self.edition, &format!("{text} “{duty}”"))
    }
}

/// Task, kind and party.
fn plain_text(section: &str, change: &Change) -> String {
    let place = change.shown_place();
    let label = place.map(|place| if place.task.is_empty() { &place.area } else { &place.task });
    let what = what_happened(section, change);
    match label.filter(|label| !label.is_empty()) {
        Some(label) => format!("{label} ({what})"),
        None => what,
    }
}

/// Enough of a duty to tell it from others.
fn first_words(text: &str) -> String {
    const MOST: usize = 8;
    let mut words = text.split(' ');
    let first: Vec<&str> = words.by_ref().take(MOST).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

/// A change in a few words: the name of its section, and whose duty it is where that does not say it.
fn what_happened(section: &str, change: &Change) -> String {
    let kind = uncapitalized(section);
    let holder = change.party.new.as_ref().or(change.party.old.as_ref());
    match holder.filter(|_| change.kind != Kind::Moved) {
        None => kind,
        Some(Party::Customer) => format!("{kind}, yours"),
        Some(Party::Shared) => format!("{kind}, shared"),
        Some(Party::Ibm) => format!("{kind}, IBM's"),
        Some(Party::Provider(name) | Party::Other(name)) => format!("{kind}, {name}'s"),
    }
}

/// The heading of an edition, a day and a title, with what happened between them.
fn heading_with(edition: &str, what: &str) -> String {
    match edition.split_once(": ") {
        Some((day, title)) => format!("{day}, {what}: {title}"),
        None => format!("{what}: {edition}"),
    }
}
