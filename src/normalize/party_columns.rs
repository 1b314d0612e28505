//! `Task | IBM responsibilities | Your responsibilities`: one column per party.

use super::cell_parts;
use super::content_kind::ContentKind;
use super::contradiction::names_other_party;
use super::duties;
use super::owner::{self, Owner};
use super::row_labels::LabelColumns;
pub(super) use super::row_labels::{cell_text, label_of};
use super::table_header::TableHeader;
use super::text::TextReader;
use crate::model::{Code, Duty, Party, Row};
use crate::parse::{Spans, TableRow};

/// Which column is whose, and which ones label the row.
#[derive(Clone, Debug)]
pub(super) struct PartyColumns {
    /// Column, party and header of each party's column, from left to right.
    pub(super) parties: Vec<(usize, Party, String)>,
    /// The columns that say what a row is about.
    pub(super) labels: LabelColumns,
}

impl PartyColumns {
    pub(super) fn new(
        header: &TableHeader,
        parties: Vec<Option<Party>>,
        reader: &mut TextReader<'_>,
    ) -> Self {
        let labels: Vec<usize> =
            (0..parties.len()).filter(|&column| parties[column].is_none()).collect();
        let parties = parties
            .into_iter()
            .enumerate()
            .filter_map(|(column, party)| {
                Some((column, party?, header.column_text(column, reader)))
            })
            .collect();
        Self { parties, labels: LabelColumns::new(header, &labels, reader) }
    }

    /// Whether owners stand in the parties' columns, not duties: then their names are no header.
    pub(super) fn hold_owners(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> bool {
        let (mut owners, mut all) = (0_usize, 0_usize);
        for cell in rows
            .iter()
            .flat_map(|row| self.parties.iter().filter_map(|(column, ..)| row.cells.get(*column)))
        {
            all += usize::from(!cell.pieces.is_empty());
            owners += usize::from(matches!(owner::of_cell(cell, reader), Owner::Known(_)));
        }
        owners * 2 >= all
    }

    /// Whether values stand in the parties' columns ("99.9%", "24 hours", "Free"): nobody has to do
    /// anything there.
    pub(super) fn hold_values(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> bool {
        const MOST_WORDS: usize = 3;
        let (mut values, mut all) = (0_usize, 0_usize);
        for row in rows {
            for (column, ..) in &self.parties {
                let text = cell_text(row.cells.get(*column), reader);
                if text.split_whitespace().count() > MOST_WORDS {
                    return false;
                }
                all += usize::from(!text.is_empty());
                values += usize::from(text.starts_with(|c: char| c.is_ascii_digit()));
            }
        }
        values > 0 && values * 2 >= all
    }

    pub(super) fn read_rows(&self, rows: &[TableRow], reader: &mut TextReader<'_>) -> Vec<Row> {
        let tasks = self.labels.row_tasks(rows, reader);
        rows.iter().zip(tasks).filter_map(|(row, task)| self.read_row(row, task, reader)).collect()
    }

    /// A row; none where it only goes on with the one above.
    fn read_row(&self, row: &TableRow, task: String, reader: &mut TextReader<'_>) -> Option<Row> {
        let goes_on =
            |column: usize| row.cells.get(column).is_some_and(|cell| cell.spans == Spans::Above);
        // a duty that spans rows is one in each task, but once in a task that spans them, too
        let same_task = self.labels.task_column().is_some_and(goes_on);
        let mut held = Vec::new();
        for (at, (column, party, header)) in self.parties.iter().enumerate() {
            let Some(cell) = row.cells.get(*column) else { continue };
            if same_task && goes_on(*column) {
                continue;
            }
            match self.spanned_parties(row, at) {
                [] | [_] => {
                    for (part, own) in cell_parts::of_cell(cell, reader) {
                        let found = duties::of_cell(&part, reader);
                        let holder = own.as_ref().unwrap_or(party);
                        let duties = duties::duties_held_by(found, holder, header, reader);
                        held.extend(self.of_lost_cell(row, duties));
                    }
                }
                spanned => {
                    let found = duties::of_cell(cell, reader);
                    for (party, header) in holders_of_span(spanned) {
                        held.extend(duties::duties_held_by(found.clone(), party, header, reader));
                    }
                }
            }
        }
        if held.is_empty() {
            if same_task {
                return None;
            }
            note_template(&task, row.line, reader);
        }
        Some(Row { task: reader.phrase_of(task), line: row.line, duties: held })
    }

    /// The duties of a cell. In a row that lost a cell, the one that is left may stand in a wrong
    /// column: if its text names the party of a lost one, it is that party's.
    fn of_lost_cell(&self, row: &TableRow, mut duties: Vec<Duty>) -> Vec<Duty> {
        let lost = |(column, ..): &&(usize, Party, String)| *column >= row.cells.len();
        let Some((_, party, header)) = self.parties.iter().find(lost) else { return duties };
        let is_theirs = |duty: &Duty| match party {
            Party::Customer => names_other_party(duty, "") == Some("the customer"),
            Party::Ibm | Party::Provider(_) => names_other_party(duty, "") == Some(""),
            Party::Shared | Party::Other(_) => false,
        };
        if !duties.is_empty() && duties.iter().all(is_theirs) {
            for duty in &mut duties {
                duty.party = party.clone();
                duty.column.clone_from(header);
            }
        }
        duties
    }

    /// The parties over whose columns the cell of one of them spans.
    fn spanned_parties(&self, row: &TableRow, at: usize) -> &[(usize, Party, String)] {
        let column = self.parties[at].0;
        let behind = row.cells.get(column + 1..).unwrap_or_default();
        let end = column + behind.iter().take_while(|cell| cell.spans == Spans::Left).count();
        let covered = self.parties[at..].iter().take_while(|(other, ..)| *other <= end).count();
        &self.parties[at..at + covered]
    }
}

/// Who holds what stands over the columns of several parties: IBM and the customer share it, any
/// other party has it, too.
fn holders_of_span(spanned: &[(usize, Party, String)]) -> Vec<(&Party, &str)> {
    let has = |wanted: &Party| spanned.iter().any(|(_, party, _)| party == wanted);
    let both = has(&Party::Ibm) && has(&Party::Customer);
    let mut holders: Vec<(&Party, &str)> = Vec::new();
    for (_, party, header) in spanned {
        let party = match party {
            Party::Ibm | Party::Provider(_) | Party::Customer if both => &Party::Shared,
            Party::Ibm | Party::Provider(_) | Party::Customer | Party::Shared | Party::Other(_) => {
                party
            }
        };
        if !holders.iter().any(|(known, _)| *known == party) {
            holders.push((party, header));
        }
    }
    holders
}

/// Whether a column is one of the parties', which stand from left to right.
pub(super) fn is_party(parties: &[(usize, Party, String)], column: usize) -> bool {
    parties.binary_search_by_key(&column, |(at, ..)| *at).is_ok()
}

/// Reports a task that is a template's text.
pub(super) fn note_template(task: &str, line: usize, reader: &mut TextReader<'_>) {
    if reader.content_kind(task) == ContentKind::Placeholder {
        let message = format!("template text in place of a task: \"{task}\"");
        reader.add_notice(line, Code::Placeholder, message);
    }
}

#[cfg(test)]
mod tests;
