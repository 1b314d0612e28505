//! `JUnit` reports as Jenkins' xUnit plugin takes them.

use quick_junit::Report;

use crate::error::{Error, ErrorKind, Result};
use crate::render::safe;

/// The report as XML.
pub(in crate::render) fn suites_xml(report: &Report) -> Result<Vec<u8>> {
    let text = report.to_string().map_err(|source| {
        Error::new(ErrorKind::Output, "the result cannot be written as JUnit").with_source(source)
    })?;
    Ok(without_skipped_root(text).into_bytes())
}

/// The schema of Jenkins' xUnit plugin knows `skipped` on suites, and refuses it on their root.
fn without_skipped_root(mut text: String) -> String {
    const NAME: &str = " skipped=\"";
    let root = text.find("<testsuites").unwrap_or_default();
    let end = text[root..].find('>').map_or(text.len(), |at| root + at);
    if let Some(start) = text[root..end].find(NAME).map(|at| root + at)
        && let Some(value) = text[start + NAME.len()..end].find('"')
    {
        text.replace_range(start..=start + NAME.len() + value, "");
    }
    text
}

/// The text, line by line, with nothing that a terminal would obey.
pub(in crate::render) fn visible_lines(text: &str) -> String {
    text.split('\n').map(|line| safe::make_visible(line)).collect::<Vec<_>>().join("\n")
}
