//! A comparison as an analyst reads it: moves first, each with who had the duty and who has it.

mod blame;
pub(in crate::render) mod canvas;
mod changes;
mod check;
mod columns;
mod document;
mod driven;
mod explain;
mod lint;
mod log;
pub(in crate::render) mod marks;
pub(in crate::render) mod names;
mod notices;
mod options;
mod runs;
mod show;
mod split;
mod stats;
pub(in crate::render) mod summary;
mod table;
mod trend;
mod whole_page;

use crate::model::Sides;
use crate::report::{
    BlamedPage, CheckReport, DocumentReport, ExplainedChange, LintedPage, LogReport, PageBeside,
    Report, ShownPage, StatsReport,
};

use canvas::{Canvas, Look, words};
use document::Body;

pub use changes::ChangeStyle;
pub use log::{Detail, LogStyle};
pub use options::TextOptions;
pub(super) use runs::{Fate, runs};

/// How many findings there are in pages, in one sentence.
pub(super) fn lint_summary(pages: &[LintedPage]) -> String {
    lint::summary(pages)
}

/// The comparison as text.
#[must_use]
pub fn diff(report: &Report, options: &TextOptions) -> Vec<u8> {
    diff_in_style(report, ChangeStyle::default(), options)
}

/// The comparison as text, laid out as `style` says.
#[must_use]
pub fn diff_in_style(report: &Report, style: ChangeStyle, options: &TextOptions) -> Vec<u8> {
    told(report, options, |_| Body::Changes(fitting(style, options)))
}

/// The comparison in one line per page: what changed, or with `counts` by how many duties each
/// party's load grew.
#[must_use]
pub fn diff_lines(report: &Report, counts: bool, options: &TextOptions) -> Vec<u8> {
    told(report, options, |_| if counts { Body::Counts } else { Body::Line })
}

/// The comparison with the old tables beside the new ones; pages whose tables are too wide for the
/// screen are shown as [`diff_in_style`] does.
#[must_use]
pub fn diff_tables(
    report: &Report,
    pages: &[PageBeside],
    style: ChangeStyle,
    options: &TextOptions,
) -> Vec<u8> {
    let style = fitting(ChangeStyle { split: true, ..style }, options);
    told(report, options, |document| match pages.iter().find(|page| page.path == document.path) {
        Some(page) if table::width(page) <= options.width => Body::Tables { page, ids: style.ids },
        Some(_) | None => Body::Changes(style),
    })
}

/// The style without what the screen is too narrow for.
const fn fitting(style: ChangeStyle, options: &TextOptions) -> ChangeStyle {
    ChangeStyle { split: style.split && options.width >= SPLIT_WIDTH, ..style }
}

/// How wide the screen has to be to show a page's tables side by side.
#[must_use]
pub fn tables_width(page: &PageBeside) -> usize {
    table::width(page)
}

/// How wide the screen has to be to show changes side by side.
pub const SPLIT_WIDTH: usize = 60;

fn told<'a>(
    report: &'a Report,
    options: &TextOptions,
    body: impl Fn(&'a DocumentReport) -> Body<'a>,
) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    for (at, document) in report.documents.iter().enumerate() {
        document::tell(&mut canvas, document, at > 0, body(document));
    }
    let told = !report.documents.is_empty();
    notices::of_report(&mut canvas, &report.notices, told);
    summary::tell(&mut canvas, report, told || !report.notices.is_empty());
    canvas.into_bytes()
}

/// One page as git's driver shows it; `lines` are those that are gone and those that are new.
#[must_use]
pub fn driven(report: &Report, lines: Sides<usize>, options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    driven::tell(&mut canvas, report, lines);
    canvas.into_bytes()
}

/// The history of pages as text.
#[must_use]
pub fn log(report: &LogReport, style: LogStyle, options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    log::tell(&mut canvas, report, style);
    canvas.into_bytes()
}

/// Who has how much to do.
#[must_use]
pub fn stats(report: &StatsReport, options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    stats::tell(&mut canvas, report);
    canvas.into_bytes()
}

/// What stands above the result of one repository among several.
#[must_use]
pub fn repository(path: &str, first: bool, options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    if !first {
        canvas.blank();
        canvas.blank();
    }
    canvas.line(0, &words(&format!("━━ {path}"), Look::Title));
    canvas.blank();
    canvas.into_bytes()
}

/// Pages as tables.
#[must_use]
pub fn show(pages: &[ShownPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    show::tell(&mut canvas, pages);
    canvas.into_bytes()
}

/// Who holds each duty since when; `ids` shows the id of each, which never changes.
#[must_use]
pub fn blame(pages: &[BlamedPage], options: &TextOptions, ids: bool) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    blame::tell(&mut canvas, pages, ids);
    canvas.into_bytes()
}

/// All that happened to duties.
#[must_use]
pub fn biography(pages: &[BlamedPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    blame::tell_lives(&mut canvas, pages);
    canvas.into_bytes()
}

/// Why changes are reported as they are.
#[must_use]
pub fn explain(changes: &[ExplainedChange], options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    explain::tell(&mut canvas, changes);
    canvas.into_bytes()
}

/// What the gate found.
#[must_use]
pub fn check(report: &CheckReport, options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    check::tell(&mut canvas, report);
    canvas.into_bytes()
}

/// What is wrong in pages as they stand.
#[must_use]
pub fn lint(pages: &[LintedPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    lint::tell(&mut canvas, pages);
    canvas.into_bytes()
}

#[cfg(test)]
mod tests;
