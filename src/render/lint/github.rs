//! Findings as annotations of GitHub on the pages.

use crate::model::Severity;
use crate::render::ci::annotations::{self, Annotation, Weight};
use crate::render::text::lint_summary;
use crate::report::LintReport;

/// GitHub's workflow commands: annotations on the pages, and how many there are as plain text.
#[must_use]
pub fn render_github(report: &LintReport) -> String {
    let annotation =
        |(page, finding): (&crate::report::LintedPage, &crate::report::Finding)| Annotation {
            weight: match finding.severity {
                Severity::Error => Weight::Error,
                Severity::Warning => Weight::Warning,
                Severity::Note => Weight::Notice,
            },
            file: Some(page.path.clone()),
            line: Some(finding.line),
            column: Some(finding.column),
            title: finding.code.name().to_owned(),
            message: format!("{}\n{}", finding.message, finding.help),
        };
    let all: Vec<_> = report.all_findings().map(annotation).collect();
    annotations::workflow_commands(&all, "`respdiff lint`", &lint_summary(&report.pages))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Code;
    use crate::render::lint::sample::{finding, report};

    #[test]
    fn annotations_are_escaped_and_the_worst_come_first() {
        let shown = render_github(&report(vec![
            finding(Code::StampStale, Severity::Note, 3),
            finding(Code::LongRow, Severity::Error, 9),
        ]));
        let expected = "\
::error file=docs/a%2Cb%3A 1.md,line=9,col=5,title=long-row::row \"a <b> @x, 100%25\": long-row%0AMend it.
::notice file=docs/a%2Cb%3A 1.md,line=3,col=5,title=stamp-stale::row \"a <b> @x, 100%25\": stamp-stale%0AMend it.
2 findings (1 error, 1 note) in 1 of 2 responsibility pages.
";
        assert_eq!(shown, expected);
    }
}
