//! Puts a page together from what its sections say.

use std::sync::Arc;

use super::page_head::PageHead;
use super::section_read::{ReadMatrix, SectionRead};
use super::text::TextReader;
use super::{Names, footnotes, stamp};
use crate::model::{Document, Matrix, Notice, Row};

/// A page that is put together.
#[derive(Default)]
pub(super) struct Assembly {
    document: Document,
    /// Of each matrix, whether it is made of lists.
    matrices: Vec<ReadMatrix>,
    /// Whether a list may go on with the last matrix.
    is_open: bool,
    notices: Vec<Notice>,
    titled: bool,
    /// Where blocks begin, and whether they hold rows.
    starts: Vec<(usize, bool)>,
}

impl Assembly {
    /// Adds a section that begins on a line.
    pub(super) fn add_section(&mut self, read: &SectionRead, first_line: usize) {
        let by = LineShift { from: read.first_line, to: first_line };
        if let Some(title) = read.title.as_ref().filter(|_| !self.titled) {
            self.document.title.clone_from(title);
            self.titled = true;
        }
        for (at, found) in read.matrices.iter().enumerate() {
            let matrix = by.shift_matrix(&found.matrix);
            let joins = at == 0 && read.goes_on && self.is_open;
            let last = self
                .matrices
                .last_mut()
                .filter(|last| joins && found.is_listed && last.matrix.section == matrix.section);
            match last {
                Some(last) => add_rows(Arc::make_mut(&mut last.matrix), &matrix.rows),
                None => {
                    self.matrices.push(ReadMatrix { matrix, is_listed: found.is_listed });
                }
            }
        }
        self.is_open = read.is_open.unwrap_or(self.is_open);
        self.notices.extend(read.notices.iter().map(|notice| by.shift_notice(notice)));
        self.document
            .publishing
            .extend(read.publishing.iter().map(|notice| by.shift_notice(notice)));
        for (key, phrase) in &read.names {
            if !self.document.names.contains_key(key) {
                self.document.names.insert(key.clone(), phrase.clone());
            }
        }
        for (key, unknown) in &read.unknown_keyrefs {
            if !self.document.unknown_keyrefs.contains_key(key) {
                self.notices.push(by.shift_notice(&unknown.to_notice(key)));
            }
            let lines = self.document.unknown_keyrefs.entry(key.clone()).or_default();
            lines.extend(unknown.lines.iter().map(|line| by.shift_line(*line)));
        }
        self.starts.extend(read.starts.iter().map(|(line, rows)| (by.shift_line(*line), *rows)));
    }

    pub(super) fn into_document(self, head: &PageHead<'_>, names: &Names) -> Document {
        let Self { mut document, matrices, mut notices, starts, .. } = self;
        let (stamp, reported) = stamp::of_page(head, names);
        document.matrices = matrices
            .into_iter()
            .filter(ReadMatrix::assigns_duties)
            .map(|found| found.matrix)
            .collect();
        let mut reader = TextReader::new(names, Vec::new());
        document.footnotes =
            footnotes::cited_footnotes(head.footnotes, &starts, &document.matrices, &mut reader);
        for (key, phrase) in reader.used_names() {
            document.names.entry(key).or_insert(phrase);
        }
        for (key, unknown) in &reader.unknown_keyrefs {
            if !document.unknown_keyrefs.contains_key(key) {
                notices.push(unknown.to_notice(key));
            }
            document.unknown_keyrefs.entry(key.clone()).or_default().extend(&unknown.lines);
        }
        notices.extend(reported);
        notices.extend(head.notices.iter().cloned());
        notices.sort();
        notices.dedup();
        document.subcollection.clone_from(&head.front_matter.subcollection);
        document.inclusions = head.inclusions.to_vec();
        let provider = names.provider_name().map(str::to_owned);
        Document { stamp, notices, provider, ..document }
    }
}

/// Adds rows to a list; duties below one lead are one row.
fn add_rows(list: &mut Matrix, rows: &[Row]) {
    let lead = |row: &Row| row.duties.first().map(|duty| duty.column.clone());
    let mut rows = rows;
    if let (Some(last), [first, more @ ..]) = (list.rows.last_mut(), rows)
        && lead(last) == lead(first)
        && last.task == first.task
    {
        last.duties.extend(first.duties.iter().cloned());
        rows = more;
    }
    list.rows.extend(rows.iter().cloned());
}

/// How far a section stands from where it was read.
#[derive(Clone, Copy)]
struct LineShift {
    from: usize,
    to: usize,
}

impl LineShift {
    fn shift_line(self, line: usize) -> usize {
        (line + self.to).saturating_sub(self.from)
    }

    fn shift_notice(self, notice: &Notice) -> Notice {
        Notice { line: notice.line.map(|line| self.shift_line(line)), ..notice.clone() }
    }

    fn shift_matrix(self, matrix: &Arc<Matrix>) -> Arc<Matrix> {
        if self.from == self.to {
            return Arc::clone(matrix);
        }
        let mut shifted = Matrix::clone(matrix);
        shifted.line = self.shift_line(shifted.line);
        for row in &mut shifted.rows {
            row.line = self.shift_line(row.line);
            for duty in &mut row.duties {
                duty.line = self.shift_line(duty.line);
            }
        }
        Arc::new(shifted)
    }
}
