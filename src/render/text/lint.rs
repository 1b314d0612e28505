//! Findings in the style of compilers: a place that editors and terminals can follow, what is
//! wrong, and what to do.

use crate::model::Severity;
use crate::report::{Finding, LintedPage};

use super::names::counted;
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, Word, safe_words};

const HELP: usize = 4;

/// What is wrong in pages as they stand, and what it comes to.
#[must_use]
pub fn render_lint(pages: &[LintedPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    for page in pages.iter().filter(|page| !page.findings.is_empty()) {
        let title = if page.title.is_empty() { &page.path } else { &page.title };
        canvas.write_paragraph(0, &safe_words(title, Look::Title));
        // one word of advice for a run of the same
        for alike in page.findings.chunk_by(|a, b| a.help == b.help) {
            for finding in alike {
                // not wrapped: editors read it
                canvas.write_line(0, &line_of(&canvas, page, finding));
            }
            if let [first, ..] = alike {
                canvas.write_paragraph(HELP, &safe_words(first.help, Look::Faint));
            }
        }
        canvas.blank_line();
    }
    canvas.write_last_line(&safe_words(&lint_summary(pages), Look::Title));
    canvas.into_bytes()
}

fn line_of(canvas: &TextWriter, page: &LintedPage, finding: &Finding) -> Vec<Word> {
    let place = format!("{}:{}:{}:", page.path, finding.line, finding.column);
    let look = match finding.severity {
        Severity::Error => Look::Alarm,
        Severity::Warning => Look::Warning,
        Severity::Note => Look::Faint,
    };
    let mut line = vec![
        canvas.linked_word(&place, &page.path, finding.line, Look::Place),
        Word::new(format!("{}:", finding.severity.name()), look),
    ];
    line.extend(safe_words(&finding.message, Look::Plain));
    line.push(Word::new(format!("[{}]", finding.code.name()), Look::Faint));
    line
}

/// How many findings there are in pages, by severity, in one sentence.
#[must_use]
pub fn lint_summary(pages: &[LintedPage]) -> String {
    let assigning = pages.iter().filter(|page| page.assigns).count();
    let is_all = assigning == pages.len();
    let read = counted(pages.len(), if is_all { "responsibility page" } else { "page" });
    let read = if assigning > 0 {
        read
    } else {
        format!("{read}, whose responsibilities respdiff cannot read")
    };
    let with = pages.iter().filter(|page| !page.findings.is_empty()).count();
    match pages.iter().map(|page| page.findings.len()).sum() {
        0 if assigning == 0 => "No responsibility page found.".to_owned(),
        0 => format!("Nothing found: {read} read."),
        found if with == pages.len() => format!("{} in {read}.", by_severity(pages, found)),
        found => format!("{} in {with} of {read}.", by_severity(pages, found)),
    }
}

/// "3 findings (1 error, 2 notes)".
fn by_severity(pages: &[LintedPage], found: usize) -> String {
    let all = || pages.iter().flat_map(|page| &page.findings);
    let parts: Vec<_> = Severity::WORST_FIRST
        .into_iter()
        .map(|severity| (all().filter(|one| one.severity == severity).count(), severity))
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| counted(count, severity.name()))
        .collect();
    format!("{} ({})", counted(found, "finding"), parts.join(", "))
}
