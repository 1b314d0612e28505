//! What the gate found: what fails first, then what somebody accepted, and a last line that says
//! how it ended.

use crate::model::{Kind, Place};
use crate::render::check::{edit_text, gone_reason, old_place, outcome_sentence};
use crate::report::{CheckReport, CheckedDocument, End, Judged, Stale, StaleAck, Verdict};

use super::change_writer::{
    CommitHeadings, ShownCommits, holder_words, included_file, write_change,
};
use super::names::{self, ShownPlace};
use super::notices;
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, line_width, safe_words};

const HEADING: usize = 2;
const PLACE: usize = 4;
const STEP: usize = 2;

/// What the gate found.
#[must_use]
pub fn render_check(report: &CheckReport, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    for document in &report.documents {
        let shown =
            |judged: &&Judged| matches!(judged.verdict, Verdict::Fails | Verdict::Acknowledged);
        if document.changes.iter().any(|judged| shown(&judged))
            || !document.reread.is_empty()
            || !document.notices.is_empty()
        {
            write_document(&mut canvas, document, report);
        }
    }
    write_edits(&mut canvas, report);
    write_acks(&mut canvas, report);
    canvas.write_last_line(&safe_words(&outcome_sentence(report), Look::Title));
    canvas.into_bytes()
}

fn write_document(canvas: &mut TextWriter, document: &CheckedDocument, report: &CheckReport) {
    let baseline = report.baseline.as_deref();
    let old = match &report.ends.old {
        End::Commit { commit, .. } => Some(commit.as_str()),
        End::WorkingTree | End::Index | End::Empty | End::File { .. } => None,
    };
    let title = if document.title.is_empty() { &document.path } else { &document.title };
    canvas.write_paragraph(0, &safe_words(title, Look::Title));
    let path = match &document.old_path {
        Some(old) => format!("{old} → {}", document.path),
        None => document.path.clone(),
    };
    canvas.write_paragraph(0, &safe_words(&path, Look::Faint));
    for (verdict, heading, look) in [
        (Verdict::Fails, "NOT ACKNOWLEDGED", Look::Alarm),
        (Verdict::Acknowledged, "ACKNOWLEDGED", Look::Heading),
    ] {
        let of_verdict: Vec<&Judged> =
            document.changes.iter().filter(|judged| judged.verdict == verdict).collect();
        if of_verdict.is_empty() {
            continue;
        }
        canvas.blank_line();
        let mut line = safe_words(heading, look);
        let count = format!("({})", names::counted(of_verdict.len(), "change"));
        line.extend(safe_words(&count, Look::Faint));
        canvas.write_line(HEADING, &line);
        let mut above = None;
        let mut commits = CommitHeadings::default();
        for judged in of_verdict {
            let introduced = judged.change.introduced.as_ref();
            if commits.write_heading(canvas, PLACE, introduced, ShownCommits::WithEdition) {
                above = None;
            }
            above = write_judged(canvas, document, judged, above);
        }
    }
    if !document.reread.is_empty() {
        canvas.blank_line();
        let count = names::counted(document.reread.len(), "difference");
        let folder = baseline.unwrap_or("snapshots");
        let command = canvas.command();
        let text = format!(
            "re-read: {count} only because this version of respdiff reads the accepted page differently; `{command} snapshot --output {folder} --accept` stores the new reading"
        );
        canvas.write_paragraph(HEADING, &safe_words(&text, Look::Faint));
    }
    notices::of_document(canvas, &document.notices, old);
    canvas.blank_line();
}

/// Shows a change, under its place unless that stands above it already, and returns the place that
/// stands above now.
fn write_judged<'a>(
    canvas: &mut TextWriter,
    document: &CheckedDocument,
    judged: &'a Judged,
    above: Option<&'a Place>,
) -> Option<&'a Place> {
    let change = &judged.change;
    let spot =
        |place: &Place| (place.path.clone(), ShownPlace::from_place(place), included_file(place));
    let place = judged.change.shown_place();
    let stays = above.filter(|above| place.is_some_and(|place| spot(above) == spot(place)));
    if let Some(place) = place.filter(|_| stays.is_none()) {
        let was = if change.kind == Kind::Removed { "was " } else { "" };
        let (path, number) = place.written_at(&document.path);
        let mut line = safe_words(&ShownPlace::from_place(place).in_one_line(), Look::Place);
        let at = format!("({was}{}line {number})", included_file(place));
        line.push(canvas.linked_word(&at, path, number, Look::Faint));
        canvas.write_paragraph(PLACE, &line);
    }
    if let Some(was) = old_place(change) {
        canvas.write_paragraph(PLACE + STEP, &safe_words(&was, Look::Faint));
    }
    let other_line = place.filter(|place| stays.is_some_and(|above| above.line != place.line));
    let was = if change.kind == Kind::Removed { "was " } else { "" };
    let line = other_line.map(|place| format!(", {was}line {}", place.line)).unwrap_or_default();
    let reference = if change.reference { "reference " } else { "" };
    let (kind, level) = (change.kind.name(), change.level.name());
    let what = format!("{reference}{kind} (level {level}){line}, id {}", change.id);
    canvas.write_paragraph(PLACE + STEP, &safe_words(&what, Look::Faint));
    let margin = line_width(&holder_words(change)).min(24) + 2;
    write_change(canvas, change, PLACE + STEP, margin);
    if let Some(ack) = &judged.ack {
        let until = ack.until.map(|day| format!(", until {day}")).unwrap_or_default();
        let text = format!("accepted by {}{until}: {}", ack.by, ack.reason);
        canvas.write_paragraph(PLACE + STEP, &safe_words(&text, Look::Fresh));
    }
    stays.or(place)
}

fn write_edits(canvas: &mut TextWriter, report: &CheckReport) {
    if report.edits.is_empty() {
        return;
    }
    canvas.write_line(0, &safe_words("CHANGES IN POLICY AND ACKNOWLEDGEMENTS", Look::Heading));
    for edit in &report.edits {
        let mut line = safe_words(&format!("{}:", edit.file), Look::Warning);
        line.extend(safe_words(&format!("{};", edit_text(edit)), Look::Plain));
        line.extend(safe_words(edit.effect, Look::Faint));
        canvas.write_paragraph(HEADING, &line);
    }
    canvas.blank_line();
}

fn write_acks(canvas: &mut TextWriter, report: &CheckReport) {
    let otherwise = report.accepted.iter().filter(|accepted| accepted.tells_otherwise);
    let mut lines: Vec<_> = otherwise
        .map(|accepted| {
            let why = "it counts, but the description in its file does not match the change";
            (accepted.ack.clone(), why)
        })
        .collect();
    let is_idle = |stale: &&StaleAck| stale.why == Stale::Gone;
    let idle: Vec<&str> =
        report.stale.iter().filter(is_idle).map(|stale| stale.ack.id.as_str()).collect();
    let others = report.stale.iter().filter(|stale| !is_idle(stale));
    lines.extend(others.map(|stale| (stale.ack.clone(), stale.why.reason())));
    if lines.is_empty() && idle.is_empty() {
        return;
    }
    canvas.write_line(0, &safe_words("ACKNOWLEDGEMENTS TO REVIEW", Look::Heading));
    for (ack, why) in lines {
        let mut line = safe_words(&format!("{}:", ack.id), Look::Warning);
        line.extend(safe_words(why, Look::Plain));
        line.extend(safe_words(&format!("({}: {})", ack.by, ack.reason), Look::Faint));
        canvas.write_paragraph(HEADING, &line);
    }
    write_idle(canvas, &idle, report);
    canvas.blank_line();
}

/// Acknowledgements whose change is not in the range, in one line.
fn write_idle(canvas: &mut TextWriter, ids: &[&str], report: &CheckReport) {
    const SHOWN: usize = 3;
    if ids.is_empty() {
        return;
    }
    let more = ids.len().saturating_sub(SHOWN);
    let shown = ids.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let mut line = safe_words(&format!("{shown}{more}:"), Look::Warning);
    line.extend(safe_words(&gone_reason(report, ids.len()), Look::Plain));
    canvas.write_paragraph(HEADING, &line);
}
