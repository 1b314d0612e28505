//! Whether a table of names calls a party by a key of its own.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Names, tokens};
use crate::parse::Run;

/// Looks for keys of parties in many versions of keyref files, which share most of their lines.
#[derive(Debug)]
pub struct PartyKeys<'n> {
    names: &'n Names,
    /// Keys and names that name no party by a key that these names do not have.
    idle: FxHashSet<(Arc<str>, Arc<str>)>,
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
        entries.any(|(key, name)| self.is_missing(key, name))
    }

    fn is_missing(&self, key: &str, name: &str) -> bool {
        let tokens = tokens::of_runs([Run::Text(name.to_owned())].iter(), self.names);
        self.names.get(key) != Some(name)
            && tokens::listed_party(&tokens).is_some_and(|(_, used)| used == tokens.len())
    }

    /// Whether the lines say so by themselves: none of a plain list names a party.
    fn is_idle(&mut self, table: &str) -> bool {
        let Some(file) = self.names.keyref_lines.read_plain_list(table) else { return false };
        file.entries.into_iter().all(|entry| {
            let is_plain = !entry.1.contains('{');
            self.idle.contains(&entry)
                || (is_plain && !self.is_missing(&entry.0, &entry.1) && self.idle.insert(entry))
        })
    }
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
