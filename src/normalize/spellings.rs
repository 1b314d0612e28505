//! All spellings of products that a table of names knows.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::builtin_table::BuiltinTable;
use super::canonical::words_of;
use super::dictionary::Dictionary;
use super::keyref_names::{KeyrefNames, Product};

/// Longer values of a keyword file are sentences, not names.
const LONGEST_NAME: usize = 12;

/// All spellings of products, learned when the first text asks for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings(Arc<LaidSpellings>);

#[derive(Debug, Default)]
struct LaidSpellings {
    /// What it is known by; the built-in ones are 0.
    id: u64,
    /// What was known before the keyref file was laid over it.
    base: Option<Spellings>,
    keyrefs: Arc<KeyrefNames>,
    learned: OnceLock<Dictionary>,
}

impl Spellings {
    /// These with those of keyref files.
    pub(super) fn with_keyrefs(&self, keyrefs: &Arc<KeyrefNames>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let (base, keyrefs) = (Some(self.clone()), Arc::clone(keyrefs));
        Self(Arc::new(LaidSpellings { id, base, keyrefs, learned: OnceLock::new() }))
    }

    pub(super) fn dictionary(&self) -> &Dictionary {
        let Some(base) = &self.0.base else { return BuiltinTable::builtin_dictionary() };
        self.0.learned.get_or_init(|| {
            let mut dictionary = match &base.0.base {
                Some(_) => base.dictionary().clone(),
                None => Dictionary::over(BuiltinTable::builtin_dictionary()),
            };
            add_spellings(&mut dictionary, self.0.keyrefs.families().values());
            dictionary
        })
    }

    /// What they are known by in this run.
    pub(super) fn id(&self) -> u64 {
        self.0.id
    }
}

/// Teaches all spellings of all products, shorter ones first.
pub(super) fn add_spellings<'a>(
    dictionary: &mut Dictionary,
    products: impl Iterator<Item = &'a Product>,
) {
    let mut lessons: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for product in products {
        let forms: Vec<Vec<String>> = product
            .name_forms()
            .filter(|form| !form.is_empty() && form.len() <= LONGEST_NAME)
            .collect();
        let name = product.compared.as_ref().map(|form| words_of(form));
        let Some(name) = name.or_else(|| forms.iter().min_by_key(|form| form.len()).cloned())
        else {
            continue;
        };
        for form in &forms {
            for spelling in spellings_of(form, &name) {
                // what another product's name may end with is no spelling of this one
                if spelling.len() >= name.len() || product.compared.is_some() {
                    lessons.push((spelling, name.clone()));
                }
            }
        }
    }
    lessons.sort_by_key(|(spelling, _)| spelling.len());
    for (spelling, name) in lessons {
        dictionary.add_spelling(spelling, name);
    }
}

/// A form with and without its leading "IBM" or "IBM Cloud". One word alone is never a
/// spelling by that (`Logs`, `Monitoring` are common words).
fn spellings_of(form: &[String], name: &[String]) -> Vec<Vec<String>> {
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
