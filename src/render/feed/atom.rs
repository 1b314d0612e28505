//! Atom (RFC 4287), as feed readers take it: every entry has an id, a link and a time with its
//! zone, and no sign that XML does not allow is in it.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::error::{Error, ErrorKind, Result};
use crate::render::safe;
use crate::report::feed::TAG;

/// A word by which readers of a feed choose entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AtomCategory {
    /// `party`, `level` or `document`.
    pub(super) scheme: &'static str,
    /// For programs.
    pub(super) term: String,
    /// For people.
    pub(super) label: String,
}

impl AtomCategory {
    /// One that people call as programs do.
    pub(super) fn named(scheme: &'static str, term: String) -> Self {
        Self { scheme, label: term.clone(), term }
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AtomEntry {
    /// Never changes.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) link: String,
    /// RFC 3339.
    pub(super) updated: String,
    /// RFC 3339.
    pub(super) published: Option<String>,
    /// What readers can choose by.
    pub(super) categories: Vec<AtomCategory>,
    /// HTML whose texts are escaped.
    pub(super) content: String,
}

/// What stands above the entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AtomHead {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) link: String,
    /// RFC 3339.
    pub(super) updated: String,
}

type XmlWriter = Writer<Vec<u8>>;

/// A whole feed of entries that are written already.
pub(super) fn write_feed(head: &AtomHead, entries: &[String]) -> Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = || -> io::Result<Vec<u8>> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let feed = writer.create_element("feed");
        let feed = feed.with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        feed.write_inner_content(|writer| {
            write_element(writer, "id", &head.id)?;
            write_element(writer, "title", &head.title)?;
            write_element(writer, "updated", &head.updated)?;
            write_link(writer, &head.link)?;
            let author = writer.create_element("author");
            author.write_inner_content(|writer| write_element(writer, "name", "respdiff"))?;
            write_element(writer, "generator", "respdiff")
        })?;
        Ok(writer.into_inner())
    };
    let mut bytes = written().map_err(unwritable_feed)?;
    // the entries go before the end tag
    let end = bytes.len().saturating_sub("</feed>".len());
    let tail = bytes.split_off(end);
    for entry in entries {
        bytes.extend(format!("  {entry}\n").into_bytes());
    }
    bytes.extend(tail);
    bytes.push(b'\n');
    Ok(bytes)
}

/// An entry as XML.
pub(super) fn write_entry(entry: &AtomEntry) -> Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let mut written = || -> io::Result<()> {
        writer.create_element("entry").write_inner_content(|writer| {
            write_element(writer, "id", &entry.id)?;
            write_element(writer, "title", &entry.title)?;
            write_element(writer, "updated", &entry.updated)?;
            if let Some(published) = &entry.published {
                write_element(writer, "published", published)?;
            }
            write_link(writer, &entry.link)?;
            for category in &entry.categories {
                let scheme = format!("{TAG}{}", category.scheme);
                let (term, label) = (allowed_text(&category.term), allowed_text(&category.label));
                let attributes = [("scheme", scheme.as_str()), ("term", &term), ("label", &label)];
                writer.create_element("category").with_attributes(attributes).write_empty()?;
            }
            let content = writer.create_element("content").with_attribute(("type", "html"));
            content.write_text_content(BytesText::new(&html_allowed(&entry.content)))?;
            Ok(())
        })?;
        Ok(())
    };
    written().map_err(unwritable_feed)?;
    let bytes = writer.into_inner();
    String::from_utf8(bytes).map_err(|error| unwritable_feed(io::Error::other(error)))
}

fn write_element(writer: &mut XmlWriter, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&allowed_text(text)))?;
    Ok(())
}

fn write_link(writer: &mut XmlWriter, address: &str) -> io::Result<()> {
    let attributes = [("rel", "alternate"), ("href", address)];
    writer.create_element("link").with_attributes(attributes).write_empty()?;
    Ok(())
}

/// A text in one line without what steers who shows it, and without what XML does not allow.
fn allowed_text(text: &str) -> Cow<'_, str> {
    match safe::make_visible(text) {
        text if text.contains(['\u{fffe}', '\u{ffff}']) => {
            Cow::Owned(text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
        }
        text => text,
    }
}

/// The same for HTML, which has lines.
fn html_allowed(html: &str) -> String {
    html.split('\n').map(allowed_text).collect::<Vec<_>>().join("\n")
}

fn unwritable_feed(source: io::Error) -> Error {
    Error::new(ErrorKind::Output, "the feed cannot be written").with_source(source)
}

/// An entry that stands in a feed already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenEntry {
    pub(super) id: String,
    /// All of it, as it stands there.
    pub(super) xml: String,
}

/// The entries of a feed that respdiff wrote, in their order; none where it is something else.
pub(super) fn entries_of(text: &str) -> Option<Vec<WrittenEntry>> {
    let mut reader = Reader::from_str(text);
    let mut entries = Vec::new();
    let mut open: Vec<Vec<u8>> = Vec::new();
    let mut start = 0;
    let (mut id, mut feed_id) = (String::new(), String::new());
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                open.push(tag.name().as_ref().to_vec());
                if is_at(&open, &["feed", "entry"]) {
                    (start, id) = (before, String::new());
                }
            }
            Event::Text(words) => {
                // ids hold nothing that is escaped
                let words = String::from_utf8_lossy(&words).into_owned();
                if is_at(&open, &["feed", "id"]) {
                    feed_id.push_str(&words);
                } else if is_at(&open, &["feed", "entry", "id"]) {
                    id.push_str(&words);
                }
            }
            Event::End(_) => {
                let end = usize::try_from(reader.buffer_position()).ok()?;
                if is_at(&open, &["feed", "entry"]) {
                    let whole: Range<usize> = start..end;
                    let xml = text.get(whole)?.to_owned();
                    entries.push(WrittenEntry { id: std::mem::take(&mut id), xml });
                }
                open.pop()?;
            }
            Event::Eof => break,
            Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
    (open.is_empty() && feed_id.starts_with(TAG)).then_some(entries)
}

fn is_at(open: &[Vec<u8>], path: &[&str]) -> bool {
    open.len() == path.len() && open.iter().zip(path).all(|(open, name)| open == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(id: &str, title: &str) -> AtomEntry {
        AtomEntry {
            id: format!("{TAG}{id}"),
            title: title.to_owned(),
            link: "https://docs.example/a?topic=b&c".to_owned(),
            updated: "2025-04-16T00:00:00+02:00".to_owned(),
            published: None,
            categories: vec![AtomCategory::named("party", "other:A & \"B\"".to_owned())],
            content: format!("<p>{title}</p>\n<p>]]> &amp; \u{1b}[0m</p>"),
        }
    }

    fn head() -> AtomHead {
        let (id, title) = (format!("{TAG}feed/x"), "T".to_owned());
        let link = "https://docs.example/".to_owned();
        AtomHead { id, title, link, updated: "2025-04-16T00:00:00Z".to_owned() }
    }

    #[test]
    fn what_xml_does_not_allow_is_not_in_it() {
        let entry =
            write_entry(&sample("e/1", "a\u{0}\u{8}\u{fffe}\u{9b}<b> & ]]>\u{202e}")).unwrap();
        let text = String::from_utf8(write_feed(&head(), &[entry]).unwrap()).unwrap();
        let is_bad = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{202e}')
        };
        assert!(!text.contains(is_bad), "{text:?}");
        assert!(!text.contains("<b>"), "{text}");
    }

    #[test]
    fn the_entries_of_a_feed_are_read_again_as_they_were_written() {
        let written: Vec<_> =
            ["e/1", "e/2"].iter().map(|id| write_entry(&sample(id, "A < B")).unwrap()).collect();
        let text = String::from_utf8(write_feed(&head(), &written).unwrap()).unwrap();
        let read = entries_of(&text).unwrap();
        assert_eq!(read.iter().map(|one| &one.xml).collect::<Vec<_>>(), [&written[0], &written[1]]);
        assert_eq!(read[1].id, format!("{TAG}e/2"));
        let none = String::from_utf8(write_feed(&head(), &[]).unwrap()).unwrap();
        assert_eq!(entries_of(&none), Some(Vec::new()));
    }

    #[test]
    fn what_respdiff_did_not_write_is_no_feed_of_its_own() {
        let text = String::from_utf8(write_feed(&head(), &[]).unwrap()).unwrap();
        for other in ["", "# Changelog\n", "<feed>", &text.replace(TAG, "urn:x:"), &text[..90]] {
            assert_eq!(entries_of(other), None, "{other}");
        }
    }
}
