//! What is wrong in pages, as CI servers read it.

mod github;
mod junit;
mod markdown;
mod rule_text;
mod sarif;

pub use github::render_github;
pub use junit::render_junit;
pub use markdown::render_markdown;
pub use rule_text::LintRuleText;
pub use sarif::render_sarif;

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
