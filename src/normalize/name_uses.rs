//! What reading a section asks of a table of names. Under another table that answers the same, the
//! section reads the same.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::dictionary::Dictionary;
use crate::model::Sides;

/// The questions, with their answers where these are short.
#[derive(Clone, Debug, Default)]
pub(super) struct NameUses {
    /// The names that keys stand for.
    keys: BTreeMap<String, Option<String>>,
    /// Hashes of the words for which spellings were looked up. Two words of one hash make a section
    /// be read once more than it has to be.
    words: FxHashSet<u32>,
}

impl NameUses {
    pub(super) fn note_key(&mut self, key: &str, name: Option<&str>) {
        if !self.keys.contains_key(key) {
            self.keys.insert(key.to_owned(), name.map(str::to_owned));
        }
    }

    pub(super) fn note_word(&mut self, word: &str) {
        self.words.insert(hash_of(word));
    }

    /// Whether other names answer the same: `is_name` says whether a key stands for a name there,
    /// `spellings` are theirs and those that were asked before.
    pub(super) fn have_same_answers(
        &self,
        is_name: impl Fn(&str, Option<&str>) -> bool,
        spellings: Sides<&Dictionary>,
    ) -> bool {
        self.keys.iter().all(|(key, name)| is_name(key, name.as_deref()))
            && spellings.old.agrees_on(spellings.new, |word| self.words.contains(&hash_of(word)))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a part of the hash will do")]
fn hash_of(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    (hasher.finish() >> 16) as u32
}
