//! Findings as GitHub's Markdown. Writing to a String cannot fail.

use std::fmt::Write as _;

use crate::render::ci::sections::{self, escape_markdown, in_code_ticks};
use crate::render::text::lint_summary;
use crate::report::{LintReport, LintedPage};

/// GitHub's Markdown, whole sections only, in at most `limit` bytes.
#[must_use]
pub fn render_markdown(report: &LintReport, limit: usize) -> String {
    let least = report.threshold();
    let is_bad = report.all_findings().any(|(_, finding)| finding.severity >= least);
    let mark = if is_bad { "❌" } else { "✅" };
    let ending = escape_markdown(&lint_summary(&report.pages));
    let mut out = format!("## {mark} Responsibility pages\n\n{ending}\n\n");
    let with = report.pages.iter().filter(|page| !page.findings.is_empty());
    sections::add_fitting(&mut out, with.map(page_section).collect(), limit, "respdiff lint");
    out
}

fn page_section(page: &LintedPage) -> String {
    let mut out = format!("### {}\n\n", in_code_ticks(&page.path));
    for finding in &page.findings {
        let _ = writeln!(
            out,
            "- **{}: {}** — line {}: {} {}",
            finding.severity.name(),
            finding.code.name(),
            finding.line,
            // most messages end without a stop
            escape_markdown(&format!("{}.", finding.message.trim_end_matches('.'))),
            escape_markdown(finding.help)
        );
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Severity};
    use crate::render::ci::COMMENT_LIMIT;
    use crate::render::lint::sample::{finding, report};

    #[test]
    fn text_of_pages_means_nothing_to_markdown() {
        let shown = render_markdown(
            &report(vec![finding(Code::CutOff, Severity::Warning, 9)]),
            COMMENT_LIMIT,
        );
        let expected = "\
## ❌ Responsibility pages

1 finding (1 warning) in 1 of 2 responsibility pages.

### `docs/a,b: 1.md`

- **warning: cut-off** — line 9: row \"a \\<b\\> @&#8203;x, 100%\": cut-off. Mend it.

";
        assert_eq!(shown, expected);
        let fine = render_markdown(
            &report(vec![finding(Code::StampStale, Severity::Note, 9)]),
            COMMENT_LIMIT,
        );
        assert!(fine.starts_with("## ✅ "), "{fine}");
    }
}
