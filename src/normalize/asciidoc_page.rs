//! AsciiDoc pages, which are read as a whole.

use super::Names;
use super::document::read_section;
use super::lead_groups::{LeadGroups, SectionLeads};
use super::page::{Assembly, PageHead};
use super::section_read::{Above, ReadMatrix, SectionRead};
use crate::model::Document;
use crate::parse::{AsciiDocPage, FrontMatter};

/// Reads one version of a page.
pub(super) fn read_page(bytes: &[u8], names: &Names) -> Document {
    let page = AsciiDocPage::read_page(bytes, names.attributes(), names.included_files());
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
    whole.into_document(&head, names)
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
    read_section(&page.blocks, 1, &Above::default(), Some(&groups), names).0
}
