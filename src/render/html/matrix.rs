//! A matrix of both sides as a table: what changed line by line, the rest folded.

use serde::Serialize;

use crate::model::{Change, Kind, Layout, Party, Sides};
use crate::render::text::names;
use crate::report::{DutyPair, HeldDuty, MatrixPair, RowPair};

use super::anchors::AnchorIds;
use super::stack::{self, HtmlStack};
use super::tags::{HtmlTag, line_state};
use super::words::{self, HtmlOrigin, HtmlParty, MarkedRun};

/// One matrix.
#[derive(Serialize)]
pub(super) struct HtmlMatrix {
    heading: String,
    outer: String,
    caption: Option<String>,
    renamed: Option<String>,
    lines: String,
    /// Whether it only came or went: `new`, `gone` or nothing.
    state: &'static str,
    before: Vec<HtmlParty>,
    after: Vec<HtmlParty>,
    /// Columns of the table of changed rows.
    columns: usize,
    rows: Vec<HtmlRow>,
    same: Vec<SameRow>,
    same_parties: Vec<HtmlParty>,
    same_label: String,
}

/// A row with a change.
#[derive(Serialize)]
struct HtmlRow {
    task: String,
    /// Its label before, where that was another one.
    task_before: Option<String>,
    /// Whether the label is the duty itself, as in a list of duties with their owners.
    is_duty: bool,
    state: &'static str,
    lines: Vec<HtmlLine>,
    /// Instead of lines: the duties of a row that came or went as a whole, by party.
    stack: Option<HtmlStack>,
}

/// One duty on both sides.
#[derive(Serialize)]
struct HtmlLine {
    change: Option<HtmlTag>,
    cells: Vec<HtmlCell>,
}

/// One cell of a line.
#[derive(Serialize)]
struct HtmlCell {
    /// `duty`, `blank`, `mark` (what happened) or `flow` (the way from one party to another).
    role: &'static str,
    span: usize,
    side: &'static str,
    party: Option<HtmlParty>,
    to: Option<HtmlParty>,
    runs: Vec<MarkedRun>,
    remarks: Vec<String>,
    origin: Option<HtmlOrigin>,
    line: Option<usize>,
}

impl HtmlCell {
    fn new(role: &'static str, span: usize, side: &'static str) -> Self {
        Self {
            role,
            span,
            side,
            party: None,
            to: None,
            runs: Vec::new(),
            remarks: Vec::new(),
            origin: None,
            line: None,
        }
    }
}

/// A row that did not change, shown once for both sides.
#[derive(Serialize)]
struct SameRow {
    task: String,
    cells: Vec<Vec<String>>,
}

/// The parties of each side's columns.
struct SideColumns {
    parties: Sides<Vec<Party>>,
}

impl HtmlMatrix {
    pub(super) fn from_pair(
        matrix: &MatrixPair,
        changes: &[Change],
        ids: &[String],
        anchors: &AnchorIds,
    ) -> Self {
        let (news, same): (Vec<&RowPair>, Vec<&RowPair>) =
            matrix.rows.iter().partition(|row| row.is_changed());
        let columns = SideColumns::of_rows(&news);
        let laying = LineLayout {
            columns: &columns,
            changes,
            ids,
            anchors,
            renamed: matrix.renamed.is_some(),
        };
        let html_parties =
            |parties: &Vec<Party>| parties.iter().map(HtmlParty::from_party).collect::<Vec<_>>();
        let Sides { old: before, new: after } = columns.parties.as_ref().map(html_parties);
        let parties = holding_parties(&same, |strand| strand.duty.new.as_ref());
        let headings = matrix.section.split_last();
        let heading = headings.map(|(last, _)| words::visible_text(last));
        let outer = headings.map(|(_, outer)| words::visible_text(&outer.join(" › ")));
        Self {
            heading: heading.unwrap_or_else(|| "Above the first heading".to_owned()),
            outer: outer.unwrap_or_default(),
            caption: matrix.caption.as_deref().map(words::visible_text),
            renamed: matrix.renamed.as_deref().map(words::visible_text),
            lines: line_range(matrix.line),
            state: line_state(matrix.line),
            columns: before.len() + 1 + after.len(),
            before,
            after,
            rows: news.iter().map(|row| laying.lay_row(row)).collect(),
            same: same.iter().map(|row| same_row(row, &parties)).collect(),
            same_label: same_label(matrix.layout, &same),
            same_parties: html_parties(&parties),
        }
    }

    /// Whether all of it is as it was.
    pub(super) fn is_same(&self) -> bool {
        self.rows.is_empty() && self.renamed.is_none() && self.state.is_empty()
    }
}

fn line_range(line: Sides<Option<usize>>) -> String {
    match (line.old, line.new) {
        (_, Some(new)) => format!("line {new}"),
        (Some(old), None) => format!("was line {old}"),
        (None, None) => String::new(),
    }
}

fn same_label(layout: Layout, rows: &[&RowPair]) -> String {
    let noun = match layout {
        Layout::PartyColumns | Layout::Raci | Layout::PartyLists => "unchanged task",
        Layout::OwnerGrid => "unchanged resource",
        Layout::OwnerList => "unchanged row",
    };
    names::counted(rows.len(), noun)
}

fn same_row(row: &RowPair, parties: &[Party]) -> SameRow {
    let is_duty = says_it_all(row);
    let of = |party: &Party| {
        let duties = row.strands.iter().filter_map(|strand| strand.duty.new.as_ref());
        let text = |held: &HeldDuty| if is_duty { "responsible" } else { &held.text }.to_owned();
        let own = duties.filter(|held| held.party == *party);
        own.map(|held| words::visible_text(&text(held))).collect()
    };
    SameRow {
        task: words::visible_text(
            row.task.new.as_deref().or(row.task.old.as_deref()).unwrap_or_default(),
        ),
        cells: parties.iter().map(of).collect(),
    }
}

/// Whether a row's label is its duty.
fn says_it_all(row: &RowPair) -> bool {
    let Some(task) = row.task.new.as_ref().or(row.task.old.as_ref()) else { return false };
    let held = |strand: &DutyPair| {
        let held = strand.duty.new.as_ref().or(strand.duty.old.as_ref());
        held.is_some_and(|held| held.text == *task)
    };
    !row.strands.is_empty() && row.strands.iter().all(held)
}

/// The parties that hold something in these rows, in their order: IBM first, others last.
fn holding_parties(rows: &[&RowPair], held: impl Fn(&DutyPair) -> Option<&HeldDuty>) -> Vec<Party> {
    let strands = rows.iter().flat_map(|row| &row.strands);
    let mut parties: Vec<Party> =
        strands.filter_map(|strand| Some(held(strand)?.party.clone())).collect();
    parties.sort();
    parties.dedup();
    parties
}

impl SideColumns {
    /// Both sides have the columns of both where both have any, so that a duty that stayed with
    /// its party is found in the same place.
    fn of_rows(rows: &[&RowPair]) -> Self {
        let old = holding_parties(rows, |strand| strand.duty.old.as_ref());
        let new = holding_parties(rows, |strand| strand.duty.new.as_ref());
        if old.is_empty() || new.is_empty() {
            return Self { parties: Sides::new(old, new) };
        }
        let mut both: Vec<Party> = old.into_iter().chain(new).collect();
        both.sort();
        both.dedup();
        Self { parties: Sides::new(both.clone(), both) }
    }

    fn column_of(parties: &[Party], held: Option<&HeldDuty>) -> Option<usize> {
        parties.iter().position(|party| Some(party) == held.map(|held| &held.party))
    }
}

/// All that lines are laid out from.
struct LineLayout<'a> {
    columns: &'a SideColumns,
    changes: &'a [Change],
    ids: &'a [String],
    anchors: &'a AnchorIds,
    /// Whether the matrix has a new heading.
    renamed: bool,
}

impl LineLayout<'_> {
    fn lay_row(&self, row: &RowPair) -> HtmlRow {
        let (old, new) = (row.task.old.as_deref(), row.task.new.as_deref());
        let task_before = old.filter(|old| new.is_some_and(|new| new != *old));
        // a row's new label, or its matrix's, is shown above: none of its duties went elsewhere
        let renamed = (task_before.is_some() || self.renamed)
            && !row.strands.iter().any(|strand| self.is_relocated(strand));
        HtmlRow {
            task: words::visible_text(new.or(old).unwrap_or_default()),
            task_before: task_before.map(words::visible_text),
            is_duty: says_it_all(row),
            state: line_state(row.line),
            stack: stack::stacked_row(
                row,
                &self.columns.parties,
                (self.changes, self.ids),
                self.anchors,
            ),
            lines: row.strands.iter().map(|strand| self.lay_line(strand, renamed)).collect(),
        }
    }

    fn is_relocated(&self, strand: &DutyPair) -> bool {
        let change = strand.change.and_then(|at| self.changes.get(at));
        change.is_some_and(|change| {
            let across = change.place.old.as_ref().is_some_and(|place| place.path.is_some());
            change.kind == Kind::Relocated || across
        })
    }

    fn lay_line(&self, strand: &DutyPair, renamed: bool) -> HtmlLine {
        let change = strand.change.and_then(|at| Some((self.changes.get(at)?, self.ids.get(at)?)));
        let tag = change.map(|(change, id)| HtmlTag::from_change(change, id, self.anchors));
        let change = change.map(|(change, _)| change);
        HtmlLine { cells: self.line_cells(strand, change, renamed), change: tag }
    }

    /// The cells of the old side, what happened, and the cells of the new side. The way of a duty
    /// from one party to another takes all the cells between them.
    fn line_cells(
        &self,
        strand: &DutyPair,
        change: Option<&Change>,
        renamed: bool,
    ) -> Vec<HtmlCell> {
        let Sides { old: before, new: after } = &self.columns.parties;
        let old = SideColumns::column_of(before, strand.duty.old.as_ref());
        let new = SideColumns::column_of(after, strand.duty.new.as_ref());
        let text = marked_texts(strand, change);
        let mut cells = Vec::new();
        let moved = change.is_some_and(|change| change.kind == Kind::Moved);
        let flow = old.zip(new).filter(|_| moved);
        for at in 0..before.len() {
            if Some(at) == old {
                cells.push(duty_cell(strand.duty.old.as_ref(), "before", text.old.clone()));
            } else if flow.is_none_or(|(from, _)| at < from) {
                cells.push(HtmlCell::new("blank", 1, "before"));
            }
        }
        cells.push(match flow {
            Some((from, to)) => {
                let mut flow = HtmlCell::new("flow", before.len() - from + to, "");
                let party =
                    |held: Option<&HeldDuty>| held.map(|held| HtmlParty::from_party(&held.party));
                flow.party = party(strand.duty.old.as_ref());
                flow.to = party(strand.duty.new.as_ref());
                flow
            }
            None => mark_cell(strand),
        });
        for at in 0..after.len() {
            if Some(at) == new {
                cells.push(duty_cell(strand.duty.new.as_ref(), "after", text.new.clone()));
            } else if flow.is_none_or(|(_, to)| at > to) {
                cells.push(HtmlCell::new("blank", 1, "after"));
            }
        }
        if let Some(change) = change {
            // said where the duty is now, or where it was last
            let shown = cells.iter_mut().rev().find(|cell| cell.role == "duty");
            if let Some(cell) = shown {
                cell.remarks = words::emphasis_texts(change);
                cell.remarks.extend(words::place_before(change).filter(|_| !renamed));
                cell.remarks.extend(words::controls_text(change));
                cell.origin = change.introduced.as_ref().map(HtmlOrigin::from_introduced);
            }
        }
        cells
    }
}

/// What happened to a duty that did not move.
fn mark_cell(strand: &DutyPair) -> HtmlCell {
    let mut cell = HtmlCell::new("mark", 1, "");
    if let Some(path) = &strand.away {
        cell.remarks.push(format!("now in {}", words::visible_text(path)));
    }
    cell
}

fn duty_cell(held: Option<&HeldDuty>, side: &'static str, runs: Vec<MarkedRun>) -> HtmlCell {
    let mut cell = HtmlCell::new("duty", 1, side);
    cell.party = held.map(|held| HtmlParty::from_party(&held.party));
    cell.line = held.map(|held| held.line);
    cell.runs = runs;
    cell
}

fn marked_texts(strand: &DutyPair, change: Option<&Change>) -> Sides<Vec<MarkedRun>> {
    let text =
        |held: &Option<HeldDuty>| held.as_ref().map(|held| held.text.clone()).unwrap_or_default();
    let texts = strand.duty.as_ref().map(text);
    match change.map(|change| change.kind) {
        Some(Kind::Moved | Kind::Reworded) => words::side_runs(&texts.old, &texts.new),
        Some(Kind::Added | Kind::Removed | Kind::Relocated) | None => {
            texts.map(|text| words::unmarked_runs(&text))
        }
    }
}
