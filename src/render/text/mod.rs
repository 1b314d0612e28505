//! A comparison as an analyst reads it: moves first, each with who had the duty and who has it.

mod blame;
pub(in crate::render) mod canvas;
mod changes;
mod document;
mod explain;
mod lint;
mod log;
pub(in crate::render) mod marks;
pub(in crate::render) mod names;
mod notices;
mod show;
pub(in crate::render) mod summary;

use crate::report::{BlamedPage, ExplainedChange, LintedPage, LogReport, Report, ShownPage};

use canvas::{Canvas, Look, words};

pub use log::Detail;

/// How the text is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns of the screen.
    pub width: usize,
    /// Whether colours and other attributes are written.
    pub color: bool,
    /// Absolute folder that paths are below, where the terminal can follow links to files.
    pub links: Option<String>,
}

impl Default for TextOptions {
    /// Plain text at 80 columns.
    fn default() -> Self {
        Self { width: 80, color: false, links: None }
    }
}

/// The comparison as text.
#[must_use]
pub fn diff(report: &Report, options: &TextOptions) -> Vec<u8> {
    told(report, options, false)
}

/// The comparison as text, each change with its id.
#[must_use]
pub fn diff_with_ids(report: &Report, options: &TextOptions) -> Vec<u8> {
    told(report, options, true)
}

fn told(report: &Report, options: &TextOptions, ids: bool) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    for (at, document) in report.documents.iter().enumerate() {
        document::tell(&mut canvas, document, at > 0, ids);
    }
    let told = !report.documents.is_empty();
    notices::of_report(&mut canvas, &report.notices, told);
    summary::tell(&mut canvas, report, told || !report.notices.is_empty());
    canvas.into_bytes()
}

/// The life of pages as text.
#[must_use]
pub fn log(report: &LogReport, detail: Detail, options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    log::tell(&mut canvas, report, detail);
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

/// Who holds each duty since when; `ids` tells which one it is for life.
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

/// Why changes are told as they are.
#[must_use]
pub fn explain(changes: &[ExplainedChange], options: &TextOptions) -> Vec<u8> {
    let mut canvas = Canvas::new(options);
    explain::tell(&mut canvas, changes);
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
