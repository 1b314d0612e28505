//! An event of `alert` as an entry of a feed that is kept in a file.

use std::fmt::Write as _;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Anchors;
use crate::render::alert::event::{AlertEvent, Data, EventChange, EventDocument, EventPlace};
use crate::render::safe;
use crate::report::feed::TAG;
use crate::report::{LinkBase, PageLinks, percent_encoded};

use super::atom::{self, AtomCategory, AtomEntry, AtomHead};

/// What a feed of a target is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedSettings {
    /// The target's name.
    pub name: String,
    /// Where the pages are published.
    pub base: LinkBase,
    /// How many entries are kept.
    pub entries: usize,
}

/// The feed with an event as its newest entry. An event that the feed already has is replaced
/// in its place, so that a second attempt adds nothing twice.
///
/// # Errors
/// Where the file holds anything that respdiff did not write, and where the event cannot be read.
pub fn with_event(settings: &FeedSettings, old: Option<&[u8]>, event: &[u8]) -> Result<Vec<u8>> {
    let wrong = |error: serde_json::Error| {
        Error::new(ErrorKind::Input, "an event in the outbox cannot be read").with_source(error)
    };
    let event: AlertEvent = serde_json::from_slice(event).map_err(wrong)?;
    let mut entries = match old {
        None | Some([]) => Vec::new(),
        Some(bytes) => {
            let text = std::str::from_utf8(bytes).ok();
            text.and_then(atom::entries_of).ok_or_else(|| {
                let message = "this is not a feed that respdiff wrote, so it is not overwritten; \
                               move the file away, or name another one under `file`";
                Error::new(ErrorKind::Input, message)
            })?
        }
    };
    let entry = entry_of(settings, &event);
    let xml = atom::write_entry(&entry)?;
    match entries.iter_mut().find(|old| old.id == entry.id) {
        Some(same) => same.xml = xml,
        None => entries.insert(0, atom::WrittenEntry { id: entry.id.clone(), xml }),
    }
    entries.truncate(settings.entries);
    let head = AtomHead {
        id: format!("{TAG}alert/{}", percent_encoded(&settings.name)),
        title: "Changes to responsibilities".to_owned(),
        link: settings.base.as_str().to_owned(),
        updated: event.timestamp.clone(),
    };
    let entries: Vec<String> = entries.into_iter().map(|entry| entry.xml).collect();
    atom::write_feed(&head, &entries)
}

fn entry_of(settings: &FeedSettings, event: &AlertEvent) -> AtomEntry {
    let data = &event.data;
    let link = data
        .document
        .as_ref()
        .and_then(|document| page_of(&settings.base, document, data.topic.as_ref()));
    AtomEntry {
        id: format!("{TAG}event/{}", percent_encoded(&data.id)),
        title: format!("{} ({})", data.heading(), data.repository),
        link: link.unwrap_or_else(|| settings.base.as_str().to_owned()),
        updated: event.timestamp.clone(),
        published: None,
        categories: data.document.as_ref().map(event_categories).unwrap_or_default(),
        content: event_content(data),
    }
}

/// The page's address: the event knows nothing of its sections.
fn page_of(base: &LinkBase, document: &EventDocument, topic: Option<&String>) -> Option<String> {
    let subcollection = document.subcollection.clone();
    let anchors = Anchors { subcollection, topic: topic.cloned(), sections: Vec::new() };
    PageLinks::new(base.clone(), [(document.path.clone(), anchors)].into())
        .link_to(&document.path, &[])
}

fn event_categories(document: &EventDocument) -> Vec<AtomCategory> {
    let mut all = Vec::new();
    let mut add = |category: AtomCategory| {
        if !all.contains(&category) {
            all.push(category);
        }
    };
    for change in &document.changes {
        for party in [&change.from, &change.to].into_iter().flatten() {
            let label = change.party_name(party).to_owned();
            add(AtomCategory { scheme: "party", term: party.clone(), label });
        }
    }
    for change in &document.changes {
        add(AtomCategory::named("level", change.level.clone()));
    }
    add(AtomCategory::named("document", document.path.clone()));
    all
}

/// Writing to a String cannot fail.
fn event_content(data: &Data) -> String {
    let mut out = format!("<p>{}</p>\n", escape_html(&data.place()));
    let Some(document) = &data.document else { return out };
    let mut changes: Vec<&EventChange> = document.changes.iter().collect();
    // moves first, the rest as it is
    changes.sort_by_key(|change| change.kind != "moved");
    out.push_str("<ul>\n");
    for change in changes {
        let _ = writeln!(out, "<li>{}</li>", change_item(change));
    }
    out.push_str("</ul>\n");
    out
}

fn change_item(change: &EventChange) -> String {
    let place = change.new.as_ref().or(change.old.as_ref());
    let mut out = format!("<strong>{}</strong>", escape_html(&change.title()));
    let labels = |place: &EventPlace| {
        let parts = [place.area.as_str(), place.task.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ")
    };
    if let Some(labels) = place.map(labels).filter(|labels| !labels.is_empty()) {
        let _ = write!(out, " ({})", escape_html(&labels));
    }
    if let Some(place) = place {
        let _ = write!(out, ": <q>{}</q>", escape_html(&place.text));
    }
    if let (Some(old), Some(new)) = (&change.old, &change.new)
        && old.text != new.text
    {
        let _ = write!(out, " Previously: <q>{}</q>", escape_html(&old.text));
    }
    out
}

/// Untrusted text as HTML.
fn escape_html(text: &str) -> String {
    let text = safe::make_visible(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"type": "respdiff.changes", "timestamp": "2025-04-16T00:00:00.000Z",
        "data": {"id": "ID", "repository": "sky", "branch": "main", "part": 1, "parts": 1,
        "document": {"path": "docs/a b.md", "title": "Vaults <1>", "subcollection": "sky",
        "to": {"last_updated": "2025-04-16"}, "changes": [
        {"kind": "added", "level": "scope", "from": null, "to": "ibm", "old": null, "introduced": null,
         "new": {"area": "Ops", "task": "", "text": "Seal <it> & go."}},
        {"kind": "moved", "level": "boundary", "from": "ibm", "to": "customer", "introduced": null,
         "old": {"area": "Ops", "task": "T", "text": "Run."}, "new": {"area": "Ops", "task": "T", "text": "Run."}}
        ]}}}"#;

    fn settings(entries: usize) -> FeedSettings {
        let base = LinkBase::parse("https://docs.example/docs/sky", "`url`").unwrap();
        FeedSettings { name: "mine".to_owned(), base, entries }
    }

    fn with(old: Option<&[u8]>, id: &str, entries: usize) -> String {
        let event = EVENT.replace("\"ID\"", &format!("\"{id}\""));
        String::from_utf8(with_event(&settings(entries), old, event.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn the_newest_entries_stay_and_the_same_event_is_told_once() {
        let one = with(None, "evt_1", 2);
        assert_eq!(with(Some(one.as_bytes()), "evt_1", 2), one);
        let two = with(Some(one.as_bytes()), "evt_2", 2);
        let three = with(Some(two.as_bytes()), "evt_3", 2);
        let ids = |text: &str| {
            let entries = atom::entries_of(text).unwrap();
            entries.iter().map(|one| one.id.replace(TAG, "")).collect::<Vec<_>>()
        };
        assert_eq!(ids(&two), ["event/evt_2", "event/evt_1"]);
        assert_eq!(ids(&three), ["event/evt_3", "event/evt_2"]);
    }

    #[test]
    fn moves_come_first_and_texts_are_escaped_twice() {
        let text = with(None, "evt_1", 9);
        let (moved, added) =
            (text.find("moved").unwrap(), text.find("&amp;lt;it&amp;gt;").unwrap());
        assert!(moved < added, "{text}");
        assert!(text.contains("href=\"https://docs.example/docs/sky?topic=sky-a%20b\""), "{text}");
        assert!(text.contains("term=\"ibm\" label=\"IBM\""), "{text}");
        assert!(text.contains("term=\"customer\"") && text.contains("term=\"scope\""), "{text}");
    }

    #[test]
    fn another_s_file_is_never_overwritten() {
        let error = with_event(&settings(2), Some(b"# Mine\n"), EVENT.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("so it is not overwritten; move"), "{error}");
    }
}
