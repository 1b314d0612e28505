//! Changes as GitHub's Markdown. Writing to a String cannot fail.

use std::fmt::Write as _;

use super::{before, headline, labels, sentence};
use crate::model::Place;
use crate::render::ci::sections::{self, code, escaped};
use crate::report::{CheckReport, CheckedDocument, Edit, Judged, Verdict};

/// The report in at most `limit` bytes.
pub(super) fn summary(report: &CheckReport, limit: usize) -> String {
    let is_good = !report.fails() && report.incomplete().next().is_none();
    let mark = if is_good { "✅" } else { "❌" };
    let mut out = format!("## {mark} Responsibilities\n\n{}\n\n", escaped(&sentence(report)));
    sections::add_fitting(&mut out, sections(report), limit, "respdiff check");
    out
}

/// What fails first, page by page; then what was accepted, what changed, and the rest.
fn sections(report: &CheckReport) -> Vec<String> {
    let mut sections = Vec::new();
    for (verdict, heading) in [
        (Verdict::Fails, "Not acknowledged"),
        (Verdict::Acknowledged, "Acknowledged"),
        (Verdict::Passes, "Below the gate"),
    ] {
        for document in &report.documents {
            sections.extend(of_verdict(document, verdict, heading));
        }
    }
    // before what is below the gate: nobody may miss it
    let at = sections.iter().position(|section| section.starts_with("### Below"));
    let at = at.unwrap_or(sections.len());
    let more = [notices(&report.documents), edits(&report.edits), acks(report)];
    sections.splice(at..at, more.into_iter().flatten());
    sections
}

fn of_verdict(document: &CheckedDocument, verdict: Verdict, heading: &str) -> Option<String> {
    let changes: Vec<&Judged> =
        document.changes.iter().filter(|judged| judged.verdict == verdict).collect();
    if changes.is_empty() {
        return None;
    }
    let mut out = format!("### {heading}: {}\n\n", code(&document.path));
    for judged in changes {
        out.push_str(&item(judged));
    }
    out.push('\n');
    Some(out)
}

fn item(judged: &Judged) -> String {
    let change = &judged.change;
    let line = judged.place().map_or(0, |place| place.line);
    let was = if change.place.new.is_none() { "was " } else { "" };
    let mut out = format!(
        "- **{}: {}** — {} ({was}line {line}), id `{}`\n",
        change.level.name(),
        escaped(&headline(change)),
        escaped(&labels(judged)),
        change.id
    );
    let text = |place: &Option<Place>| place.as_ref().map(|place| place.text.clone());
    let (old, new) = (text(&change.place.old), text(&change.place.new));
    if let Some(old) = old.as_ref().filter(|old| Some(*old) != new.as_ref()) {
        let _ = writeln!(out, "  - before: {}", escaped(old));
    }
    if let Some(new) = &new {
        let _ = writeln!(out, "  - now: {}", escaped(new));
    }
    if let Some(was) = before(change) {
        let _ = writeln!(out, "  - {}", escaped(&was));
    }
    if let Some(ack) = &judged.ack {
        let until = ack.until.map(|day| format!(", until {day}")).unwrap_or_default();
        let (by, reason) = (escaped(&ack.by), escaped(&ack.reason));
        let _ = writeln!(out, "  - accepted by {by}{until}: {reason}");
    }
    out
}

/// What is to be noticed: what stands on both sides alike is no news.
fn notices(documents: &[CheckedDocument]) -> Option<String> {
    let mut out = String::new();
    for document in documents {
        for notice in document.fresh_notices() {
            let line = notice.line.map(|line| format!(", line {line}")).unwrap_or_default();
            let (path, message) = (code(&document.path), escaped(&notice.message));
            let _ = writeln!(out, "- **{}** — {path}{line}: {message}", notice.code.name());
        }
    }
    (!out.is_empty()).then(|| format!("### To review\n\n{out}\n"))
}

fn edits(edits: &[Edit]) -> Option<String> {
    if edits.is_empty() {
        return None;
    }
    let mut out = String::from("### Policy changes in this range\n\n");
    for edit in edits {
        let value = |value: &Option<String>| value.as_deref().map_or("nothing".into(), escaped);
        let _ = writeln!(
            out,
            "- {} {}: {} → {} ({})",
            code(&edit.file),
            escaped(&edit.what),
            value(&edit.value.old),
            value(&edit.value.new),
            edit.effect
        );
    }
    out.push('\n');
    Some(out)
}

fn acks(report: &CheckReport) -> Option<String> {
    let mut out = String::new();
    for accepted in report.accepted.iter().filter(|accepted| accepted.tells_otherwise) {
        let id = &accepted.ack.id;
        let _ = writeln!(out, "- `{id}` counts, but its file describes other words");
    }
    for stale in &report.stale {
        let (by, reason) = (escaped(&stale.ack.by), escaped(&stale.ack.reason));
        let why = stale.why.reason();
        let _ = writeln!(out, "- `{}` ({by}: {reason}): {why}", stale.ack.id);
    }
    (!out.is_empty()).then(|| format!("### Acknowledgements to review\n\n{out}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::render::check::sample::{judged, report};
    use crate::render::check::{COMMENT_LIMIT, SUMMARY_LIMIT};

    #[test]
    fn text_of_pages_means_nothing_to_markdown() {
        let told = summary(&report(vec![judged(Kind::Removed, 7, Verdict::Fails)]), COMMENT_LIMIT);
        assert!(told.contains("Guard it \\<b\\>well\\</b\\> @&#8203;night."), "{told}");
        assert!(told.starts_with("## ❌ Responsibilities\n\nFailed: 1 change"), "{told}");
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn it_is_cut_by_whole_sections() {
        let mut many = report(Vec::new());
        let page = many.documents.remove(0);
        for number in 0..100 {
            let mut page = page.clone();
            page.path = format!("page-{number}.md");
            page.changes = (1..10).map(|line| judged(Kind::Moved, line, Verdict::Fails)).collect();
            many.documents.push(page);
        }
        for limit in [1_000, 5_000, COMMENT_LIMIT] {
            let told = summary(&many, limit);
            assert!(told.len() <= limit, "{} > {limit}", told.len());
            let whole = told.matches("### ").count();
            assert_eq!(told.matches("- **boundary").count(), 9 * whole);
            assert!(told.contains(&format!("_{} more sections", 100 - whole)), "{told}");
        }
        let all = summary(&many, SUMMARY_LIMIT);
        assert_eq!(all.matches("### ").count(), 100);
    }
}
