//! Which names a page needs, so that it can be read again without its repository.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::keyref_names::key_family;
use super::{Names, to_utf8};

/// The words of a page that keyrefs may be made of.
#[derive(Clone, Debug, Default)]
pub struct AskedKeys(FxHashSet<String>);

impl AskedKeys {
    /// Those of a page's file, in whatever encoding it is saved.
    #[must_use]
    pub fn of_file(content: &[u8]) -> Self {
        Self::of_page(&String::from_utf8_lossy(&to_utf8(content)))
    }

    /// Those of a page.
    #[must_use]
    pub fn of_page(page: &str) -> Self {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        Self(
            page.split(|c: char| !word(c))
                .filter(|word| !word.is_empty())
                .map(key_family)
                .collect(),
        )
    }
}

impl Names {
    /// The entries of keyref files that a page's keyrefs may ask for.
    #[must_use]
    pub fn used_in(&self, page: &str) -> BTreeMap<String, String> {
        if self.keyrefs.overrides.is_empty() {
            return BTreeMap::new();
        }
        self.used_by(&AskedKeys::of_page(page))
    }

    /// The same for a page whose words are known.
    #[must_use]
    pub fn used_by(&self, asked: &AskedKeys) -> BTreeMap<String, String> {
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
