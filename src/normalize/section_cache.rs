//! Sections that were read, so that each is read once a run, whatever version, page or repository
//! it stands in.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::document::read_section;
use super::lead_groups::{LeadGroups, SectionLeads};
use super::name_uses::NameUses;
use super::names::Names;
use super::section_read::{Above, SectionRead};
use super::spellings::Spellings;
use crate::parse::Section;

/// So many bytes of sections are remembered; past that it begins anew.
const MOST_BYTES: usize = 32 << 20;
/// So many tables of names are remembered as fitting what was read.
const MOST_SPELLINGS: usize = 8;
/// So many differences of tables of names are remembered.
const MOST_DIFFERENCES: usize = 512;

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

/// What was read of a section, with the names that give the same.
#[derive(Debug)]
struct Known<T> {
    read: T,
    uses: NameUses,
    spellings: Vec<Spellings>,
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
    /// The spellings that were learned last.
    learned: Mutex<Option<Spellings>>,
    differences: Mutex<HashMap<(usize, usize), Difference>>,
    bytes: Mutex<usize>,
}

/// Two tables of spellings, and the names by which they differ.
#[derive(Debug)]
struct Difference {
    /// Kept so that their addresses stay theirs.
    _between: (Spellings, Spellings),
    forms: Arc<Vec<Vec<String>>>,
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
        self.known(&self.sections, key, section.text().len(), names, &|names| {
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
        self.known(&self.leads, key, section.text().len(), names, &|names| {
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
        read: &dyn Fn(&Names) -> T,
    ) -> T {
        if let Some(found) = self.look_up(known, key, names) {
            return found;
        }
        let (found, uses, spellings) = self.read_with_learned(names, read);
        let read = Known { read: found.clone(), uses, spellings: vec![spellings] };
        let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if *bytes > MOST_BYTES {
            *bytes = 0;
            known.clear();
        }
        *bytes += length;
        known.entry(key).or_default().push(read);
        found
    }

    fn look_up<T: Clone>(&self, known: &Shelf<T>, key: Key, names: &Names) -> Option<T> {
        let ours = names.spellings();
        let (at, last, found) = {
            let known = known.read().unwrap_or_else(PoisonError::into_inner);
            let all = known.get(&key)?;
            let is_ours = |known: &Known<T>| known.spellings.iter().any(|one| one.is(ours));
            if let Some(found) = all.iter().find(|known| is_ours(known)) {
                return Some(found.read.clone());
            }
            all.iter().enumerate().find_map(|(at, known)| {
                let last = known.spellings.first()?;
                let fits = known.uses.are_the_same(names, &self.forms(last, ours));
                fits.then(|| (at, last.clone(), known.read.clone()))
            })?
        };
        let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
        let entry = known.get_mut(&key).and_then(|all| all.get_mut(at));
        // another thread may have begun anew meanwhile
        let is_last = |known: &&mut Known<T>| known.spellings.iter().any(|one| one.is(&last));
        if let Some(known) = entry.filter(is_last) {
            known.spellings.insert(0, ours.clone());
            known.spellings.truncate(MOST_SPELLINGS);
        }
        Some(found)
    }

    /// Reads with the spellings that were learned last, where that comes to the same: to learn
    /// those of a whole table takes longer than to read a section.
    fn read_with_learned<T>(
        &self,
        names: &Names,
        read: &dyn Fn(&Names) -> T,
    ) -> (T, NameUses, Spellings) {
        let with = |spellings: &Spellings| {
            let (noting, uses) = names.noting_uses(spellings);
            let found = read(&noting);
            drop(noting);
            let uses = uses.lock().map(|mut uses| std::mem::take(&mut *uses));
            (found, uses.unwrap_or_default())
        };
        let ours = names.spellings();
        let learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(learned) = learned.filter(|learned| !learned.is(ours)) {
            let (found, uses) = with(&learned);
            if uses.are_the_same(names, &self.forms(&learned, ours)) {
                return (found, uses, ours.clone());
            }
        }
        *self.learned.lock().unwrap_or_else(PoisonError::into_inner) = Some(ours.clone());
        let (found, uses) = with(ours);
        (found, uses, ours.clone())
    }

    /// The names of products by which two tables differ.
    fn forms(&self, one: &Spellings, other: &Spellings) -> Arc<Vec<Vec<String>>> {
        let key = (one.address(), other.address());
        let mut known = self.differences.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_DIFFERENCES {
            known.clear();
        }
        let difference = known.entry(key).or_insert_with(|| Difference {
            forms: Arc::new(one.forms_that_differ(other)),
            _between: (one.clone(), other.clone()),
        });
        Arc::clone(&difference.forms)
    }
}
