//! Which names a page needs, so that it can be read again without its repository.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::keyref_names::{key_family, words_for};
use super::{Names, to_utf8};

/// The words of a page that keyrefs may be made of.
#[derive(Clone, Debug, Default)]
struct AskedKeys(FxHashSet<String>);

impl AskedKeys {
    /// Those of a page's file, in whatever encoding it is saved.
    fn of_file(content: &[u8]) -> Self {
        Self::of_page(&String::from_utf8_lossy(&to_utf8(content)))
    }

    /// Those of a page.
    fn of_page(page: &str) -> Self {
        Self(
            page.split(|c| !is_of_word(c))
                .filter(|word| !word.is_empty())
                .map(key_family)
                .collect(),
        )
    }
}

/// More keys than these are looked up among the words of a page, not looked for in it.
const MOST_SEARCHED: usize = 100;

/// Whether a page's file, in whatever encoding it is saved, may ask for one of these keys.
#[must_use]
pub fn may_ask_for(content: &[u8], keys: &[Arc<str>]) -> bool {
    if keys.is_empty() {
        return false;
    }
    let mut words = keys.iter().flat_map(|key| words_for(key));
    if keys.len() <= MOST_SEARCHED {
        let lower = to_utf8(content).to_ascii_lowercase();
        return words.any(|word| is_asked_in(&lower, &word));
    }
    let asked = AskedKeys::of_file(content);
    words.any(|word| asked.0.contains(&word))
}

/// Whether a word of a page, in small letters, is of the family of a key.
fn is_asked_in(page: &[u8], family: &str) -> bool {
    let is_word_at = |at: &usize| page.get(*at).is_some_and(|byte| is_of_word(char::from(*byte)));
    let is_of_family = |at: usize| {
        let end = (at..page.len()).find(|at| !is_word_at(at)).unwrap_or(page.len());
        let word = page.get(at..end).and_then(|word| str::from_utf8(word).ok());
        word.is_some_and(|word| key_family(word) == family)
    };
    let begins_word = |at: usize| !at.checked_sub(1).as_ref().is_some_and(is_word_at);
    let mut found = memmem::find_iter(page, family.as_bytes());
    !family.is_empty() && found.any(|at| begins_word(at) && is_of_family(at))
}

/// Whether a sign may stand in a key.
const fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

impl Names {
    /// The keys whose entries in keyref files are not the same in other names.
    #[must_use]
    pub fn keys_that_differ(&self, other: &Self) -> Vec<Arc<str>> {
        let (ours, theirs) = (&self.keyrefs.overrides, &other.keyrefs.overrides);
        let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
        let mut differing = Vec::new();
        loop {
            // both in the order of keys
            let order = match (ours.peek(), theirs.peek()) {
                (None, None) => return differing,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((key, _)), Some((other, _))) if Arc::ptr_eq(key, other) => Ordering::Equal,
                (Some((key, _)), Some((other, _))) => key.cmp(other),
            };
            let our = if order.is_le() { ours.next() } else { None };
            let their = if order.is_ge() { theirs.next() } else { None };
            if our.map(|(_, name)| name) != their.map(|(_, name)| name) {
                differing.extend(our.or(their).map(|(key, _)| Arc::clone(key)));
            }
        }
    }

    /// The entries of keyref files that a page's keyrefs may ask for.
    #[must_use]
    pub fn used_in(&self, page: &str) -> BTreeMap<String, String> {
        if self.keyrefs.overrides.is_empty() {
            return BTreeMap::new();
        }
        self.used_by(&AskedKeys::of_page(page))
    }

    /// The same for a page whose words are known.
    fn used_by(&self, asked: &AskedKeys) -> BTreeMap<String, String> {
        let keys = asked.0.iter().flat_map(|word| self.keyrefs.asked_by(word));
        let entry = |key: &Arc<str>| self.keyrefs.overrides.get_key_value(key);
        let used = keys.filter_map(entry);
        used.map(|(key, name)| (key.to_string(), name.to_string())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_ask_for_keys_in_all_their_forms() {
        let keys = |keys: &[&str]| keys.iter().map(|key| Arc::from(*key)).collect::<Vec<_>>();
        let page = "Use {{site.data.keyword.Acme_full_notm}} with {{site.data.keyword.own.sky}}.";
        for (asked, expected) in [
            (keys(&["acme"]), true),
            (keys(&["moon", "acme_short"]), true),
            (keys(&["other.sky"]), true),
            (keys(&["acme_queue", "moon"]), false),
            // its letters stand in the page, but are no word
            (keys(&["cm", "key"]), false),
            (keys(&[]), false),
            (keys(&["moon"; 40]), false),
            (keys(&["sky"; 40]), true),
        ] {
            assert_eq!(may_ask_for(page.as_bytes(), &asked), expected, "{asked:?}");
        }
    }

    #[test]
    fn few_keys_are_found_as_many_are() {
        for page in [
            "{{site.data.keyword.acme_full_notm}}",
            "my_acme acme-long x",
            "Acme",
            "acme2",
            "the acmefull",
            "2acme",
            "-acme_short",
            "b\u{e4}acme",
            "acme_",
            "",
        ] {
            let (lower, all) = (page.to_ascii_lowercase(), AskedKeys::of_page(page));
            for family in
                ["acme", "my_acme", "acme2", "-acme", "acme_", "keyword", "b\u{e4}acme", ""]
            {
                let expected = all.0.contains(family);
                assert_eq!(is_asked_in(lower.as_bytes(), family), expected, "{family}: {page}");
            }
        }
    }

    #[test]
    fn names_differ_in_the_keys_that_another_file_adds_drops_or_changes() {
        let names = |table| Names::builtin().with_keyref_file(table).unwrap();
        let old = names("{acme: Acme Queue, moon: Moon, sky: Skyvault}");
        let new = names("{acme: Acme Queue, barn: Barn, sky: Skyvault for Barns}");
        let keys = old.keys_that_differ(&new);
        assert_eq!(keys.iter().map(|key| &**key).collect::<Vec<_>>(), ["barn", "moon", "sky"]);
        assert_eq!(new.keys_that_differ(&old), keys);
        assert_eq!(old.keys_that_differ(&old.clone()), [] as [Arc<str>; 0]);
        assert_eq!(Names::builtin().keys_that_differ(&old).len(), 3);
    }

    #[test]
    fn only_the_products_of_the_page_are_kept_in_all_their_forms() {
        let table = "{acme_full: Acme Queue Service, acme_short: Acme Queue, vault: Skyvault}";
        let names = Names::builtin().with_keyref_file(table).unwrap();
        let used = names.used_in("| {{site.data.keyword.acme_full_notm}} |");
        assert_eq!(used.keys().collect::<Vec<_>>(), ["acme_full", "acme_short"]);
        assert!(Names::builtin().used_in("acme").is_empty());
        let wide: Vec<u8> = "\u{feff}{{site.data.keyword.vault}}"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(names.used_by(&AskedKeys::of_file(&wide)).len(), 1);
    }
}
