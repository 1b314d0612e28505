//! One document: its title, its versions, its changes, its notices.

use crate::model::{Code, Notice, Party, Side, Sides, Stamp};
use crate::report::{DocumentReport, PageBeside, Status, Summary};

use super::change_writer::{ChangeStyle, ShownCommits};
use super::text_writer::{Look, TextWriter, safe_words};
use super::{changes, names, notices, split, summary, table};

/// What is shown of a document's changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body<'a> {
    /// Each change.
    Changes(ChangeStyle),
    /// How many there are, in one line, and whether duties of the page went to other pages.
    Line { went_elsewhere: bool },
    /// How the number of duties of each party changed, in one line; `of_all` where no party was
    /// left out, `whole_page` where changes were chosen that these numbers do not show.
    Counts { loads: &'a [(Party, Sides<usize>)], of_all: bool, whole_page: bool },
    /// The tables that hold them; `ids` shows the id of each.
    Tables { page: &'a PageBeside, ids: bool },
}

/// The notices without which counts of changes may be misunderstood.
const QUALIFYING: [Code; 5] =
    [Code::PossibleMove, Code::SameDuties, Code::Reshaped, Code::Returned, Code::MovedAndBack];

/// The path and what became of the page's duties, in one line.
fn one_line(canvas: &mut TextWriter, document: &DocumentReport, text: &str) {
    let mut line = safe_words(&document.path, Look::Place);
    let version = match (&document.version.old, &document.version.new) {
        (Some(old), Some(new)) => editions(&old.stamp, &new.stamp),
        _ => version_text(document),
    };
    line.extend(safe_words(&format!("{version}:"), Look::Faint));
    line.extend(safe_words(&format!("{text}{}", unread_text(document)), Look::Plain));
    let tells = |notice: &&Notice| QUALIFYING.contains(&notice.code);
    line.extend(notices::notice_codes(document.notices.iter().filter(tells)));
    canvas.write_line(0, &line);
}

/// By how many duties each party's load grew or shrank: `IBM -1, customer +2`. `of_all` says that
/// all parties are counted.
fn party_deltas(loads: &[(Party, Sides<usize>)], of_all: bool) -> String {
    let held: Vec<_> = loads.iter().filter(|(_, duties)| *duties != Sides::default()).collect();
    if held.is_empty() || (of_all && held.iter().all(|(_, duties)| duties.old == duties.new)) {
        return "the same number of duties for each party".to_owned();
    }
    let shown = held.iter().map(|(party, duties)| {
        let name = names::party_name(Some(party));
        if duties.old == duties.new {
            format!("{name} ±0")
        } else {
            format!("{name} {}", signed_difference(duties.old, duties.new))
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// That the duties of one side are not all of its page's, because the parties of some cannot be
/// read there.
fn unread_text(document: &DocumentReport) -> &'static str {
    match document.unread.iter().map(|notice| notice.side).max() {
        Some(Some(Side::New)) if document.reads_rest => {
            "; respdiff can no longer tell who has which duty in a table or list"
        }
        Some(Some(Side::New)) => "; respdiff can no longer tell who has which duty",
        Some(Some(Side::Old)) => "; respdiff could not tell before who had which duty",
        Some(None) | None => "",
    }
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
            let went = "duties went to other pages";
            let counts = summary::brief_counts(&Summary::of_changes(&document.changes));
            let counts = counts.replacen("No duty", "no duty", 1);
            let text = match (document.changes.is_empty(), went_elsewhere) {
                (true, true) => went.to_owned(),
                (false, true) => format!("{counts}; other {went}"),
                (_, false) => counts,
            };
            return one_line(canvas, document, &text);
        }
        Body::Counts { loads, of_all, whole_page } => {
            let whole = if whole_page { ", in the whole page" } else { "" };
            let text = format!("{}{whole}", party_deltas(loads, of_all));
            return one_line(canvas, document, &text);
        }
        Body::Changes(_) | Body::Tables { .. } => {}
    }
    if after {
        canvas.blank_line();
        canvas.blank_line();
    }
    let title = if document.title.is_empty() { &document.path } else { &document.title };
    canvas.write_paragraph(0, &safe_words(title, Look::Title));
    canvas.write_paragraph(0, &safe_words(&document_subtitle(document), Look::Faint));
    // the line above has the last date of a removed page
    let is_removed = document.status == Status::Removed;
    let in_head = if is_removed { ShownCommits::OfEdition } else { ShownCommits::WithEdition };
    let common = in_head.common_line(canvas, document);
    if let Some(line) = &common {
        canvas.write_paragraph(0, line);
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
        Body::Line { .. } | Body::Counts { .. } => {}
    }
    let old = document.version.old.as_ref().and_then(|version| version.commit.as_deref());
    notices::of_document(canvas, &document.notices, old);
}

fn document_subtitle(document: &DocumentReport) -> String {
    let path = match &document.old_path {
        Some(old) => format!("{old} → {}", document.path),
        // as it is named on the command line
        None if document.path == "-" => "standard input".to_owned(),
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
            match old.stamp.written_date() {
                Some(_) => format!("{gone}, last edition {}", names::stamp_date(&old.stamp)),
                None => format!("{gone}; the old version has no date"),
            }
        }
        (None, None) => String::new(),
    }
}

fn editions(old: &Stamp, new: &Stamp) -> String {
    let (before, after) = (names::stamp_date(old), names::stamp_date(new));
    if before == after {
        format!("edition {after} in both versions")
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
