//! A comparison as an analyst reads it: moves first, each with who had the duty and who has it.

mod canvas;
mod changes;
mod document;
mod log;
mod marks;
mod names;
mod notices;
mod show;
mod summary;

use crate::report::{LogReport, Report, ShownPage};

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
    let mut canvas = Canvas::new(options);
    for (at, document) in report.documents.iter().enumerate() {
        document::tell(&mut canvas, document, at > 0);
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

#[cfg(test)]
mod tests;
