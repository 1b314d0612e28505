//! Changes as GitHub's Markdown. Writing to a String cannot fail.

use std::fmt::Write as _;

use super::words::{
    ack_advice, change_headline, edit_text, gone_reason, old_place, outcome_sentence, place_labels,
};
use crate::model::Sides;
use crate::render::ci::sections::{self, escape_markdown, in_code_ticks};
use crate::report::{CheckReport, CheckedDocument, Edit, Judged, Stale, Verdict};

/// GitHub's Markdown, whole sections only, in at most `limit` bytes.
#[must_use]
pub fn render_markdown(report: &CheckReport, limit: usize) -> String {
    let is_good = !report.fails() && report.incomplete_notices().next().is_none();
    let mark = if is_good { "✅" } else { "❌" };
    let mut out =
        format!("## {mark} Responsibilities\n\n{}\n\n", escape_markdown(&outcome_sentence(report)));
    if report.tally().fails > 0 {
        let _ = write!(out, "{}\n\n", ack_advice(report));
    }
    sections::add_fitting(&mut out, check_sections(report), limit, "respdiff check");
    out
}

/// What fails first, page by page; then what was accepted, what changed, and the rest.
fn check_sections(report: &CheckReport) -> Vec<String> {
    let mut sections = Vec::new();
    let below = format!("Below level {}", report.fail_on.name());
    for (verdict, heading) in [
        (Verdict::Fails, "Not acknowledged"),
        (Verdict::Acknowledged, "Acknowledged"),
        (Verdict::Passes, below.as_str()),
    ] {
        for document in &report.documents {
            sections.extend(of_verdict(document, verdict, heading));
        }
    }
    // before what passes: nobody may miss it
    let at = sections.iter().position(|section| section.starts_with("### Below"));
    let at = at.unwrap_or(sections.len());
    let more =
        [notices_section(&report.documents), edits_section(&report.edits), acks_section(report)];
    sections.splice(at..at, more.into_iter().flatten());
    sections
}

fn of_verdict(document: &CheckedDocument, verdict: Verdict, heading: &str) -> Option<String> {
    let changes: Vec<&Judged> =
        document.changes.iter().filter(|judged| judged.verdict == verdict).collect();
    if changes.is_empty() {
        return None;
    }
    let mut out = format!("### {heading}: {}\n\n", in_code_ticks(&document.path));
    for judged in changes {
        out.push_str(&change_item(judged));
    }
    out.push('\n');
    Some(out)
}

fn change_item(judged: &Judged) -> String {
    let change = &judged.change;
    let line = judged.change.shown_place().map_or(0, |place| place.line);
    let was = if change.place.new.is_none() { "was " } else { "" };
    let mut out = format!(
        "- **{}: {}** — {} ({was}line {line}), id `{}`\n",
        change.level.name(),
        escape_markdown(&change_headline(change)),
        escape_markdown(&place_labels(judged)),
        change.id
    );
    let Sides { old, new } = change.texts();
    if let Some(old) = old.filter(|old| Some(*old) != new) {
        let _ = writeln!(out, "  - before: {}", escape_markdown(old));
    }
    if let Some(new) = new {
        let _ = writeln!(out, "  - now: {}", escape_markdown(new));
    }
    if let Some(was) = old_place(change) {
        let _ = writeln!(out, "  - {}", escape_markdown(&was));
    }
    if let Some(ack) = &judged.ack {
        let until = ack.until.map(|day| format!(", until {day}")).unwrap_or_default();
        let (by, reason) = (escape_markdown(&ack.by), escape_markdown(&ack.reason));
        let _ = writeln!(out, "  - accepted by {by}{until}: {reason}");
    }
    out
}

/// What is to be noticed: what stands on both sides alike is no news.
fn notices_section(documents: &[CheckedDocument]) -> Option<String> {
    let mut out = String::new();
    for document in documents {
        for notice in document.fresh_notices() {
            let line = notice.line.map(|line| format!(", line {line}")).unwrap_or_default();
            let (path, message) = (in_code_ticks(&document.path), escape_markdown(&notice.message));
            let _ = writeln!(out, "- **{}** — {path}{line}: {message}", notice.code.name());
        }
    }
    (!out.is_empty()).then(|| format!("### To review\n\n{out}\n"))
}

fn edits_section(edits: &[Edit]) -> Option<String> {
    if edits.is_empty() {
        return None;
    }
    let mut out = String::from("### Changes in policy and acknowledgements\n\n");
    for edit in edits {
        let text = escape_markdown(&edit_text(edit));
        let _ = writeln!(out, "- {}: {text}; {}", in_code_ticks(&edit.file), edit.effect);
    }
    out.push('\n');
    Some(out)
}

fn acks_section(report: &CheckReport) -> Option<String> {
    let mut out = String::new();
    for accepted in report.accepted.iter().filter(|accepted| accepted.tells_otherwise) {
        let id = &accepted.ack.id;
        let _ = writeln!(out, "- `{id}` counts, but its file describes other words");
    }
    for stale in &report.stale {
        let (by, reason) = (escape_markdown(&stale.ack.by), escape_markdown(&stale.ack.reason));
        let why = match stale.why {
            Stale::Gone => gone_reason(report, 1),
            Stale::Expired | Stale::NotMerged => stale.why.reason().to_owned(),
        };
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
        let shown =
            render_markdown(&report(vec![judged(Kind::Removed, 7, Verdict::Fails)]), COMMENT_LIMIT);
        assert!(shown.contains("Guard it \\<b\\>well\\</b\\> @&#8203;night."), "{shown}");
        assert!(shown.starts_with("## ❌ Responsibilities\n\nFailed: 1 change"), "{shown}");
        assert_eq!(in_code_ticks("a`b"), "`` a`b ``");
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
            let shown = render_markdown(&many, limit);
            assert!(shown.len() <= limit, "{} > {limit}", shown.len());
            let whole = shown.matches("### ").count();
            assert_eq!(shown.matches("- **boundary").count(), 9 * whole);
            assert!(shown.contains(&format!("_{} more sections", 100 - whole)), "{shown}");
        }
        let all = render_markdown(&many, SUMMARY_LIMIT);
        assert_eq!(all.matches("### ").count(), 100);
    }
}
