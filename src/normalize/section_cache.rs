//! Sections that were read, so that each is read once a run, whatever version, page or repository
//! it stands in.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

use super::document::read_section;
use super::lead_groups::{LeadGroups, SectionLeads};
use super::name_uses::NameUses;
use super::names::Names;
use super::section_read::{Above, SectionRead};
use super::spellings::Spellings;
use crate::parse::Section;

/// This many bytes of sections of a kind are remembered; after that the memory is cleared.
const MOST_BYTES: usize = 32 << 20;

/// So many readings of one section, under names that differ, are asked whether they would be the
/// same under others.
const MOST_ASKED: usize = 4;

/// How much of a section is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Depth {
    /// All of it.
    Whole,
    /// Its headings, where they can be recognized quickly.
    Headings,
}

/// What a section is known by: the hash of its text and of what is around it, and its length.
type SectionKey = (u64, usize);

/// What was read of a section, with the names that it was read with.
#[derive(Debug)]
struct KnownSection<T> {
    read: T,
    names: Spellings,
    /// What it asked of them.
    uses: NameUses,
    /// These names and others that answer the same.
    readers: Vec<u64>,
}

impl<T> KnownSection<T> {
    fn would_read_with(&self, names: &Names) -> bool {
        self.uses.have_same_answers(self.names.dictionary(), names)
    }
}

/// What is remembered of sections of one kind.
#[derive(Debug)]
struct Remembered<T> {
    known: HashMap<SectionKey, Vec<KnownSection<T>>>,
    bytes: usize,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self { known: HashMap::new(), bytes: 0 }
    }
}

/// Remembers what sections say.
#[derive(Debug, Default)]
pub(super) struct SectionCache {
    hasher: RandomState,
    /// None where the answer depends on the leads of the page.
    sections: RwLock<Remembered<Option<Arc<SectionRead>>>>,
    leads: RwLock<Remembered<Arc<SectionLeads>>>,
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
        Self::remembered_or_read(&self.sections, key, section.text().len(), names, |names| {
            let blocks = match depth {
                Depth::Whole => section.read_blocks(),
                Depth::Headings => section.read_headings().unwrap_or_else(|| section.read_blocks()),
            };
            let (read, asked) = read_section(&blocks, section.first_line(), above, groups, names);
            (!asked || groups.is_some()).then(|| Arc::new(read))
        })
    }

    /// The lines of a section that could be leads.
    pub(super) fn section_leads(&self, section: &Section<'_>, names: &Names) -> Arc<SectionLeads> {
        let key = self.section_key(section, ());
        Self::remembered_or_read(&self.leads, key, section.text().len(), names, |names| {
            Arc::new(SectionLeads::of_blocks(&section.read_blocks().blocks, names))
        })
    }

    fn section_key(&self, section: &Section<'_>, around: impl Hash) -> SectionKey {
        let mut hasher = self.hasher.build_hasher();
        section.hash_content(&mut hasher);
        around.hash(&mut hasher);
        (hasher.finish(), section.text().len())
    }

    /// What is remembered, or what `read` gives.
    fn remembered_or_read<T: Clone>(
        remembered: &RwLock<Remembered<T>>,
        key: SectionKey,
        length: usize,
        names: &Names,
        read: impl FnOnce(&Names) -> T,
    ) -> T {
        let ours = names.spellings().id();
        let same = {
            let remembered = remembered.read().unwrap_or_else(PoisonError::into_inner);
            let all = || remembered.known.get(&key).into_iter().flatten();
            if let Some(known) =
                all().find(|known| known.readers.iter().rev().any(|id| *id == ours))
            {
                return known.read.clone();
            }
            let mut newest = all().rev().take(MOST_ASKED);
            let same = newest.find(|known| known.would_read_with(names));
            same.map(|known| (known.read.clone(), known.names.id()))
        };
        if let Some((read, theirs)) = same {
            let mut remembered = remembered.write().unwrap_or_else(PoisonError::into_inner);
            let mut all = remembered.known.get_mut(&key).into_iter().flatten();
            if let Some(known) = all.find(|known| known.names.id() == theirs) {
                known.readers.push(ours);
            }
            return read;
        }
        let (found, uses) = names.noting_uses(read);
        let mut remembered = remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.bytes > MOST_BYTES {
            *remembered = Remembered::default();
        }
        remembered.bytes += length;
        let (read, names) = (found.clone(), names.spellings().clone());
        let known = KnownSection { read, names, uses, readers: vec![ours] };
        remembered.known.entry(key).or_default().push(known);
        found
    }
}
