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

use crate::report::{DocumentReport, PageBeside, Report};

use document::Body;
use text_writer::{Look, TextWriter, safe_words};

pub use blame::{counted_duties, render_blame, render_history};
pub use change_writer::ChangeStyle;
pub use check::render_check;
pub(super) use diff_runs::{MarkedWords, diff_runs};
pub use driver_page::render_driver_page;
pub use explain::render_explain;
pub use lint::{lint_summary, render_lint};
pub use log::{Detail, LogStyle, render_log};
pub use names::none_found_text;
pub use options::TextOptions;
pub use show::render_show;
pub use stats::render_stats;
pub use summary::{diff_summary, pages_read_text};
pub use table::tables_width;

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
            Some(page) if tables_width(page) <= options.width => {
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

#[cfg(test)]
mod tests;
