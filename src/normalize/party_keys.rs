//! Whether a table of names calls a party by a key of its own.

use std::collections::HashSet;

use super::{Names, tokens};
use crate::parse::Run;

/// Looks for keys of parties in many versions of keyref files, which share most of their lines.
#[derive(Debug)]
pub struct PartyKeys<'n> {
    names: &'n Names,
    /// Lines that name no party by a key that these names do not have.
    idle_lines: HashSet<String>,
}

impl<'n> PartyKeys<'n> {
    /// Looks for keys that `names` do not have.
    #[must_use]
    pub fn missing_in(names: &'n Names) -> Self {
        Self { names, idle_lines: HashSet::new() }
    }

    /// Whether a keyref file has a key for a party's name that the names do not have, so that a
    /// page may be read with that file only.
    #[must_use]
    pub fn stand_in(&mut self, table: &str) -> bool {
        if self.is_idle(table) {
            return false;
        }
        let Ok(laid) = self.names.overlaid(table) else { return false };
        let mut entries = laid.keyrefs.overrides.iter();
        entries.any(|(key, name)| self.is_missing(key, name))
    }

    fn is_missing(&self, key: &str, name: &str) -> bool {
        let tokens = tokens::of_runs([Run::Text(name.to_owned())].iter(), self.names);
        self.names.get(key) != Some(name)
            && tokens::parties(&tokens).is_some_and(|(_, used)| used == tokens.len())
    }

    /// Whether the lines say so by themselves: pairs of one indent under the usual keys, and none
    /// of them a party's.
    fn is_idle(&mut self, table: &str) -> bool {
        let mut indent = None;
        table.lines().all(|line| {
            let text = line.trim();
            let is_usual = matches!(text, "site:" | "data:" | "keyword:" | "---");
            if text.is_empty() || text.starts_with('#') || is_usual {
                return true;
            }
            let here = line.len() - line.trim_start().len();
            if *indent.get_or_insert(here) != here {
                return false;
            }
            if self.idle_lines.contains(text) {
                return true;
            }
            let is_idle = plain_pair(text).is_some_and(|(key, name)| !self.is_missing(key, name));
            if is_idle {
                self.idle_lines.insert(text.to_owned());
            }
            is_idle
        })
    }
}

/// The key and name of a line, where YAML can read it in one way only.
fn plain_pair(line: &str) -> Option<(&str, &str)> {
    let (key, name) = line.split_once(": ")?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = name.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let inside = name.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(['\\', quote])).then_some(inside)
    });
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.contains([':', '#', '{', '['])
        && !name.ends_with(['|', '>']);
    let name = quoted.or_else(|| is_plain.then_some(name))?;
    (!key.is_empty() && key.chars().all(is_key) && !name.contains("{{")).then_some((key, name))
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
