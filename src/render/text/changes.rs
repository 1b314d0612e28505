//! The changes of one document under headings that say what happened.

use crate::model::{Change, Kind, Party};
use crate::report::DocumentReport;

use super::change_writer::{ChangeStyle, ChangeWriter, ShownCommits, holder_words};
use super::text_writer::{Look, TextWriter, Word, line_width, safe_words};
use super::{names, whole_page};

const HEADING: usize = 2;
/// Names of parties longer than this stand on a line of their own.
const WIDEST_MARGIN: usize = 24;

/// Shows the changes below one heading for each kind.
pub(super) fn write_changes(
    canvas: &mut TextWriter,
    document: &DocumentReport,
    origins: ShownCommits,
    style: ChangeStyle,
) {
    let mut changes: Vec<&Change> = document.changes.iter().collect();
    changes.sort_by_key(|change| change_rank(change));
    for same_heading in changes.chunk_by(|a, b| change_rank(a) == change_rank(b)) {
        let [first, ..] = same_heading else { continue };
        canvas.blank_line();
        canvas.write_line(HEADING, &heading_line(first, same_heading.len()));
        let margin = same_heading.iter().map(|change| line_width(&holder_words(change))).max();
        let margin = margin.unwrap_or(0).min(WIDEST_MARGIN) + 2;
        let shown = ChangeWriter { document, margin, origins, style };
        if !style.all && whole_page::is_summed(document) {
            whole_page::sum_up(canvas, &shown, same_heading);
        } else {
            shown.write_sections(canvas, same_heading);
        }
    }
}

/// What burdens the customer before all else, then the order of the report; references, which are
/// no load, last.
fn change_rank(change: &Change) -> (bool, Kind, Option<(u8, &str)>) {
    let Kind::Moved = change.kind else { return (change.reference, change.kind, None) };
    let rank = match (&change.party.old, &change.party.new) {
        (_, Some(Party::Customer)) => (0, ""),
        (Some(Party::Ibm | Party::Provider(_)), Some(Party::Shared)) => (1, ""),
        (_, Some(Party::Ibm | Party::Provider(_))) => (2, ""),
        (_, Some(Party::Shared)) => (3, ""),
        (_, Some(Party::Other(name))) => (4, name.as_str()),
        (_, None) => (5, ""),
    };
    (change.reference, change.kind, Some(rank))
}

/// What happened, and to how many duties.
fn heading_line(change: &Change, count: usize) -> Vec<Word> {
    let (title, look) = kind_heading(change);
    let (title, count) = if change.reference {
        (format!("REFERENCES {title}"), count.to_string())
    } else {
        (title, names::counted(count, "duty"))
    };
    let mut line = vec![Word::new(title, look)];
    line.extend(safe_words(&format!("({count})"), Look::Faint));
    line
}

fn kind_heading(change: &Change) -> (String, Look) {
    let (title, look) = match change.kind {
        Kind::Moved => return move_heading(change),
        Kind::Added => ("ADDED", Look::Heading),
        Kind::Removed => ("REMOVED", Look::Heading),
        Kind::Reworded => ("REWORDED", Look::Heading),
        Kind::Relocated => ("RELOCATED", Look::Heading),
    };
    (title.to_owned(), look)
}

fn move_heading(change: &Change) -> (String, Look) {
    let (title, look) = match (&change.party.old, &change.party.new) {
        (_, Some(Party::Customer)) => ("MOVED TO YOU", Look::Alarm),
        (Some(Party::Ibm | Party::Provider(_)), Some(Party::Shared)) => {
            ("NOW SHARED WITH YOU", Look::Alarm)
        }
        (_, Some(Party::Ibm)) => ("MOVED TO IBM", Look::Move),
        (_, Some(Party::Shared)) => {
            let name = names::visible(change.provider.as_deref().unwrap_or("IBM")).to_uppercase();
            return (format!("NOW SHARED WITH {name}"), Look::Move);
        }
        (_, to @ (Some(Party::Provider(_) | Party::Other(_)) | None)) => {
            let name = names::party_name(to.as_ref()).to_uppercase();
            return (format!("MOVED TO {name}"), Look::Move);
        }
    };
    (title.to_owned(), look)
}
