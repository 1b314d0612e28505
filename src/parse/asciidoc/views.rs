//! A table with conditions in it, as several: what holds always, and what holds under each
//! condition.

use std::collections::BTreeSet;

use super::condition::{ConditionId, Conditions};
use super::inline::Inline;
use super::layout::CellLayout;
use super::lines::AsciiDocLine;
use super::table::{self, RawCell, ReadRow};
use crate::model::Notice;
use crate::parse::{Cell, Table, TableSource};

/// Conditions of one table; what stands under more is read as if they did not hold.
const MOST_VIEWS: usize = 24;

/// A table under a condition.
pub(super) struct ConditionalTable {
    pub(super) condition: ConditionId,
    pub(super) table: Table,
}

/// What is shown of a table under a condition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// All that holds there.
    All,
    /// What holds only there, with the labels of its rows.
    Own,
}

/// What was read of one table.
#[derive(Default)]
pub(super) struct TableViews {
    pub(super) tables: Vec<ConditionalTable>,
    /// Whether conditions were left out.
    pub(super) is_cut: bool,
    /// The first cell that asciidoctor leaves out, and why.
    pub(super) left_out: Option<Notice>,
}

/// Reads a table whose lines stand between its delimiters, under a condition.
pub(super) fn read_tables(
    lines: &[AsciiDocLine<'_>],
    base: ConditionId,
    layout: &CellLayout,
    attributes: &[(String, String)],
    (conditions, inline): (&Conditions, &mut Inline<'_, '_>),
) -> TableViews {
    let first_line = lines.first().map_or(0, |line| line.number);
    let mut reader = ConditionalTableReader {
        lines,
        first_line,
        layout,
        attributes,
        conditions,
        inline,
        left_out: None,
    };
    let mut ids: Vec<ConditionId> = Vec::new();
    let mut seen = BTreeSet::from([base]);
    for line in lines {
        if seen.insert(line.condition) {
            ids.push(line.condition);
        }
    }
    if ids.is_empty() {
        let tables = reader.table_under(base, base, Shown::All).into_iter().collect();
        return TableViews { tables, is_cut: false, left_out: reader.left_out };
    }
    let is_cut = ids.len() > MOST_VIEWS;
    ids.truncate(MOST_VIEWS);
    let whole = reader.breaking_conditions(base, &ids);
    let mut tables = Vec::new();
    if whole.is_empty() {
        tables.extend(reader.table_under(base, base, Shown::All));
    }
    for id in ids {
        let shown = if whole.contains(&id) { Shown::All } else { Shown::Own };
        tables.extend(reader.table_under(id, base, shown));
    }
    TableViews { tables, is_cut, left_out: reader.left_out }
}

struct ConditionalTableReader<'r, 't, 'a, 's> {
    lines: &'r [AsciiDocLine<'t>],
    first_line: usize,
    layout: &'r CellLayout,
    attributes: &'r [(String, String)],
    conditions: &'r Conditions,
    inline: &'r mut Inline<'a, 's>,
    left_out: Option<Notice>,
}

impl<'t> ConditionalTableReader<'_, 't, '_, '_> {
    fn lines_under(&self, id: ConditionId) -> Vec<AsciiDocLine<'t>> {
        let holds = |line: &&AsciiDocLine<'_>| self.conditions.holds_within(line.condition, id);
        self.lines.iter().filter(holds).copied().collect()
    }

    /// The conditions without which a table cannot be cut into rows: those of its header, and of
    /// parts of rows.
    fn breaking_conditions(&self, base: ConditionId, ids: &[ConditionId]) -> BTreeSet<ConditionId> {
        let filled = |line: &&AsciiDocLine<'_>| !line.text.is_empty();
        let head = self.lines.iter().find(filled).map_or(base, |line| line.condition);
        if head != base {
            return ids
                .iter()
                .copied()
                .filter(|id| *id == head || self.begins_table(*id, base))
                .collect();
        }
        let columns = table::cut_table(&self.lines_under(base), self.layout).columns;
        let mut found = BTreeSet::new();
        let mut at = 0;
        while at < self.lines.len() {
            let condition = self.lines[at].condition;
            let length =
                self.lines[at..].iter().take_while(|line| line.condition == condition).count();
            if condition != base {
                let part = table::cut_table(&self.lines[at..at + length], self.layout);
                let begins = part.cells.iter().map(RawCell::column_count).sum::<usize>();
                let starts = self.lines[at].text.trim_start().contains('|');
                let width = if starts { begins } else { begins.saturating_sub(1) };
                if width % columns != 0 {
                    found.insert(condition);
                }
            }
            at += length;
        }
        found
    }

    /// Whether a line of a condition stands above all that holds always.
    fn begins_table(&self, id: ConditionId, base: ConditionId) -> bool {
        let is_above = |line: &&AsciiDocLine<'_>| line.condition != base || line.text.is_empty();
        self.lines.iter().take_while(is_above).any(|line| line.condition == id)
    }

    fn table_under(
        &mut self,
        id: ConditionId,
        base: ConditionId,
        shown: Shown,
    ) -> Option<ConditionalTable> {
        let lines = self.lines_under(id);
        let read = table::cut_table(&lines, self.layout).read_rows(self.layout, self.inline);
        let header = read.header.map(table::cells_of);
        let is_own = shown == Shown::Own;
        if !is_own {
            self.left_out = self.left_out.take().or(read.left_out);
        }
        let rows: Vec<ReadRow> = read
            .rows
            .into_iter()
            .filter_map(|row| if is_own { conditional_row(row, id) } else { Some(row) })
            .collect();
        if rows.is_empty() && (is_own || header.is_none()) {
            return None;
        }
        let line = rows
            .first()
            .filter(|_| id != base || header.is_none())
            .map_or(self.first_line, |row| row.row.line);
        let table = Table {
            line,
            source: TableSource::AsciiDoc,
            separator_columns: 0,
            header,
            rows: rows.into_iter().map(|row| row.row).collect(),
            attributes: self.attributes.to_vec(),
        };
        Some(ConditionalTable { condition: id, table })
    }
}

/// A row with what stands under a condition only, and its label; none where nothing does.
fn conditional_row(mut row: ReadRow, id: ConditionId) -> Option<ReadRow> {
    let stands = row.conditions.iter().flatten().any(|condition| *condition == id);
    if !stands {
        return None;
    }
    for (cell, conditions) in row.row.cells.iter_mut().zip(&row.conditions).skip(1) {
        if conditions.is_empty() {
            continue;
        }
        let mut kept = conditions.iter().map(|condition| *condition == id);
        *cell = Cell {
            pieces: cell.pieces.drain(..).filter(|_| kept.next() == Some(true)).collect(),
            ..Cell::default()
        };
    }
    Some(row)
}
