//! One document: its title, its versions, its changes, its notices.

use std::collections::BTreeMap;

use crate::model::{Introduced, Party, Stamp};
use crate::report::{DocumentReport, PageBeside, Status, Summary};

use super::changes::{ChangeStyle, ShownCommits};
use super::text_writer::{Look, TextWriter, safe_words};
use super::{changes, names, notices, split, summary, table};

/// What is shown of a document's changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body<'a> {
    /// Each change.
    Changes(ChangeStyle),
    /// How many there are, in one line, and whether duties of the page went to other pages.
    Line { went_elsewhere: bool },
    /// How the number of duties of each party changed, in one line.
    Counts,
    /// The tables that hold them; `ids` shows the id of each.
    Tables { page: &'a PageBeside, ids: bool },
}

/// The path and what became of the page's duties, in one line.
fn one_line(canvas: &mut TextWriter, document: &DocumentReport, text: &str) {
    let mut line = safe_words(&document.path, Look::Place);
    let version = match (&document.version.old, &document.version.new) {
        (Some(old), Some(new)) => editions(&old.stamp, &new.stamp),
        _ => version_text(document),
    };
    line.extend(safe_words(&format!("{version}:"), Look::Faint));
    line.extend(safe_words(text, Look::Plain));
    canvas.write_line(0, &line);
}

/// By how many duties each party's load grew or shrank: `IBM -1, customer +2`.
fn party_deltas(document: &DocumentReport) -> String {
    let mut deltas: BTreeMap<&Party, (usize, usize)> = BTreeMap::new();
    for change in &document.changes {
        if change.party.old != change.party.new {
            if let Some(party) = &change.party.old {
                deltas.entry(party).or_default().0 += 1;
            }
            if let Some(party) = &change.party.new {
                deltas.entry(party).or_default().1 += 1;
            }
        }
    }
    if deltas.is_empty() {
        return "the same number of duties for each party".to_owned();
    }
    let shown = deltas.iter().map(|(party, (gone, new))| {
        let name = names::party_name(Some(party));
        if gone == new {
            format!("{name} ±0")
        } else {
            format!("{name} {}", signed_difference(*gone, *new))
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn signed_difference(gone: usize, new: usize) -> String {
    if new > gone { format!("+{}", new - gone) } else { format!("-{}", gone - new) }
}

/// Shows one document; `after` says that another stands above it.
pub(super) fn write_document(
    canvas: &mut TextWriter,
    document: &DocumentReport,
    after: bool,
    body: Body<'_>,
) {
    match body {
        Body::Line { went_elsewhere } => {
            let is_emptied = document.version.new.is_none() && document.changes.is_empty();
            let text = if is_emptied && went_elsewhere {
                "duties went to other pages".to_owned()
            } else {
                let counts = summary::brief_counts(&Summary::of_changes(&document.changes));
                counts.replacen("No duty", "no duty", 1)
            };
            return one_line(canvas, document, &text);
        }
        Body::Counts => return one_line(canvas, document, &party_deltas(document)),
        Body::Changes(_) | Body::Tables { .. } => {}
    }
    if after {
        canvas.blank_line();
        canvas.blank_line();
    }
    let title = if document.title.is_empty() { &document.path } else { &document.title };
    canvas.write_paragraph(0, &safe_words(title, Look::Title));
    canvas.write_paragraph(0, &safe_words(&document_subtitle(document), Look::Faint));
    let common = common_origin(document);
    if let Some(introduced) = common {
        let text = match document.changes.len() {
            1 => format!("introduced in {}", names::introduced_text(introduced)),
            _ => format!("all introduced in {}", names::introduced_text(introduced)),
        };
        canvas.write_paragraph(0, &canvas.of_commit(&text, &introduced.commit, Look::Faint));
    }
    match body {
        Body::Changes(style) => {
            if style.split && !document.changes.is_empty() {
                split::write_head(canvas, document);
            }
            let origins =
                if common.is_some() { ShownCommits::Common } else { ShownCommits::WithEdition };
            changes::write_changes(canvas, document, origins, style);
        }
        Body::Tables { page, ids } => table::write_tables(canvas, document, page, ids),
        Body::Line { .. } | Body::Counts => {}
    }
    notices::of_document(canvas, &document.notices);
}

fn document_subtitle(document: &DocumentReport) -> String {
    let path = match &document.old_path {
        Some(old) => format!("{old} → {}", document.path),
        None => document.path.clone(),
    };
    let renamed = if document.status == Status::Renamed { "renamed, " } else { "" };
    format!("{path}, {renamed}{}", version_text(document))
}

fn version_text(document: &DocumentReport) -> String {
    match (&document.version.old, &document.version.new) {
        (Some(old), Some(new)) => between_text(&old.stamp, &new.stamp),
        (None, Some(new)) => format!("new page, edition {}", names::stamp_date(&new.stamp)),
        (Some(old), None) => {
            let gone = if document.file_stays {
                "no longer assigns responsibilities"
            } else {
                "page removed"
            };
            format!("{gone}, last edition {}", names::stamp_date(&old.stamp))
        }
        (None, None) => String::new(),
    }
}

fn editions(old: &Stamp, new: &Stamp) -> String {
    let (before, after) = (names::stamp_date(old), names::stamp_date(new));
    if before == after {
        format!("edition {after} on both sides")
    } else {
        format!("edition {before} → {after}")
    }
}

fn between_text(old: &Stamp, new: &Stamp) -> String {
    let edition = editions(old, new);
    if old.copyright == new.copyright {
        return edition;
    }
    let (before, after) = (names::years_text(old.copyright), names::years_text(new.copyright));
    format!("{edition}, © {before} → {after}")
}

/// The commit that brought every change, if one did.
fn common_origin(document: &DocumentReport) -> Option<&Introduced> {
    let first = document.changes.first()?.introduced.as_ref()?;
    let mut rest = document.changes.iter().skip(1);
    rest.all(|change| change.introduced.as_ref() == Some(first)).then_some(first)
}
