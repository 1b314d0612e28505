//! Findings as `JUnit`: a suite a page, a case a finding. Those below the threshold are cases that
//! pass and show their finding.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::error::Result;
use crate::render::ci::suites::{self, visible_lines};
use crate::render::safe;
use crate::render::text::lint_summary;
use crate::report::{Finding, LintReport, LintedPage};

/// The report as XML.
pub(super) fn lint_suites(report: &LintReport) -> Result<Vec<u8>> {
    let mut junit = Report::new("respdiff lint");
    for page in &report.pages {
        junit.add_test_suite(page_suite(report, page));
    }
    if report.pages.is_empty() {
        // an empty report counts as none
        let mut suite = TestSuite::new("respdiff");
        suite.add_test_case(TestCase::new(lint_summary(&report.pages), TestCaseStatus::success()));
        junit.add_test_suite(suite);
    }
    suites::suites_xml(&junit)
}

fn page_suite(report: &LintReport, page: &LintedPage) -> TestSuite {
    let mut suite = TestSuite::new(&*safe::make_visible(&page.path));
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &page.findings {
        let mut name = name_of(finding);
        let count = known.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name = format!("{name} ({count})");
        }
        suite.add_test_case(finding_case(report, page, finding, name));
    }
    if page.findings.is_empty() {
        let mut case = TestCase::new("no finding", TestCaseStatus::success());
        case.set_classname(&*safe::make_visible(&page.path));
        suite.add_test_case(case);
    }
    suite
}

/// Without the line: a test keeps its name where lines above it come and go.
fn name_of(finding: &Finding) -> String {
    let (severity, code) = (finding.severity.name(), finding.code.name());
    format!("{severity}: {code}: {}", visible_lines(&finding.message))
}

fn finding_case(
    report: &LintReport,
    page: &LintedPage,
    finding: &Finding,
    name: String,
) -> TestCase {
    let (severity, code, line) = (finding.severity.name(), finding.code.name(), finding.line);
    let message = visible_lines(&finding.message);
    let place = format!("{}:{line}:{}", page.path, finding.column);
    let words = visible_lines(&format!("{place}: {}\n{}", finding.message, finding.help));
    let fails = finding.severity >= report.threshold();
    let mut status = if fails {
        TestCaseStatus::non_success(NonSuccessKind::Failure)
    } else {
        TestCaseStatus::success()
    };
    if fails {
        status.set_type(format!("{severity}: {code}"));
        status.set_message(&*message);
        status.set_description(&*words);
    }
    let mut case = TestCase::new(name, status);
    if !fails {
        case.set_system_out(&*words);
    }
    case.set_classname(&*safe::make_visible(&page.path));
    case
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Severity};
    use crate::render::lint::sample::{finding, report};

    #[test]
    fn what_fails_follows_the_threshold() {
        let mut shown = report(vec![
            finding(Code::LongRow, Severity::Error, 9),
            finding(Code::CutOff, Severity::Warning, 8),
            finding(Code::StampStale, Severity::Note, 3),
        ]);
        let root = |report: &LintReport| {
            let text = String::from_utf8(lint_suites(report).unwrap()).unwrap();
            text.lines().nth(1).unwrap().to_owned()
        };
        let name = "<testsuites name=\"respdiff lint\" tests=\"4\"";
        assert_eq!(root(&shown), format!("{name} failures=\"2\" errors=\"0\">"));
        shown.fail_on = Some(Severity::Error);
        assert_eq!(root(&shown), format!("{name} failures=\"1\" errors=\"0\">"));
        shown.fail_on = Some(Severity::Note);
        assert_eq!(root(&shown), format!("{name} failures=\"3\" errors=\"0\">"));
    }

    #[test]
    fn no_page_is_one_case_that_passes() {
        let nothing = LintReport { pages: Vec::new(), fail_on: None };
        let shown = String::from_utf8(lint_suites(&nothing).unwrap()).unwrap();
        assert!(shown.contains(r#"<testsuite name="respdiff" tests="1""#), "{shown}");
    }
}
