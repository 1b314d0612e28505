//! The lines of a table to its cells, as asciidoctor cuts them, and cells to rows.

use std::borrow::Cow;

use super::cells::{self, ReadCell, Segment, Style};
use super::condition::ConditionId;
use super::inline::Inline;
use super::lines::Line;
use super::options::BlockOptions;
use crate::parse::html_spans::{Carried, Extent};
use crate::parse::{Cell, TableRow};

/// Authors write no more columns; more would only fill memory.
const MOST_COLUMNS: usize = 128;
/// So often a cell may be repeated.
const MOST_COPIES: usize = 64;

/// What a table's attributes say of its cells.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The style of each column; empty where the first line decides how many there are.
    columns: Vec<Style>,
    header: Option<bool>,
    separator: char,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A sign before each cell.
    Prefixed,
    /// A sign between cells.
    Separated,
    /// Comma-separated values, quoted where they need to be.
    Csv,
}

impl Layout {
    /// By the attributes above a table, and its first sign.
    pub(super) fn of(options: &BlockOptions, sign: char) -> Self {
        let form = match (options.get("format"), sign) {
            (Some("csv" | "tsv"), _) | (None, ',') => Form::Csv,
            (Some("dsv"), _) | (None, ':') => Form::Separated,
            _ => Form::Prefixed,
        };
        let separator = options.get("separator").and_then(|text| match text {
            "\\t" => Some('\t'),
            _ => text.chars().next(),
        });
        let default = match (form, options.get("format")) {
            (_, Some("tsv")) => '\t',
            (Form::Csv, _) => ',',
            (Form::Separated, _) => ':',
            (Form::Prefixed, _) => {
                if sign == '!' {
                    '!'
                } else {
                    '|'
                }
            }
        };
        let header = match (options.has("header"), options.has("noheader")) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        let columns = options.get("cols").map(columns).unwrap_or_default();
        Self { columns, header, separator: separator.unwrap_or(default), form }
    }
}

/// The styles of `cols="1,2a,3*^.>m"`.
fn columns(text: &str) -> Vec<Style> {
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
struct Spec {
    extent: (usize, usize),
    copies: usize,
    style: Option<Style>,
}

impl Default for Spec {
    fn default() -> Self {
        Self { extent: (1, 1), copies: 1, style: None }
    }
}

impl Spec {
    /// Reads all of a text.
    fn read(text: &str) -> Option<Self> {
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
    fn at_end(text: &str) -> (Self, &str) {
        let trimmed = text.trim_end_matches([' ', '\t']);
        if trimmed.len() < text.len() || trimmed.is_empty() {
            return (Self::default(), trimmed);
        }
        let begin = text.rfind([' ', '\t']).map(|at| at + 1);
        match begin.and_then(|at| Some((at, Self::read(&text[at..])?))) {
            Some((at, spec)) => (spec, text[..at].trim_end()),
            None => (Self::default(), text),
        }
    }
}

/// A cell as it is written.
#[derive(Clone, Debug)]
pub(super) struct RawCell<'t> {
    spec: Spec,
    line: usize,
    segments: Vec<Segment<'t>>,
}

impl RawCell<'_> {
    /// How many columns it fills.
    pub(super) fn width(&self) -> usize {
        self.spec.extent.0 * self.spec.copies
    }
}

/// A table's lines, cut into cells.
pub(super) struct CutTable<'t> {
    pub(super) cells: Vec<RawCell<'t>>,
    /// How many columns it has.
    pub(super) columns: usize,
    has_header: bool,
}

/// Cuts the lines between a table's delimiters.
pub(super) fn cut<'t>(lines: &[Line<'t>], layout: &Layout) -> CutTable<'t> {
    let blank = lines.iter().take_while(|line| line.text.is_empty()).count();
    let content = &lines[blank..];
    let mut cutter = Cutter { layout, cells: Vec::new(), open: false };
    let mut first_line = 0;
    let mut begins = Vec::new();
    if layout.form == Form::Csv {
        cutter.csv(content);
        first_line = content.first().map_or(0, |first| {
            cutter.cells.iter().take_while(|cell| cell.line <= first.number).count()
        });
    } else {
        for (at, line) in content.iter().enumerate() {
            let before = cutter.cells.len();
            let starts = cutter.line(*line);
            begins.push(starts || cutter.cells.len() > before);
            if at == 0 {
                first_line = cutter.cells.len();
            }
        }
    }
    // a header ends at a blank line, below which a cell begins
    let gap = content.iter().skip(1).take_while(|line| line.text.is_empty()).count();
    let goes_on = begins.get(1 + gap).is_some_and(|begins| !begins);
    let implicit = blank == 0 && gap > 0 && !goes_on;
    let columns = match layout.columns.len() {
        0 => cutter
            .cells
            .iter()
            .take(first_line)
            .map(RawCell::width)
            .sum::<usize>()
            .clamp(1, MOST_COLUMNS),
        count => count,
    };
    CutTable { cells: cutter.cells, columns, has_header: layout.header.unwrap_or(implicit) }
}

struct Cutter<'l, 't> {
    layout: &'l Layout,
    cells: Vec<RawCell<'t>>,
    /// Whether the last cell goes on.
    open: bool,
}

impl<'t> Cutter<'_, 't> {
    /// Takes in a line; whether a cell begins at its head.
    fn line(&mut self, line: Line<'t>) -> bool {
        let sign = self.layout.separator;
        let mut rest = line.text;
        let mut starts = false;
        if self.layout.form == Form::Separated {
            self.begin(Spec::default(), line.number);
            starts = true;
        } else if let Some(at) = rest.find(sign).filter(|at| !rest[..*at].ends_with('\\'))
            && let Some(spec) = Spec::read(&rest[..at])
        {
            self.begin(spec, line.number);
            rest = &rest[at + sign.len_utf8()..];
            starts = true;
        }
        let mut text = Cow::Borrowed("");
        let mut from = 0;
        while let Some(at) = rest[from..].find(sign).map(|at| from + at) {
            let before = &rest[..at];
            if let Some(kept) = before.strip_suffix('\\') {
                text.to_mut().push_str(kept);
                text.to_mut().push(sign);
                rest = &rest[at + sign.len_utf8()..];
                from = 0;
                continue;
            }
            let (spec, before) = if self.layout.form == Form::Separated {
                (Spec::default(), before)
            } else {
                Spec::at_end(before)
            };
            self.add(&line, joined(std::mem::take(&mut text), before));
            self.begin(spec, line.number);
            rest = &rest[at + sign.len_utf8()..];
            from = 0;
        }
        self.add(&line, joined(text, rest));
        starts
    }

    fn begin(&mut self, spec: Spec, line: usize) {
        self.cells.push(RawCell { spec, line, segments: Vec::new() });
        self.open = true;
    }

    fn add(&mut self, line: &Line<'t>, text: Cow<'t, str>) {
        if !self.open {
            if text.trim().is_empty() {
                return;
            }
            // the first sign is missing
            self.begin(Spec::default(), line.number);
        }
        if let Some(cell) = self.cells.last_mut() {
            cell.segments.push(Segment { number: line.number, condition: line.condition, text });
        }
    }

    /// Values as CSV has them; a quoted one may hold line ends.
    fn csv(&mut self, lines: &[Line<'t>]) {
        let text: String = lines.iter().flat_map(|line| [line.text, "\n"]).collect();
        let separator = u8::try_from(self.layout.separator).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(separator).trim(csv::Trim::All);
        for record in reader.from_reader(text.as_bytes()).into_records().map_while(Result::ok) {
            let at = record.position().map_or(0, |place| place.line().saturating_sub(1));
            let Some(line) = usize::try_from(at).ok().and_then(|at| lines.get(at)) else {
                continue;
            };
            for value in &record {
                self.begin(Spec::default(), line.number);
                for part in value.split('\n') {
                    self.add(line, Cow::Owned(part.to_owned()));
                }
            }
        }
    }
}

fn joined<'t>(before: Cow<'t, str>, text: &'t str) -> Cow<'t, str> {
    if before.is_empty() { Cow::Borrowed(text) } else { before + text }
}

/// A row with the conditions of its cells' pieces.
pub(super) struct ReadRow {
    pub(super) row: TableRow,
    /// The conditions of each cell's pieces; none for cells that were not written in this row.
    pub(super) conditions: Vec<Vec<ConditionId>>,
}

/// The rows of a table; the first one is the header, if the table has one.
pub(super) struct ReadTable {
    pub(super) header: Option<ReadRow>,
    pub(super) rows: Vec<ReadRow>,
}

impl CutTable<'_> {
    /// The cells in rows.
    pub(super) fn read(&self, layout: &Layout, inline: &mut Inline<'_, '_>) -> ReadTable {
        let length: usize =
            self.cells.iter().flat_map(|cell| &cell.segments).map(|part| part.text.len()).sum();
        let mut carried = Carried::new(length);
        let mut rows: Vec<ReadRow> = Vec::new();
        let mut open: Option<ReadRow> = None;
        for raw in &self.cells {
            for _ in 0..raw.spec.copies {
                let row = open.get_or_insert_with(|| ReadRow {
                    row: TableRow { line: raw.line, cells: Vec::new() },
                    conditions: Vec::new(),
                });
                let is_header = self.has_header && rows.is_empty();
                carried.fill(&mut row.row.cells);
                let column = row.row.cells.len();
                let style = raw.spec.style.or_else(|| layout.columns.get(column).copied());
                let style = style.filter(|_| !is_header).unwrap_or(Style::Plain);
                let ReadCell { cell, conditions } = cells::read(&raw.segments, style, inline);
                let length = raw.segments.iter().map(|part| part.text.len()).sum();
                let (columns, below) = raw.spec.extent;
                let extent = Extent { columns: columns.min(self.columns.max(1)), rows: below };
                carried.place(&mut row.row.cells, cell, extent, length);
                let begin = row.row.cells.len() - extent.columns;
                row.conditions.resize_with(begin, Vec::new);
                row.conditions.push(conditions);
                if carried.completes(&row.row.cells, self.columns) {
                    rows.extend(end_row(&mut open, &mut carried));
                }
            }
        }
        rows.extend(end_row(&mut open, &mut carried));
        let has_header = self.has_header && !rows.is_empty();
        let header = has_header.then(|| rows.remove(0));
        ReadTable { header, rows }
    }
}

fn end_row(open: &mut Option<ReadRow>, carried: &mut Carried) -> Option<ReadRow> {
    let mut row = open.take()?;
    carried.end(&mut row.row.cells);
    row.conditions.resize_with(row.row.cells.len(), Vec::new);
    Some(row)
}

/// The cells of a row.
pub(super) fn cells_of(row: ReadRow) -> Vec<Cell> {
    row.row.cells
}
