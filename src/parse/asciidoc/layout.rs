//! What a table's attributes, and the signs before its cells, say of them.

use super::cells::Style;
use super::options::BlockOptions;

/// Authors write no more columns; more would only fill memory.
pub(super) const MOST_COLUMNS: usize = 128;
/// So often a cell may be repeated.
const MOST_COPIES: usize = 64;

/// What a table's attributes say of its cells.
#[derive(Clone, Debug)]
pub(super) struct CellLayout {
    /// The style of each column; empty where the first line decides how many there are.
    pub(super) columns: Vec<Style>,
    /// Whether it has a header; none where a blank line says so.
    pub(super) header: Option<bool>,
    pub(super) separator: char,
    pub(super) form: TableForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableForm {
    /// A sign before each cell.
    Prefixed,
    /// A sign between cells.
    Separated,
    /// Comma-separated values, quoted where they need to be.
    Csv,
}

impl CellLayout {
    /// By the attributes above a table, and its first sign.
    pub(super) fn from_options(options: &BlockOptions, sign: char) -> Self {
        let form = match (options.get("format"), sign) {
            (Some("csv" | "tsv"), _) | (None, ',') => TableForm::Csv,
            (Some("dsv"), _) | (None, ':') => TableForm::Separated,
            _ => TableForm::Prefixed,
        };
        let separator = options.get("separator").and_then(|text| match text {
            "\\t" => Some('\t'),
            _ => text.chars().next(),
        });
        let default = match (form, options.get("format")) {
            (_, Some("tsv")) => '\t',
            (TableForm::Csv, _) => ',',
            (TableForm::Separated, _) => ':',
            (TableForm::Prefixed, _) => {
                if sign == '!' {
                    '!'
                } else {
                    '|'
                }
            }
        };
        let header = match (options.has_option("header"), options.has_option("noheader")) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        let columns = options.get("cols").map(column_styles).unwrap_or_default();
        Self { columns, header, separator: separator.unwrap_or(default), form }
    }
}

/// The styles of `cols="1,2a,3*^.>m"`.
fn column_styles(text: &str) -> Vec<Style> {
    // a number alone says how many there are
    if let Ok(count) = text.trim().parse::<usize>() {
        return vec![Style::Plain; count.min(MOST_COLUMNS)];
    }
    let by = if text.contains(',') { ',' } else { ';' };
    let mut found = Vec::new();
    for spec in text.split(by).map(str::trim) {
        let (times, rest) = match spec.split_once('*') {
            Some((times, rest)) => (times.parse().unwrap_or(1), rest),
            None => (1, spec),
        };
        let style = rest.chars().last().map_or(Style::Plain, style_of);
        let room = MOST_COLUMNS - found.len();
        found.extend(std::iter::repeat_n(style, times.min(room)));
    }
    found
}

const fn style_of(letter: char) -> Style {
    match letter {
        'a' => Style::Document,
        'l' => Style::Literal,
        _ => Style::Plain,
    }
}

/// What stands before a cell's sign: `2+`, `.2+`, `3*`, `a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellSpec {
    /// How many columns and rows it spans.
    pub(super) extent: (usize, usize),
    pub(super) copies: usize,
    pub(super) style: Option<Style>,
}

impl Default for CellSpec {
    fn default() -> Self {
        Self { extent: (1, 1), copies: 1, style: None }
    }
}

impl CellSpec {
    /// Reads all of a text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut spec = Self::default();
        let mut rest = text.trim_start_matches([' ', '\t']);
        let numbers =
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        if let Some(sign) =
            rest[numbers..].chars().next().filter(|c| numbers > 0 && matches!(c, '+' | '*'))
        {
            let (columns, rows) = rest[..numbers].split_once('.').unwrap_or((&rest[..numbers], ""));
            if rows.contains('.') {
                return None;
            }
            let number =
                |text: &str| if text.is_empty() { Some(1) } else { text.parse::<usize>().ok() };
            let (columns, rows) = (number(columns)?.max(1), number(rows)?.max(1));
            if sign == '+' {
                spec.extent = (columns.min(MOST_COLUMNS), rows);
            } else {
                spec.copies = columns.min(MOST_COPIES);
            }
            rest = &rest[numbers + 1..];
        }
        rest = rest.strip_prefix(['<', '^', '>']).unwrap_or(rest);
        if let Some(vertical) = rest.strip_prefix('.') {
            rest = vertical.strip_prefix(['<', '^', '>'])?;
        }
        let mut letters = rest.chars();
        match (letters.next(), letters.next()) {
            (None, _) => Some(spec),
            (Some(letter), None) if letter.is_ascii_lowercase() => {
                spec.style = Some(style_of(letter));
                Some(spec)
            }
            (Some(_), _) => None,
        }
    }

    /// The one at the end of a text, and the text before it.
    pub(super) fn at_end(text: &str) -> (Self, &str) {
        let trimmed = text.trim_end_matches([' ', '\t']);
        if trimmed.len() < text.len() || trimmed.is_empty() {
            return (Self::default(), trimmed);
        }
        let begin = text.rfind([' ', '\t']).map(|at| at + 1);
        match begin.and_then(|at| Some((at, Self::parse(&text[at..])?))) {
            Some((at, spec)) => (spec, text[..at].trim_end()),
            None => (Self::default(), text),
        }
    }
}
