//! Product names behind keyrefs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::canonical::words;
use super::dictionary::Dictionary;
use super::name_uses::NameUses;
use super::own::OwnWords;
use super::section_cache::SectionCache;

/// The names of one product, by the suffix of the key that asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
struct Product {
    /// The short form.
    name: String,
    /// The full form, where it differs.
    full: Option<String>,
    /// Other written-out forms of the same product at the same time.
    #[cfg_attr(test, serde(default))]
    also: Vec<String>,
    /// The form that all others compare as, where that is not the shortest one.
    compared: Option<String>,
}

/// What does not change with a page's own keyword file.
#[derive(Debug, Default)]
struct Table {
    /// Short and full name (empty where it is the short one) by family, in lower case.
    families: FxHashMap<&'static str, (&'static str, &'static str)>,
    dictionary: Dictionary,
    /// The canonical names of all products.
    products: FxHashSet<&'static str>,
}

static BUILTIN: LazyLock<Arc<Table>> = LazyLock::new(|| Arc::new(Table::builtin()));

/// Values with more bytes stand for no product.
const LONGEST_VALUE: usize = 2_000;
/// Longer values of a keyword file are sentences, not names.
const LONGEST_NAME: usize = 12;

/// The product names that keyrefs stand for. A copy is cheap, and shares what was read with them.
#[derive(Clone, Debug)]
pub struct Names {
    table: Arc<Table>,
    pub(super) keyrefs: Arc<KeyrefNames>,
    spellings: Spellings,
    pub(super) own: Option<Arc<OwnWords>>,
    /// Sections that were read with these names, or with others of the same run.
    sections: Arc<SectionCache>,
    /// Notes what a section asks for, while it is read.
    uses: Option<Arc<Mutex<NameUses>>>,
}

/// What keyref files say.
#[derive(Debug, Default)]
pub(super) struct KeyrefNames {
    /// The names as they are written.
    pub(super) written: BTreeMap<String, String>,
    /// The same, with what other keys in them stand for.
    pub(super) overrides: BTreeMap<String, String>,
    families: OnceLock<BTreeMap<String, Product>>,
    /// The keys of `overrides` by what pages may ask for them with.
    asked_by: OnceLock<FxHashMap<String, Vec<String>>>,
}

/// All spellings of products, learned when the first text asks for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings(Arc<LaidSpellings>);

#[derive(Debug, Default)]
struct LaidSpellings {
    /// What was known before the keyref file was laid over it.
    base: Option<Spellings>,
    keyrefs: Arc<KeyrefNames>,
    learned: OnceLock<Dictionary>,
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
            table: Arc::clone(&BUILTIN),
            keyrefs: Arc::default(),
            spellings: Spellings::default(),
            own: None,
            sections: Arc::default(),
            uses: None,
        }
    }

    /// The same with what keyref files say.
    pub(super) fn with_keyrefs(&self, keyrefs: KeyrefNames) -> Self {
        let keyrefs = Arc::new(keyrefs);
        let spellings = LaidSpellings {
            base: Some(self.spellings.clone()),
            keyrefs: Arc::clone(&keyrefs),
            learned: OnceLock::new(),
        };
        Self { keyrefs, spellings: Spellings(Arc::new(spellings)), ..self.clone() }
    }

    /// The same keys with these spellings, and a note of all that is asked for.
    pub(super) fn noting_uses(&self, spellings: &Spellings) -> (Self, Arc<Mutex<NameUses>>) {
        let uses = Arc::<Mutex<NameUses>>::default();
        let names = Self { spellings: spellings.clone(), ..self.clone() };
        (Self { uses: Some(Arc::clone(&uses)), ..names }, uses)
    }

    pub(super) fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// What was read with names of this run, under the same policy.
    pub(super) fn sections(&self) -> &SectionCache {
        self.own.as_ref().map_or(&self.sections, |own| own.sections())
    }

    /// The name behind a key, if the table knows it: the very key of a keyref file, then that
    /// file's name for the key's family, then the built-in table's.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let name = self.name_of(key);
        if let Some(mut uses) = self.uses.as_ref().and_then(|uses| uses.lock().ok()) {
            uses.note_key(key, name);
        }
        name
    }

    fn name_of(&self, key: &str) -> Option<&str> {
        if let Some(name) = self.keyrefs.overrides.get(key) {
            return Some(name);
        }
        let family = family(key);
        let (name, full) = match self.keyrefs.families().get(&family) {
            Some(product) => (&*product.name, product.full.as_deref().unwrap_or_default()),
            None => *self.table.families.get(family.as_str())?,
        };
        Some(if asks_for_full(key) && !full.is_empty() { full } else { name })
    }

    /// Whether canonical words are the name of a product.
    pub(super) fn is_product(&self, canonical: &str) -> bool {
        self.table.products.contains(canonical)
    }

    /// Every spelling of a product in a text to the same words.
    pub(super) fn rewrite(&self, words: Vec<String>) -> Vec<String> {
        let words = match self.own() {
            Some(own) => own.rewrite(words),
            None => words,
        };
        let dictionary = self.spellings.dictionary(&self.table);
        match self.uses.as_ref().and_then(|uses| uses.lock().ok()) {
            Some(mut uses) => {
                for word in &words {
                    uses.note_word(word);
                }
                dictionary.rewrite(words, &mut |word| uses.note_word(word))
            }
            None => dictionary.rewrite(words, &mut |_| {}),
        }
    }
}

impl Spellings {
    fn dictionary<'s>(&'s self, table: &'s Table) -> &'s Dictionary {
        let Some(base) = &self.0.base else { return &table.dictionary };
        self.0.learned.get_or_init(|| {
            let mut dictionary = base.dictionary(table).clone();
            teach(&mut dictionary, self.0.keyrefs.families().values());
            dictionary
        })
    }

    /// Whether both are one.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Tells it from all others that are alive.
    pub(super) fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// In words, all names of the products that only one of both knows so.
    pub(super) fn forms_that_differ(&self, other: &Self) -> Vec<Vec<String>> {
        let (ours, theirs) = (self.products(), other.products());
        let differ = ours.symmetric_difference(&theirs).map(|(_, product)| product);
        differ.flat_map(|product| product.forms()).collect()
    }

    fn products(&self) -> BTreeSet<(&str, &Product)> {
        let mut products = BTreeSet::new();
        let mut laid = Some(self);
        while let Some(Self(spellings)) = laid {
            let families = spellings.keyrefs.families().iter();
            products.extend(families.map(|(family, product)| (family.as_str(), product)));
            laid = spellings.base.as_ref();
        }
        products
    }
}

impl Product {
    /// The names in words.
    fn forms(&self) -> impl Iterator<Item = Vec<String>> {
        let names = std::iter::once(&self.name).chain(&self.full).chain(&self.also);
        names.map(|name| words(name))
    }
}

impl KeyrefNames {
    /// Entries as they are written, and what they stand for.
    pub(super) fn new(
        written: BTreeMap<String, String>,
        mut overrides: BTreeMap<String, String>,
    ) -> Self {
        // a page may use each as often as it likes; without it, the key is unknown
        overrides.retain(|_, name| name.len() <= LONGEST_VALUE);
        Self { written, overrides, ..Self::default() }
    }

    fn families(&self) -> &BTreeMap<String, Product> {
        self.families.get_or_init(|| grouped(&self.overrides))
    }

    /// The keys that a page may mean by a word, which is the family of a key or of its last part.
    pub(super) fn asked_by(&self, word: &str) -> &[String] {
        let keys = self.asked_by.get_or_init(|| {
            let mut keys = FxHashMap::<String, Vec<String>>::default();
            for key in self.overrides.keys() {
                let whole = family(key);
                // a page's words end at points, so of a nested key its last part is looked for
                let last = key.rsplit_once('.').map(|(_, last)| family(last));
                for word in last.filter(|last| *last != whole).into_iter().chain([whole]) {
                    keys.entry(word).or_default().push(key.clone());
                }
            }
            keys
        });
        keys.get(word).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Table {
    /// Reads `products.settled.tsv`, which is `products.yaml` with every spelling worked out, so
    /// that no run has to. A test holds the one against the other.
    fn builtin() -> Self {
        let mut table = Self::default();
        for line in include_str!("products.settled.tsv").lines() {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or_default();
            match next() {
                "product" => {
                    let (family, name, full) = (next(), next(), next());
                    table.families.insert(family, (name, full));
                    table.products.insert(next());
                }
                "spelling" => table.dictionary.add_settled(next(), next()),
                _ => {}
            }
        }
        table
    }
}

/// A key's readable form, for keys that no table knows: suffix stripped, `_` and `-` to blanks.
pub(super) fn readable(key: &str) -> String {
    stem(key).replace(['_', '-'], " ")
}

/// What all keys of one product share.
pub(super) fn family(key: &str) -> String {
    stem(key).to_lowercase()
}

/// The key without its suffix: `_full_notm`, `_long`, `-short`, and glued `long`, `Short`, ...
fn stem(key: &str) -> &str {
    let bare = ["_notm", "-notm", "_tm", "notm"]
        .iter()
        .find_map(|mark| strip_ending(key, mark))
        .unwrap_or(key);
    ["full", "long", "short"]
        .iter()
        .find_map(|form| strip_ending(bare, form))
        .map(|stem| stem.strip_suffix(['_', '-', '.']).unwrap_or(stem))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(bare)
}

/// Strips an ending in any letter case, if something remains.
fn strip_ending<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(ending.len()).filter(|&at| at > 0)?;
    (text.is_char_boundary(at) && text[at..].eq_ignore_ascii_case(ending)).then(|| &text[..at])
}

fn asks_for_full(key: &str) -> bool {
    let rest = &key[stem(key).len()..];
    let rest = rest.to_ascii_lowercase();
    rest.contains("full") || rest.contains("long")
}

/// The products that a keyword file tells of.
fn grouped(overrides: &BTreeMap<String, String>) -> BTreeMap<String, Product> {
    let mut families: BTreeMap<String, Product> = BTreeMap::new();
    for (key, name) in overrides {
        let product = families.entry(family(key)).or_default();
        if asks_for_full(key) {
            product.full.get_or_insert_with(|| name.clone());
        } else if product.name.is_empty() {
            product.name.clone_from(name);
        }
        product.also.push(name.clone());
    }
    for product in families.values_mut() {
        if product.name.is_empty() {
            product.name = product.full.clone().unwrap_or_default();
        }
    }
    families
}

/// Teaches all spellings of all products, shorter ones first.
fn teach<'a>(dictionary: &mut Dictionary, products: impl Iterator<Item = &'a Product>) {
    let mut lessons: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for product in products {
        let forms: Vec<Vec<String>> =
            product.forms().filter(|form| !form.is_empty() && form.len() <= LONGEST_NAME).collect();
        let name = product.compared.as_ref().map(|form| words(form));
        let Some(name) = name.or_else(|| forms.iter().min_by_key(|form| form.len()).cloned())
        else {
            continue;
        };
        for form in &forms {
            for spelling in spellings(form, &name) {
                // what another product's name may end with is no spelling of this one
                if spelling.len() >= name.len() || product.compared.is_some() {
                    lessons.push((spelling, name.clone()));
                }
            }
        }
    }
    lessons.sort_by_key(|(spelling, _)| spelling.len());
    for (spelling, name) in lessons {
        dictionary.teach(spelling, name);
    }
}

/// A form with and without its leading "IBM" or "IBM Cloud". One word alone is never a
/// spelling by that (`Logs`, `Monitoring` are common words).
fn spellings(form: &[String], name: &[String]) -> Vec<Vec<String>> {
    let mut all = vec![form.to_vec()];
    let Some(("ibm", below)) = form.split_first().map(|(first, rest)| (first.as_str(), rest))
    else {
        return all;
    };
    let prefixed = |prefix: &str, rest: &[String]| {
        std::iter::once(prefix.to_owned()).chain(rest.iter().cloned()).collect::<Vec<_>>()
    };
    let rest = match below.split_first() {
        Some((first, rest)) if first == "cloud" => rest,
        Some(_) | None => below,
    };
    if rest.len() > 1 {
        all.push(rest.to_vec());
        all.push(prefixed("ibm", rest));
        if rest.len() < below.len() {
            all.push(below.to_vec());
        }
    }
    if name.len() > 1 && name[0] != "ibm" {
        all.push(prefixed("ibm", name));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(names: &Names, text: &str) -> String {
        names.rewrite(words(text)).join(" ")
    }

    fn listed() -> BTreeMap<String, Product> {
        serde_yaml::from_str(include_str!("products.yaml")).expect("products.yaml is good YAML")
    }

    /// The settled table as `products.yaml` gives it.
    fn settle(listed: &BTreeMap<String, Product>) -> String {
        let mut dictionary = Dictionary::default();
        teach(&mut dictionary, listed.values());
        let mut lines: Vec<String> = listed
            .iter()
            .map(|(key, product)| {
                let name = dictionary.rewrite(words(&product.name), &mut |_| {}).join(" ");
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

    /// `RESPDIFF_SETTLE=1 cargo test settled_table` writes the table anew.
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
            assert_eq!(family(key), "cos", "{key}");
        }
        assert_eq!(family("powerSysFull"), "powersys");
        assert_eq!(family("full"), "full");
        assert_eq!(readable("sky_vault-short_notm"), "sky vault");
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
            .overlaid("site:\n  data:\n    keyword:\n      cos_short: Vault\n      sky: Sky\n      sky_full: IBM Skyvault (Sky)\n      n: 5\n")
            .unwrap();
        assert_eq!(names.get("cos_short"), Some("Vault"));
        assert_eq!(names.get("cos_full"), Some("Vault"));
        assert_eq!(names.get("sky_long_notm"), Some("IBM Skyvault (Sky)"));
        assert_eq!(names.get("n"), Some("5"));
        assert_eq!(canonical(&names, "IBM Skyvault (Sky)"), "sky");
        assert_eq!(names.get("tg_short"), Some("Transit Gateway"));
        let plain = Names::builtin().overlaid("sky: Skyvault").unwrap();
        assert_eq!(plain.get("sky_notm"), Some("Skyvault"));
        assert!(Names::builtin().overlaid("").is_ok());
        assert!(Names::builtin().overlaid("- a\n").unwrap_err().contains("line 1"));
        assert!(Names::builtin().overlaid("keyword:\n  a: b: c\n").unwrap_err().contains("line 2"));
    }
}
