//! Hand-built pages for the tests of this room.

use std::collections::BTreeSet;

use super::Names;
use super::document::read_section;
use super::lead_groups::LeadGroups;
use super::section_leads::SectionLeads;
use super::section_read::{Above, ReadMatrix};
use crate::model::{Code, Document, Matrix};
use crate::parse::{
    Block, Cell, Heading, List, ListItem, Paragraph, Piece, PieceKind, Run, SectionBlocks, Table,
    TableRow, TableSource,
};

/// `{key}` stands for a keyref.
pub(super) fn runs(text: &str) -> Vec<Run> {
    text.split_inclusive(['{', '}'])
        .map(|part| match part.strip_suffix('}') {
            Some(key) => Run::Keyref { key: key.to_owned(), well_formed: true },
            None => Run::Text(part.trim_end_matches('{').to_owned()),
        })
        .collect()
}

/// One piece a line; `- ` begins an item, two blanks before it nest it.
pub(super) fn cell(text: &str) -> Cell {
    let piece = |line: &str| {
        let bare = line.trim_start();
        let depth = (line.len() - bare.len()) / 2;
        let (kind, bare) = match bare.strip_prefix("- ") {
            Some(item) => (PieceKind::Item { depth }, item),
            None => (PieceKind::Text, bare),
        };
        Piece { kind, runs: runs(bare), line: 1 }
    };
    let pieces = text.split('\n').filter(|line| !line.is_empty()).map(piece).collect();
    Cell { pieces, ..Cell::default() }
}

fn cells(row: &str) -> Vec<Cell> {
    row.split('|').map(|text| cell(text.trim_matches(' '))).collect()
}

/// A table; an empty header means no header.
pub(super) fn table(header: &str, rows: &[&str]) -> Block {
    let header = (!header.is_empty()).then(|| cells(header));
    Block::Table(Table {
        line: 1,
        source: TableSource::Pipe,
        separator_columns: header.as_ref().map_or(0, Vec::len),
        header,
        rows: rows.iter().map(|row| TableRow { line: 1, cells: cells(row) }).collect(),
        attributes: Vec::new(),
    })
}

pub(super) fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { line: 1, level, runs: runs(text), id: None })
}

pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { line: 1, runs: runs(text), long: false, only_links: false })
}

pub(super) fn list(items: &[&str]) -> Block {
    let item = |text: &&str| ListItem {
        line: 1,
        depth: 0,
        runs: runs(text),
        only_links: false,
        has_box: false,
    };
    Block::List(List { line: 1, items: items.iter().map(item).collect() })
}

pub(super) fn document(blocks: Vec<Block>) -> Document {
    let names = Names::builtin();
    let leads = SectionLeads::of_blocks(&blocks, &names);
    let groups = LeadGroups::of_sections([&leads].into_iter()).of_section(0, &[]);
    let section = SectionBlocks {
        blocks,
        hidden: Vec::new(),
        notices: Vec::new(),
        publishing: Vec::new(),
        notes: BTreeSet::new(),
    };
    let read =
        read_section(&section, 1, &Above::default(), Some(&groups), &names).unwrap_or_default();
    let matrices = read.matrices.into_iter().filter(ReadMatrix::assigns_duties);
    let mut notices = read.notices;
    notices.sort();
    notices.dedup();
    Document {
        title: read.title.unwrap_or_default(),
        matrices: matrices.map(|found| found.matrix).collect(),
        notices,
        ..Document::default()
    }
}

/// Every duty of a matrix as `task > party: text`.
pub(super) fn matrix_lines(matrix: &Matrix) -> Vec<String> {
    let rows = matrix.rows.iter();
    rows.flat_map(|row| row.duties.iter().map(move |duty| (row, duty)))
        .map(|(row, duty)| format!("{} > {}: {}", row.task.text, duty.party, duty.phrase.text))
        .collect()
}

/// The notices of a document, the stamp's aside.
pub(super) fn codes(document: &Document) -> Vec<Code> {
    let codes = document.notices.iter().map(|notice| notice.code);
    codes.filter(|code| *code != Code::StampMissing).collect()
}

/// What the only table of a page is reported as.
#[track_caller]
pub(super) fn check(header: &str, rows: &[&str], expected: &[&str]) {
    let document = document(vec![table(header, rows)]);
    let duties: Vec<String> =
        document.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).collect();
    assert_eq!(duties, expected);
}
