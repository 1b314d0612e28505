//! Pipe tables, with rows that their authors broke over lines.

use super::comments::{Kind, Line};
use super::logical_row::{Joint, Row, cells, fault, joint};
use super::pipe_row::{self, PipeRow};
use super::{Table, TableRow, TableSource, attributes};
use crate::model::Notice;

/// Whether a table begins at a line: one that starts with a pipe, or has pipes and a
/// separator row below.
pub(super) fn begins(lines: &[Line<'_>], at: usize) -> bool {
    let Some(text) = lines.get(at).and_then(text) else { return false };
    if text.starts_with('|') {
        return true;
    }
    if !pipe_row::has_pipe(text) {
        return false;
    }
    let below = next_text(lines, at + 1).and_then(|below| separator(lines, below));
    below == Some(pipe_row::split(text).cells.len())
}

/// The table that begins at a line, and the index of the first line below it.
pub(super) fn read(
    lines: &[Line<'_>],
    at: usize,
    notices: &mut Vec<Notice>,
) -> (Option<Table>, usize) {
    let mut reader = Reader { lines, at, ..Reader::new(lines) };
    reader.head();
    reader.body();
    let next = reader.at.max(at + 1);
    (reader.table(lines[at].number, notices), next)
}

fn text<'a>(line: &'a Line<'_>) -> Option<&'a str> {
    (line.kind == Kind::Text).then(|| line.text.trim_start_matches([' ', '>']))
}

/// The next line that is no comment and no attribute list.
fn next_text(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let passes =
        |line: &Line<'_>| line.kind == Kind::Comment || text(line).is_some_and(attributes::is_list);
    let skipped = lines.get(from..)?.iter().take(64).take_while(|line| passes(line)).count();
    (from + skipped < lines.len()).then_some(from + skipped)
}

fn separator(lines: &[Line<'_>], at: usize) -> Option<usize> {
    lines.get(at).and_then(text).and_then(pipe_row::separator)
}

struct Reader<'l, 'a> {
    lines: &'l [Line<'a>],
    at: usize,
    header: Option<Row>,
    separator: usize,
    rows: Vec<Row>,
    attributes: Vec<(String, String)>,
}

impl<'l, 'a> Reader<'l, 'a> {
    fn new(lines: &'l [Line<'a>]) -> Self {
        let (rows, attributes) = (Vec::new(), Vec::new());
        Self { lines, at: 0, header: None, separator: 0, rows, attributes }
    }

    fn line_text(&self, at: usize) -> Option<&'l str> {
        self.lines.get(at).and_then(text)
    }

    /// Reads header and separator, where there are any.
    fn head(&mut self) {
        if let Some(columns) = separator(self.lines, self.at) {
            self.separator = columns;
            self.at += 1;
            return;
        }
        let Some(below) = next_text(self.lines, self.at + 1) else { return };
        let Some(columns) = separator(self.lines, below) else { return };
        let first = &self.lines[self.at];
        self.header = text(first).map(|text| Row::new(&pipe_row::split(text), first.number));
        for between in self.at + 1..below {
            let list = self.line_text(between).unwrap_or_default();
            self.attributes.extend(attributes::parse(list));
        }
        self.separator = columns;
        self.at = below + 1;
    }

    fn body(&mut self) {
        while let Some(line) = self.lines.get(self.at) {
            match line.kind {
                Kind::Comment => {
                    self.at += 1;
                    continue;
                }
                Kind::Code => return,
                Kind::Text => {}
            }
            let Some(text) = text(line) else { return };
            if text.trim().is_empty() {
                return;
            }
            if attributes::is_list(text) {
                if !self.rows.is_empty() {
                    return;
                }
                self.attributes.extend(attributes::parse(text));
                self.at += 1;
            } else if text.starts_with('|') {
                if self.begins_another(text) {
                    return;
                }
                self.piped(text, line.number);
                self.at += 1;
            } else if !self.unpiped() {
                return;
            }
        }
    }

    /// How many cells a row should have; none where no header tells.
    fn columns(&self) -> Option<usize> {
        self.header.as_ref().map(|header| header.cells.len())
    }

    /// Whether a row is the header of a table that follows without a blank line.
    fn begins_another(&self, text: &str) -> bool {
        let below = separator(self.lines, self.at + 1);
        !self.rows.is_empty() && below == Some(pipe_row::split(text).cells.len())
    }

    /// A line that starts with a pipe.
    fn piped(&mut self, text: &str, number: usize) {
        let row = pipe_row::split(text);
        let is_rule = text.contains("---") && pipe_row::separator(text).is_some();
        if row.cells.is_empty() || is_rule {
            return;
        }
        let columns = self.columns();
        if let (Some(last), Some(columns)) = (self.rows.last_mut(), columns) {
            let (have, more) = (last.cells.len(), row.cells.len());
            let leads_empty = more > 1 && row.cells[0].trim().is_empty();
            let joins =
                !last.closed && have + more == columns && (leads_empty || (more == 1 && have > 1));
            if joins {
                return last.extend(&row, number, false);
            }
        }
        self.rows.push(Row::new(&row, number));
    }

    /// A line that does not start with a pipe; false where it is no part of the table.
    fn unpiped(&mut self) -> bool {
        let from = self.at;
        let Some(to) = self.unpiped_extent() else { return false };
        let columns = self.columns().unwrap_or(self.separator);
        let last = (from..=to).rev().find_map(|at| self.line_text(at)).unwrap_or_default();
        let row = pipe_row::split(last);
        let Some(above) = self.rows.last_mut() else {
            if from != to {
                return false;
            }
            self.rows.push(Row::new(&row, self.lines[to].number));
            self.at = to + 1;
            return true;
        };
        let joint = if from == to { joint(above, &row, columns) } else { Some(Joint::Merge) };
        match joint {
            None => return false,
            Some(Joint::Own) => self.rows.push(Row::new(&row, self.lines[to].number)),
            Some(Joint::Append) => above.extend(&row, self.lines[to].number, false),
            Some(Joint::Merge) => {
                for line in self.lines.get(from..to).unwrap_or_default() {
                    let cells = text(line).map(|text| vec![text]).unwrap_or_default();
                    above.extend(&PipeRow { cells, closed: false }, line.number, true);
                }
                above.extend(&row, self.lines[to].number, true);
            }
        }
        self.at = to + 1;
        true
    }

    /// The line that ends what begins here: this one, where it has a pipe; below an open
    /// row the first that has one.
    fn unpiped_extent(&self) -> Option<usize> {
        if self.line_text(self.at).is_some_and(pipe_row::has_pipe) {
            return Some(self.at);
        }
        if self.rows.last().is_none_or(|row| row.closed) {
            return None;
        }
        for (index, line) in self.lines.iter().enumerate().skip(self.at) {
            if line.kind == Kind::Comment {
                continue;
            }
            let text = text(line)?;
            let ends =
                text.trim().is_empty() || text.starts_with(['|', '#']) || attributes::is_list(text);
            if ends {
                return None;
            }
            if pipe_row::has_pipe(text) {
                return Some(index);
            }
        }
        None
    }

    fn table(self, line: usize, notices: &mut Vec<Notice>) -> Option<Table> {
        if self.header.is_none() && self.rows.is_empty() {
            return None;
        }
        let columns = self.header.as_ref().map(|header| header.cells.len());
        for row in &self.rows {
            notices.extend(fault(row, columns, self.separator));
        }
        let rows = self.rows.into_iter();
        Some(Table {
            line,
            source: TableSource::Pipe,
            header: self.header.map(|header| cells(header.cells)),
            separator_columns: self.separator,
            rows: rows.map(|row| TableRow { line: row.line, cells: cells(row.cells) }).collect(),
            attributes: self.attributes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{comments, testing};
    use super::*;
    use crate::model::Code;

    /// The table as `cell | cell` a row, and the codes of its notices.
    #[track_caller]
    fn check(text: &str, want: &[&str], codes: &[Code]) {
        let raw: Vec<&str> = text.split('\n').collect();
        let (lines, _) = comments::scan(&raw, 1);
        let mut notices = Vec::new();
        assert!(begins(&lines, 0), "{text}");
        let table = read(&lines, 0, &mut notices).0.unwrap();
        let got = testing::rows(&table);
        assert_eq!(got, want, "{text}");
        assert_eq!(notices.iter().map(|n| n.code).collect::<Vec<_>>(), codes, "{text}");
    }

    const HEAD: &str = "| T | I | Y |\n|---|---|---|\n";

    #[track_caller]
    fn check_rows(rows: &str, want: &[&str], codes: &[Code]) {
        let want: Vec<&str> = ["T | I | Y"].into_iter().chain(want.iter().copied()).collect();
        check(&format!("{HEAD}{rows}"), &want, codes);
    }

    #[test]
    fn rows_as_they_should_be() {
        check_rows("| a | b | c |\n  | d | e | f |\n", &["a | b | c", "d | e | f"], &[]);
        check("T | Y\n- | -\na | b\nc | d", &["T | Y", "a | b", "c | d"], &[]);
        check("| a | b |\n| c | d |", &["a | b", "c | d"], &[]);
    }

    #[test]
    fn short_and_long_rows() {
        check_rows("| a | b |\n| c |\n", &["a | b", "c"], &[Code::ShortRow, Code::ShortRow]);
        check_rows(
            "| a | b | c | d |\n| e | f | g | |",
            &["a | b | c | d", "e | f | g | "],
            &[Code::LongRow],
        );
        check_rows("| a | b | c | {: beta}\n| a {: x} | b | c", &["a | b | c", "a | b | c"], &[]);
        check("| I | Y |\n|-|-|-|\n| a | b | c |", &["I | Y", "a | b | c"], &[]);
    }

    #[test]
    fn broken_rows_are_joined() {
        let broken = [Code::BrokenRow];
        check_rows("| a | b | c\n. |\n| d | e | f |", &["a | b | c.", "d | e | f"], &broken);
        check_rows("|a | b.|\nmore | c |", &["a | b. more | c"], &broken);
        check_rows("|a\n|   | c |", &["a |  | c"], &broken);
        check_rows("| a | b\n| c |", &["a | b | c"], &broken);
        check_rows("| a | <ul>\n<li>x</li>\n</ul> | c |", &["a | x | c"], &broken);
    }

    #[test]
    fn short_rows_are_not_joined_with_full_ones() {
        check_rows("| a | b\n| c | d | e |", &["a | b", "c | d | e"], &[Code::ShortRow]);
        check_rows("| a\n| b | c |", &["a", "b | c"], &[Code::ShortRow, Code::ShortRow]);
    }

    #[test]
    fn a_separator_below_rows_names_columns_or_is_none() {
        check_rows("| a | b | c |\n|---|\n| d | e | f |", &["a | b | c", "d | e | f"], &[]);
        check_rows("| a | b | c |\n| d | e | f |\n|-|-|-|\n", &["a | b | c"], &[]);
    }

    #[test]
    fn other_text_ends_the_table() {
        check_rows("| a | b | c |\n_Table 1_\n", &["a | b | c"], &[]);
        check_rows("| a | b | c\nSome words", &["a | b | c"], &[]);
        check_rows(
            "| a | b | c |\n<!-- | x |\n-->\n| d | e | f |",
            &["a | b | c", "d | e | f"],
            &[],
        );
        let raw = ["a pipe | in prose"];
        assert!(!begins(&comments::scan(&raw, 1).0, 0));
    }
}
