//! The tables of a page in which something changed, old beside new.

use std::collections::BTreeSet;

use crate::model::{Kind, Layout, Party, Sides};
use crate::report::{DocumentReport, DutyBeside, PageBeside, RowBeside, TableBeside};

use super::columns::{ColumnCell, ColumnItem, ScreenColumn, share_widths, write_row};
use super::marks::mark_both;
use super::names::{self, counted};
use super::text_writer::{Look, TextWriter, Word, safe_words};

/// Between two columns, and around the rule between both sides.
const GAP: usize = 2;
const MIDDLE: usize = 3;
/// No column of duties is narrower than this, nor wider than that.
const DUTIES: (usize, usize) = (18, 60);
/// The same for names.
const NAMES: (usize, usize) = (10, 30);

/// How wide the screen has to be to show a page's tables side by side.
#[must_use]
pub fn tables_width(page: &PageBeside) -> usize {
    page.tables.iter().map(|table| TableShape::of_table(table).least_columns()).max().unwrap_or(0)
}

/// Shows the tables.
pub(super) fn write_tables(
    canvas: &mut TextWriter,
    document: &DocumentReport,
    page: &PageBeside,
    ids: bool,
) {
    let mut signs = BTreeSet::new();
    for table in &page.tables {
        canvas.blank_line();
        let mut line = safe_words(&table.section.join(" › "), Look::Place);
        line.push(canvas.linked_word(
            &format!("(line {})", table.line),
            &document.path,
            table.line,
            Look::Faint,
        ));
        canvas.write_paragraph(0, &line);
        let shape = TableShape::of_table(table);
        let writer = TableWriter { table, shape: &shape, ids };
        writer.write(canvas);
        let kinds = table.rows.iter().flat_map(|row| &row.duties).map(|duty| duty.kind);
        signs.extend(kinds.filter(|kind| shape.draws_sign(*kind)));
        if table.unchanged > 0 {
            left_out(canvas, &format!("{} omitted", counted(table.unchanged, "unchanged row")));
        }
    }
    canvas.blank_line();
    if page.unchanged > 0 {
        let text = format!("{} of other tables omitted", counted(page.unchanged, "unchanged row"));
        left_out(canvas, &text);
    }
    let legend: Vec<String> = signs
        .into_iter()
        .map(|kind| {
            let name = kind.map_or("unchanged", Kind::name);
            format!("{} {name}", kind_sign(kind))
        })
        .collect();
    if !legend.is_empty() {
        left_out(canvas, &legend.join("   "));
    }
}

fn left_out(canvas: &mut TextWriter, text: &str) {
    canvas.write_paragraph(0, &safe_words(text, Look::Faint));
}

const fn kind_sign(kind: Option<Kind>) -> &'static str {
    match kind {
        None => "•",
        Some(Kind::Moved) => "→",
        Some(Kind::Added) => "+",
        Some(Kind::Removed) => "-",
        Some(Kind::Reworded) => "~",
        Some(Kind::Relocated) => "↕",
    }
}

/// What the columns of a table are.
enum TableShape {
    /// Each party's duties, on the sides that are there.
    Parties { parties: Vec<Party>, sides: Sides<bool>, tasks: bool },
    /// Who owns which area.
    Grid { areas: Vec<String> },
}

impl TableShape {
    /// Whether duties of a kind have their sign. In a grid most cells are only an owner's name.
    const fn draws_sign(&self, kind: Option<Kind>) -> bool {
        match self {
            Self::Parties { .. } => true,
            Self::Grid { .. } => matches!(kind, Some(Kind::Moved | Kind::Added | Kind::Removed)),
        }
    }

    fn of_table(table: &TableBeside) -> Self {
        let duties = || table.rows.iter().flat_map(|row| &row.duties);
        let is_grid = duties().all(|duty| duty.area.is_some());
        if table.layout == Layout::OwnerGrid && is_grid {
            let mut areas: Vec<String> = Vec::new();
            for area in duties().filter(|duty| duty.kind.is_some()).filter_map(|d| d.area.as_ref())
            {
                if !areas.contains(area) {
                    areas.push(area.clone());
                }
            }
            return Self::Grid { areas };
        }
        let here = |duty: &DutyBeside| {
            let sides = [(duty.here.old, &duty.side.old), (duty.here.new, &duty.side.new)];
            sides.map(|(here, side)| side.as_ref().filter(|_| here).map(|(party, _)| party.clone()))
        };
        let parties: BTreeSet<Party> = duties().flat_map(here).flatten().collect();
        // an owner list's task is its duty
        let is_told = |row: &RowBeside, duty: &DutyBeside| {
            let task = row.task.new.as_ref().or(row.task.old.as_ref());
            let texts = [&duty.side.old, &duty.side.new].into_iter().flatten();
            task.is_some_and(|task| !task.is_empty())
                && texts.into_iter().all(|(_, text)| Some(text) != task)
        };
        Self::Parties {
            parties: parties.into_iter().collect(),
            sides: Sides::new(duties().any(|d| d.here.old), duties().any(|d| d.here.new)),
            tasks: table.rows.iter().any(|row| row.duties.iter().any(|duty| is_told(row, duty))),
        }
    }

    /// The columns that it needs at least.
    fn least_columns(&self) -> usize {
        match self {
            Self::Grid { areas } => NAMES.0 + areas.len() * (NAMES.0 + GAP),
            Self::Parties { parties, sides, tasks } => {
                let halves = usize::from(sides.old) + usize::from(sides.new);
                let task = if *tasks { NAMES.0 + GAP } else { 0 };
                task + halves * parties.len() * (DUTIES.0 + GAP) + MIDDLE
            }
        }
    }
}

struct TableWriter<'a> {
    table: &'a TableBeside,
    shape: &'a TableShape,
    ids: bool,
}

impl TableWriter<'_> {
    fn write(&self, canvas: &mut TextWriter) {
        match self.shape {
            TableShape::Grid { areas } => self.write_grid(canvas, areas),
            TableShape::Parties { parties, sides, tasks } => {
                self.write_parties(canvas, parties, *sides, *tasks);
            }
        }
    }

    fn write_grid(&self, canvas: &mut TextWriter, areas: &[String]) {
        let heading = |text: &str| vec![ColumnItem::plain(safe_words(text, Look::Heading))];
        let mut head = vec![heading("Task")];
        head.extend(areas.iter().map(|area| heading(area)));
        let mut lines = vec![head];
        for row in &self.table.rows {
            let mut line = vec![task_cell(row)];
            line.extend(areas.iter().map(|area| {
                let in_area = |duty: &&DutyBeside| duty.area.as_ref() == Some(area);
                let of = row.duties.iter().filter(in_area);
                of.flat_map(|duty| self.owner_items(duty, canvas.has_color())).collect()
            }));
            lines.push(line);
        }
        let widths = share_widths(
            &natural_widths(&lines),
            canvas.width().saturating_sub(GAP * areas.len()),
            NAMES,
        );
        let columns = ScreenColumn::of_widths(0, &widths, GAP);
        for (at, line) in lines.iter().enumerate() {
            if at == 1 {
                write_rule(canvas, &columns, &[], true);
            }
            write_row(canvas, &columns, line, &[]);
        }
    }

    /// Who owns a cell of a grid, or who owned it and who owns it.
    fn owner_items(&self, duty: &DutyBeside, color: bool) -> Vec<ColumnItem> {
        let name = |side: &Option<(Party, String)>| {
            side.as_ref().map(|(party, _)| names::party_name(Some(party)))
        };
        let shown = match (name(&duty.side.old), name(&duty.side.new)) {
            (Some(old), Some(new)) if old != new => {
                let shown = mark_both(&old, &new, color);
                [shown.old, vec![Word::new("→", Look::Plain)], shown.new].concat()
            }
            (Some(name), _) | (None, Some(name)) => safe_words(&name, duty_look(duty, Look::Plain)),
            (None, None) => Vec::new(),
        };
        let sign = matches!(duty.kind, Some(Kind::Added | Kind::Removed)).then(|| sign_of(duty));
        let mut items = vec![ColumnItem { sign, words: shown }];
        items.extend(self.id_item(duty));
        items
    }

    fn id_item(&self, duty: &DutyBeside) -> Option<ColumnItem> {
        let id = duty.id.as_ref().filter(|_| self.ids)?;
        Some(ColumnItem::plain(safe_words(&format!("id {id}"), Look::Faint)))
    }

    fn write_parties(
        &self,
        canvas: &mut TextWriter,
        parties: &[Party],
        sides: Sides<bool>,
        tasks: bool,
    ) {
        let color = canvas.has_color();
        let half = |line: &mut Vec<ColumnCell>, cell: &dyn Fn(&Party, bool) -> ColumnCell| {
            for (there, new) in [(sides.old, false), (sides.new, true)] {
                if there {
                    line.extend(parties.iter().map(|party| cell(party, new)));
                }
            }
        };
        let heading = |text: &str| vec![ColumnItem::plain(safe_words(text, Look::Heading))];
        let mut head = if tasks { vec![heading("Task")] } else { Vec::new() };
        half(&mut head, &|party, _| heading(&names::party_name(Some(party))));
        let mut lines = vec![head];
        for row in &self.table.rows {
            let mut line = if tasks { vec![task_cell(row)] } else { Vec::new() };
            half(&mut line, &|party, new| self.held_cell(row, party, new, color));
            lines.push(line);
        }
        let first = usize::from(tasks);
        let halves = usize::from(sides.old) + usize::from(sides.new);
        let gaps = GAP * (first + parties.len() * halves) + MIDDLE;
        let mut bounds = natural_widths(&lines);
        if let Some(task) = bounds.first_mut().filter(|_| tasks) {
            *task = (*task).min(NAMES.1);
        }
        let widths = share_widths(&bounds, canvas.width().saturating_sub(gaps), DUTIES_OR_NAMES);
        let mut columns = ScreenColumn::of_widths(0, &widths, GAP);
        let mut rules = Vec::new();
        if halves == 2 {
            let at = first + parties.len();
            for column in columns.iter_mut().skip(at) {
                column.start += MIDDLE - GAP;
            }
            rules.extend(
                columns.get(at).map(|column| (column.start - GAP, Word::new("│", Look::Faint))),
            );
            let over = |at: usize, text: &str| {
                columns.get(at).map(|column| (column.start, vec![Word::new(text, Look::Faint)]))
            };
            let over: Vec<_> =
                [over(first, "before"), over(at, "after")].into_iter().flatten().collect();
            let mut pieces: Vec<(usize, &[Word])> =
                over.iter().map(|(start, words)| (*start, words.as_slice())).collect();
            pieces.extend(rules.iter().map(|(at, rule)| (*at, std::slice::from_ref(rule))));
            pieces.sort_by_key(|(start, _)| *start);
            canvas.write_pieces(&pieces);
        }
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                write_rule(canvas, &columns, &rules, at == 1);
            }
            write_row(canvas, &columns, line, &rules);
        }
    }

    /// What a party has to do in a row, before or after.
    fn held_cell(&self, row: &RowBeside, party: &Party, new: bool, color: bool) -> ColumnCell {
        let mut cell = ColumnCell::new();
        for duty in &row.duties {
            let (here, side) =
                if new { (duty.here.new, &duty.side.new) } else { (duty.here.old, &duty.side.old) };
            let Some((holder, text)) = side.as_ref().filter(|_| here) else { continue };
            if holder != party {
                continue;
            }
            let shown = match (&duty.side.old, &duty.side.new) {
                (Some((_, old)), Some((_, text))) if duty.kind.is_some() => {
                    let marked = mark_both(old, text, color);
                    if new { marked.new } else { marked.old }
                }
                _ => safe_words(text, duty_look(duty, Look::Plain)),
            };
            cell.push(ColumnItem { sign: Some(sign_of(duty)), words: shown });
            cell.extend(self.id_item(duty));
        }
        cell
    }
}

/// Names may be narrower than duties.
const DUTIES_OR_NAMES: (usize, usize) = (NAMES.0, DUTIES.1);

fn write_rule(
    canvas: &mut TextWriter,
    columns: &[ScreenColumn],
    rules: &[(usize, Word)],
    is_head: bool,
) {
    let line =
        |column: &ScreenColumn| (column.start, Word::new("─".repeat(column.width), Look::Faint));
    let mut words: Vec<(usize, Word)> =
        if is_head { columns.iter().map(line).collect() } else { Vec::new() };
    words.extend(rules.iter().cloned());
    words.sort_by_key(|(start, _)| *start);
    let pieces: Vec<(usize, &[Word])> =
        words.iter().map(|(start, word)| (*start, std::slice::from_ref(word))).collect();
    canvas.write_pieces(&pieces);
}

/// The row's label, or what it was called and is called.
fn task_cell(row: &RowBeside) -> ColumnCell {
    let shown = match (&row.task.old, &row.task.new) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (_, Some(name)) | (Some(name), None) => name.clone(),
        (None, None) => String::new(),
    };
    vec![ColumnItem::plain(safe_words(&shown, Look::Place))]
}

fn natural_widths(lines: &[Vec<ColumnCell>]) -> Vec<usize> {
    let count = lines.first().map_or(0, Vec::len);
    let widest = |at: usize| {
        let cells = lines.iter().filter_map(|line| line.get(at)).flatten();
        cells.map(ColumnItem::width).max().unwrap_or(0)
    };
    (0..count).map(widest).collect()
}

/// What stayed steps back behind what changed.
fn duty_look(duty: &DutyBeside, changed: Look) -> Look {
    if duty.kind.is_none() { Look::Faint } else { changed }
}

fn sign_of(duty: &DutyBeside) -> Word {
    let look = match duty.kind {
        None => Look::Faint,
        Some(Kind::Moved) => Look::Heading,
        Some(Kind::Added) => Look::Fresh,
        Some(Kind::Removed) => Look::Gone,
        Some(Kind::Reworded | Kind::Relocated) => Look::Warning,
    };
    Word::new(kind_sign(duty.kind), look)
}
