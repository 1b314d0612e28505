//! The products that keyref files name, and what their keys have in common.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::canonical::words_of;
use super::keyref_lines::NamesByKey;
use super::quick_check::holds_responsibility;

/// Values with more bytes stand for no product.
const LONGEST_VALUE: usize = 2_000;

/// The names of one product, by the suffix of the key that asks for it.
#[derive(Clone, Debug, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct Product {
    /// The short form.
    pub(super) name: String,
    /// The full form, where it differs.
    pub(super) full: Option<String>,
    /// Other written-out forms of the same product at the same time.
    #[cfg_attr(test, serde(default))]
    pub(super) also: Vec<String>,
    /// The form that all others compare as, where that is not the shortest one.
    pub(super) compared: Option<String>,
}

/// What keyref files say.
#[derive(Debug, Default)]
pub(super) struct KeyrefNames {
    /// The names as they are written.
    pub(super) written: NamesByKey,
    /// The same, with what other keys in them stand for.
    pub(super) overrides: NamesByKey,
    families: OnceLock<BTreeMap<String, Product>>,
    /// The keys of `overrides` by what pages may ask for them with.
    asked_by: OnceLock<FxHashMap<String, Vec<Arc<str>>>>,
    /// Whether a word for responsibility stands in one of the names.
    holds_responsibility: OnceLock<bool>,
}

impl Product {
    /// The names in words.
    pub(super) fn name_forms(&self) -> impl Iterator<Item = Vec<String>> {
        let names = std::iter::once(&self.name).chain(&self.full).chain(&self.also);
        names.map(|name| words_of(name))
    }
}

impl KeyrefNames {
    /// Entries as they are written, and what they stand for.
    pub(super) fn new(written: NamesByKey, mut overrides: NamesByKey) -> Self {
        // a page may use each as often as it likes; without it, the key is unknown
        overrides.retain(|_, name| name.len() <= LONGEST_VALUE);
        Self { written, overrides, ..Self::default() }
    }

    pub(super) fn families(&self) -> &BTreeMap<String, Product> {
        self.families.get_or_init(|| products_by_family(&self.overrides))
    }

    /// Whether a word for responsibility stands in one of the names.
    pub(super) fn holds_responsibility(&self) -> bool {
        *self.holds_responsibility.get_or_init(|| {
            self.overrides.values().any(|name| holds_responsibility(name.as_bytes()))
        })
    }

    /// The keys that a page may mean by a word, which is the family of a key or of its last part.
    pub(super) fn asked_by(&self, word: &str) -> &[Arc<str>] {
        let keys = self.asked_by.get_or_init(|| {
            let mut keys = FxHashMap::<String, Vec<Arc<str>>>::default();
            for key in self.overrides.keys() {
                for word in words_for(key) {
                    keys.entry(word).or_default().push(Arc::clone(key));
                }
            }
            keys
        });
        keys.get(word).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The words of a page that may ask for a key. They end at points, so of a nested key its last part
/// may, too.
pub(super) fn words_for(key: &str) -> impl Iterator<Item = String> {
    let whole = key_family(key);
    let last = key.rsplit_once('.').map(|(_, last)| key_family(last));
    last.filter(|last| *last != whole).into_iter().chain([whole])
}

/// A key's readable form, for keys that no table knows: suffix stripped, `_` and `-` to blanks.
pub(super) fn readable_key(key: &str) -> String {
    key_stem(key).replace(['_', '-'], " ")
}

/// What all keys of one product share.
pub(super) fn key_family(key: &str) -> String {
    key_stem(key).to_lowercase()
}

/// The key without its suffix: `_full_notm`, `_long`, `-short`, and glued `long`, `Short`, ...
fn key_stem(key: &str) -> &str {
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

pub(super) fn asks_for_full(key: &str) -> bool {
    let rest = &key[key_stem(key).len()..];
    let rest = rest.to_ascii_lowercase();
    rest.contains("full") || rest.contains("long")
}

/// The products that a keyword file names.
fn products_by_family(overrides: &NamesByKey) -> BTreeMap<String, Product> {
    let mut families: BTreeMap<String, Product> = BTreeMap::new();
    for (key, name) in overrides {
        let product = families.entry(key_family(key)).or_default();
        if asks_for_full(key) {
            product.full.get_or_insert_with(|| name.to_string());
        } else if product.name.is_empty() {
            product.name = name.to_string();
        }
        product.also.push(name.to_string());
    }
    for product in families.values_mut() {
        if product.name.is_empty() {
            product.name = product.full.clone().unwrap_or_default();
        }
    }
    families
}
