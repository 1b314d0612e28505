//! The last line: what it all comes to.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Sides;
use crate::render::safe::make_visible;
use crate::report::{Edition, End, Report, Summary, end_name};

use super::names::{counted, short_id};
use super::text_writer::{Look, TextWriter, safe_words};

/// Shows the summary; `after` says that something stands above it.
pub(super) fn write_summary(canvas: &mut TextWriter, report: &Report, after: bool) {
    if after {
        canvas.blank_line();
    }
    let summary = report.summary();
    if summary.total_changes() == 0 {
        // one line, which says what was compared
        canvas.write_line(0, &safe_words(&nothing_changed(report), Look::Plain));
    } else {
        canvas.write_last_line(&safe_words(&totals_text(report, &summary), Look::Title));
    }
}

fn nothing_changed(report: &Report) -> String {
    let (old, new) = (end_text(&report.ends.old), end_text(&report.ends.new));
    let (before, after) = (report.pages_read.old, report.pages_read.new);
    let read = pages_read_text(report.pages_read);
    match &report.ends.old {
        _ if report.has_no_page => format!("No responsibility page in {old} or {new}."),
        End::File { .. } if (before, after) == (0, 0) => {
            format!("Nothing to compare: neither {old} nor {new} assigns responsibilities.")
        }
        End::File { .. } | End::Commit { .. } | End::WorkingTree | End::Index | End::Empty => {
            let changed = if report.for_changes { "No matching change" } else { "No duty changed" };
            format!("{changed} between {old} and {new}: {read}.")
        }
    }
}

/// How many pages were read.
pub(in crate::render) fn pages_read_text(pages: Sides<usize>) -> String {
    match (pages.old, pages.new) {
        (0, 0) => "no responsibility page differs".to_owned(),
        (before, after) if before == after => {
            format!("{} read", counted(after, "responsibility page"))
        }
        (before, after) => format!("{before} and {} read", counted(after, "responsibility page")),
    }
}

fn end_text(end: &End) -> String {
    let name = end_name(end);
    match end {
        End::Commit { rev, commit } if name == *rev => format!("{rev} ({})", short_id(commit)),
        End::Commit { .. } | End::WorkingTree | End::Index | End::Empty | End::File { .. } => name,
    }
}

fn totals_text(report: &Report, summary: &Summary) -> String {
    let mut changed = BTreeSet::new();
    for document in &report.documents {
        let places =
            document.changes.iter().flat_map(|change| [&change.place.old, &change.place.new]);
        let paths = places.flatten().map(|place| place.path.as_ref().unwrap_or(&document.path));
        changed.extend(paths);
    }
    let changed = changed.len();
    let shown = counts_text(summary);
    format!("{shown}, in {}.{}", counted(changed, "page"), load(summary))
}

/// How many duties moved, what happened to others, and how many references changed.
pub(in crate::render) fn counts_text(summary: &Summary) -> String {
    let references = references_text(summary).map(|text| format!("; {text}"));
    format!("{}{}", duties_text(summary), references.unwrap_or_default())
}

/// The same for a line that has no room: that no duty moved needs no words there.
pub(in crate::render) fn brief_counts(summary: &Summary) -> String {
    let counts = counts_text(summary);
    let without = [NONE_MOVED, NONE_CHANGED].into_iter().find_map(|none| {
        let rest = counts.strip_prefix(none)?;
        rest.strip_prefix("; ")
    });
    without.map_or(counts.clone(), str::to_owned)
}

const NONE_MOVED: &str = "No duty moved";
const NONE_CHANGED: &str = "No duty changed";

/// How many duties moved, and what happened to others.
pub(in crate::render) fn duties_text(summary: &Summary) -> String {
    let others: Vec<String> = summary
        .without_references()
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    match (summary.moved, others.is_empty()) {
        (0, true) => NONE_CHANGED.to_owned(),
        (0, false) => format!("{NONE_MOVED}; {}", others.join(", ")),
        (_, true) => moves_text(summary),
        (_, false) => format!("{}; {}", moves_text(summary), others.join(", ")),
    }
}

/// How many references changed, and how; none where no reference did.
pub(in crate::render) fn references_text(summary: &Summary) -> Option<String> {
    let references = summary.references;
    let mut shown = Vec::new();
    for (count, what) in [
        (references.added, "added"),
        (references.removed, "removed"),
        (references.reworded, "reworded"),
        (references.relocated, "relocated"),
    ] {
        match (count, shown.len()) {
            (0, _) => {}
            (_, 0) => shown.push(format!("{} {what}", counted(count, "reference"))),
            (_, _) => shown.push(format!("{count} {what}")),
        }
    }
    (!shown.is_empty()).then(|| shown.join(", "))
}

/// That an edition is a page's first, and what came from other pages or went to them in it.
pub(in crate::render) fn first_edition(edition: &Edition) -> String {
    let mut between: BTreeMap<(&str, &str), Summary> = BTreeMap::new();
    for change in &edition.between_pages {
        let path = change.place.as_ref().map(|place| place.as_ref()?.path.as_deref());
        if let Some(page) =
            path.old.map(|path| ("from", path)).or(path.new.map(|path| ("now in", path)))
        {
            between.entry(page).or_default().count_change(change);
        }
    }
    let shown = between
        .iter()
        .map(|((way, path), summary)| format!("; duties {way} {path}: {}", brief_counts(summary)));
    format!("the first edition{}", shown.collect::<String>())
}

fn moves_text(summary: &Summary) -> String {
    let elsewhere =
        summary.moved - summary.moved_to_customer - summary.moved_to_ibm - summary.moved_to_shared;
    let to_provider = format!("to {}", make_visible(summary.provider_name()));
    let targets = [
        (summary.moved_to_customer, "moved to you".to_owned(), "to you"),
        (summary.moved_to_ibm, format!("moved {to_provider}"), &to_provider),
        (summary.moved_to_shared, "now shared".to_owned(), "now shared"),
        (elsewhere, "moved to another party".to_owned(), "to another party"),
    ];
    let mut shown = String::new();
    for (count, first, next) in targets.into_iter().filter(|(count, _, _)| *count > 0) {
        if shown.is_empty() {
            shown = format!("{} {first}", counted(count, "duty"));
        } else {
            shown = format!("{shown}, {count} {next}");
        }
    }
    shown
}

/// On whose side the load grew, change by change.
pub(super) fn load(summary: &Summary) -> String {
    let name = make_visible(summary.provider_name());
    match (summary.burden_customer, summary.burden_ibm) {
        (0, 0) => String::new(),
        (you, 0) => format!(" {} your share.", changes_add(you)),
        (0, ibm) => format!(" {} {name}'s share.", changes_add(ibm)),
        (you, ibm) => format!(" {} your share, {ibm} to {name}'s.", changes_add(you)),
    }
}

fn changes_add(count: usize) -> String {
    let verb = if count == 1 { "adds" } else { "add" };
    format!("{} {verb} to", counted(count, "change"))
}

/// How many pages were removed, and how many duties with them; `None` where none was.
pub(in crate::render) fn removed_pages_text(pages: usize, duties: usize) -> Option<String> {
    let duties = counted(duties, "duty");
    match pages {
        0 => None,
        1 => Some(format!("1 page was removed, with its {duties}.")),
        more => Some(format!("{more} pages were removed, with their {duties}.")),
    }
}
