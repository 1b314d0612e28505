//! Changes as annotations of GitHub on the pages.

use super::words::{
    change_headline, duty_text, edit_text, old_place, outcome_sentence, place_labels,
};
use crate::model::{Code, Kind, Level, Side};
use crate::render::ci::annotations::{self, Annotation, Weight};
use crate::report::{CheckReport, CheckedDocument, Judged, Stale, Verdict};

/// GitHub's workflow commands: annotations on the pages, and how the check ended as plain text.
#[must_use]
pub fn render_github(report: &CheckReport) -> String {
    // a move that was not seen would be an error, so it comes before what was
    let mut all: Vec<Annotation> =
        report.documents.iter().flat_map(|document| of_notices(report, document)).collect();
    let changes = report.worst_first().into_iter();
    all.extend(changes.map(|(document, judged)| of_change(document, judged)));
    all.extend(of_settings(report));
    annotations::workflow_commands(
        &all,
        "the step summary, or run this check with `--format markdown`",
        &outcome_sentence(report),
    )
}

/// What is to be noticed: what stands on both sides alike is no news.
fn of_notices(
    report: &CheckReport,
    document: &CheckedDocument,
) -> impl Iterator<Item = Annotation> {
    document.fresh_notices().map(|notice| Annotation {
        weight: if report.is_incomplete_by(document, notice) {
            Weight::Error
        } else if matches!(
            notice.code,
            Code::PossibleMove | Code::PageRemoved | Code::Unassigned | Code::Hidden
        ) {
            Weight::Warning
        } else {
            Weight::Notice
        },
        file: Some(document.path.clone()),
        // the old side's line means nothing in the file as it is
        line: notice.line.filter(|_| notice.side != Some(Side::Old)),
        column: None,
        title: notice.code.name().to_owned(),
        message: notice.message.clone(),
    })
}

fn of_change(document: &CheckedDocument, judged: &Judged) -> Annotation {
    let change = &judged.change;
    let weight = match (judged.verdict, change.level) {
        (Verdict::Fails, _) => Weight::Error,
        (Verdict::Passes, Level::Boundary | Level::Scope) => Weight::Warning,
        (Verdict::Passes, Level::Wording) | (Verdict::Acknowledged | Verdict::Off, _) => {
            Weight::Notice
        }
    };
    let place = judged.change.shown_place();
    let file = place.and_then(|place| place.path.as_ref()).unwrap_or(&document.path);
    let accepted =
        judged.ack.as_ref().map(|ack| format!("\naccepted by {}: {}", ack.by, ack.reason));
    let was = old_place(change).map(|was| format!("\n{was}")).unwrap_or_default();
    let where_ = place_labels(judged);
    let at = if where_.is_empty() { String::new() } else { format!("{where_}: ") };
    Annotation {
        weight,
        file: Some(file.clone()),
        // the old side's line means nothing in the file as it is
        line: place.filter(|_| change.kind != Kind::Removed).map(|place| place.line),
        column: None,
        title: format!("{}: {}", change.level.name(), change_headline(change)),
        message: format!(
            "{at}{}{was}\nid {}{}",
            duty_text(change),
            change.id,
            accepted.unwrap_or_default()
        ),
    }
}

/// What changed in the policy and what is wrong with acknowledgements.
fn of_settings(report: &CheckReport) -> Vec<Annotation> {
    let mut all = Vec::new();
    let mut warn = |file: &str, title: String, message: String| {
        let file = Some(file.to_owned());
        all.push(Annotation {
            weight: Weight::Warning,
            file,
            line: None,
            column: None,
            title,
            message,
        });
    };
    for edit in &report.edits {
        warn(
            &edit.file,
            format!("{} changes what counts", edit.file),
            format!("{}; {}", edit_text(edit), edit.effect),
        );
    }
    for stale in report.stale.iter().filter(|stale| stale.why != Stale::Gone) {
        let title = format!("acknowledgement {} does not count", stale.ack.id);
        warn(".respdiff/acks.yaml", title, stale.why.reason().to_owned());
    }
    for accepted in report.accepted.iter().filter(|accepted| accepted.tells_otherwise) {
        let title = format!("acknowledgement {} describes other words", accepted.ack.id);
        let message = "its file does not describe this change; see the change itself".to_owned();
        warn(".respdiff/acks.yaml", title, message);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::check::sample::{judged, report};

    #[test]
    fn annotations_are_escaped_and_removals_have_no_line() {
        let shown = render_github(&report(vec![
            judged(Kind::Removed, 7, Verdict::Passes),
            judged(Kind::Moved, 9, Verdict::Fails),
        ]));
        let expected = "\
::error file=docs/a%2Cb%3A 100%25.md,line=9,title=boundary%3A duty moved from IBM to the customer::\
Gates, walls: all › Gate: Close it. (was: Shut it.)%0Aid 0000000000000009
::warning file=docs/a%2Cb%3A 100%25.md,title=scope%3A IBM duty removed::\
Gates, walls: all › Gate: Guard it <b>well</b> @night.%0Aid 0000000000000007
Failed: 1 change at level boundary is not acknowledged; 1 change is below that level (scope).
";
        assert_eq!(shown, expected);
    }

    #[test]
    fn beyond_the_limits_one_line_tells_of_the_rest() {
        let mut changes = Vec::new();
        for line in 1..=25 {
            changes.push(judged(Kind::Moved, line, Verdict::Fails));
            changes.push(judged(Kind::Added, line + 100, Verdict::Passes));
            changes.push(judged(Kind::Reworded, line + 200, Verdict::Acknowledged));
        }
        let shown = render_github(&report(changes));
        let count = |command: &str| shown.lines().filter(|line| line.starts_with(command)).count();
        assert_eq!([count("::error "), count("::warning "), count("::notice ")], [10, 10, 10]);
        assert!(
            shown.contains(
                "::notice title=respdiff::46 more: see the step summary, or run this check"
            ),
            "{shown}"
        );
        assert!(shown.contains("line=1,") && !shown.contains("line=11,"), "{shown}");
    }
}
