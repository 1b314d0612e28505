//! The duties of a page that is new or gone: how many there are by section and party, and the
//! first few of them.

use std::collections::BTreeMap;

use crate::model::{Change, Kind, Party};
use crate::report::{DocumentReport, Status};

use super::change_writer::{ChangeWriter, change_place};
use super::names;
use super::text_writer::{Look, TextWriter, safe_words};

const INDENT: usize = 4;
/// Pages with no more duties than these are shown as a whole.
const FEW: usize = 12;
/// This many duties of all others.
const FIRST: usize = 3;

/// Whether the page is new or gone, or can no longer be read, and has many duties.
pub(super) fn is_summed(document: &DocumentReport) -> bool {
    let is_unread = document.lost_notices().next().is_some();
    let kind = match document.status {
        Status::Added => Kind::Added,
        Status::Removed => Kind::Removed,
        Status::Modified | Status::Renamed if is_unread => Kind::Removed,
        Status::Modified | Status::Renamed => return false,
    };
    let changes = &document.changes;
    changes.len() > FEW && changes.iter().all(|change| change.kind == kind)
}

/// Shows how many duties each party has in each section, and the first of them. References are no
/// duties: their number says enough.
pub(super) fn sum_up(canvas: &mut TextWriter, shown: &ChangeWriter<'_>, changes: &[&Change]) {
    if changes.first().is_some_and(|change| change.reference) {
        let text = "such as links to other pages (--all shows them)";
        canvas.write_paragraph(INDENT, &safe_words(text, Look::Faint));
        return;
    }
    let sections: Vec<(String, String)> = changes
        .chunk_by(|a, b| change_place(a).section == change_place(b).section)
        .filter_map(|section| Some((change_place(section.first()?).section, per_party(section))))
        .collect();
    for (name, counts) in &sections {
        let name = if name.is_empty() { "(above the first heading)" } else { name };
        let mut line = safe_words(&format!("{name}:"), Look::Place);
        line.extend(safe_words(counts, Look::Plain));
        canvas.write_paragraph(INDENT, &line);
    }
    canvas.blank_line();
    shown.write_sections(canvas, changes.get(..FIRST).unwrap_or(changes));
    let more = changes.len().saturating_sub(FIRST);
    if more > 0 {
        let more = format!("... {} (--all shows them)", names::counted(more, "more duty"));
        canvas.write_paragraph(INDENT, &safe_words(&more, Look::Faint));
    }
}

fn per_party(section: &[&Change]) -> String {
    let mut counts: BTreeMap<&Party, usize> = BTreeMap::new();
    for change in section {
        let party = change.party.new.as_ref().or(change.party.old.as_ref());
        if let Some(party) = party {
            *counts.entry(party).or_default() += 1;
        }
    }
    let counts =
        counts.iter().map(|(party, count)| format!("{} {count}", names::party_name(Some(party))));
    counts.collect::<Vec<_>>().join(", ")
}
