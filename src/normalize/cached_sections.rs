//! Reads each section once a run.

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Arc, RwLock};

use super::Names;
use super::document::read_section;
use super::lead_groups::LeadGroups;
use super::section_cache::{
    KnownSection, Remembered, SectionCache, SectionKey, remembered_or_read,
};
use super::section_leads::SectionLeads;
use super::section_read::{Above, SectionRead};
use crate::model::Sides;
use crate::parse::Section;

/// How much of a section is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Depth {
    /// All of it.
    Whole,
    /// Its headings, where they can be recognized quickly.
    Headings,
}

impl SectionCache {
    /// The content of a section, given what stands above it. `None` where that depends on the leads
    /// of its page, and `groups` does not have them.
    pub(super) fn read_section(
        &self,
        section: &Section<'_>,
        depth: Depth,
        above: &Above,
        groups: Option<&LeadGroups>,
        names: &Names,
    ) -> Option<Arc<SectionRead>> {
        let key = self.section_key(section, (depth, above, groups));
        read_with(&self.sections, (key, section.text().len()), names, |names| {
            let headings = match depth {
                Depth::Whole => None,
                Depth::Headings => section.read_headings(),
            };
            let blocks = headings.as_ref().unwrap_or_else(|| section.read_blocks_once());
            read_section(blocks, section.first_line(), above, groups, names).map(Arc::new)
        })
    }

    /// The lines of a section that could be leads.
    pub(super) fn section_leads(&self, section: &Section<'_>, names: &Names) -> Arc<SectionLeads> {
        let key = self.section_key(section, ());
        read_with(&self.leads, (key, section.text().len()), names, |names| {
            Arc::new(SectionLeads::of_blocks(&section.read_blocks_once().blocks, names))
        })
    }

    fn section_key(&self, section: &Section<'_>, around: impl Hash) -> SectionKey {
        let mut hasher = self.hasher.build_hasher();
        section.hash_content(&mut hasher);
        around.hash(&mut hasher);
        (hasher.finish(), section.text().len())
    }
}

/// What is remembered of a section, or what `read` gives with these names.
fn read_with<T: Clone>(
    remembered: &RwLock<Remembered<T>>,
    key: (SectionKey, usize),
    names: &Names,
    read: impl FnOnce(&Names) -> T,
) -> T {
    let would_read_same = |known: &KnownSection<T>| {
        let spellings = Sides::new(known.names.dictionary(), names.dictionary());
        known.uses.have_same_answers(|key, name| names.get(key) == name, spellings)
    };
    let spellings = names.spellings();
    remembered_or_read(remembered, key, spellings, would_read_same, || names.noting_uses(read))
}
