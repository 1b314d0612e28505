//! The blocks of a section to its matrices.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::Names;
use super::duty_nouns::mentions_responsibility;
use super::layout::{self, TableReading};
use super::lead::Lead;
use super::lead_groups::{LeadGroups, Resolver};
use super::owner_spans;
use super::party_lists;
use super::promoted;
use super::section_read::{Above, HeadingScope, OpenHeading, ReadMatrix, SectionRead};
use super::text::TextReader;
use crate::model::{Code, Matrix, Notice, Phrase};
use crate::parse::{Block, Condition, Heading, SectionBlocks, Table};

/// Deeper than any heading.
const CONDITION_LEVEL: u8 = 7;

mod intros;
mod lists;
mod paragraphs;

/// What a section says. `groups` are the leads of its page (see [`LeadGroups::of_section`]); `None`
/// where they are not known, and what the section says depends on them.
pub(super) fn read_section(
    section: &SectionBlocks,
    first_line: usize,
    above: &Above,
    groups: Option<&LeadGroups>,
    names: &Names,
) -> Option<SectionRead> {
    let title = groups.map_or_else(|| above.title.clone(), |groups| Some(groups.title()));
    let reader = TextReader::new(names, section.notices.clone()).under_title(title);
    let mut walk = SectionWalk::new(reader, section, above, groups);
    for (at, block) in section.blocks.iter().enumerate() {
        walk.at = at + 1;
        walk.read_block(block, section.blocks.get(at + 1));
        if groups.is_none() && (walk.resolver.asked || walk.reader.asked_title) {
            return None;
        }
    }
    for table in &section.hidden {
        walk.note_hidden(table);
    }
    walk.read.sort_by_key(|lines| *lines.start());
    let names_used = walk.reader.used_names();
    let mut notices = walk.reader.notices;
    notices.retain(|notice| concerns_read_tables(notice, &walk.read));
    let mut publishing = section.publishing.clone();
    publishing.retain(|notice| notice.line.is_none_or(|line| is_within(line, &walk.read)));
    let matrices = walk.matrices.into_iter().enumerate().map(|(at, matrix)| ReadMatrix {
        is_listed: walk.listed.contains(&at),
        matrix: Arc::new(matrix),
    });
    Some(SectionRead {
        first_line,
        matrices: matrices.collect(),
        goes_on: walk.goes_on,
        is_open: walk.listing,
        title: walk.title,
        title_words: walk.reader.title,
        headings: walk.headings,
        notices,
        publishing,
        names: names_used,
        unknown_keyrefs: walk.reader.unknown_keyrefs,
        starts: section.blocks.iter().map(start_of).collect(),
    })
}

/// Where a block begins, and whether it holds rows.
fn start_of(block: &Block) -> (usize, bool) {
    match block {
        Block::Heading(heading) => (heading.line, false),
        Block::Table(table) => (table.line, true),
        Block::List(list) => (list.line, true),
        Block::Definition(definition) => (definition.line, true),
        Block::Paragraph(paragraph) => (paragraph.line, false),
        Block::Condition(condition) => (condition.line, false),
    }
}

/// A table's own flaws matter where the table assigns responsibility; `read` holds the lines of
/// those that do.
fn concerns_read_tables(notice: &Notice, read: &[RangeInclusive<usize>]) -> bool {
    let of_table =
        matches!(notice.code, Code::ShortRow | Code::LongRow | Code::BrokenRow | Code::Hidden);
    !of_table || notice.line.is_none_or(|line| is_within(line, read))
}

/// Whether a line is one of those that were read.
fn is_within(line: usize, read: &[RangeInclusive<usize>]) -> bool {
    let after = read.partition_point(|lines| *lines.start() <= line);
    after.checked_sub(1).is_some_and(|at| read[at].contains(&line))
}

/// The lines of a table; the cells of its last row may begin below the row itself.
fn table_lines(table: &Table) -> RangeInclusive<usize> {
    let Some(last) = table.rows.last() else { return table.line..=table.line };
    let pieces = last.cells.iter().flat_map(|cell| &cell.pieces);
    table.line..=pieces.map(|piece| piece.line).max().unwrap_or_default().max(last.line)
}

/// Walks down a section.
struct SectionWalk<'a> {
    reader: TextReader<'a>,
    /// The title, where it stands in this section.
    title: Option<String>,
    title_says: Option<bool>,
    /// The open headings with their levels.
    headings: Vec<OpenHeading>,
    /// The position of the block in the section, from 1.
    at: usize,
    resolver: Resolver<'a>,
    /// The paragraph just above, where it names a party.
    lead: Option<Lead>,
    /// What the paragraph just above introduces.
    intro: intros::Intro,
    /// Positions of the matrices that are made of lists and paragraphs.
    listed: Vec<usize>,
    matrices: Vec<Matrix>,
    /// Lines of the footnotes that are cited.
    notes: &'a BTreeSet<usize>,
    /// Whether the rows that are read will have a label.
    labels: bool,
    /// Whether the last matrix is made of lists, so that more may join it; none before the first.
    listing: Option<bool>,
    /// Whether the first list may go on with one of the section above.
    goes_on: bool,
    /// The lines of the tables that assign responsibility, in order.
    read: Vec<RangeInclusive<usize>>,
    /// How the rows of the last matrix of this section are read.
    last: Option<TableReading>,
}

impl<'a> SectionWalk<'a> {
    fn new(
        reader: TextReader<'a>,
        section: &'a SectionBlocks,
        above: &Above,
        groups: Option<&'a LeadGroups>,
    ) -> Self {
        Self {
            reader,
            title: None,
            title_says: above.title_says,
            headings: above.headings.clone(),
            at: 0,
            resolver: Resolver::new(&section.blocks, groups, above.lacks_responsibility),
            lead: None,
            intro: intros::Intro::Nothing,
            listed: Vec::new(),
            matrices: Vec::new(),
            notes: &section.notes,
            labels: false,
            listing: None,
            goes_on: false,
            read: Vec::new(),
            last: None,
        }
    }

    /// A heading closes those of its own level and deeper ones.
    fn enter_heading(&mut self, heading: &Heading) {
        let text = self.reader.plain_text(&heading.runs, heading.line);
        if heading.level == 1 {
            self.reader.note_title(&text);
        }
        let text = self.reader.label_text(text, heading.line);
        self.last = None;
        self.lead = None;
        self.intro = intros::Intro::Nothing;
        while self.headings.last().is_some_and(|open| open.level >= heading.level) {
            self.headings.pop();
        }
        if heading.level > 1 {
            let scope = self.scope_of(&text, &heading.runs);
            let phrase = self.reader.phrase_of(text);
            let place = (1, self.at);
            self.headings.push(OpenHeading { level: heading.level, place, phrase, scope });
        } else if self.title_says.is_none() {
            self.title_says = Some(mentions_responsibility(&text));
            self.title = Some(text);
        }
    }

    /// A condition is a section below all headings, which end it; the lead above it holds on.
    fn enter_condition(&mut self, condition: &Condition) {
        self.headings.pop_if(|open| open.level == CONDITION_LEVEL);
        if let Some(text) = &condition.text {
            let text = self.reader.label_text(text.clone(), condition.line);
            let phrase = self.reader.phrase_of(text);
            let place = self.headings.last().map_or((0, 0), |open| open.place);
            let open =
                OpenHeading { level: CONDITION_LEVEL, place, phrase, scope: HeadingScope::Open };
            self.headings.push(open);
        }
    }

    /// The headings above.
    fn open_headings(&self) -> Vec<Phrase> {
        self.headings.iter().map(|open| open.phrase.clone()).collect()
    }

    /// The party of what stands below the open headings; the nearest that says decides.
    fn heading_lead(&self) -> Option<&Lead> {
        self.headings.iter().rev().find_map(|open| match &open.scope {
            HeadingScope::Open => None,
            HeadingScope::Party(lead) => Some(Some(lead)),
            HeadingScope::Closed => Some(None),
        })?
    }

    fn read_table(&mut self, table: &Table) {
        let table = &*owner_spans::fill_owner_cells(table, &mut self.reader);
        let above = self.lead_above();
        self.listing = Some(false);
        let caption = table.caption().map(|raw| self.reader.attribute_text(raw, table.line));
        let says = self.says_responsibility(caption.as_deref());
        let is_headless = table.header.is_none();
        let names_nothing = promoted::is_headless(table);
        let recognize = |reader: &mut TextReader<'a>| layout::recognize_table(table, says, reader);
        let mut reading = None;
        if !names_nothing {
            reading = recognize(&mut self.reader);
        }
        if matches!(reading, None | Some(TableReading::PartyLists(_))) {
            let last = self.last.as_ref().filter(|_| names_nothing);
            let found = promoted::promoted_header(table, last, says, &mut self.reader);
            if let Some((table, reading)) = found {
                return self.read_matrix(&table, reading, caption);
            }
        }
        if is_headless {
            return self.read_orphan_rows(table);
        }
        if names_nothing {
            reading = recognize(&mut self.reader);
        }
        let reading = reading.or_else(|| {
            let lists = party_lists::read_below_heading(above?, table, &mut self.reader)?;
            Some(TableReading::PartyLists(lists))
        });
        if let Some(reading) = reading {
            return self.read_matrix(table, reading, caption);
        }
        self.last = None;
        self.note_unassigned(table, caption.as_deref().unwrap_or_default());
    }

    /// A table that assigns responsibility; column names between its rows begin another.
    fn read_matrix(&mut self, table: &Table, reading: TableReading, caption: Option<String>) {
        let kept = promoted::without_repeated_header(table, &mut self.reader);
        let mut rows = kept.as_ref();
        let mut below = None;
        if matches!(reading, TableReading::PartyColumns(_))
            && let Some(at) = promoted::next_header(table, rows, &mut self.reader)
        {
            below = Some(Table { header: None, rows: rows[at..].to_vec(), ..table.clone() });
            rows = &rows[..at];
        }
        self.read.push(table_lines(table));
        let rows = reading.read_rows(rows, &mut self.reader);
        self.matrices.push(Matrix {
            layout: reading.layout(),
            section: self.open_headings(),
            line: table.line,
            caption,
            rows,
        });
        self.last = Some(reading);
        let Some(mut below) = below else { return };
        below.line = below.rows.first().map_or(table.line, |row| row.line);
        self.read_table(&below);
    }

    /// Whether a caption, an open heading or the title speaks of responsibility.
    fn says_responsibility(&self, caption: Option<&str>) -> bool {
        let headings = self.headings.iter().map(|open| open.phrase.text.as_str());
        self.title_says == Some(true) || headings.chain(caption).any(mentions_responsibility)
    }

    /// Rows without a header go on with the matrix above, if the section has one.
    fn read_orphan_rows(&mut self, table: &Table) {
        let (Some(reading), Some(matrix)) = (&self.last, self.matrices.last_mut()) else { return };
        let rows = reading.read_rows(&table.rows, &mut self.reader);
        matrix.rows.extend(rows);
        self.read.push(table_lines(table));
        let message = "rows without a header; read as a continuation of the table above";
        self.reader.add_notice(table.line, Code::OrphanRows, message);
    }

    fn note_unassigned(&mut self, table: &Table, caption: &str) {
        let says = self.says_responsibility(Some(caption));
        let heading = self.headings.last().map(|open| open.phrase.text.clone());
        let heading = heading.unwrap_or_default();
        if layout::is_unassigned(table, [caption, &heading], says, &mut self.reader) {
            let message = "a table about responsibilities in which respdiff recognizes fewer than two parties: \
                           name the parties under `parties:` in respdiff.yaml";
            self.reader.add_notice(table.line, Code::Unassigned, message);
        }
    }

    fn note_hidden(&mut self, table: &Table) {
        let mut aside = TextReader::new(self.reader.names(), Vec::new());
        let Some(reading) = layout::recognize_table(table, false, &mut aside) else { return };
        // a template's table in a comment is advice to writers
        if reading.read_rows(&table.rows, &mut aside).iter().any(|row| !row.duties.is_empty()) {
            self.read.push(table_lines(table));
        }
    }
}

#[cfg(test)]
mod tests;
