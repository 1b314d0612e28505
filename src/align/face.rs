//! One version laid flat for comparing: its tables, rows and duties by index.

use super::bag::Bag;
use super::words::{Vocabulary, stemmer};
use crate::model::{Document, Layout, Party};

/// A duty with what is compared of it.
pub(super) struct Item<'a> {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) party: &'a Party,
    pub(super) text: &'a str,
    pub(super) bag: Bag,
    /// The first stems that count: the deed and its object. Empty where the text opens with a
    /// circumstance ("If ...", "During ...").
    pub(super) head: Vec<u32>,
    /// The column heading in an owner grid.
    pub(super) column: Option<&'a str>,
    pub(super) reference: bool,
}

/// A row: its label, and which duties are its.
pub(super) struct Line<'a> {
    pub(super) table: usize,
    pub(super) within: usize,
    pub(super) task: &'a str,
    pub(super) label: Bag,
    pub(super) items: std::ops::Range<usize>,
}

/// A table: its headings, and which rows are its.
pub(super) struct Grid<'a> {
    pub(super) layout: Layout,
    pub(super) section: Vec<&'a str>,
    pub(super) heading: Bag,
    pub(super) rows: std::ops::Range<usize>,
}

/// One version of a page.
pub(super) struct Face<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) rows: Vec<Line<'a>>,
    pub(super) tables: Vec<Grid<'a>>,
}

impl<'a> Face<'a> {
    pub(super) fn new(page: &'a Document, vocabulary: &mut Vocabulary) -> Self {
        let stemmer = stemmer();
        let mut face = Self { items: Vec::new(), rows: Vec::new(), tables: Vec::new() };
        for (table, matrix) in page.matrices.iter().enumerate() {
            let first_row = face.rows.len();
            for (within, row) in matrix.rows.iter().enumerate() {
                let first_item = face.items.len();
                for duty in &row.duties {
                    face.items.push(Item {
                        table,
                        row: face.rows.len(),
                        party: &duty.party,
                        text: &duty.phrase.canonical,
                        bag: vocabulary.learn(&duty.phrase.canonical, &stemmer),
                        head: vocabulary.head(&duty.phrase.canonical, &stemmer),
                        column: duty.area.as_ref().map(|area| area.canonical.as_str()),
                        reference: duty.reference,
                    });
                }
                face.rows.push(Line {
                    table,
                    within,
                    task: &row.task.canonical,
                    label: vocabulary.learn(&row.task.canonical, &stemmer),
                    items: first_item..face.items.len(),
                });
            }
            let area = matrix.section.last().map_or("", |heading| heading.canonical.as_str());
            face.tables.push(Grid {
                layout: matrix.layout,
                section: matrix.section.iter().map(|h| h.canonical.as_str()).collect(),
                heading: vocabulary.learn(area, &stemmer),
                rows: first_row..face.rows.len(),
            });
        }
        face
    }

    /// A row's place: table, and row within it.
    pub(super) fn row_position(&self, row: usize) -> (usize, usize) {
        (self.rows[row].table, self.rows[row].within)
    }

    /// The duties of a table.
    pub(super) fn items_of_table(&self, table: usize) -> std::ops::Range<usize> {
        let rows = &self.tables[table].rows;
        match (
            self.rows.get(rows.start),
            rows.end.checked_sub(1).and_then(|last| self.rows.get(last)),
        ) {
            (Some(first), Some(last)) if rows.start < rows.end => first.items.start..last.items.end,
            _ => 0..0,
        }
    }

    /// Whether a table's cells hold sentences; an owner grid's name owners only.
    pub(super) fn holds_sentences(&self, table: usize) -> bool {
        holds_sentences(self.tables[table].layout)
    }
}

impl Grid<'_> {
    /// The nearest heading.
    pub(super) fn area(&self) -> &str {
        self.section.last().copied().unwrap_or("")
    }
}

/// Whether a layout's cells hold sentences.
pub(super) const fn holds_sentences(layout: Layout) -> bool {
    match layout {
        Layout::PartyColumns | Layout::OwnerList | Layout::Raci | Layout::PartyLists => true,
        Layout::OwnerGrid => false,
    }
}
