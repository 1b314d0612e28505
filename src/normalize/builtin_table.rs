//! The product names that need no keyref file.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::dictionary::Dictionary;

/// What does not change with a page's own keyword file.
#[derive(Debug, Default)]
pub(super) struct BuiltinTable {
    /// Short and full name (empty where it is the short one) by family, in lower case.
    pub(super) families: FxHashMap<&'static str, (&'static str, &'static str)>,
    dictionary: Dictionary,
    /// The canonical names of all products.
    pub(super) products: FxHashSet<&'static str>,
}

pub(super) static BUILTIN: LazyLock<BuiltinTable> = LazyLock::new(BuiltinTable::read_builtin);

impl BuiltinTable {
    /// The spellings of products that need no keyref file.
    pub(super) fn builtin_dictionary() -> &'static Dictionary {
        &BUILTIN.dictionary
    }

    /// Reads `products.settled.tsv`, which is `products.yaml` with every spelling worked out, so
    /// that no run has to. A test holds the one against the other.
    fn read_builtin() -> Self {
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
