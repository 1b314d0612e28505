//! How the check ended and what it found, in words that all formats share.

use std::fmt::Write as _;

use crate::model::{Change, Kind, Level, Notice, Party, Sides, counted_with_is};
use crate::render::text::names::{self, ShownPlace};
use crate::render::text::summary;
use crate::report::{
    CheckReport, CheckedDocument, Edit, End, Judged, Verdict, VerdictCounts, end_name,
};

/// How the check ended, in one sentence or two.
#[must_use]
pub fn outcome_sentence(report: &CheckReport) -> String {
    let tally = report.tally();
    let reach = level_reach(report.fail_on);
    if let Some((first, notice)) = report.incomplete_notices().next() {
        let fails = match tally.fails {
            0 => String::new(),
            1 => format!("; 1 change at {reach} is not acknowledged"),
            more => format!("; {more} changes at {reach} are not acknowledged"),
        };
        let path = &first.path;
        let what = if notice.code.leaves_doubt() {
            format!("respdiff may have misread {path}")
        } else {
            let where_in = if first.reads_rest { "a table or list of " } else { "" };
            format!("respdiff can no longer tell who has which duty in {where_in}{path}")
        };
        let below = match tally.fails {
            0 => format!("below level {}", report.fail_on.name()),
            _ => BELOW.to_owned(),
        };
        return format!("Incomplete: {what}{fails}{}.", other_counts(&tally, &below));
    }
    let below = format!("{BELOW}{}", changes_below(report));
    let rest = other_counts(&tally, &below);
    match tally.fails {
        0 if tally.acknowledged + tally.passes + tally.off == 0 => {
            let ends = compared_ends(report);
            let read = summary::pages_read_text(report.pages_read);
            // none that differs is the reason, any other number says what was read
            let sign = if report.pages_read == Sides::default() { ';' } else { ':' };
            format!("Passed: no duty changed between {ends}{sign} {read}{rest}.")
        }
        0 if tally.acknowledged == 0 => format!("Passed: no change is at {reach}{rest}."),
        0 => {
            let rest = other_counts(&VerdictCounts { acknowledged: 0, ..tally }, &below);
            let changes = names::counted(tally.acknowledged, "change");
            format!("Passed: every change at {reach} is acknowledged ({changes}){rest}.")
        }
        1 => format!("Failed: 1 change at {reach} is not acknowledged{rest}."),
        more => format!("Failed: {more} changes at {reach} are not acknowledged{rest}."),
    }
}

/// What changes are that fail nothing, where the level was named before.
const BELOW: &str = "below that level";

/// The levels of the changes that fail nothing, and how many are of references, which are no duties.
fn changes_below(report: &CheckReport) -> String {
    let changes = report.documents.iter().flat_map(|document| &document.changes);
    let passing = || changes.clone().filter(|judged| judged.verdict == Verdict::Passes);
    let of_level = |level| passing().filter(|judged| judged.change.level == level).count();
    let levels = [Level::Boundary, Level::Scope, Level::Wording].map(|one| (of_level(one), one));
    let levels: Vec<_> = levels.into_iter().filter(|(count, _)| *count > 0).collect();
    let mut text = match &levels[..] {
        [] => return String::new(),
        [(_, only)] => only.name().to_owned(),
        more => {
            let counts = more.iter().map(|(count, level)| format!("{count} {}", level.name()));
            counts.collect::<Vec<_>>().join(", ")
        }
    };
    if let Some(references) = references_text(passing()) {
        let _ = write!(text, "; {references}");
    }
    format!(" ({text})")
}

/// How many of these changes are of references.
fn references_text<'a>(changes: impl Iterator<Item = &'a Judged> + Clone) -> Option<String> {
    let of_references = changes.clone().filter(|judged| judged.change.reference).count();
    match (of_references, changes.count()) {
        (0, _) => None,
        (1, 1) => Some("a change of a reference".to_owned()),
        (1, _) => Some("1 of them is a change of a reference".to_owned()),
        (some, all) if some == all => Some("all of them are changes of references".to_owned()),
        (some, _) => Some(format!("{some} of them are changes of references")),
    }
}

/// How many changes there are that fail nothing, and why they do not.
fn other_counts(tally: &VerdictCounts, below: &str) -> String {
    let all = [
        (tally.acknowledged, "acknowledged"),
        (tally.passes, below),
        (tally.off, "left out by the policy"),
        (tally.reread, "only read differently"),
    ];
    let mut shown = all.into_iter().filter(|(count, _)| *count > 0);
    let Some((count, what)) = shown.next() else { return String::new() };
    let mut text = format!("; {} {what}", counted_with_is(count, "change"));
    for (count, what) in shown {
        let _ = write!(text, ", {count} {what}");
    }
    text
}

/// The levels at which a change needs an acknowledgement.
const fn level_reach(least: Level) -> &'static str {
    match least {
        Level::Boundary => "level boundary",
        Level::Scope => "level scope or above",
        Level::Wording => "level wording or above",
    }
}

fn compared_ends(report: &CheckReport) -> String {
    format!("{} and {}", end_name(&report.ends.old), end_name(&report.ends.new))
}

/// What happened to a duty, in few words.
pub(super) fn change_headline(change: &Change) -> String {
    let (old, new) = (change.party.old.as_ref(), change.party.new.as_ref());
    let noun = if change.reference { "reference" } else { "duty" };
    let what_of = |party: Option<&Party>| format!("{} {noun}", names::party_name(party));
    match (change.kind, old, new) {
        (Kind::Moved, _, Some(Party::Shared)) => format!("{} is now shared", what_of(old)),
        (Kind::Moved, Some(Party::Shared), _) => {
            format!("shared duty moved to {}", holder_name(new))
        }
        (Kind::Moved, _, _) => {
            format!("duty moved from {} to {}", holder_name(old), holder_name(new))
        }
        (Kind::Added, _, _) => format!("{} added", what_of(new)),
        (Kind::Removed, _, _) => format!("{} removed", what_of(old)),
        (Kind::Reworded, _, _) => format!("{} reworded", what_of(new)),
        (Kind::Relocated, _, _) => format!("{} relocated", what_of(new)),
    }
}

/// A party in a sentence.
fn holder_name(party: Option<&Party>) -> String {
    match party {
        Some(Party::Customer) => "the customer".to_owned(),
        party => names::party_name(party),
    }
}

/// The duty's words, old ones too where they differ.
pub(super) fn duty_text(change: &Change) -> String {
    let Sides { old, new } = change.texts();
    match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{new} (was: {old})"),
        (Some(text), Some(_) | None) | (None, Some(text)) => text.to_owned(),
        (None, None) => String::new(),
    }
}

/// The headings and the task that a duty stands under.
pub(super) fn place_labels(judged: &Judged) -> String {
    let Some(place) = judged.change.shown_place().map(ShownPlace::from_place) else {
        return String::new();
    };
    let all = [place.section, place.task].into_iter().filter(|label| !label.is_empty());
    all.collect::<Vec<_>>().join(" › ")
}

/// Where the duty stood before, another page included, if that is elsewhere.
pub(in crate::render) fn old_place(change: &Change) -> Option<String> {
    let (old, new) = (change.place.old.as_ref()?, change.place.new.as_ref()?);
    let (old, new) = (ShownPlace::from_place(old), ShownPlace::from_place(new));
    (old != new).then(|| old.was_text(&new))
}

/// What an edit of the settings does, with its value before and after.
pub(in crate::render) fn edit_text(edit: &Edit) -> String {
    const SINGLE: [&str; 5] = ["gate.", "provider", "preset", "stamp", "asciidoc"];
    let what = &edit.what;
    let is_single = SINGLE.iter().any(|key| what.starts_with(key));
    let is_ack = edit.file.ends_with("acks.yaml");
    match (&edit.value.old, &edit.value.new) {
        (Some(old), Some(new)) => format!("{what} was {old} and is now {new}"),
        (None, Some(new)) if is_single => format!("{what} is now {new}"),
        (Some(old), None) if is_single => format!("{what} is no longer {old}"),
        (None, Some(new)) if is_ack => format!("new acknowledgement {what}: {new}"),
        (Some(old), None) if is_ack => format!("acknowledgement {what} was removed: {old}"),
        (None, Some(new)) => format!("new in {what}: {new}"),
        (Some(old), None) => format!("removed from {what}: {old}"),
        (None, None) => format!("{what} changed"),
    }
}

/// Why acknowledgements do nothing that no change needs any more.
pub(in crate::render) fn gone_reason(report: &CheckReport, acknowledgements: usize) -> String {
    let place =
        if report.baseline.is_some() { "since the accepted snapshots" } else { "in this range" };
    let what = if acknowledgements == 1 { "this id" } else { "any of these ids" };
    format!("no change {place} has {what}; {}", prune_advice(report, acknowledgements))
}

/// How to remove acknowledgements that no change needs any more.
fn prune_advice(report: &CheckReport, acknowledgements: usize) -> String {
    let command = match &report.baseline {
        Some(folder) => format!("`respdiff ack --prune --baseline {folder}`"),
        None if has_no_range(&report.ends) => {
            "`respdiff ack --prune` and a range without the change".to_owned()
        }
        None => "`respdiff ack --prune` and the range of this check".to_owned(),
    };
    if acknowledgements == 1 {
        format!("once the change is published, remove the acknowledgement with {command}")
    } else {
        format!("once the changes are published, remove the acknowledgements with {command}")
    }
}

/// Whether a check compared only what is not committed yet with HEAD.
fn has_no_range(ends: &Sides<End>) -> bool {
    let is_head = matches!(&ends.old, End::Commit { rev, .. } if rev == "HEAD");
    is_head && matches!(ends.new, End::WorkingTree | End::Index)
}

/// How to accept a change that was found, by the options that make `ack` compare the same.
pub(super) fn ack_advice(report: &CheckReport) -> String {
    let (options, range) = match (&report.baseline, &report.ends.new) {
        (Some(folder), _) => (format!(" --baseline {folder}"), ""),
        (None, End::Index) => (" --cached".to_owned(), ""),
        (None, End::WorkingTree) => (String::new(), ""),
        (None, End::Commit { .. } | End::Empty | End::File { .. }) => {
            (" RANGE".to_owned(), " with the range of this check")
        }
    };
    format!(
        "To accept an intended change, run `respdiff ack ID --by NAME --reason TEXT{options}`{range}, \
         and commit `.respdiff/acks.yaml`."
    )
}

/// A notice as a line of its own.
pub(super) fn notice_line(document: &CheckedDocument, notice: &Notice) -> String {
    let line = notice.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    format!("{} ({line}{}): {}", document.path, notice.code.name(), notice.message)
}
