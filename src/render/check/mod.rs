//! What the gate found, as CI servers read it.

mod github;
mod junit;
mod markdown;
mod sarif;

use std::fmt::Write as _;

use crate::error::Result;
use crate::model::{Change, Kind, Level, Notice, Party, Place};
use crate::render::text::names::{self, ShownPlace};
use crate::render::text::summary;
use crate::report::{CheckReport, CheckedDocument, Edit, Judged, VerdictCounts, end_name};

pub use super::ci::{COMMENT_LIMIT, SUMMARY_LIMIT};

/// GitHub's workflow commands: annotations on the pages.
#[must_use]
pub fn render_github(report: &CheckReport) -> Vec<u8> {
    github::check_annotations(report).into_bytes()
}

/// SARIF 2.1.0.
pub fn render_sarif(report: &CheckReport) -> Result<Vec<u8>> {
    sarif::sarif_log(report)
}

/// A `JUnit` report: one suite per page, one case per change.
pub fn render_junit(report: &CheckReport) -> Result<Vec<u8>> {
    junit::check_suites(report)
}

/// GitHub's Markdown, whole sections only, in at most this many bytes.
#[must_use]
pub fn render_markdown(report: &CheckReport, limit: usize) -> Vec<u8> {
    markdown::markdown_summary(report, limit).into_bytes()
}

/// How the check ended, in one sentence or two.
pub(super) fn outcome_sentence(report: &CheckReport) -> String {
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
            format!("respdiff can no longer tell who has which duty in {path}")
        };
        let below = match tally.fails {
            0 => format!("below level {}", report.fail_on.name()),
            _ => BELOW.to_owned(),
        };
        return format!("Incomplete: {what}{fails}{}.", other_counts(&tally, &below));
    }
    let rest = other_counts(&tally, BELOW);
    match tally.fails {
        0 if tally.acknowledged + tally.passes + tally.off == 0 => {
            let read = summary::pages_read_text(report.pages_read);
            format!("Passed: no duty changed between {}: {read}{rest}.", compared_ends(report))
        }
        0 if tally.acknowledged == 0 => format!("Passed: no change reaches {reach}{rest}."),
        0 => {
            let rest = other_counts(&VerdictCounts { acknowledged: 0, ..tally }, BELOW);
            let changes = names::counted(tally.acknowledged, "change");
            format!("Passed: every change at {reach} is acknowledged ({changes}){rest}.")
        }
        1 => format!("Failed: 1 change at {reach} is not acknowledged{rest}."),
        more => format!("Failed: {more} changes at {reach} are not acknowledged{rest}."),
    }
}

/// What changes are that fail nothing, where the level was named before.
const BELOW: &str = "below that level";

/// How many changes there are that fail nothing, and why they do not.
fn other_counts(tally: &VerdictCounts, below: &str) -> String {
    let all = [
        (tally.acknowledged, "acknowledged"),
        (tally.passes, below),
        (tally.off, "ignored by the policy"),
        (tally.reread, "only read differently"),
    ];
    let mut shown = all.into_iter().filter(|(count, _)| *count > 0);
    let Some((count, what)) = shown.next() else { return String::new() };
    let changes = if count == 1 { "change is" } else { "changes are" };
    let mut text = format!("; {count} {changes} {what}");
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
fn change_headline(change: &Change) -> String {
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
fn duty_text(change: &Change) -> String {
    let text = |place: &Option<Place>| place.as_ref().map(|place| place.text.clone());
    match (text(&change.place.old), text(&change.place.new)) {
        (Some(old), Some(new)) if old != new => format!("{new} (was: {old})"),
        (Some(text), Some(_) | None) | (None, Some(text)) => text,
        (None, None) => String::new(),
    }
}

/// The headings and the task that a duty stands under.
fn place_labels(judged: &Judged) -> String {
    let Some(place) = judged.place().map(ShownPlace::from_place) else { return String::new() };
    let all = [place.section, place.task].into_iter().filter(|label| !label.is_empty());
    all.collect::<Vec<_>>().join(" › ")
}

/// Where the duty stood before, another page included, if that is elsewhere.
pub(super) fn old_place(change: &Change) -> Option<String> {
    let (old, new) = (change.place.old.as_ref()?, change.place.new.as_ref()?);
    let (old, new) = (ShownPlace::from_place(old), ShownPlace::from_place(new));
    (old != new).then(|| old.was_text(&new))
}

/// What an edit of the settings does, and before and after.
pub(super) fn edit_text(edit: &Edit) -> (&'static str, String) {
    match (&edit.value.old, &edit.value.new) {
        (Some(old), Some(new)) => ("changed", format!("{old} → {new}")),
        (None, Some(new)) => ("added", new.clone()),
        (Some(old), None) => ("removed", old.clone()),
        (None, None) => ("changed", String::new()),
    }
}

/// A notice as a line of its own.
fn notice_line(document: &CheckedDocument, notice: &Notice) -> String {
    let line = notice.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    format!("{} ({line}{}): {}", document.path, notice.code.name(), notice.message)
}

#[cfg(test)]
pub(super) mod sample {
    //! A report to render.

    use super::*;
    use crate::model::{Burden, Level, Party, Sides};
    use crate::report::{Acknowledged, End, Status, Verdict};

    /// A change of the given kind on a line.
    pub(in crate::render) fn judged(kind: Kind, line: usize, verdict: Verdict) -> Judged {
        let place = |text: &str| {
            Some(Place {
                duty: line,
                path: None,
                section: vec!["Gates, walls: all".to_owned()],
                area: "Gates, walls: all".to_owned(),
                task: "Gate".to_owned(),
                text: text.to_owned(),
                line,
                included: None,
            })
        };
        let (old, new) = match kind {
            Kind::Added => (None, place("Paint 100% of it.")),
            Kind::Removed => (place("Guard it <b>well</b> @night."), None),
            Kind::Moved | Kind::Reworded | Kind::Relocated => {
                (place("Shut it."), place("Close it."))
            }
        };
        let level = match kind {
            Kind::Moved => Level::Boundary,
            Kind::Added | Kind::Removed => Level::Scope,
            Kind::Reworded | Kind::Relocated => Level::Wording,
        };
        let ack = Acknowledged {
            id: format!("{line:016x}"),
            by: "Ada".to_owned(),
            reason: "agreed | at last".to_owned(),
            until: None,
        };
        Judged {
            change: Change {
                id: format!("{line:016x}"),
                kind,
                party: Sides::new(
                    old.as_ref().map(|_| Party::Ibm),
                    new.as_ref().map(|_| Party::Customer),
                ),
                level,
                burden: Burden::Customer,
                similarity: None,
                emphasis: Vec::new(),
                reference: false,
                controls: Vec::new(),
                place: Sides::new(old, new),
                introduced: None,
                worded: None,
                provider: None,
            },
            verdict,
            ack: (verdict == Verdict::Acknowledged).then_some(ack),
        }
    }

    /// A report of one page with these changes.
    pub(in crate::render) fn report(changes: Vec<Judged>) -> CheckReport {
        let document = CheckedDocument {
            path: "docs/a,b: 100%.md".to_owned(),
            old_path: None,
            status: Status::Modified,
            title: "Gates *and* walls".to_owned(),
            changes,
            reread: Vec::new(),
            notices: Vec::new(),
            unread: Vec::new(),
        };
        let end = |rev: &str| End::Commit { rev: rev.to_owned(), commit: "0".repeat(40) };
        CheckReport {
            ends: Sides::new(end("v1"), end("v2")),
            baseline: None,
            fail_on: Level::Boundary,
            fail_on_from: "default".to_owned(),
            documents: vec![document],
            accepted: Vec::new(),
            stale: Vec::new(),
            edits: Vec::new(),
            pages_read: Sides::new(1, 1),
            unreadable_passes: false,
        }
    }
}
