//! Whether a table of names calls a party by a key of its own.

use super::{Names, tokens};
use crate::parse::Run;

impl Names {
    /// Whether a keyref file has a key for a party's name that these names do not have, so that a
    /// page may be read with that file only.
    #[must_use]
    pub fn misses_a_party_of(&self, table: &str) -> bool {
        let is_party = |name: &str| {
            let tokens = tokens::of_runs([Run::Text(name.to_owned())].iter(), self);
            tokens::parties(&tokens).is_some_and(|(_, used)| used == tokens.len())
        };
        let Ok(laid) = self.overlaid(table) else { return false };
        let mut names = laid.overrides.iter();
        names.any(|(key, name)| self.get(key) != Some(name.as_str()) && is_party(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_name_a_party_count() {
        let plain = Names::builtin();
        assert!(plain.misses_a_party_of("keyword: {tenant: Customer}"));
        assert!(plain.misses_a_party_of("keyword: {tenant: you, vault: Skyvault}"));
        assert!(!plain.misses_a_party_of("keyword: {vault: Skyvault for Customer Data}"));
        assert!(!plain.misses_a_party_of("keyword: {IBM_notm: IBM}"));
        assert!(!plain.misses_a_party_of("no: [yaml"));
    }
}
