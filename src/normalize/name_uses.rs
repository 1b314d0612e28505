//! What the reading of a section asked of the product names, so that it is known with which other
//! names it would read the same.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::Names;

/// Keys that were asked for, and words in which spellings of products were looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct NameUses {
    keys: BTreeMap<String, Option<String>>,
    /// By their hashes: two words with one hash only make a section be read once more.
    words: FxHashSet<u64>,
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

    /// Whether what was read with `spellings` of these names would read the same with `names`.
    pub(super) fn are_the_same(&self, names: &Names, differ: &[Vec<String>]) -> bool {
        let same = |(key, name): (&String, &Option<String>)| names.get(key) == name.as_deref();
        self.keys.iter().all(same) && !differ.iter().any(|form| self.may_hold(form))
    }

    /// Whether a product's name may stand in what was read, with or without "IBM Cloud" before it.
    fn may_hold(&self, form: &[String]) -> bool {
        let brand = form.iter().take_while(|word| matches!(word.as_str(), "ibm" | "cloud")).count();
        let bare = if brand < form.len() { &form[brand..] } else { form };
        !bare.is_empty() && bare.iter().all(|word| self.words.contains(&hash_of(word)))
    }
}

fn hash_of(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}
