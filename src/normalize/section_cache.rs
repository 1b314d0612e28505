//! Sections that were read, so that each is read once a run, whatever version, page or repository
//! it stands in.

use std::collections::HashMap;
use std::hash::RandomState;
use std::sync::{Arc, PoisonError, RwLock};

use super::name_uses::NameUses;
use super::section_leads::SectionLeads;
use super::section_read::SectionRead;
use super::spellings::Spellings;

/// This many bytes of sections of a kind are remembered; after that the memory is cleared.
const MOST_BYTES: usize = 32 << 20;

/// So many readings of one section, under names that differ, are asked whether they would be the
/// same under others.
const MOST_ASKED: usize = 4;

/// What a section is known by: the hash of its text and of what is around it, and its length.
pub(super) type SectionKey = (u64, usize);

/// What was read of a section, with the names that it was read with.
#[derive(Debug)]
pub(super) struct KnownSection<T> {
    read: T,
    pub(super) names: Spellings,
    /// What it asked of them.
    pub(super) uses: NameUses,
    /// These names and others that answer the same.
    readers: Vec<u64>,
}

/// What is remembered of sections of one kind.
#[derive(Debug)]
pub(super) struct Remembered<T> {
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
    pub(super) hasher: RandomState,
    /// None where the answer depends on the leads of the page.
    pub(super) sections: RwLock<Remembered<Option<Arc<SectionRead>>>>,
    pub(super) leads: RwLock<Remembered<Arc<SectionLeads>>>,
}

/// What is remembered of a section; else what `read` gives, with what that asked of the names. Their
/// `spellings` are known, and `would_read_same` says whether they answer as those did with which it
/// was read.
pub(super) fn remembered_or_read<T: Clone>(
    remembered: &RwLock<Remembered<T>>,
    (key, length): (SectionKey, usize),
    spellings: &Spellings,
    would_read_same: impl Fn(&KnownSection<T>) -> bool,
    read: impl FnOnce() -> (T, NameUses),
) -> T {
    let ours = spellings.id();
    let same = {
        let remembered = remembered.read().unwrap_or_else(PoisonError::into_inner);
        let all = || remembered.known.get(&key).into_iter().flatten();
        if let Some(known) = all().find(|known| known.readers.iter().rev().any(|id| *id == ours)) {
            return known.read.clone();
        }
        let mut newest = all().rev().take(MOST_ASKED);
        let same = newest.find(|known| would_read_same(known));
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
    let (found, uses) = read();
    let mut remembered = remembered.write().unwrap_or_else(PoisonError::into_inner);
    if remembered.bytes > MOST_BYTES {
        *remembered = Remembered::default();
    }
    remembered.bytes += length;
    let (read, names) = (found.clone(), spellings.clone());
    let known = KnownSection { read, names, uses, readers: vec![ours] };
    remembered.known.entry(key).or_default().push(known);
    found
}
