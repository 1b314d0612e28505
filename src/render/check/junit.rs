//! `JUnit`: one suite per page, one case per change. Changes below the gate are cases that pass.

use super::words::{
    change_headline, duty_text, notice_line, old_place, outcome_sentence, place_labels,
};
use crate::error::Result;
use crate::render::ci::suites::{CaseFault, CaseOutcome, TestCase, TestSuite, suites_xml};
use crate::render::safe;
use crate::render::safe::visible_lines;
use crate::report::{CheckReport, CheckedDocument, Judged, Verdict};

/// A `JUnit` report: one suite per page, one case per change.
pub fn render_junit(report: &CheckReport) -> Result<Vec<u8>> {
    let mut suites: Vec<TestSuite> =
        report.documents.iter().map(|document| page_suite(report, document)).collect();
    if report.documents.iter().all(|document| document.changes.is_empty()) {
        suites.push(TestSuite::of_nothing(outcome_sentence(report)));
    }
    suites_xml("respdiff check", &suites)
}

fn page_suite(report: &CheckReport, document: &CheckedDocument) -> TestSuite {
    let path = safe::make_visible(&document.path).into_owned();
    let notices: Vec<_> = document
        .fresh_notices()
        .map(|notice| visible_lines(&notice_line(document, notice)))
        .collect();
    let mut cases = Vec::new();
    for notice in document.unread.iter().chain(document.doubts()) {
        let name = format!("{}: {}", notice.code.name(), notice.message);
        let fault = CaseFault {
            kind: notice.code.name().to_owned(),
            message: safe::make_visible(&notice.message).into_owned(),
            text: visible_lines(&notice_line(document, notice)),
        };
        cases.push(TestCase {
            name: safe::make_visible(&name).into_owned(),
            page: Some(path.clone()),
            outcome: if report.is_incomplete_by(document, notice) {
                CaseOutcome::Breaks(fault)
            } else {
                CaseOutcome::Passes(Some(fault.text))
            },
        });
    }
    cases.extend(document.changes.iter().map(|judged| change_case(document, judged, &path)));
    let remarks = (!notices.is_empty()).then(|| notices.join("\n"));
    TestSuite { name: path, cases, remarks }
}

fn change_case(document: &CheckedDocument, judged: &Judged, path: &str) -> TestCase {
    let change = &judged.change;
    let line = judged.change.shown_place().map_or(0, |place| place.line);
    let message = format!("{}: {}", change.level.name(), change_headline(change));
    let was = old_place(change).map(|was| format!("\n{was}")).unwrap_or_default();
    let is_gone = change.place.new.is_none();
    let place = format!("{}{}:{line}", if is_gone { "was " } else { "" }, document.path);
    let words =
        format!("{place}\n{}\n{}{was}\nid {}", place_labels(judged), duty_text(change), change.id);
    let outcome = match judged.verdict {
        Verdict::Fails => CaseOutcome::Fails(CaseFault {
            kind: change.kind.name().to_owned(),
            message: safe::make_visible(&message).into_owned(),
            text: visible_lines(&words),
        }),
        Verdict::Acknowledged => {
            let ack = judged.ack.as_ref();
            let shown = ack.map(|ack| format!("accepted by {}: {}", ack.by, ack.reason));
            CaseOutcome::Skipped(safe::make_visible(&shown.unwrap_or_default()).into_owned())
        }
        Verdict::Off => CaseOutcome::Skipped("left out by the policy".to_owned()),
        Verdict::Passes => CaseOutcome::Passes(None),
    };
    // without the line: a test keeps its name where lines above it come and go
    let name = format!("{message} (id {})", change.id);
    TestCase { name: safe::make_visible(&name).into_owned(), page: Some(path.to_owned()), outcome }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::render::check::sample::{judged, report};

    #[test]
    fn failures_skips_and_passes() {
        let shown = render_junit(&report(vec![
            judged(Kind::Moved, 9, Verdict::Fails),
            judged(Kind::Removed, 7, Verdict::Acknowledged),
            judged(Kind::Added, 8, Verdict::Passes),
        ]));
        let shown = String::from_utf8(shown.unwrap()).unwrap();
        assert!(
            shown.contains(
                r#"<testsuites name="respdiff check" tests="3" failures="1" errors="0">"#
            ),
            "{shown}"
        );
        assert!(shown.contains(r#"tests="3" skipped="1" errors="0" failures="1""#), "{shown}");
        assert!(shown.contains("boundary: duty moved from IBM to the customer (id 0"), "{shown}");
        assert!(shown.contains("accepted by Ada: agreed | at last"), "{shown}");
    }

    #[test]
    fn nothing_is_one_case_that_passes() {
        let mut nothing = report(Vec::new());
        nothing.documents.clear();
        let shown = String::from_utf8(render_junit(&nothing).unwrap()).unwrap();
        assert!(shown.contains(r#"<testsuite name="respdiff" tests="1""#), "{shown}");
    }
}
