//! Changes as a feed that people subscribe to.

mod alert;
mod atom;

use crate::error::Result;
use crate::model::{Change, Party};
use crate::render::{notes, party_name};
use crate::report::feed::FeedHead;
use crate::report::{Notes, NotesEntry};

use atom::{AtomCategory, AtomEntry, AtomHead};

pub use alert::{FeedSettings, with_event};

/// Release notes as Atom: an entry each, newest first. `commits` is what a commit's id makes the
/// address of its page, for entries whose page has none.
pub fn atom_feed(notes: &Notes, head: &FeedHead, commits: Option<&str>) -> Result<Vec<u8>> {
    let mut entries = Vec::new();
    for entry in &notes.entries {
        entries.push(atom::write_entry(&AtomEntry {
            id: entry.tag.clone().unwrap_or_default(),
            title: entry.heading.clone(),
            link: entry_link(notes, head, commits, entry),
            updated: entry_time(entry, true).unwrap_or_else(|| head.updated.to_rfc3339()),
            published: entry_time(entry, false),
            categories: entry_categories(entry),
            content: notes::html_fragment(notes, entry)?,
        })?);
    }
    let head = AtomHead {
        id: head.id.clone(),
        title: head.title.clone(),
        link: head.link.clone(),
        updated: head.updated.to_rfc3339(),
    };
    atom::write_feed(&head, &entries)
}

/// When the newest or the oldest commit of an entry was made; the newest may have removed the page.
fn entry_time(entry: &NotesEntry, newest: bool) -> Option<String> {
    let removal = entry.removed.as_ref().map(|removed| &removed.commit).filter(|_| newest);
    let commit = if newest { entry.commits.first() } else { entry.commits.last() };
    let commit = removal.or(commit);
    commit.map(|commit| commit.time.to_rfc3339())
}

/// The page, or its section where the entry is about one change; else the commit, else where all
/// pages are.
fn entry_link(notes: &Notes, head: &FeedHead, commits: Option<&str>, entry: &NotesEntry) -> String {
    let path = entry.pages.first().map_or("", |page| page.path.as_str());
    let mut changes = entry.sections.iter().flat_map(|section| &section.changes);
    let section = match (changes.next(), changes.next()) {
        (Some((_, only)), None) => {
            let place = only.shown_place();
            place.map(|place| place.section.clone()).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let page = notes.links.as_ref().and_then(|links| links.link_to(path, &section));
    let removal = entry.removed.as_ref().map(|removed| &removed.commit);
    let newest = removal.or(entry.commits.first());
    let commit = || Some(format!("{}{}", commits?, newest?.commit));
    page.or_else(commit).unwrap_or_else(|| head.link.clone())
}

/// By what readers can choose: parties, levels and the page.
fn entry_categories(entry: &NotesEntry) -> Vec<AtomCategory> {
    let changes = || entry.sections.iter().flat_map(|section| &section.changes);
    let parties = changes().flat_map(|(_, change)| [&change.party.old, &change.party.new]);
    let party_category = |party: &Party| AtomCategory {
        scheme: "party",
        term: party.to_string(),
        label: party_name(Some(party)),
    };
    let mut all: Vec<_> = parties.flatten().map(party_category).collect();
    let level = |change: &Change| AtomCategory::named("level", change.level.name().to_owned());
    all.extend(changes().map(|(_, change)| level(change)));
    let pages = entry.pages.iter().map(|page| page.path.clone());
    all.extend(pages.map(|path| AtomCategory::named("document", path)));
    all.sort_by(|a, b| {
        scheme_order(a.scheme).cmp(&scheme_order(b.scheme)).then_with(|| a.term.cmp(&b.term))
    });
    all.dedup();
    all
}

fn scheme_order(scheme: &str) -> usize {
    ["party", "level", "document"].iter().position(|one| *one == scheme).unwrap_or_default()
}
