//! The columns that label the rows of a table: which of them names a row, and which only say what
//! group it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use super::identifiers;
use super::table_header::TableHeader;
use super::text::TextReader;
use crate::parse::{Cell, Spans, Table, TableRow};
use crate::vocabulary::WordList;

/// The columns that label a row.
#[derive(Clone, Debug)]
pub(super) struct LabelColumns {
    /// The column that holds the task, where there is one.
    task: Option<usize>,
    /// Columns left of it: a blank cell there means the row above's.
    groups: Vec<usize>,
    /// Columns right of it.
    pub(super) others: Vec<usize>,
}

impl LabelColumns {
    pub(super) fn new(
        header: &TableHeader,
        columns: &[usize],
        reader: &mut TextReader<'_>,
    ) -> Self {
        let task = named_task(header, columns, reader).or_else(|| columns.first().copied());
        let (groups, others) = columns
            .iter()
            .copied()
            .filter(|&column| Some(column) != task)
            .partition(|&column| Some(column) < task);
        Self { task, groups, others }
    }

    /// The task's column, where its name says so.
    pub(super) fn named_task(
        &self,
        header: &TableHeader,
        reader: &mut TextReader<'_>,
    ) -> Option<usize> {
        named_task(header, &[self.task?], reader)
    }

    /// One column, which names the rows.
    pub(super) fn of_column(column: usize) -> Self {
        Self { task: Some(column), groups: Vec::new(), others: Vec::new() }
    }

    /// The columns that name the rows of a table, of those in which neither owners nor duties
    /// stand: the first, unless its header says that it numbers the rows or groups them.
    pub(super) fn of_rows(
        table: &Table,
        header: &TableHeader,
        columns: &[usize],
        reader: &mut TextReader<'_>,
    ) -> Option<Self> {
        let (mut first, mut groups) = (*columns.first()?, Vec::new());
        let mut candidates = columns[1..].to_vec();
        candidates.retain(|&column| may_name_rows(table, header, column, reader));
        while let Some(&next) = candidates.first() {
            let name = header.column_words(first, reader);
            if is_group(&name) {
                groups.push(first);
            } else if !(counts_rows(&name) && holds_ordinals(table, first, reader)) {
                break;
            }
            candidates.remove(0);
            first = next;
        }
        let others = if groups.is_empty() { candidates } else { Vec::new() };
        Some(Self { task: Some(first), groups, others })
    }

    /// The column that holds the task.
    pub(super) fn task_column(&self) -> Option<usize> {
        self.task
    }

    /// The task of each row, as a label; a blank one is the row above's.
    pub(super) fn row_tasks(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<String> {
        let mut above = String::new();
        let texts = self.task_texts(rows, reader);
        rows.iter()
            .zip(texts)
            .map(|(row, text)| {
                // what spans columns is no blank label
                let spans =
                    |at: usize| row.cells.get(at).is_some_and(|c| c.spans != Spans::Nothing);
                if text.is_empty() && self.task.is_some_and(spans) {
                    return text;
                }
                if !text.is_empty() {
                    above = reader.label_text(text, row.line);
                }
                above.clone()
            })
            .collect()
    }

    /// The task of each row, in full. The text of further columns is added only where rows are
    /// otherwise alike.
    pub(super) fn task_texts(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<String> {
        let tasks: Vec<String> = rows
            .iter()
            .map(|row| cell_text(row.cells.get(self.task.unwrap_or(usize::MAX)), reader))
            .collect();
        if are_ordinals(&tasks) {
            // the number of a row changes with the rows above: it is no task
            let mut others = self.others.clone();
            let task = (!others.is_empty()).then(|| others.remove(0));
            let named = Self { task, groups: self.groups.clone(), others };
            return named.task_texts(rows, reader);
        }
        self.tell_apart(tasks, rows, reader)
    }

    /// The text that names each row. Where a column only groups the rows, a blank cell of it is the
    /// row above's. No other row changes it: what comes or goes beside a row renames nothing.
    pub(super) fn row_names(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<String> {
        let text = |row: &TableRow, column: usize, reader: &mut TextReader<'_>| {
            cell_text(row.cells.get(column), reader)
        };
        let Some(task) = self.task else { return vec![String::new(); rows.len()] };
        let mut names: Vec<String> = rows.iter().map(|row| text(row, task, reader)).collect();
        if self.groups.is_empty() && self.others.is_empty() {
            return names;
        }
        for at in 0..rows.len() {
            if !names[at].is_empty() {
                continue;
            }
            // a row that only says which group begins
            let own = self.groups.iter().rev().map(|&column| text(&rows[at], column, reader));
            let own = own.collect::<Vec<_>>().into_iter().find(|text| !text.is_empty());
            let above = at.checked_sub(1).filter(|_| self.groups.is_empty());
            names[at] = own.or_else(|| Some(names[above?].clone())).unwrap_or_default();
        }
        names
    }

    /// Adds the texts of the other columns to those of rows that are alike but for them; a row that
    /// stands there twice is the same.
    fn tell_apart(
        &self,
        mut tasks: Vec<String>,
        rows: &[TableRow],
        reader: &mut TextReader<'_>,
    ) -> Vec<String> {
        if self.groups.is_empty() && self.others.is_empty() {
            return tasks;
        }
        let groups = self.group_cells(rows, reader);
        let mut further: Vec<String> = Vec::with_capacity(rows.len());
        let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ((task, group), row) in tasks.iter().zip(groups).zip(rows) {
            let others = self.others.iter().map(|&column| cell_text(row.cells.get(column), reader));
            let more: Vec<String> = group.into_iter().chain(others).collect();
            let more: Vec<&str> =
                more.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            further.push(more.join(", "));
            let canonical = super::canonical_text(&more.join("\n"), reader.names());
            seen.entry(super::canonical_text(task, reader.names())).or_default().insert(canonical);
        }
        for (task, more) in tasks.iter_mut().zip(further) {
            let alike = seen.get(&super::canonical_text(task, reader.names()));
            if alike.is_some_and(|texts| texts.len() > 1) && !more.is_empty() {
                let begin = if task.is_empty() { "" } else { " " };
                task.extend([begin, "(", &more, ")"]);
            }
        }
        tasks
    }

    /// The group cells of each row; a blank one is the row above's.
    fn group_cells(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Vec<String>> {
        let mut above = vec![String::new(); self.groups.len()];
        rows.iter()
            .map(|row| {
                for (above, &column) in above.iter_mut().zip(&self.groups) {
                    let text = label_of(row, row.cells.get(column), reader);
                    if !text.is_empty() {
                        *above = text;
                    }
                }
                above.clone()
            })
            .collect()
    }
}

/// The column that is called that of tasks, or of responsibilities.
fn named_task(
    header: &TableHeader,
    columns: &[usize],
    reader: &mut TextReader<'_>,
) -> Option<usize> {
    const NAMES: [&[&str]; 2] =
        [&["task", "tasks", "activity", "activities"], &["responsibility", "responsibilities"]];
    NAMES.iter().find_map(|names| {
        columns.iter().copied().find(|&column| {
            let header = header.column_words(column, reader);
            // a footnote's sign or a colon may stand behind it
            names.contains(&header.trim_end_matches(|c: char| !c.is_alphabetic()))
        })
    })
}

/// Names of columns that say what a row is about, beside a column of groups. Any other column may
/// hold what a row has: "Location", "Cadence", "Team".
static NAMING: WordList = WordList::named("headers of columns that name rows");

/// Whether the cells of a column may name the rows: they are no remarks, sentences or identifiers.
fn may_name_rows(
    table: &Table,
    header: &TableHeader,
    column: usize,
    reader: &mut TextReader<'_>,
) -> bool {
    let name = header.column_words(column, reader);
    let name = name.trim_end_matches(|c: char| !c.is_alphabetic()).replace('-', " ");
    let one = match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').unwrap_or(&name).to_owned(),
    };
    if ![name.as_str(), &one, &format!("{one}s")].iter().any(|name| NAMING.has(name)) {
        return false;
    }
    let (mut filled, mut sentences) = (0_usize, 0_usize);
    for row in &table.rows {
        let text = cell_text(row.cells.get(column), reader);
        filled += usize::from(!text.is_empty());
        sentences += usize::from(text.ends_with('.') && text.contains(' '));
    }
    filled * 2 > table.rows.len()
        && sentences * 2 <= filled
        && !identifiers::is_identifier_column(table, column)
}

fn holds_ordinals(table: &Table, column: usize, reader: &mut TextReader<'_>) -> bool {
    let cells = table.rows.iter().map(|row| cell_text(row.cells.get(column), reader));
    are_ordinals(&cells.collect::<Vec<_>>())
}

/// Whether the name of a column is that of groups of rows.
fn is_group(header: &str) -> bool {
    static GROUPS: WordList = WordList::named("headers of columns that group rows");
    header
        .split(|c: char| !c.is_alphabetic())
        .rfind(|word| !word.is_empty())
        .is_some_and(|last| GROUPS.has(last))
}

/// Whether a column of numbers has the name of one that only counts the rows.
fn counts_rows(header: &str) -> bool {
    let name = header.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        name,
        "" | "no" | "nr" | "num" | "number" | "s.no" | "sl.no" | "sr.no" | "step" | "row"
    )
}

/// Whether labels only count the rows: "1", "R2", "Step 3".
fn are_ordinals(labels: &[String]) -> bool {
    let is_ordinal = |label: &&String| {
        let number = label.trim_start_matches(|c: char| !c.is_ascii_digit());
        let before = label[..label.len() - number.len()].trim_end();
        let counts = number.chars().all(|c| c.is_ascii_digit() || ".)".contains(c));
        let word = ["", "#", "step", "no.", "row", "item"];
        let named = before.len() < 2 || word.iter().any(|word| before.eq_ignore_ascii_case(word));
        !number.is_empty() && counts && named
    };
    let filled = || labels.iter().filter(|label| !label.is_empty());
    filled().count() > 1 && filled().all(|label| is_ordinal(&label))
}

/// The text of a cell that labels its row.
pub(super) fn label_of(row: &TableRow, cell: Option<&Cell>, reader: &mut TextReader<'_>) -> String {
    let text = cell_text(cell, reader);
    reader.label_text(text, row.line)
}

/// The text of a cell; blank where the row is too short to have it.
pub(super) fn cell_text(cell: Option<&Cell>, reader: &mut TextReader<'_>) -> String {
    cell.map(|cell| reader.cell_text(cell)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
