//! The last line: what it all comes to.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Sides, some_of_them, uncapitalized};
use crate::render::safe::make_visible;
use crate::report::{CommitReport, CountsByHolder, Edition, End, Gone, Report, Summary, end_name};

use super::names::{AMONG_PATHS, counted, short_id};
use super::page_totals;
use super::text_writer::{Look, TextWriter, safe_words};

/// Shows the summary; `after` says that something stands above it.
pub(super) fn write_summary(canvas: &mut TextWriter, report: &Report, after: bool) {
    if after {
        canvas.blank_line();
    }
    let has_changes = report.summary().total_changes() > 0;
    let look = if has_changes { Look::Title } else { Look::Plain };
    canvas.write_last_line(&safe_words(&diff_summary(report), look));
}

/// What a comparison comes to, in one sentence or two: the last line of its text.
#[must_use]
pub fn diff_summary(report: &Report) -> String {
    let summary = report.summary();
    if summary.total_changes() == 0 {
        nothing_changed(report)
    } else {
        totals_text(report, &summary)
    }
}

fn nothing_changed(report: &Report) -> String {
    let (old, new) = (end_text(&report.ends.old), end_text(&report.ends.new));
    let (before, after) = (report.pages_read.old, report.pages_read.new);
    let read = pages_read_text(report.pages_read);
    let among = if report.for_paths { AMONG_PATHS } else { "" };
    match &report.ends.old {
        End::Empty if report.has_no_page => format!("No responsibility page{among} in {new}."),
        _ if report.has_no_page => format!("No responsibility page{among} in {old} or {new}."),
        End::File { .. } if (before, after) == (0, 0) => {
            format!("Nothing to compare: neither {old} nor {new} assigns responsibilities.")
        }
        End::File { .. } | End::Commit { .. } | End::WorkingTree | End::Index | End::Empty => {
            let changed = if report.for_changes { "No matching change" } else { NONE_CHANGED };
            let changed = apart_from_ignored(changed.to_owned(), report.ignored);
            format!("{changed} between {old} and {new}: {read}.")
        }
    }
}

/// How many pages a comparison read: `1 responsibility page read`.
#[must_use]
pub fn pages_read_text(pages: Sides<usize>) -> String {
    match (pages.old, pages.new) {
        (0, 0) => "no responsibility page differs".to_owned(),
        (before, after) if before == after => {
            format!("{} read", counted(after, "responsibility page"))
        }
        (before, after) => {
            let pages = |count: usize| match count {
                0 => "none".to_owned(),
                count => counted(count, "responsibility page"),
            };
            format!("{} read in the old version, {} in the new one", pages(before), pages(after))
        }
    }
}

fn end_text(end: &End) -> String {
    let name = end_name(end);
    match end {
        End::Commit { rev, commit } if name == *rev && commit.starts_with(rev) => {
            short_id(commit).to_owned()
        }
        End::Commit { rev, commit } if name == *rev => format!("{rev} ({})", short_id(commit)),
        End::Commit { .. } | End::WorkingTree | End::Index | End::Empty | End::File { .. } => name,
    }
}

fn totals_text(report: &Report, summary: &Summary) -> String {
    // a renamed page is one page
    let pages = || report.documents.iter().chain(&report.givers);
    let renamed = pages().filter_map(|page| Some((page.old_path.as_ref()?, &page.path)));
    let renamed: BTreeMap<&String, &String> = renamed.collect();
    let mut changed = BTreeSet::new();
    for document in &report.documents {
        for change in &document.changes {
            let there = change.place.as_ref().map(Option::as_ref);
            let paths =
                there.map(|place| place.map(|place| place.path.as_ref().unwrap_or(&document.path)));
            changed.extend(paths.old.map(|old| renamed.get(old).copied().unwrap_or(old)));
            changed.extend(paths.new);
        }
    }
    let changed = changed.len();
    let (counts, holders) = (counts_text(summary), holders_text(summary));
    let lost = page_totals::lost_pages_text(&report.documents).map(|lost| format!(" {lost}"));
    let lost = lost.unwrap_or_default();
    format!("{counts}, in {}.{holders}{lost}", counted(changed, "page"))
}

/// How many duties moved, what happened to others, and how many references changed.
pub(in crate::render) fn counts_text(summary: &Summary) -> String {
    with_references(duties_text(summary), summary)
}

/// The same as a sentence, with whose duties were added and removed.
pub(super) fn counts_sentence(summary: &Summary) -> String {
    format!("{}.{}", counts_text(summary), holders_text(summary))
}

fn with_references(duties: String, summary: &Summary) -> String {
    match references_text(summary) {
        Some(references) => format!("{duties}; {references}"),
        None => duties,
    }
}

/// The same for a line that has no room: that no duty moved needs no words there.
pub(in crate::render) fn brief_counts(summary: &Summary) -> String {
    let mut counts = with_references(plain_duties_text(summary), summary);
    if let Some(ignored) = ignored_text(summary.ignored) {
        counts = format!("{counts}; {ignored}");
    }
    let without = [NONE_MOVED, NONE_CHANGED]
        .into_iter()
        .find_map(|none| counts.strip_prefix(none)?.strip_prefix("; "));
    without.map_or(counts.clone(), str::to_owned)
}

const NONE_MOVED: &str = "No duty moved";
const NONE_CHANGED: &str = "No duty changed";

/// How many changes the policy leaves out; none for none.
pub(in crate::render) fn ignored_text(ignored: usize) -> Option<String> {
    (ignored > 0)
        .then(|| format!("the policy leaves out {} (`level: off`)", counted(ignored, "change")))
}

/// A sentence about what the policy does not leave out: what it does may be a move.
fn apart_from_ignored(text: String, ignored: usize) -> String {
    if ignored == 0 {
        return text;
    }
    let changes = counted(ignored, "change");
    let text = uncapitalized(&text);
    format!("Apart from what the policy leaves out ({changes}, `level: off`), {text}")
}

/// How many duties moved, and what happened to others.
pub(in crate::render) fn duties_text(summary: &Summary) -> String {
    apart_from_ignored(plain_duties_text(summary), summary.ignored)
}

fn plain_duties_text(summary: &Summary) -> String {
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

/// That an edition is a page's first, what came from other pages or went to them in it, and what
/// its later commits changed.
fn first_edition(edition: &Edition) -> String {
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
    let later = changes_within(edition).map(|within| format!("; {within}")).unwrap_or_default();
    format!("the first edition{}{later}", shown.collect::<String>())
}

/// What an edition comes to beside the one before, and what changed within it.
pub(in crate::render) fn edition_counts(edition: &Edition) -> String {
    let unread = unread_tables_in(edition);
    if edition.stamp_before().is_none() {
        return first_edition(edition)
            + &unread.map(|text| format!("; {text}")).unwrap_or_default();
    }
    let summary = edition.summary();
    let has_counts = summary.total_changes() + summary.ignored > 0;
    let counts = has_counts.then(|| brief_counts(&summary));
    let all: Vec<String> = [counts, changes_within(edition)].into_iter().flatten().collect();
    match (all.is_empty(), unread) {
        (true, None) => "no duty changed".to_owned(),
        (true, Some(unread)) => format!("{unread}; no other duty changed"),
        (false, unread) => all.into_iter().chain(unread).collect::<Vec<_>>().join("; "),
    }
}

/// How many duties can no longer be read after an edition, beside others that can; none for none.
pub(super) fn unread_tables_in(edition: &Edition) -> Option<String> {
    let duties = edition.unread_tables.all_duties();
    (duties > 0).then(|| format!("respdiff can no longer tell who has {}", counted(duties, "duty")))
}

/// What changed within an edition of several commits; none where nothing did.
fn changes_within(edition: &Edition) -> Option<String> {
    let summary = Summary::of_changes(&edition.changes_within);
    (!edition.changes_within.is_empty())
        .then(|| format!("changed within it: {}", brief_counts(&summary)))
}

/// How many duties moved, and to whom.
pub(super) fn moves_text(summary: &Summary) -> String {
    let targets = counted_targets(summary);
    let Some(((count, target), others)) = targets.split_first() else { return String::new() };
    let duties = counted(*count, "duty");
    let first = if target == NOW_SHARED { target.clone() } else { format!("moved {target}") };
    let others = others.iter().map(|(count, target)| format!(", {count} {target}"));
    format!("{duties} {first}{}", others.collect::<String>())
}

/// The same for a column of a table, as in `2 to you, 1 now shared`; empty without moves.
pub(super) fn move_targets(summary: &Summary) -> String {
    let targets = counted_targets(summary);
    let targets = targets.iter().map(|(count, target)| format!("{count} {target}"));
    targets.collect::<Vec<_>>().join(", ")
}

const NOW_SHARED: &str = "now shared";

/// How many duties moved to whom, without those to whom none did.
fn counted_targets(summary: &Summary) -> Vec<(usize, String)> {
    let elsewhere =
        summary.moved - summary.moved_to_customer - summary.moved_to_ibm - summary.moved_to_shared;
    let targets = [
        (summary.moved_to_customer, "to you".to_owned()),
        (summary.moved_to_ibm, format!("to {}", make_visible(summary.provider_name()))),
        (summary.moved_to_shared, NOW_SHARED.to_owned()),
        (elsewhere, "to another party".to_owned()),
    ];
    targets.into_iter().filter(|(count, _)| *count > 0).collect()
}

/// Whose duties were added and removed, as in ` Added: 1 of yours, 2 of IBM's; removed: 1 of yours.`;
/// empty where none was. The counts before it stay free of it, so that scripts find `3 added, in 1 page`.
fn holders_text(summary: &Summary) -> String {
    let provider = summary.provider_name();
    let added = owners_text(summary.added_to, provider);
    let removed = owners_text(summary.removed_from, provider);
    match (added, removed) {
        (None, None) => String::new(),
        (Some(added), None) => format!(" Added: {added}."),
        (None, Some(removed)) => format!(" Removed: {removed}."),
        (Some(added), Some(removed)) => format!(" Added: {added}; removed: {removed}."),
    }
}

fn owners_text(counts: CountsByHolder, provider: &str) -> Option<String> {
    let of_others = if counts.other == 1 { "of another party" } else { "of other parties" };
    let owners = [
        (counts.customer, "of yours".to_owned()),
        (counts.ibm, format!("of {}'s", make_visible(provider))),
        (counts.shared, "shared".to_owned()),
        (counts.other, of_others.to_owned()),
    ];
    let held = owners.into_iter().filter(|(count, _)| *count > 0);
    let held: Vec<String> = held.map(|(count, owner)| format!("{count} {owner}")).collect();
    (!held.is_empty()).then(|| held.join(", "))
}

/// That the page was removed after an edition, with its duties, or only they were.
pub(in crate::render) fn page_removal_text(edition: &Edition) -> String {
    match edition.removed_duties().unwrap_or_default() {
        0 if edition.file_stays() => "the page was left without duties".to_owned(),
        1 if edition.file_stays() => "its duty was removed from the page".to_owned(),
        duties if edition.file_stays() => format!("all {duties} duties were removed from the page"),
        0 => "the page was removed".to_owned(),
        duties => format!("the page was removed with its {}", counted(duties, "duty")),
    }
}

/// Since when, and why, the parties of a page could not be read before it was removed.
pub(in crate::render) fn unread_until_then(
    gone: &Gone,
    commit_text: impl Fn(&CommitReport) -> String,
) -> Option<String> {
    let since = gone.unread_since.as_ref()?;
    let notice = since.unread.first()?;
    let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    Some(format!(
        "; from commit {} until then, respdiff could not tell who had which duty: {line}{}",
        commit_text(&since.commit),
        notice.message
    ))
}

/// Where duties of a removed page went, as in `; 4 duties went to a.md`; empty for nowhere.
pub(in crate::render) fn went_to_text(edition: &Edition, gone: &Gone) -> String {
    let also_in = gone.also_in.as_ref().map(|page| {
        let all = edition.removed_duties().unwrap_or_default();
        let path = make_visible(&page.path);
        let given = page.given_text().map(|given| format!("; {}", make_visible(&given)));
        let given = given.unwrap_or_default();
        format!("; {} also in {path}{given}", some_of_them(page.duties, all))
    });
    let each = gone.went_to.iter().map(|(path, count)| {
        format!("; {} went to {}", counted(*count, "duty"), make_visible(path))
    });
    each.chain(also_in).collect()
}

/// That nothing changed but where duties are.
pub(in crate::render) fn only_arrived(duties: usize) -> String {
    format!("{} came from another page; no other duty changed", counted(duties, "duty"))
}

/// Why counts and the changes beside them do not add up, where they do not: `sums` are to be equal.
/// Changes that the policy leaves out may be why, too.
pub(super) fn recut_text(counts: &str, sums: Sides<usize>, ignored: usize) -> Option<String> {
    (sums.old != sums.new).then(|| {
        let ignored = if ignored > 0 { " They include what the policy leaves out." } else { "" };
        format!(
            "{counts} also change if a duty is split, joined or repeated, becomes a reference, or \
             stops being one.{ignored}"
        )
    })
}

/// The same for a comparison that shows by how many duties each page grew.
pub(super) fn recut_pages_text(report: &Report) -> Option<String> {
    let is_unread = report.documents.iter().any(|document| !document.unread.is_empty());
    if report.for_changes || is_unread {
        return None;
    }
    let (summary, loads) = (report.summary(), report.loads.iter().flat_map(|page| &page.duties));
    let count = loads.fold(Sides::default(), |sum: Sides<usize>, (_, one)| {
        Sides::new(sum.old + one.old, sum.new + one.new)
    });
    let [(added, _), (removed, _), ..] = summary.without_references();
    let sums = Sides::new(count.old + added, count.new + removed);
    recut_text("These numbers", sums, summary.ignored)
}
