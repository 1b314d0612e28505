//! Which names a page needs, so that it can be read again without its repository.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Names;
use super::names::family;

impl Names {
    /// The entries of keyref files that a page's keyrefs may ask for.
    #[must_use]
    pub fn used_in(&self, page: &str) -> BTreeMap<String, String> {
        if self.overrides.is_empty() {
            return BTreeMap::new();
        }
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let asked: FxHashSet<String> =
            page.split(|c: char| !word(c)).filter(|word| !word.is_empty()).map(family).collect();
        // a page's words end at points, so of a nested key its last part is looked for
        let last = |key: &str| key.rsplit('.').next().map_or_else(String::new, family);
        let is_asked = |key: &str| asked.contains(&family(key)) || asked.contains(&last(key));
        let used = self.overrides.iter().filter(|(key, _)| is_asked(key));
        used.map(|(key, name)| (key.clone(), name.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_products_of_the_page_are_kept_in_all_their_forms() {
        let table = "{acme_full: Acme Queue Service, acme_short: Acme Queue, vault: Skyvault}";
        let names = Names::builtin().overlaid(table).unwrap();
        let used = names.used_in("| {{site.data.keyword.acme_full_notm}} |");
        assert_eq!(used.keys().collect::<Vec<_>>(), ["acme_full", "acme_short"]);
        assert!(Names::builtin().used_in("acme").is_empty());
    }
}
