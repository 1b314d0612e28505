//! Sections that were read, so that each is read once a run, whatever version, page or repository
//! it stands in.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::document::read_section;
use super::lead_groups::{LeadGroups, SectionLeads};
use super::names::Names;
use super::section_read::{Above, SectionRead};
use super::spellings::Spellings;
use crate::parse::Section;

/// So many bytes of sections are remembered; past that it begins anew.
const MOST_BYTES: usize = 32 << 20;
/// How much of a section is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Depth {
    /// All of it.
    Whole,
    /// Its headings, where they can be told from the rest at a glance.
    Headings,
}

/// What a section is known by: the hash of its text and of what is around it, and its length.
type Key = (u64, usize);

/// What was read of a section, with the names that it was read with.
#[derive(Debug)]
struct Known<T> {
    read: T,
    names: Spellings,
}

/// What is remembered of sections of one kind.
type Shelf<T> = RwLock<HashMap<Key, Vec<Known<T>>>>;

/// Remembers what sections say.
#[derive(Debug, Default)]
pub(super) struct SectionCache {
    hasher: RandomState,
    /// None where the answer depends on the leads of the page.
    sections: Shelf<Option<Arc<SectionRead>>>,
    leads: Shelf<Arc<SectionLeads>>,
    bytes: Mutex<usize>,
}

impl SectionCache {
    /// What a section says below what stands above it. None where that depends on the leads of
    /// its page, and `groups` does not tell them.
    pub(super) fn section(
        &self,
        section: &Section<'_>,
        depth: Depth,
        above: &Above,
        groups: Option<&LeadGroups>,
        names: &Names,
    ) -> Option<Arc<SectionRead>> {
        let key = self.key(section, (depth, above, groups));
        self.known(&self.sections, key, section.text().len(), names, &|| {
            let blocks = match depth {
                Depth::Whole => section.read(),
                Depth::Headings => section.read_headings().unwrap_or_else(|| section.read()),
            };
            let (read, asked) = read_section(&blocks, section.first_line(), above, groups, names);
            (!asked || groups.is_some()).then(|| Arc::new(read))
        })
    }

    /// The lines of a section that could be leads.
    pub(super) fn leads(&self, section: &Section<'_>, names: &Names) -> Arc<SectionLeads> {
        let key = self.key(section, ());
        self.known(&self.leads, key, section.text().len(), names, &|| {
            Arc::new(SectionLeads::of_blocks(&section.read().blocks, names))
        })
    }

    fn key(&self, section: &Section<'_>, around: impl Hash) -> Key {
        let mut hasher = self.hasher.build_hasher();
        section.hash_content(&mut hasher);
        around.hash(&mut hasher);
        (hasher.finish(), section.text().len())
    }

    /// What is remembered, or what `read` gives.
    fn known<T: Clone>(
        &self,
        known: &Shelf<T>,
        key: Key,
        length: usize,
        names: &Names,
        read: &dyn Fn() -> T,
    ) -> T {
        let ours = names.spellings();
        let found =
            known.read().unwrap_or_else(PoisonError::into_inner).get(&key).and_then(|all| {
                all.iter().find(|known| known.names.is(ours)).map(|known| known.read.clone())
            });
        if let Some(found) = found {
            return found;
        }
        let found = read();
        let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if *bytes > MOST_BYTES {
            *bytes = 0;
            known.clear();
        }
        *bytes += length;
        known.entry(key).or_default().push(Known { read: found.clone(), names: ours.clone() });
        found
    }
}
