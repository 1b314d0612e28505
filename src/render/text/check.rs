//! What the gate found: what fails first, then what somebody accepted, and a last line that says
//! how it ended.

use crate::model::Kind;
use crate::render::check::{before, sentence};
use crate::report::{CheckReport, CheckedDocument, Edit, Judged, Stale, StaleAck, Verdict};

use super::canvas::{Canvas, Look, line_width, words};
use super::changes::{holder, tell_change};
use super::names::{self, Spot};
use super::notices;

const HEADING: usize = 2;
const PLACE: usize = 4;
const STEP: usize = 2;

/// Shows all that the gate found.
pub(super) fn tell(canvas: &mut Canvas, report: &CheckReport) {
    for document in &report.documents {
        let shown =
            |judged: &&Judged| matches!(judged.verdict, Verdict::Fails | Verdict::Acknowledged);
        if document.changes.iter().any(|judged| shown(&judged))
            || !document.reread.is_empty()
            || !document.notices.is_empty()
        {
            tell_document(canvas, document, report.baseline.as_deref());
        }
    }
    tell_edits(canvas, report);
    tell_acks(canvas, report);
    // not wrapped: scripts read the last line
    canvas.line(0, &words(&sentence(report), Look::Title));
}

fn tell_document(canvas: &mut Canvas, document: &CheckedDocument, baseline: Option<&str>) {
    let title = if document.title.is_empty() { &document.path } else { &document.title };
    canvas.paragraph(0, &words(title, Look::Title));
    let path = match &document.old_path {
        Some(old) => format!("{old} → {}", document.path),
        None => document.path.clone(),
    };
    canvas.paragraph(0, &words(&path, Look::Faint));
    for (verdict, heading, look) in [
        (Verdict::Fails, "NOT ACKNOWLEDGED", Look::Alarm),
        (Verdict::Acknowledged, "ACKNOWLEDGED", Look::Heading),
    ] {
        let of_verdict: Vec<&Judged> =
            document.changes.iter().filter(|judged| judged.verdict == verdict).collect();
        if of_verdict.is_empty() {
            continue;
        }
        canvas.blank();
        let mut line = words(heading, look);
        let count = format!("({})", names::counted(of_verdict.len(), "change"));
        line.extend(words(&count, Look::Faint));
        canvas.line(HEADING, &line);
        for judged in of_verdict {
            tell_judged(canvas, document, judged);
        }
    }
    if !document.reread.is_empty() {
        canvas.blank();
        let count = names::counted(document.reread.len(), "difference");
        let folder = baseline.unwrap_or("snapshots");
        let text = format!(
            "re-read: {count} only because this version of respdiff reads the accepted page differently; `respdiff snapshot --output {folder} --accept` stores the new reading"
        );
        canvas.paragraph(HEADING, &words(&text, Look::Faint));
    }
    notices::of_document(canvas, &document.notices);
    canvas.blank();
}

fn tell_judged(canvas: &mut Canvas, document: &CheckedDocument, judged: &Judged) {
    let change = &judged.change;
    if let Some(place) = judged.place() {
        let was = if change.kind == Kind::Removed { "was " } else { "" };
        let path = place.path.as_deref().unwrap_or(&document.path);
        let mut line = words(&Spot::of(place).joined(), Look::Place);
        line.push(canvas.linked(
            &format!("({was}line {})", place.line),
            path,
            place.line,
            Look::Faint,
        ));
        canvas.paragraph(PLACE, &line);
    }
    if let Some(was) = before(change) {
        canvas.paragraph(PLACE + STEP, &words(&was, Look::Faint));
    }
    let what = format!("{} {}, id {}", change.level.name(), change.kind.name(), change.id);
    canvas.paragraph(PLACE + STEP, &words(&what, Look::Faint));
    let margin = line_width(&holder(change)).min(24) + 2;
    tell_change(canvas, change, PLACE + STEP, margin);
    if let Some(introduced) = &change.introduced {
        canvas.paragraph(PLACE + STEP, &words(&names::introduced(introduced), Look::Faint));
    }
    if let Some(ack) = &judged.ack {
        let until = ack.until.map(|day| format!(", until {day}")).unwrap_or_default();
        let text = format!("accepted by {}{until}: {}", ack.by, ack.reason);
        canvas.paragraph(PLACE + STEP, &words(&text, Look::Fresh));
    }
}

fn tell_edits(canvas: &mut Canvas, report: &CheckReport) {
    if report.edits.is_empty() {
        return;
    }
    canvas.line(0, &words("POLICY CHANGES IN THIS RANGE", Look::Heading));
    for edit in &report.edits {
        let mut line = words(&format!("{} {}:", edit.file, edit.what), Look::Warning);
        line.extend(words(&between(edit), Look::Plain));
        line.extend(words(&format!("({})", edit.effect), Look::Faint));
        canvas.paragraph(HEADING, &line);
    }
    canvas.blank();
}

/// Before and after of an edit.
fn between(edit: &Edit) -> String {
    match (&edit.value.old, &edit.value.new) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (None, Some(new)) => format!("+ {new}"),
        (Some(old), None) => format!("- {old}"),
        (None, None) => String::new(),
    }
}

fn tell_acks(canvas: &mut Canvas, report: &CheckReport) {
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
    canvas.line(0, &words("ACKNOWLEDGEMENTS TO REVIEW", Look::Heading));
    for (ack, why) in lines {
        let mut line = words(&format!("{}:", ack.id), Look::Warning);
        line.extend(words(why, Look::Plain));
        line.extend(words(&format!("({}: {})", ack.by, ack.reason), Look::Faint));
        canvas.paragraph(HEADING, &line);
    }
    tell_idle(canvas, &idle);
    canvas.blank();
}

/// Acknowledgements whose change is not in the range, in one line.
fn tell_idle(canvas: &mut Canvas, ids: &[&str]) {
    const SHOWN: usize = 3;
    if ids.is_empty() {
        return;
    }
    let more = ids.len().saturating_sub(SHOWN);
    let shown = ids.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let mut line = words(&format!("{shown}{more}:"), Look::Warning);
    let why = "no change in this range has this id; once the change is published, remove it with \
               `respdiff ack --prune`";
    line.extend(words(why, Look::Plain));
    canvas.paragraph(HEADING, &line);
}
