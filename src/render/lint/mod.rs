//! What is wrong in pages, as CI servers read it.

mod github;
mod junit;
mod markdown;
mod rule_text;
mod sarif;

use crate::error::Result;
use crate::report::LintReport;

pub use rule_text::LintRuleText;

/// GitHub's workflow commands: annotations on the pages.
#[must_use]
pub fn render_github(report: &LintReport) -> Vec<u8> {
    github::lint_annotations(report).into_bytes()
}

/// SARIF 2.1.0; `rules` are all codes with their default severity and what they mean.
pub fn render_sarif(report: &LintReport, rules: &[LintRuleText]) -> Result<Vec<u8>> {
    sarif::sarif_log(report, rules)
}

/// A `JUnit` report: one suite per page, one case per finding.
pub fn render_junit(report: &LintReport) -> Result<Vec<u8>> {
    junit::lint_suites(report)
}

/// GitHub's Markdown, whole sections only, in at most this many bytes.
#[must_use]
pub fn render_markdown(report: &LintReport, limit: usize) -> Vec<u8> {
    markdown::markdown_summary(report, limit).into_bytes()
}

#[cfg(test)]
mod sample {
    //! A report to render.

    use crate::model::{Code, Severity};
    use crate::report::{Finding, LintReport, LintedPage};

    /// A finding on a line.
    pub(super) fn finding(code: Code, severity: Severity, line: usize) -> Finding {
        let message = format!("row \"a <b> @x, 100%\": {}", code.name());
        Finding { code, severity, line, column: 5, message, help: "Mend it.", other: None }
    }

    /// A report of two pages: one with these findings, one without any.
    pub(super) fn report(findings: Vec<Finding>) -> LintReport {
        let page = |path: &str, findings| LintedPage {
            path: path.to_owned(),
            title: "Gates".to_owned(),
            assigns: true,
            findings,
            claims: None,
            is_asked: true,
        };
        let pages = vec![page("docs/a,b: 1.md", findings), page("clean.md", Vec::new())];
        LintReport { pages, fail_on: None }
    }
}
