//! One version laid flat for comparing: its tables, rows and duties by index.

use std::collections::HashSet;

use super::identity::{Fingerprint, TextIds};
use super::stem_counts::StemCounts;
use super::words::{Vocabulary, page_stemmer};
use crate::model::{ComparedText, Document, Duty, Layout, Party, Sides};
use crate::normalize::{denies_own_party, is_done_by_other};
use crate::vocabulary::WordList;

/// A duty with what is compared of it.
pub(super) struct IndexedDuty<'a> {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) party: &'a Party,
    /// Without a lead-in that only opens its list.
    pub(super) text: &'a str,
    /// Equal for equal texts.
    pub(super) text_id: u32,
    /// Equal for texts that are equal behind their lead-ins.
    pub(super) body_id: u32,
    /// Equal for equal texts in the hands of one party.
    pub(super) held_id: u32,
    pub(super) fingerprint: Fingerprint,
    /// Empty in an owner grid, whose texts are its labels.
    pub(super) stem_counts: StemCounts,
    /// The first stems that count: the deed and its object. Empty where the text opens with a
    /// circumstance ("If ...", "During ...").
    pub(super) head: Vec<u32>,
    /// The names of settings in the text as it is written: `--read-only`, `max_size`.
    pub(super) settings: Vec<&'a str>,
    /// The column heading in an owner grid.
    pub(super) column: Option<ComparedText<'a>>,
    pub(super) reference: bool,
    /// Whether the text says that its own party does not do it, or that the other one does.
    pub(super) denied: bool,
    /// The line that introduces the list; empty where none does.
    pub(super) lead: &'a str,
}

/// A row: its label, and which duties are its.
pub(super) struct IndexedRow<'a> {
    pub(super) table: usize,
    pub(super) within: usize,
    pub(super) task: &'a str,
    /// Equal for equal labels.
    pub(super) task_id: u32,
    pub(super) fingerprint: Fingerprint,
    pub(super) label: StemCounts,
    pub(super) items: std::ops::Range<usize>,
}

/// A table: its headings, and which rows are its.
pub(super) struct IndexedTable<'a> {
    pub(super) layout: Layout,
    pub(super) section: Vec<ComparedText<'a>>,
    /// The same without headings that only name the party of lists.
    pub(super) beside: Vec<ComparedText<'a>>,
    /// Lists of one place have one number, whether headings name their parties or lines do.
    pub(super) place: usize,
    pub(super) fingerprint: Fingerprint,
    pub(super) heading: StemCounts,
    pub(super) rows: std::ops::Range<usize>,
}

/// One version of a page.
pub(super) struct PageIndex<'a> {
    pub(super) items: Vec<IndexedDuty<'a>>,
    pub(super) rows: Vec<IndexedRow<'a>>,
    pub(super) tables: Vec<IndexedTable<'a>>,
}

/// Both versions, and the words that they are compared by.
pub(super) fn index_pages(pages: Sides<&Document>) -> (Sides<PageIndex<'_>>, Vocabulary) {
    let (mut vocabulary, mut ids) = <(Vocabulary, TextIds<'_>)>::default();
    let stemmer = page_stemmer();
    for page in [pages.old, pages.new] {
        vocabulary.learn_title(&page.title, &stemmer);
    }
    (pages.map(|page| PageIndex::new(page, &mut vocabulary, &mut ids)), vocabulary)
}

impl<'a> PageIndex<'a> {
    fn new(page: &'a Document, vocabulary: &mut Vocabulary, ids: &mut TextIds<'a>) -> Self {
        let stemmer = page_stemmer();
        let mut page_index = Self { items: Vec::new(), rows: Vec::new(), tables: Vec::new() };
        let mut places: Vec<Vec<ComparedText<'a>>> = Vec::new();
        for (table, matrix) in page.matrices.iter().enumerate() {
            let first_row = page_index.rows.len();
            let section: Vec<_> =
                matrix.section.iter().map(|heading| heading.compared_form()).collect();
            let beside = matrix.section_beside_leads();
            let number = places.iter().position(|other| *other == beside).unwrap_or(table);
            places.push(beside.clone());
            let place = Fingerprint::of_content(&section);
            let sentences = matrix.layout.holds_sentences();
            let mut columns = HashSet::new();
            for (within, row) in matrix.rows.iter().enumerate() {
                let first_item = page_index.items.len();
                let place = Fingerprint::of_content((place, row.task.compared_form()));
                for duty in &row.duties {
                    let mut item = indexed_duty(duty, place, ids);
                    (item.table, item.row) = (table, page_index.rows.len());
                    if sentences {
                        item.stem_counts = vocabulary.add_text(item.text, &stemmer);
                        item.head = vocabulary.head_stems(item.text, &duty.phrase.text, &stemmer);
                    } else if let Some(column) =
                        item.column.filter(|column| columns.insert(*column))
                    {
                        vocabulary.add_text(column.0, &stemmer);
                    }
                    page_index.items.push(item);
                }
                let items = first_item..page_index.items.len();
                let held = page_index.items[items.clone()].iter().map(|item| item.fingerprint);
                page_index.rows.push(IndexedRow {
                    table,
                    within,
                    task: &row.task.canonical,
                    task_id: ids.of_text(&row.task.canonical),
                    fingerprint: Fingerprint::of_content((place, Fingerprint::of_all(held))),
                    label: vocabulary.add_text(&row.task.canonical, &stemmer),
                    items,
                });
            }
            let area = matrix.section.last().map_or("", |heading| heading.canonical.as_str());
            let rows = first_row..page_index.rows.len();
            let held = page_index.rows[rows.clone()].iter().map(|row| row.fingerprint);
            page_index.tables.push(IndexedTable {
                layout: matrix.layout,
                section,
                beside,
                place: if matrix.layout == Layout::PartyLists { number } else { table },
                fingerprint: Fingerprint::of_content((place, Fingerprint::of_all(held))),
                heading: vocabulary.add_text(area, &stemmer),
                rows,
            });
        }
        page_index
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
        self.tables[table].layout.holds_sentences()
    }

    /// Whether a table's rows have labels beside their duties; a RACI table's are the duties.
    pub(super) fn labels_rows(&self, table: usize) -> bool {
        match self.tables[table].layout {
            Layout::PartyColumns | Layout::OwnerGrid => true,
            Layout::OwnerList | Layout::PartyLists | Layout::Raci => false,
        }
    }

    /// The row of a duty.
    pub(super) fn line_of(&self, item: usize) -> &IndexedRow<'a> {
        &self.rows[self.items[item].row]
    }
}

/// A duty without its place and its words.
fn indexed_duty<'a>(duty: &'a Duty, place: Fingerprint, ids: &mut TextIds<'a>) -> IndexedDuty<'a> {
    let (lead, body) = duty.lead_and_body();
    let denied = denies_own_party(duty) || is_done_by_other(duty);
    let text = if only_opens_list(lead) && !denied { body } else { &duty.phrase.canonical };
    let text_id = ids.of_text(text);
    let column = duty.area.as_ref().map(|area| area.compared_form());
    let content = (place, column, &duty.party, ComparedText(text));
    IndexedDuty {
        table: 0,
        row: 0,
        party: &duty.party,
        text,
        text_id,
        body_id: if lead.is_empty() { text_id } else { ids.of_text(body) },
        held_id: ids.of_held(text_id, &duty.party),
        fingerprint: Fingerprint::of_content(content),
        stem_counts: StemCounts::default(),
        head: Vec::new(),
        settings: setting_words(&duty.phrase.text),
        column,
        reference: duty.reference,
        denied,
        lead,
    }
}

/// Words that say nothing of the items of a list.
pub(super) static OPENS_LIST: WordList = WordList::named("words of leads that only open a list");

/// Whether a lead-in says nothing of its items: "Perform these actions:". Its items are compared without
/// it. Who provides services performs them; who provides things may leave their use to others.
fn only_opens_list(lead: &str) -> bool {
    let has_services = lead.ends_with(" services");
    let offers = |word: &str| has_services && matches!(word, "provide" | "provides");
    // "IBM needs you to" leaves the items to another party than it names first
    let names_holder =
        |at: usize, word: &str| at == 0 && matches!(word, "customer" | "ibm" | "you");
    let mut words = lead.strip_prefix("the ").unwrap_or(lead).split(' ').enumerate();
    words.all(|(at, word)| OPENS_LIST.has(word) || offers(word) || names_holder(at, word))
}

/// Words that name a setting of a program: options, and words joined by underscores.
fn setting_words(text: &str) -> Vec<&str> {
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

impl<'a> IndexedTable<'a> {
    /// The nearest heading.
    pub(super) fn nearest_heading(&self) -> ComparedText<'a> {
        self.section.last().copied().unwrap_or(ComparedText(""))
    }
}
