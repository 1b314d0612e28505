//! One file among those that git compares: a page's changes, and how much else of it differs.

use crate::model::Sides;
use crate::report::Report;

use super::change_writer::ChangeStyle;
use super::document::Body;
use super::names::counted;
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, safe_words};
use super::{document, summary};

/// The page; `lines` are those that are gone and those that are new, duties or not.
#[must_use]
pub fn render_driver_page(report: &Report, lines: Sides<usize>, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    for document in &report.documents {
        let style = ChangeStyle { all: true, ..ChangeStyle::default() };
        document::write_document(&mut canvas, document, false, Body::Changes(style));
        canvas.blank_line();
    }
    let summary = report.summary();
    let text = if summary.total_changes() + summary.ignored == 0 {
        "No duty changed.".to_owned()
    } else {
        summary::counts_sentence(&summary)
    };
    let mut line = safe_words(&text, Look::Title);
    line.extend(safe_words(&other_lines(lines), Look::Faint));
    canvas.write_paragraph(0, &line);
    canvas.blank_line();
    canvas.into_bytes()
}

/// What is left out here must not look like nothing.
fn other_lines(lines: Sides<usize>) -> String {
    let shown = match (lines.new, lines.old) {
        (0, 0) => return String::new(),
        (new, 0) => format!("{} added", counted(new, "line")),
        (0, old) => format!("{} removed", counted(old, "line")),
        (new, old) => format!("{} added, {old} removed", counted(new, "line")),
    };
    format!("({shown} in all; --no-ext-diff shows them)")
}
