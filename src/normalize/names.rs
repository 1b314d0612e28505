//! Product names behind keyrefs.

use std::sync::{Arc, Mutex, PoisonError};

use super::builtin_table::BUILTIN;
use super::dictionary::Dictionary;
use super::keyref_lines::KeyrefLines;
use super::keyref_names::{KeyrefNames, asks_for_full, key_family};
use super::name_uses::NameUses;
use super::policy_vocabulary::PolicyVocabulary;
use super::section_cache::SectionCache;
use super::spellings::Spellings;
use crate::model::{IncludedFiles, Party};
use crate::parse::{AsciiDocPage, DocAttributes};

/// The product names that keyrefs stand for. A copy is cheap, and shares what was read with them.
#[derive(Clone, Debug)]
pub struct Names {
    pub(super) keyrefs: Arc<KeyrefNames>,
    spellings: Spellings,
    pub(super) own: Option<Arc<PolicyVocabulary>>,
    /// Sections that were read with these names, or with others of the same run.
    pub(super) sections: Arc<SectionCache>,
    /// Lines of keyref files that were read in the same run.
    pub(super) keyref_lines: Arc<KeyrefLines>,
    /// Records which names are looked up, if a caller wants to know.
    uses: Option<Arc<Mutex<NameUses>>>,
    /// The files that one AsciiDoc page includes.
    included: Option<Arc<IncludedFiles>>,
    /// Which files are looked at as pages; none where all are.
    page_paths: Option<PagePaths>,
}

/// Says of a path whether its file is looked at as a page.
#[derive(Clone)]
struct PagePaths(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl std::fmt::Debug for PagePaths {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PagePaths")
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Names {
    /// The built-in table.
    #[must_use]
    pub fn builtin() -> Self {
        Self {
            keyrefs: Arc::default(),
            spellings: Spellings::default(),
            own: None,
            sections: Arc::default(),
            keyref_lines: Arc::default(),
            uses: None,
            included: None,
            page_paths: None,
        }
    }

    /// The same names with a policy's own words for parties and templates' texts.
    #[must_use]
    pub fn with_own(mut self, own: &Arc<PolicyVocabulary>) -> Self {
        self.own = Some(Arc::clone(own));
        self.sections = Arc::clone(&own.sections);
        self
    }

    pub(super) fn policy_vocabulary(&self) -> Option<&PolicyVocabulary> {
        self.own.as_deref()
    }

    /// The same where only some files are looked at as pages.
    #[must_use]
    pub fn with_page_paths(
        self,
        is_looked_at: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { page_paths: Some(PagePaths(Arc::new(is_looked_at))), ..self }
    }

    /// Whether the file at a path is looked at as a page.
    pub(super) fn is_looked_at(&self, path: &str) -> bool {
        self.page_paths.as_ref().is_none_or(|paths| (paths.0)(path))
    }

    /// What `read` gives, and what it asked of these names.
    pub(super) fn noting_uses<T>(&self, read: impl FnOnce(&Self) -> T) -> (T, NameUses) {
        let uses = Arc::new(Mutex::new(NameUses::default()));
        let read = read(&Self { uses: Some(Arc::clone(&uses)), ..self.clone() });
        let mut uses = uses.lock().unwrap_or_else(PoisonError::into_inner);
        (read, std::mem::take(&mut uses))
    }

    fn note_use(&self, note: impl FnOnce(&mut NameUses)) {
        if let Some(uses) = &self.uses {
            note(&mut uses.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// The same with what keyref files say.
    pub(super) fn with_keyrefs(&self, keyrefs: KeyrefNames) -> Self {
        let keyrefs = Arc::new(keyrefs);
        let spellings = self.spellings.with_keyrefs(&keyrefs);
        Self { keyrefs, spellings, ..self.clone() }
    }

    pub(super) fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    pub(super) fn dictionary(&self) -> &Dictionary {
        self.spellings.dictionary()
    }

    /// What was read with names of this run, under the same words of a policy.
    pub(super) fn sections(&self) -> &SectionCache {
        &self.sections
    }

    /// The same names, which know nothing of what was read before.
    #[must_use]
    pub fn without_memory(&self) -> Self {
        Self { sections: Arc::default(), ..self.clone() }
    }

    /// The name behind a key, if the table knows it: the very key of a keyref file, then that
    /// file's name for the key's family, then the built-in table's.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let name = self.look_up(key);
        self.note_use(|uses| uses.note_key(key, name));
        name
    }

    fn look_up(&self, key: &str) -> Option<&str> {
        if let Some(name) = self.keyrefs.overrides.get(key) {
            return Some(name);
        }
        let family = key_family(key);
        let (name, full) = match self.keyrefs.families().get(&family) {
            Some(product) => (&*product.name, product.full.as_deref().unwrap_or_default()),
            None => *BUILTIN.families.get(family.as_str())?,
        };
        Some(if asks_for_full(key) && !full.is_empty() { full } else { name })
    }

    /// The party that provides the service.
    pub(super) fn provider(&self) -> Party {
        Party::of_provider(self.provider_name())
    }

    /// The name that a policy gives the provider.
    #[must_use]
    pub fn provider_name(&self) -> Option<&str> {
        self.policy_vocabulary()?.provider.as_deref()
    }

    /// The attributes that a policy sets for AsciiDoc pages.
    pub(super) fn attributes(&self) -> &DocAttributes {
        static NONE: DocAttributes = DocAttributes::none();
        self.policy_vocabulary().map_or(&NONE, |own| &own.attributes)
    }

    /// The same for one AsciiDoc page, with the files that it includes.
    #[must_use]
    pub fn with_included(self, included: IncludedFiles) -> Self {
        Self { included: Some(Arc::new(included)), ..self }
    }

    /// The files that the page includes for which these names are.
    pub(super) fn included_files(&self) -> Option<&IncludedFiles> {
        self.included.as_deref()
    }

    /// The paths of the files that a page includes, as far as these are known; may name one twice.
    #[must_use]
    pub fn included_paths(&self, page: &[u8], files: &IncludedFiles) -> Vec<String> {
        AsciiDocPage::included_paths(page, self.attributes(), files)
    }

    /// The text of a page, with the files that it includes in their places.
    #[must_use]
    pub fn whole_text(&self, page: &[u8]) -> String {
        match &self.included {
            Some(files) if AsciiDocPage::may_include(page) => {
                AsciiDocPage::flattened(page, self.attributes(), files)
            }
            Some(_) | None => String::from_utf8_lossy(page).into_owned(),
        }
    }

    /// Whether canonical words are the name of a product.
    pub(super) fn is_product(canonical: &str) -> bool {
        BUILTIN.products.contains(canonical)
    }

    /// Every spelling of a product in a text to the same words.
    pub(super) fn rewrite_products(&self, words: Vec<String>) -> Vec<String> {
        let words = match self.policy_vocabulary() {
            Some(own) => own.rewrite_parties(words),
            None => words,
        };
        let mut rewritten = None;
        self.note_use(|uses| {
            let words = words.clone();
            rewritten = Some(self.dictionary().rewrite_noting(words, |word| uses.note_word(word)));
        });
        rewritten.unwrap_or_else(|| self.dictionary().rewrite_words(words))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::normalize::canonical::words_of;
    use crate::normalize::keyref_names::{Product, readable_key};
    use crate::normalize::spellings::add_spellings;

    fn canonical(names: &Names, text: &str) -> String {
        names.rewrite_products(words_of(text)).join(" ")
    }

    fn listed() -> BTreeMap<String, Product> {
        serde_yaml::from_str(include_str!("products.yaml")).expect("products.yaml is good YAML")
    }

    /// The settled table as `products.yaml` gives it.
    fn settle(listed: &BTreeMap<String, Product>) -> String {
        let mut dictionary = Dictionary::default();
        add_spellings(&mut dictionary, listed.values());
        let mut lines: Vec<String> = listed
            .iter()
            .map(|(key, product)| {
                let name = dictionary.rewrite_words(words_of(&product.name)).join(" ");
                let full = product.full.as_deref().unwrap_or_default();
                format!("product\t{}\t{}\t{full}\t{name}\n", key.to_lowercase(), product.name)
            })
            .collect();
        lines.sort();
        for (spelling, name) in dictionary.settled() {
            lines.push(format!("spelling\t{spelling}\t{name}\n"));
        }
        lines.concat()
    }

    /// `RESPDIFF_SETTLE=1 cargo test settled_table` rewrites the table.
    #[test]
    fn the_settled_table_is_what_the_list_gives() {
        let settled = settle(&listed());
        if std::env::var_os("RESPDIFF_SETTLE").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/normalize/products.settled.tsv");
            std::fs::write(path, &settled).expect("the table can be written");
        } else {
            assert!(settled == include_str!("products.settled.tsv"), "see RESPDIFF_SETTLE");
        }
    }

    #[test]
    fn every_spelling_of_a_product_settles_on_one() {
        let names = Names::builtin();
        for (family, product) in listed() {
            let expected = canonical(&names, &product.name);
            assert_eq!(canonical(&names, &expected), expected, "{family}");
            for form in product.full.iter().chain(&product.also) {
                assert_eq!(canonical(&names, form), expected, "{family}: {form}");
            }
        }
    }

    #[test]
    fn suffixes_are_no_part_of_a_key() {
        for key in ["cos_full_notm", "cos_short", "cosfull", "cos_long_notm", "cos-short", "cos"] {
            assert_eq!(key_family(key), "cos", "{key}");
        }
        assert_eq!(key_family("powerSysFull"), "powersys");
        assert_eq!(key_family("full"), "full");
        assert_eq!(readable_key("sky_vault-short_notm"), "sky vault");
    }

    #[test]
    fn keys_ask_for_a_form() {
        let names = Names::builtin();
        assert_eq!(names.get("cos_full_notm"), Some("IBM Cloud Object Storage"));
        assert_eq!(names.get("cos_short"), Some("Object Storage"));
        assert_eq!(names.get("openshiftlong_notm"), Some("Red Hat OpenShift on IBM Cloud"));
        assert_eq!(names.get("cloud"), names.get("Bluemix_notm"));
        assert_eq!(names.get("skyvault"), None);
    }

    #[test]
    fn old_and_new_products_differ() {
        let names = Names::builtin();
        for (one, other) in [
            ("IBM", "IBM Cloud"),
            ("IBM Log Analysis", "IBM Cloud Logs"),
            ("IBM Cloud Activity Tracker", "IBM Cloud Activity Tracker Event Routing"),
            ("Red Hat OpenShift", "Red Hat OpenShift on IBM Cloud"),
            ("Block Storage", "Block Storage for VPC"),
        ] {
            assert_ne!(canonical(&names, one), canonical(&names, other));
        }
        assert_eq!(canonical(&names, "Monitoring the vault"), "monitoring the vault");
    }

    #[test]
    fn a_keyref_file_wins() {
        let names = Names::builtin()
            .with_keyref_file("site:\n  data:\n    keyword:\n      cos_short: Vault\n      sky: Sky\n      sky_full: IBM Skyvault (Sky)\n      n: 5\n")
            .unwrap();
        assert_eq!(names.get("cos_short"), Some("Vault"));
        assert_eq!(names.get("cos_full"), Some("Vault"));
        assert_eq!(names.get("sky_long_notm"), Some("IBM Skyvault (Sky)"));
        assert_eq!(names.get("n"), Some("5"));
        assert_eq!(canonical(&names, "IBM Skyvault (Sky)"), "sky");
        assert_eq!(names.get("tg_short"), Some("Transit Gateway"));
        let plain = Names::builtin().with_keyref_file("sky: Skyvault").unwrap();
        assert_eq!(plain.get("sky_notm"), Some("Skyvault"));
        assert!(Names::builtin().with_keyref_file("").is_ok());
        assert!(Names::builtin().with_keyref_file("- a\n").unwrap_err().contains("line 1"));
        assert!(
            Names::builtin()
                .with_keyref_file("keyword:\n  a: b: c\n")
                .unwrap_err()
                .contains("line 2")
        );
    }
}
