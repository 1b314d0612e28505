//! `JUnit`: one suite per page, one case per change. Changes below the gate are cases that pass.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{change_headline, duty_text, notice_line, old_place, outcome_sentence, place_labels};
use crate::error::Result;
use crate::render::ci::suites::{self, visible_lines};
use crate::render::safe;
use crate::report::{CheckReport, CheckedDocument, Judged, Verdict};

/// The report as XML.
pub(super) fn check_suites(report: &CheckReport) -> Result<Vec<u8>> {
    let mut junit = Report::new("respdiff check");
    for document in &report.documents {
        junit.add_test_suite(page_suite(document));
    }
    if report.documents.iter().all(|document| document.changes.is_empty()) {
        // an empty report counts as none
        let mut suite = TestSuite::new("respdiff");
        suite.add_test_case(TestCase::new(outcome_sentence(report), TestCaseStatus::success()));
        junit.add_test_suite(suite);
    }
    suites::suites_xml(&junit)
}

fn page_suite(document: &CheckedDocument) -> TestSuite {
    let mut suite = TestSuite::new(&*safe::make_visible(&document.path));
    let notices: Vec<_> = document
        .fresh_notices()
        .map(|notice| visible_lines(&notice_line(document, notice)))
        .collect();
    if !notices.is_empty() {
        suite.set_system_out(notices.join("\n"));
    }
    for notice in document.unread.iter().chain(document.doubts()) {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type(notice.code.name());
        status.set_message(&*safe::make_visible(&notice.message));
        status.set_description(visible_lines(&notice_line(document, notice)));
        let name = format!("{}: {}", notice.code.name(), notice.message);
        let mut case = TestCase::new(&*safe::make_visible(&name), status);
        case.set_classname(&*safe::make_visible(&document.path));
        suite.add_test_case(case);
    }
    for judged in &document.changes {
        suite.add_test_case(change_case(document, judged));
    }
    suite
}

fn change_case(document: &CheckedDocument, judged: &Judged) -> TestCase {
    let change = &judged.change;
    let line = judged.place().map_or(0, |place| place.line);
    let message = format!("{}: {}", change.level.name(), change_headline(change));
    let was = old_place(change).map(|was| format!("\n{was}")).unwrap_or_default();
    let place = format!("{}:{line}", document.path);
    let words =
        format!("{place}\n{}\n{}{was}\nid {}", place_labels(judged), duty_text(change), change.id);
    let mut status = match judged.verdict {
        Verdict::Fails => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Verdict::Passes => TestCaseStatus::success(),
        Verdict::Acknowledged | Verdict::Off => TestCaseStatus::skipped(),
    };
    match judged.verdict {
        Verdict::Fails => {
            status.set_type(change.kind.name());
            status.set_message(&*safe::make_visible(&message));
            status.set_description(visible_lines(&words));
        }
        Verdict::Acknowledged => {
            let ack = judged.ack.as_ref();
            let shown = ack.map(|ack| format!("accepted by {}: {}", ack.by, ack.reason));
            status.set_message(&*safe::make_visible(&shown.unwrap_or_default()));
        }
        Verdict::Off => {
            status.set_message("ignored by the policy");
        }
        Verdict::Passes => {}
    }
    // without the line: a test keeps its name where lines above it come and go
    let name = format!("{message} (id {})", change.id);
    let mut case = TestCase::new(&*safe::make_visible(&name), status);
    case.set_classname(&*safe::make_visible(&document.path));
    case
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::render::check::sample::{judged, report};

    #[test]
    fn failures_skips_and_passes() {
        let shown = check_suites(&report(vec![
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
        assert!(shown.contains("boundary: duty moved from IBM to customer (id 0"), "{shown}");
        assert!(shown.contains("accepted by Ada: agreed | at last"), "{shown}");
    }

    #[test]
    fn nothing_is_one_case_that_passes() {
        let mut nothing = report(Vec::new());
        nothing.documents.clear();
        let shown = String::from_utf8(check_suites(&nothing).unwrap()).unwrap();
        assert!(shown.contains(r#"<testsuite name="respdiff" tests="1""#), "{shown}");
    }
}
