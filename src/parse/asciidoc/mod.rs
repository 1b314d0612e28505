//! AsciiDoc to the same raw page as markdown gives. Tables are read as asciidoctor reads them; of
//! conditions (`ifdef`) that nobody decided, both branches are read.

mod attributes;
mod block_lines;
mod blocks;
mod cells;
mod condition;
mod entity;
mod inline;
mod layout;
mod lines;
mod macros;
mod markers;
mod options;
mod scan;
mod table;
mod views;

pub use attributes::DocAttributes;

use std::collections::BTreeSet;

use super::{Footnote, SectionBlocks, source};
use crate::model::Notice;
use attributes::{Attributes, HeaderField};
use condition::Conditions;
use inline::Inline;

/// A page that is read as a whole.
pub struct AsciiDocPage {
    /// What stands in it.
    pub blocks: SectionBlocks,
    /// Footnotes where they are cited, in the order of lines.
    pub footnotes: Vec<Footnote>,
    /// The fields of its header, by name (`:revdate: 2024-01-01`).
    header: Vec<HeaderField>,
}

impl AsciiDocPage {
    /// Reads a page under the attributes that a policy sets.
    #[must_use]
    pub fn read(bytes: &[u8], set: &DocAttributes) -> Self {
        let (text, mut notices) = source::decode(bytes);
        let mut conditions = Conditions::default();
        let mut attributes = Attributes::new(set);
        let scanned = lines::scan(&text, &mut attributes, &mut conditions);
        notices.extend(scanned.notices);
        let mut inline = Inline::new(&attributes, &conditions, text.len());
        let found = blocks::read(&scanned.lines, &conditions, &mut inline);
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
            header: attributes.header(),
        }
    }

    /// A field of its header, with its line.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(&str, usize)> {
        let found = self.header.iter().find(|field| field.name == name)?;
        Some((&found.value, found.line))
    }
}

#[cfg(test)]
mod tests;
