//! Findings as `JUnit`: a suite a page, a case a finding. Those below the threshold are cases that
//! pass and show their finding.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::render::ci::suites::{CaseFault, CaseOutcome, TestCase, TestSuite, suites_xml};
use crate::render::safe;
use crate::render::safe::visible_lines;
use crate::render::text::lint_summary;
use crate::report::{Finding, LintReport, LintedPage};

/// A `JUnit` report: one suite per page, one case per finding.
pub fn render_junit(report: &LintReport) -> Result<Vec<u8>> {
    let mut suites: Vec<TestSuite> =
        report.pages.iter().map(|page| page_suite(report, page)).collect();
    if report.pages.is_empty() {
        suites.push(TestSuite::of_nothing(lint_summary(&report.pages)));
    }
    suites_xml("respdiff lint", &suites)
}

fn page_suite(report: &LintReport, page: &LintedPage) -> TestSuite {
    let path = safe::make_visible(&page.path).into_owned();
    let mut cases = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &page.findings {
        let mut name = name_of(finding);
        let count = known.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name = format!("{name} ({count})");
        }
        let outcome = finding_outcome(report, page, finding);
        cases.push(TestCase { name, page: Some(path.clone()), outcome });
    }
    if page.findings.is_empty() {
        let name = "no finding".to_owned();
        cases.push(TestCase { name, page: Some(path.clone()), outcome: CaseOutcome::Passes(None) });
    }
    TestSuite { name: path, cases, remarks: None }
}

/// Without the line: a test keeps its name where lines above it come and go.
fn name_of(finding: &Finding) -> String {
    let (severity, code) = (finding.severity.name(), finding.code.name());
    format!("{severity}: {code}: {}", visible_lines(&finding.message))
}

fn finding_outcome(report: &LintReport, page: &LintedPage, finding: &Finding) -> CaseOutcome {
    let (severity, code, line) = (finding.severity.name(), finding.code.name(), finding.line);
    let place = format!("{}:{line}:{}", page.path, finding.column);
    let words = visible_lines(&format!("{place}: {}\n{}", finding.message, finding.help));
    if finding.severity < report.threshold() {
        return CaseOutcome::Passes(Some(words));
    }
    CaseOutcome::Fails(CaseFault {
        kind: format!("{severity}: {code}"),
        message: visible_lines(&finding.message),
        text: words,
    })
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
            let text = String::from_utf8(render_junit(report).unwrap()).unwrap();
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
        let shown = String::from_utf8(render_junit(&nothing).unwrap()).unwrap();
        assert!(shown.contains(r#"<testsuite name="respdiff" tests="1""#), "{shown}");
    }
}
