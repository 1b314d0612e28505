//! The words and phrases that pages are read and compared by: lists in `words.txt`, each asked by its
//! name.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

/// The entries of each list as they stand in the file, by its name.
static LISTS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lists = include_str!("words.txt").split("\n[").skip(1);
    lists.filter_map(|list| list.split_once("]\n")).collect()
});

/// A list of `words.txt`.
pub(crate) struct WordList {
    name: &'static str,
    entries: OnceLock<Entries>,
}

#[derive(Default)]
struct Entries {
    in_order: Vec<&'static str>,
    by_hash: FxHashSet<&'static str>,
}

impl WordList {
    /// The list of a name.
    pub(crate) const fn named(name: &'static str) -> Self {
        Self { name, entries: OnceLock::new() }
    }

    /// Whether a word or phrase is on the list.
    pub(crate) fn has(&self, entry: &str) -> bool {
        self.read().by_hash.contains(entry)
    }

    /// The words of a text behind the first entry that it opens with; none where it opens with none.
    pub(crate) fn words_behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().find_map(|entry| text.strip_prefix(entry)?.strip_prefix(' '))
    }

    /// Whether a text opens with an entry, whole words of it.
    pub(crate) fn opens(&self, text: &str) -> bool {
        self.has(text) || self.words_behind(text).is_some()
    }

    /// All entries in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.read().in_order.iter().copied()
    }

    fn read(&self) -> &Entries {
        self.entries.get_or_init(|| {
            let list = LISTS.get(self.name).copied().unwrap_or_default();
            let entries = list.lines().filter(|line| !line.starts_with('#'));
            let entries = entries.flat_map(|line| line.split(',')).map(str::trim);
            let in_order: Vec<&str> = entries.filter(|entry| !entry.is_empty()).collect();
            Entries { by_hash: in_order.iter().copied().collect(), in_order }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_entries_and_each_of_them_once() {
        for name in LISTS.keys() {
            let list = WordList::named(name);
            let read = list.read();
            assert!(!read.in_order.is_empty(), "{name} is empty");
            assert_eq!(read.in_order.len(), read.by_hash.len(), "{name} has an entry twice");
        }
    }

    #[test]
    fn entries_stand_in_the_order_of_the_file() {
        let companies = WordList::named("companies");
        assert!(companies.has("palo alto networks") && !companies.has("palo"));
        assert_eq!(companies.iter().take(2).collect::<Vec<_>>(), ["akamai", "amazon"]);
    }
}
