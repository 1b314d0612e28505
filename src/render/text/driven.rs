//! One file among those that git compares: a page's changes, and how much else of it differs.

use crate::model::Sides;
use crate::report::Report;

use super::canvas::{Canvas, Look, words};
use super::changes::ChangeStyle;
use super::document::Body;
use super::names::counted;
use super::{document, summary};

/// Shows the page; `lines` are those that are gone and those that are new, duties or not.
pub(super) fn tell(canvas: &mut Canvas, report: &Report, lines: Sides<usize>) {
    for document in &report.documents {
        let style = ChangeStyle { all: true, ..ChangeStyle::default() };
        document::tell(canvas, document, false, Body::Changes(style));
        canvas.blank();
    }
    let summary = report.summary();
    let text = if summary.changes() == 0 {
        "No duty changed.".to_owned()
    } else {
        format!("{}.", summary::counts(&summary))
    };
    let mut line = words(&text, Look::Title);
    line.extend(words(&rest(lines), Look::Faint));
    canvas.paragraph(0, &line);
    canvas.blank();
}

/// What is left out here must not look like nothing.
fn rest(lines: Sides<usize>) -> String {
    let told = match (lines.new, lines.old) {
        (0, 0) => return String::new(),
        (new, 0) => format!("{} added", counted(new, "line")),
        (0, old) => format!("{} removed", counted(old, "line")),
        (new, old) => format!("{} added, {old} removed", counted(new, "line")),
    };
    format!("({told} in all; --no-ext-diff shows them)")
}
