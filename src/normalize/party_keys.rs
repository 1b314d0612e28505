//! Whether a table of names calls a party by a key of its own.

use rustc_hash::FxHashSet;

use super::{Names, tokens};

/// Looks for keys of parties in many versions of keyref files, which share most of their lines.
#[derive(Debug)]
pub struct PartyKeys<'n> {
    names: &'n Names,
    /// Lines of keys and names that name no party by a key that these names do not have.
    idle: FxHashSet<String>,
}

impl<'n> PartyKeys<'n> {
    /// Looks for keys that `names` do not have.
    #[must_use]
    pub fn missing_in(names: &'n Names) -> Self {
        Self { names, idle: FxHashSet::default() }
    }

    /// Whether a keyref file has a key for a party's name that the names do not have, so that a
    /// page may be read with that file only.
    #[must_use]
    pub fn stand_in(&mut self, table: &str) -> bool {
        if self.is_idle(table) {
            return false;
        }
        let Ok(laid) = self.names.with_keyref_file(table) else { return false };
        let mut entries = laid.keyrefs.overrides.iter();
        entries.any(|(key, name)| is_missing(self.names, key, name))
    }

    /// Whether the lines say so by themselves: none of a plain list names a party.
    fn is_idle(&mut self, table: &str) -> bool {
        let names = self.names;
        let is_idle = |key: &str, name: &str| !name.contains('{') && !is_missing(names, key, name);
        names.keyref_lines.all_pairs_hold(table, &mut self.idle, is_idle)
    }
}

/// Whether a name is that of a party, and the names do not have it by this key.
fn is_missing(names: &Names, key: &str, name: &str) -> bool {
    let tokens = tokens::of_text(name, names);
    names.get(key) != Some(name)
        && tokens::listed_party(&tokens).is_some_and(|(_, used)| used == tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_name_a_party_count() {
        let plain = Names::builtin();
        let mut keys = PartyKeys::missing_in(&plain);
        for (table, expected) in [
            ("keyword: {tenant: Customer}", true),
            ("keyword: {tenant: you, vault: Skyvault}", true),
            ("keyword: {vault: Skyvault for Customer Data}", false),
            ("keyword: {IBM_notm: IBM}", false),
            ("no: [yaml", false),
            ("keyword:\n  tenant: Customer", true),
            ("keyword:\n  vault: Skyvault # a comment\n  IBM_notm: \"IBM\"", false),
            ("keyword:\n  vault: 'Skyvault'\n  tenant: \"Customer\"", true),
            ("keyword:\n  own:\n    ibm: IBM", true),
            ("keyword:\n  vault: Skyvault\n  tenant:\n    Customer", true),
        ] {
            for _ in 0..2 {
                assert_eq!(keys.stand_in(table), expected, "{table}");
            }
        }
    }
}
