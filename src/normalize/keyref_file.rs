//! Keyref files: `key: name` pairs, nested or not, whose names may name other keys.

use std::sync::Arc;

use serde_yaml::Value;

use super::Names;
use super::keyref_lines::{KEYS_ABOVE, KeyrefFile, KeyrefLines, NamesByKey};
use super::keyref_names::{KeyrefNames, readable_key};
use super::text::replace_keyrefs;
use crate::parse::yaml::{lines_of_key, plain_text, read_yaml};

/// Names that name each other in a longer chain than this never end, and so do longer texts.
const MOST_STEPS: usize = 16;
const MOST_BYTES: usize = 4_096;

/// Something doubtful in a keyref file that can be read all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyrefDoubt {
    /// A key that stands more than once: the last counts.
    Twice {
        /// The key.
        key: String,
        /// Where it stands, from 1.
        lines: Vec<usize>,
    },
    /// A name that names other keys without end: the key counts as unknown.
    Endless {
        /// The key.
        key: String,
    },
}

impl Names {
    /// The same table with entries of a keyref file (`keyref.yaml`) laid over it. The text is
    /// YAML: `keyword: {key: name}`, also below `site.data.`, or a plain `key: name` mapping.
    ///
    /// # Errors
    /// One sentence saying what is wrong and on which line.
    pub fn with_keyref_file(&self, table: &str) -> Result<Self, String> {
        self.overlaid_with_doubts(table).map(|(names, _)| names)
    }

    /// The same, with what is doubtful in the file although it can be read.
    ///
    /// # Errors
    /// One sentence saying what is wrong and on which line.
    pub fn overlaid_with_doubts(&self, table: &str) -> Result<(Self, Vec<KeyrefDoubt>), String> {
        let file = parse_keyref_file(table, &self.keyref_lines)?;
        let mut doubts: Vec<KeyrefDoubt> = Vec::new();
        for (key, lines) in file.twice {
            doubts.push(KeyrefDoubt::Twice { key, lines });
        }
        let mut written = self.keyrefs.written.clone();
        if written.is_empty() {
            written.clone_from(&file.entries);
        } else {
            written.extend(file.entries.clone());
        }
        if !written.values().any(|name| names_a_key(name)) {
            let keyrefs = KeyrefNames::new(written.clone(), written);
            return Ok((self.with_keyrefs(keyrefs), doubts));
        }
        let (linked, plain): (NamesByKey, NamesByKey) =
            written.clone().into_iter().partition(|(_, name)| names_a_key(name));
        let keyrefs = KeyrefNames::new(written, plain);
        let mut overrides = keyrefs.overrides.clone();
        let laid = self.with_keyrefs(keyrefs);
        let written = &laid.keyrefs.written;
        let other = |key: &str| laid.get(key).map_or_else(|| readable_key(key), str::to_owned);
        for (key, name) in &linked {
            match followed_name(name, written, &other) {
                Some(name) => drop(overrides.insert(Arc::clone(key), name.into())),
                None if file.entries.contains_key(key) => {
                    doubts.push(KeyrefDoubt::Endless { key: key.to_string() });
                }
                None => {}
            }
        }
        let written = written.clone();
        Ok((self.with_keyrefs(KeyrefNames::new(written, overrides)), doubts))
    }
}

/// Reads a keyref file: `keyword: {key: name}`, also below `site.data.`, or plain pairs.
fn parse_keyref_file(text: &str, lines: &KeyrefLines) -> Result<KeyrefFile, String> {
    lines.read_plain_list(text).map_or_else(|| parse_whole_file(text), Ok)
}

/// Reads it by no other rule than YAML's.
pub(super) fn parse_whole_file(text: &str) -> Result<KeyrefFile, String> {
    let found = read_yaml(text).map_err(|error| format!("it is not valid YAML: {error}"))?;
    let mut value = &found.value;
    let mut above = 0;
    for step in KEYS_ABOVE {
        if let Some(below) = value.get(step).filter(|below| below.is_mapping()) {
            value = below;
            above += 1;
        }
    }
    if !value.is_null() && !value.is_mapping() {
        return Err("it is not a mapping of keys to names (line 1)".to_owned());
    }
    let mut file = KeyrefFile::default();
    add_entries(value, "", &mut file.entries);
    let twice = found.twice.iter().filter(|path| path.len() > above);
    file.twice = twice.map(|path| (path[above..].join("."), lines_of_key(text, path))).collect();
    Ok(file)
}

fn add_entries(value: &Value, above: &str, entries: &mut NamesByKey) {
    for (key, value) in value.as_mapping().into_iter().flatten() {
        let Some(key) = plain_text(key) else { continue };
        let key = format!("{above}{key}");
        if value.is_mapping() {
            add_entries(value, &format!("{key}."), entries);
        } else if let Some(name) = plain_text(value) {
            entries.insert(key.into(), name.into());
        }
    }
}

/// Whether a name may name another key.
fn names_a_key(name: &str) -> bool {
    name.contains("{{") || name.contains("{[")
}

/// A name with what the keys in it stand for; none where that never ends. `other` knows the keys
/// that are not in the file.
fn followed_name(name: &str, names: &NamesByKey, other: &dyn Fn(&str) -> String) -> Option<String> {
    let mut steps = 0;
    follow_reference(name, names, other, 0, &mut steps)
}

fn follow_reference(
    name: &str,
    names: &NamesByKey,
    other: &dyn Fn(&str) -> String,
    depth: usize,
    steps: &mut usize,
) -> Option<String> {
    replace_keyrefs(name, |key, text| {
        *steps += 1;
        match names.get(key) {
            Some(_) if depth == MOST_STEPS || *steps > MOST_BYTES => return None,
            Some(next) => text.push_str(&follow_reference(next, names, other, depth + 1, steps)?),
            None => text.push_str(&other(key)),
        }
        (text.len() <= MOST_BYTES).then_some(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_keys_are_written_with_points() {
        let text = "site:\n  data:\n    keyword:\n      sky:\n        long: Sky\n        n: 5\n";
        let file = parse_whole_file(text).unwrap();
        let entries: Vec<_> = file.entries.iter().map(|(k, n)| (&**k, &**n)).collect();
        assert_eq!(entries, [("sky.long", "Sky"), ("sky.n", "5")]);
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_its_lines() {
        let file = parse_whole_file("keyword:\n  a: Old\n  b: B\n  a: New\n").unwrap();
        assert_eq!(&*file.entries["a"], "New");
        assert_eq!(file.twice, [("a".to_owned(), vec![2, 4])]);
    }

    #[test]
    fn names_are_followed_as_far_as_they_end() {
        let pairs = [
            ("a", "IBM {{site.data.keyword.b}}"),
            ("b", "{{site.data.keyword.c.d}} {{unclosed"),
            ("c.d", "Sky"),
            ("x", "{{site.data.keyword.y}}"),
            ("y", "{{site.data.keyword.x}}"),
            ("z", "The {{site.data.keyword.cos}}"),
        ];
        let names: NamesByKey =
            pairs.iter().map(|(key, name)| (Arc::from(*key), Arc::from(*name))).collect();
        let reported = |key: &str| followed_name(&names[key], &names, &|key| format!("<{key}>"));
        assert_eq!(reported("a").as_deref(), Some("IBM Sky {{unclosed"));
        assert_eq!(reported("z").as_deref(), Some("The <cos>"));
        assert_eq!(reported("x"), None);
        // one that doubles with each step
        let doubling: NamesByKey = (0..40)
            .map(|n| {
                let twice =
                    format!("{{{{site.data.keyword.k{0}}}}}{{{{site.data.keyword.k{0}}}}}", n + 1);
                (format!("k{n}").into(), twice.into())
            })
            .collect();
        assert_eq!(followed_name(&doubling["k0"], &doubling, &|_| "x".to_owned()), None);
    }
}
