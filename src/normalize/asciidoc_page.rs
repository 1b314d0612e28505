//! AsciiDoc pages, which are read as a whole.

use std::sync::Arc;

use super::Names;
use super::assembly::Assembly;
use super::document::read_section;
use super::lead_groups::LeadGroups;
use super::page_head::PageHead;
use super::section_leads::SectionLeads;
use super::section_read::{Above, ReadMatrix, SectionRead};
use crate::model::{Document, IncludedFiles, IncludedLine};
use crate::parse::{AsciiDocPage, FrontMatter, LinePlaces};

/// Reads one version of a page.
pub(super) fn read_page(bytes: &[u8], names: &Names) -> Document {
    let page = AsciiDocPage::read_with_places(bytes, names.attributes(), names.included_files());
    let mut whole = Assembly::default();
    whole.add_section(&section_of(&page, names), 1);
    let front_matter = FrontMatter::default();
    let field = |name: &str| page.header_field(name).map(|(value, line)| (value.to_owned(), line));
    let head = PageHead {
        front_matter: &front_matter,
        footnotes: &page.footnotes,
        notices: &[],
        inclusions: &[],
        stamp_fields: &["revdate"],
        field: &field,
    };
    let mut document = whole.into_document(&head, names);
    if let Some(places) = &page.places {
        set_lines(&mut document, places);
    }
    document
}

/// Gives all of a page its lines, and those of the files that it includes.
fn set_lines(document: &mut Document, places: &LinePlaces) {
    let page_line = |line: usize| places.find_line(line).0;
    for matrix in &mut document.matrices {
        let matrix = Arc::make_mut(matrix);
        matrix.line = page_line(matrix.line);
        for row in &mut matrix.rows {
            row.line = page_line(row.line);
            for duty in &mut row.duties {
                (duty.line, duty.included) = places.find_line(duty.line);
            }
        }
    }
    for note in &mut document.footnotes {
        note.line = page_line(note.line);
    }
    for lines in document.unknown_keyrefs.values_mut() {
        *lines = lines.iter().map(|line| page_line(*line)).collect();
    }
    for notice in document.notices.iter_mut().chain(&mut document.publishing) {
        let Some(number) = notice.line else { continue };
        let (line, included) = places.find_line(number);
        notice.line = Some(line);
        if let Some(IncludedLine { path, line }) = included {
            notice.message = format!("{} ({path}:{line})", notice.message);
        }
    }
    document.notices.sort_by_key(|notice| notice.line);
}

impl Names {
    /// Whether a file is reported as a page of its own: it is looked at, and with the files that it
    /// includes it assigns responsibility.
    #[must_use]
    pub fn is_own_page(&self, path: &str, page: &[u8], files: &IncludedFiles) -> bool {
        self.is_looked_at(path)
            && asciidoc_assigns(page, &self.clone().with_included(files.clone()))
    }
}

/// Whether a page assigns any responsibility.
pub(super) fn asciidoc_assigns(bytes: &[u8], names: &Names) -> bool {
    let page = AsciiDocPage::read_page(bytes, names.attributes(), names.included_files());
    section_of(&page, names).matrices.iter().any(ReadMatrix::assigns_duties)
}

/// The page as one section.
fn section_of(page: &AsciiDocPage, names: &Names) -> SectionRead {
    let leads = SectionLeads::of_blocks(&page.blocks.blocks, names);
    let groups = LeadGroups::of_sections(std::iter::once(&leads)).of_section(0, &[]);
    read_section(&page.blocks, 1, &Above::default(), Some(&groups), names).unwrap_or_default()
}
