//! One version laid flat for comparing: its tables, rows and duties by index.

use std::collections::HashSet;

use super::bag::Bag;
use super::identity::{Fingerprint, TextIds};
use super::words::{Vocabulary, stemmer};
use crate::model::{ComparedText, Document, Duty, Layout, Party, Sides};

/// A duty with what is compared of it.
pub(super) struct Item<'a> {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) party: &'a Party,
    pub(super) text: &'a str,
    /// Equal for equal texts.
    pub(super) text_id: u32,
    /// Equal for texts that are equal behind their lead-ins.
    pub(super) body_id: u32,
    /// Equal for equal texts in the hands of one party.
    pub(super) held_id: u32,
    pub(super) fingerprint: Fingerprint,
    /// Empty in an owner grid, whose texts are its labels.
    pub(super) bag: Bag,
    /// The first stems that count: the deed and its object. Empty where the text opens with a
    /// circumstance ("If ...", "During ...").
    pub(super) head: Vec<u32>,
    /// The names of settings in the text as it is written: `--read-only`, `max_size`.
    pub(super) settings: Vec<&'a str>,
    /// The column heading in an owner grid.
    pub(super) column: Option<ComparedText<'a>>,
    pub(super) reference: bool,
    pub(super) has_lead: bool,
}

/// A row: its label, and which duties are its.
pub(super) struct Line<'a> {
    pub(super) table: usize,
    pub(super) within: usize,
    pub(super) task: &'a str,
    /// Equal for equal labels.
    pub(super) task_id: u32,
    pub(super) fingerprint: Fingerprint,
    pub(super) label: Bag,
    pub(super) items: std::ops::Range<usize>,
}

/// A table: its headings, and which rows are its.
pub(super) struct Grid<'a> {
    pub(super) layout: Layout,
    pub(super) section: Vec<ComparedText<'a>>,
    /// The same without headings that only name the party of lists.
    pub(super) beside: Vec<ComparedText<'a>>,
    /// Lists of one place have one number, whether headings name their parties or lines do.
    pub(super) place: usize,
    pub(super) fingerprint: Fingerprint,
    pub(super) heading: Bag,
    pub(super) rows: std::ops::Range<usize>,
}

/// One version of a page.
pub(super) struct Face<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) rows: Vec<Line<'a>>,
    pub(super) tables: Vec<Grid<'a>>,
}

/// Both versions, and the words that they are compared by.
pub(super) fn lay_flat(pages: Sides<&Document>) -> (Sides<Face<'_>>, Vocabulary) {
    let (mut vocabulary, mut ids) = <(Vocabulary, TextIds<'_>)>::default();
    let stemmer = stemmer();
    for page in [pages.old, pages.new] {
        vocabulary.learn_title(&page.title, &stemmer);
    }
    (pages.map(|page| Face::new(page, &mut vocabulary, &mut ids)), vocabulary)
}

impl<'a> Face<'a> {
    fn new(page: &'a Document, vocabulary: &mut Vocabulary, ids: &mut TextIds<'a>) -> Self {
        let stemmer = stemmer();
        let mut face = Self { items: Vec::new(), rows: Vec::new(), tables: Vec::new() };
        let mut places: Vec<Vec<ComparedText<'a>>> = Vec::new();
        for (table, matrix) in page.matrices.iter().enumerate() {
            let first_row = face.rows.len();
            let section: Vec<_> = matrix.section.iter().map(|heading| heading.compared()).collect();
            let beside = matrix.section_beside_leads();
            let number = places.iter().position(|other| *other == beside).unwrap_or(table);
            places.push(beside.clone());
            let place = Fingerprint::of(&section);
            let sentences = holds_sentences(matrix.layout);
            let mut columns = HashSet::new();
            for (within, row) in matrix.rows.iter().enumerate() {
                let first_item = face.items.len();
                let place = Fingerprint::of((place, row.task.compared()));
                for duty in &row.duties {
                    let mut item = item(duty, place, ids);
                    (item.table, item.row) = (table, face.rows.len());
                    if sentences {
                        item.bag = vocabulary.learn(item.text, &stemmer);
                        item.head = vocabulary.head(item.text, &duty.phrase.text, &stemmer);
                    } else if let Some(column) =
                        item.column.filter(|column| columns.insert(*column))
                    {
                        vocabulary.learn(column.0, &stemmer);
                    }
                    face.items.push(item);
                }
                let items = first_item..face.items.len();
                let held = face.items[items.clone()].iter().map(|item| item.fingerprint);
                face.rows.push(Line {
                    table,
                    within,
                    task: &row.task.canonical,
                    task_id: ids.of_text(&row.task.canonical),
                    fingerprint: Fingerprint::of((place, Fingerprint::of_all(held))),
                    label: vocabulary.learn(&row.task.canonical, &stemmer),
                    items,
                });
            }
            let area = matrix.section.last().map_or("", |heading| heading.canonical.as_str());
            let rows = first_row..face.rows.len();
            let held = face.rows[rows.clone()].iter().map(|row| row.fingerprint);
            face.tables.push(Grid {
                layout: matrix.layout,
                section,
                beside,
                place: if matrix.layout == Layout::PartyLists { number } else { table },
                fingerprint: Fingerprint::of((place, Fingerprint::of_all(held))),
                heading: vocabulary.learn(area, &stemmer),
                rows,
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

    /// Whether a table's rows have labels beside their duties; a RACI table's are the duties.
    pub(super) fn labels_rows(&self, table: usize) -> bool {
        match self.tables[table].layout {
            Layout::PartyColumns | Layout::OwnerGrid => true,
            Layout::OwnerList | Layout::PartyLists | Layout::Raci => false,
        }
    }

    /// The row of a duty.
    pub(super) fn line_of(&self, item: usize) -> &Line<'a> {
        &self.rows[self.items[item].row]
    }
}

/// A duty without its place and its words.
fn item<'a>(duty: &'a Duty, place: Fingerprint, ids: &mut TextIds<'a>) -> Item<'a> {
    let (lead, body) = duty.lead_and_body();
    let text = duty.phrase.canonical.as_str();
    let text_id = ids.of_text(text);
    let column = duty.area.as_ref().map(|area| area.compared());
    let content = (place, column, &duty.party, ComparedText(text));
    Item {
        table: 0,
        row: 0,
        party: &duty.party,
        text,
        text_id,
        body_id: if lead.is_empty() { text_id } else { ids.of_text(body) },
        held_id: ids.of_held(text_id, &duty.party),
        fingerprint: Fingerprint::of(content),
        bag: Bag::default(),
        head: Vec::new(),
        settings: settings(&duty.phrase.text),
        column,
        reference: duty.reference,
        has_lead: !lead.is_empty(),
    }
}

/// Words that name a setting of a program: options, and words joined by underscores.
fn settings(text: &str) -> Vec<&str> {
    let outside = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_');
    let names = |word: &&str| {
        let option = word.strip_prefix("--").unwrap_or_default();
        let joined = word.trim_matches('_').contains('_');
        joined || option.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    if !text.contains("--") && !text.contains('_') {
        return Vec::new();
    }
    text.split(outside).filter(names).collect()
}

impl<'a> Grid<'a> {
    /// The nearest heading.
    pub(super) fn area(&self) -> ComparedText<'a> {
        self.section.last().copied().unwrap_or(ComparedText(""))
    }
}

/// Whether a layout's cells hold sentences.
pub(super) const fn holds_sentences(layout: Layout) -> bool {
    match layout {
        Layout::PartyColumns | Layout::OwnerList | Layout::Raci | Layout::PartyLists => true,
        Layout::OwnerGrid => false,
    }
}
