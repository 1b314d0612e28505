//! GitHub's workflow commands. A step shows ten errors, ten warnings and ten notices; the worst
//! come first, and one line counts the rest.

use crate::render::safe;
use crate::render::safe::visible_lines;

/// So many annotations of one kind a step are shown.
const LIMIT: usize = 10;

/// How GitHub shows an annotation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Weight {
    Error,
    Warning,
    Notice,
}

impl Weight {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    const fn command_name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// A message about a place in a file.
pub(in crate::render) struct Annotation {
    pub(in crate::render) weight: Weight,
    pub(in crate::render) file: Option<String>,
    pub(in crate::render) line: Option<usize>,
    /// Column of the line, from 1.
    pub(in crate::render) column: Option<usize>,
    pub(in crate::render) title: String,
    pub(in crate::render) message: String,
}

/// The annotations as commands, the worst first, and a line of plain text with the outcome;
/// `elsewhere` is what shows those that a step does not show.
pub(in crate::render) fn workflow_commands(
    all: &[Annotation],
    elsewhere: &str,
    ending: &str,
) -> String {
    let mut out = String::new();
    let mut left = 0;
    for weight in Weight::ALL {
        // the line about the rest is a notice, too
        let limit = if weight == Weight::Notice { LIMIT - 1 } else { LIMIT };
        let of_weight = || all.iter().filter(move |annotation| annotation.weight == weight);
        for annotation in of_weight().take(limit) {
            out.push_str(&line_of(annotation));
        }
        left += of_weight().count().saturating_sub(limit);
    }
    if left > 0 {
        out.push_str(&line_of(&Annotation {
            weight: Weight::Notice,
            file: None,
            line: None,
            column: None,
            title: "respdiff".to_owned(),
            message: format!("{left} more: see {elsewhere}"),
        }));
    }
    out.push_str(&safe::make_visible(ending));
    out.push('\n');
    out
}

fn line_of(annotation: &Annotation) -> String {
    let mut properties = Vec::new();
    if let Some(file) = &annotation.file {
        properties.push(format!("file={}", escape_property(&visible_lines(file))));
    }
    if let Some(line) = annotation.line {
        properties.push(format!("line={line}"));
    }
    if let Some(column) = annotation.column {
        properties.push(format!("col={column}"));
    }
    properties.push(format!("title={}", escape_property(&visible_lines(&annotation.title))));
    let message = escape_data(&visible_lines(&annotation.message));
    format!("::{} {}::{message}\n", annotation.weight.command_name(), properties.join(","))
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
