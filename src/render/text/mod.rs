//! A comparison as an analyst reads it: moves first, each with who had the duty and who has it.

mod blame;
mod change_writer;
mod changes;
mod check;
mod columns;
mod diff_runs;
mod document;
mod driver_page;
mod explain;
mod lint;
mod log;
pub(in crate::render) mod marks;
pub(in crate::render) mod names;
mod notices;
mod options;
pub(in crate::render) mod page_totals;
mod show;
mod split;
mod stats;
pub(in crate::render) mod summary;
mod table;
pub(in crate::render) mod text_writer;
mod trend;
mod whole_page;

use std::collections::BTreeSet;

use crate::model::Sides;
use crate::report::{
    BlamedDuty, BlamedPage, CheckReport, DocumentReport, ExplainedChange, LintedPage, LogReport,
    PageBeside, Report, ShownPage, StatsReport,
};

use document::Body;
use text_writer::{Look, TextWriter, safe_words};

pub use change_writer::ChangeStyle;
pub(super) use diff_runs::{MarkedWords, diff_runs};
pub use log::{Detail, LogStyle};
pub use options::TextOptions;

/// How many findings there are in pages, in one sentence.
#[must_use]
pub fn lint_summary(pages: &[LintedPage]) -> String {
    lint::findings_summary(pages)
}

/// How many duties there are, with the references apart: `104 duties and 2 references`.
pub fn counted_duties<'a>(all: impl Iterator<Item = &'a BlamedDuty>) -> String {
    blame::counted_duties(all)
}

/// How many pages a comparison read: `1 responsibility page read`.
#[must_use]
pub fn pages_read_text(pages: Sides<usize>) -> String {
    summary::pages_read_text(pages)
}

/// What a comparison comes to: the last line of its text.
#[must_use]
pub fn diff_summary(report: &Report) -> String {
    summary::summary_text(report)
}

/// The comparison as text.
#[must_use]
pub fn render_diff(report: &Report, options: &TextOptions) -> Vec<u8> {
    diff_in_style(report, ChangeStyle::default(), options)
}

/// The comparison as text, laid out as `style` says.
#[must_use]
pub fn diff_in_style(report: &Report, style: ChangeStyle, options: &TextOptions) -> Vec<u8> {
    report_text(report, &[], options, |_| Body::Changes(fitting_style(style, options)))
}

/// The comparison in one line per page: what changed, or with `counts` by how many duties each
/// party's load grew.
#[must_use]
pub fn diff_lines(report: &Report, counts: bool, options: &TextOptions) -> Vec<u8> {
    let mut places = BTreeSet::new();
    for change in report.documents.iter().flat_map(|document| &document.changes) {
        places.extend(change.place.old.as_ref().and_then(|place| place.path.as_deref()));
    }
    if counts {
        let mut bytes = report_text(report, &report.givers, options, |document| Body::Counts {
            loads: report.loads_of(document),
            of_all: !report.for_changes,
            whole_page: report.counts_whole_pages,
        });
        if let Some(text) = summary::recut_pages_text(report) {
            let mut canvas = TextWriter::new(options);
            canvas.write_paragraph(0, &safe_words(&text, Look::Faint));
            bytes.extend(canvas.into_bytes());
        }
        return bytes;
    }
    report_text(report, &report.givers, options, |document| Body::Line {
        went_elsewhere: places
            .contains(document.old_path.as_ref().unwrap_or(&document.path).as_str()),
    })
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
    let style = fitting_style(ChangeStyle { split: true, ..style }, options);
    report_text(report, &[], options, |document| {
        match pages.iter().find(|page| page.path == document.path) {
            Some(page) if table::screen_width(page) <= options.width => {
                Body::Tables { page, ids: style.ids }
            }
            Some(_) | None => Body::Changes(style),
        }
    })
}

/// The style without what the screen is too narrow for.
const fn fitting_style(style: ChangeStyle, options: &TextOptions) -> ChangeStyle {
    ChangeStyle { split: style.split && options.width >= SPLIT_WIDTH, ..style }
}

/// How wide the screen has to be to show a page's tables side by side.
#[must_use]
pub fn tables_width(page: &PageBeside) -> usize {
    table::screen_width(page)
}

/// How wide the screen has to be to show changes side by side.
pub const SPLIT_WIDTH: usize = 60;

fn report_text<'a>(
    report: &'a Report,
    others: &'a [DocumentReport],
    options: &TextOptions,
    body: impl Fn(&'a DocumentReport) -> Body<'a>,
) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    let mut documents: Vec<_> = report.documents.iter().chain(others).collect();
    documents.sort_by(|a, b| (&a.path, &a.old_path).cmp(&(&b.path, &b.old_path)));
    for (at, document) in documents.iter().copied().enumerate() {
        document::write_document(&mut canvas, document, at > 0, body(document));
    }
    let shown = !documents.is_empty();
    notices::of_report(&mut canvas, &report.notices, shown);
    summary::write_summary(&mut canvas, report, shown || !report.notices.is_empty());
    canvas.into_bytes()
}

/// One page as git's driver shows it; `lines` are those that are gone and those that are new.
#[must_use]
pub fn render_driver_page(report: &Report, lines: Sides<usize>, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    driver_page::write_driver_page(&mut canvas, report, lines);
    canvas.into_bytes()
}

/// The history of pages as text.
#[must_use]
pub fn render_log(report: &LogReport, style: LogStyle, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    log::write_log(&mut canvas, report, style);
    canvas.into_bytes()
}

/// Who has how much to do.
#[must_use]
pub fn render_stats(report: &StatsReport, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    stats::write_stats(&mut canvas, report);
    canvas.into_bytes()
}

/// What stands above the result of one repository among several.
#[must_use]
pub fn repository_title(path: &str, first: bool, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    if !first {
        canvas.blank_line();
        canvas.blank_line();
    }
    canvas.write_line(0, &safe_words(&format!("━━ {path}"), Look::Title));
    canvas.blank_line();
    canvas.into_bytes()
}

/// Pages as tables.
#[must_use]
pub fn render_show(pages: &[ShownPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    show::write_pages(&mut canvas, pages);
    canvas.into_bytes()
}

/// Who holds each duty since when; `ids` shows the id of each, which never changes.
#[must_use]
pub fn render_blame(pages: &[BlamedPage], options: &TextOptions, ids: bool) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    blame::write_blame(&mut canvas, pages, ids);
    canvas.into_bytes()
}

/// All that happened to duties.
#[must_use]
pub fn render_history(pages: &[BlamedPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    blame::write_histories(&mut canvas, pages);
    canvas.into_bytes()
}

/// Why changes are reported as they are.
#[must_use]
pub fn render_explain(
    changes: &[ExplainedChange],
    for_some: bool,
    options: &TextOptions,
) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    explain::write_explanations(&mut canvas, changes, for_some);
    canvas.into_bytes()
}

/// What the gate found.
#[must_use]
pub fn render_check(report: &CheckReport, options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    check::write_check(&mut canvas, report);
    canvas.into_bytes()
}

/// What is wrong in pages as they stand.
#[must_use]
pub fn render_lint(pages: &[LintedPage], options: &TextOptions) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    lint::write_findings(&mut canvas, pages);
    canvas.into_bytes()
}

#[cfg(test)]
mod tests;
