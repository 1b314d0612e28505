//! Tables that took the place of one that assigned responsibility: other columns, other texts, and
//! no party in any of them.

use std::collections::{BTreeSet, HashSet};

use super::super::duty_nouns::mentions_responsibility;
use super::super::text::TextReader;
use crate::model::{Document, Matrix};
use crate::parse::{Heading, Table};

/// The headings that are open at a block, by level.
#[derive(Default)]
pub(super) struct OpenHeadings(Vec<(u8, String)>);

impl OpenHeadings {
    pub(super) fn open(&mut self, heading: &Heading, reader: &mut TextReader<'_>) {
        self.0.retain(|(level, _)| *level < heading.level);
        let text = reader.plain_text(&heading.runs, heading.line);
        self.0.push((heading.level, reader.phrase_of(text).canonical));
    }

    /// Those below the title.
    pub(super) fn section(&self) -> Vec<String> {
        let below_title = self.0.iter().filter(|(level, _)| *level > 1);
        below_title.map(|(_, text)| text.clone()).collect()
    }
}

/// A table that was not read.
pub(super) struct UnreadTable {
    /// Its position among all that stands in the page.
    pub(super) place: usize,
    section: Vec<String>,
    labels: HashSet<String>,
    columns: usize,
    /// Whether its cells hold sentences more than words.
    holds_texts: bool,
}

impl UnreadTable {
    pub(super) fn new(
        place: usize,
        table: &Table,
        headings: &OpenHeadings,
        reader: &mut TextReader<'_>,
    ) -> Self {
        let (mut filled, mut long) = (0_usize, 0_usize);
        let mut labels = HashSet::new();
        for row in &table.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let text = reader.cell_text(cell);
                if column > 0 && !text.is_empty() {
                    filled += 1;
                    long += usize::from(text.split_whitespace().count() > 2);
                } else if column == 0 {
                    labels.insert(reader.phrase_of(text).canonical);
                }
            }
        }
        Self {
            place,
            section: headings.section(),
            labels,
            columns: table.header.as_ref().map_or(0, Vec::len),
            holds_texts: long > 0 && long * 2 >= filled,
        }
    }

    /// Whether it stands where a matrix of `lost` stood, and is about the same: it has at least half
    /// of its rows, or nothing else is read in a page that speaks of responsibility.
    pub(super) fn is_successor_of(
        &self,
        matrix: &Matrix,
        lost: &Document,
        read: &Document,
    ) -> bool {
        let headings = matrix.section.iter().map(|heading| heading.canonical.as_str());
        if !self.holds_texts || !self.section.iter().map(String::as_str).eq(headings) {
            return false;
        }
        let mut titles = self.section.iter().chain([&read.title]);
        let speaks = titles.any(|title| mentions_responsibility(title));
        let rows = || matrix.rows.iter().filter(|row| !row.duties.is_empty());
        let labels: HashSet<&str> = rows()
            .map(|row| row.task.canonical.as_str())
            .filter(|label| !label.is_empty())
            .collect();
        let kept = labels.iter().filter(|label| self.labels.contains(**label)).count();
        let parties: BTreeSet<_> =
            rows().flat_map(|row| &row.duties).map(|duty| &duty.party).collect();
        let has_rows = kept > 0 && kept * 2 >= labels.len() && self.columns > parties.len();
        (has_rows && (speaks || lost.title == read.title))
            || (speaks && self.columns > 1 && !read.is_responsibility_page())
    }
}
