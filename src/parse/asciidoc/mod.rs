//! AsciiDoc to the same raw page as markdown gives. Tables are read as asciidoctor reads them; of
//! conditions (`ifdef`) that nobody decided, both branches are read.

mod attribute_file;
mod attributes;
mod block_lines;
mod blocks;
mod cells;
mod condition;
mod entity;
mod include;
mod inline;
mod layout;
mod line_places;
mod lines;
mod macros;
mod markers;
mod options;
mod scan;
mod selection;
mod table;
mod text_place;
mod title;
mod views;

pub use attributes::DocAttributes;
pub use line_places::LinePlaces;

use std::collections::BTreeSet;

use super::{CitedFootnote, SectionBlocks, merge_conflict, source};
use crate::model::{IncludedFiles, Notice};
use attributes::{Attributes, HeaderField};
use condition::Conditions;
use include::{IncludedTexts, Inclusion};
use inline::Inline;

/// The name of a page whose own does not matter.
const PAGE: &str = "page.adoc";

/// A page that is read as a whole.
pub struct AsciiDocPage {
    /// What stands in it.
    pub blocks: SectionBlocks,
    /// Footnotes where they are cited, in the order of lines.
    pub footnotes: Vec<CitedFootnote>,
    /// Where its lines are written, where it includes files: all lines of its blocks, footnotes and
    /// notices about these are to be looked up there.
    pub places: Option<LinePlaces>,
    /// The fields of its header, by name (`:revdate: 2024-01-01`).
    header: Vec<HeaderField>,
}

impl AsciiDocPage {
    /// Reads a page under the attributes that a policy sets, with the files that it includes.
    #[must_use]
    pub fn read_page(bytes: &[u8], set: &DocAttributes, files: Option<&IncludedFiles>) -> Self {
        Self::read_with(bytes, set, files, false)
    }

    /// The same with lines to look up in `places`.
    #[must_use]
    pub fn read_with_places(
        bytes: &[u8],
        set: &DocAttributes,
        files: Option<&IncludedFiles>,
    ) -> Self {
        Self::read_with(bytes, set, files, true)
    }

    fn read_with(
        bytes: &[u8],
        set: &DocAttributes,
        files: Option<&IncludedFiles>,
        notes_places: bool,
    ) -> Self {
        let (text, mut notices) = source::decode_asciidoc(PAGE, bytes);
        let written = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        notices.extend(merge_conflict::find(written));
        let mut conditions = Conditions::default();
        let mut attributes = Attributes::new(set);
        let texts = files.map(IncludedTexts::from_files);
        let mut inclusion = match &texts {
            Some(texts) if notes_places => Inclusion::noting_places(Some(texts)),
            texts => Inclusion::new(texts.as_ref()),
        };
        let mut scanned =
            lines::scan_lines(&text, &mut attributes, &mut conditions, &mut inclusion);
        notices.extend(scanned.notices);
        let places = inclusion.line_places();
        if places.is_some() {
            for line in &mut scanned.lines {
                line.number = LinePlaces::number_of(line.read_as);
            }
        }
        let mut inline = Inline::new(&attributes, &conditions, text.len());
        let found = blocks::read_blocks(&scanned.lines, &conditions, &mut inline);
        notices.extend(found.notices);
        notices.extend(inline.notices());
        notices.sort_by_key(|notice: &Notice| notice.line);
        let notes: BTreeSet<usize> = BTreeSet::new();
        Self {
            blocks: SectionBlocks {
                blocks: found.blocks,
                hidden: Vec::new(),
                notices,
                publishing: Vec::new(),
                notes,
            },
            footnotes: inline.footnotes,
            places,
            header: attributes.header_fields(),
        }
    }

    /// The paths of the files that a page includes, as far as these are known; may name one twice.
    #[must_use]
    pub fn included_paths(bytes: &[u8], set: &DocAttributes, files: &IncludedFiles) -> Vec<String> {
        if !Self::may_include(bytes) {
            return Vec::new();
        }
        let (text, _) = source::decode_asciidoc(PAGE, bytes);
        let texts = IncludedTexts::from_files(files);
        let mut inclusion = Inclusion::new(Some(&texts));
        let mut attributes = Attributes::new(set);
        lines::scan_lines(&text, &mut attributes, &mut Conditions::default(), &mut inclusion);
        inclusion.asked
    }

    /// A page with the lines of the files that it includes in their places.
    #[must_use]
    pub fn flattened(bytes: &[u8], set: &DocAttributes, files: &IncludedFiles) -> String {
        let (text, _) = source::decode_asciidoc(PAGE, bytes);
        let texts = IncludedTexts::from_files(files);
        let mut inclusion = Inclusion::keeping_lines(Some(&texts));
        let mut attributes = Attributes::new(set);
        lines::scan_lines(&text, &mut attributes, &mut Conditions::default(), &mut inclusion);
        let mut lines = inclusion.into_lines();
        lines.pop();
        lines
    }

    /// Whether a page may include files.
    #[must_use]
    pub fn may_include(bytes: &[u8]) -> bool {
        memchr::memmem::find(&source::to_utf8(bytes), b"include::").is_some()
    }

    /// A field of its header, with its line.
    #[must_use]
    pub fn header_field(&self, name: &str) -> Option<(&str, usize)> {
        let found = self.header.iter().find(|field| field.name == name)?;
        Some((&found.value, found.line))
    }
}

#[cfg(test)]
mod tests;
