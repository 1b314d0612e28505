//! Reads the YAML files that people write, and explains their mistakes: which file, line and
//! column, and what was probably meant.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};

use super::broken_yaml::{BrokenYaml, check_depth};
use super::key_places::second_and_first;
use crate::error::{Error, ErrorKind, Result};

/// More is no file that a person wrote.
const LARGEST: usize = 1 << 20;

/// Reads a file's text into a type whose structs say `#[serde(deny_unknown_fields)]`.
///
/// `name` is the file as the user knows it.
///
/// # Errors
/// If the text is not YAML or holds a key or value that the type does not know. The message names
/// the line and column, and the nearest known key or value.
pub fn read_yaml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    if text.len() > LARGEST {
        let message = format!("{name} is larger than {LARGEST} bytes");
        return Err(Error::new(ErrorKind::Input, message).with_hint("keep the file short"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_depth(name, text)?;
    read_checked(name, text)
}

/// Reads text whose depth was checked.
pub(super) fn read_checked<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    serde_yaml::from_str(text).map_err(|error| yaml_error(name, text, &error))
}

/// What stands before the last key of a file, where its value is a block of text to the end.
pub(super) fn before_block<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let at = text.find(&format!("\n{key}: |"))? + 1;
    let (head, block) = text.split_at(at);
    let is_to_the_end = block.lines().skip(1).all(|line| line.is_empty() || line.starts_with(' '));
    is_to_the_end.then_some(head)
}

fn yaml_error(name: &str, text: &str, error: &serde_yaml::Error) -> Error {
    if let Some(broken) = BrokenYaml::find(text) {
        return Error::new(ErrorKind::Input, broken.message(name)).with_hint(broken.advice);
    }
    let whole = error.to_string();
    let at = error.location().map(|at| (at.line(), at.column()));
    let (place, message) = match at {
        Some((line, column)) => {
            let tail = format!(" at line {line} column {column}");
            (format!("{name}:{line}:{column}"), whole.replacen(&tail, "", 1))
        }
        None => (name.to_owned(), whole),
    };
    let slip = Slip::parse(&message);
    let message = slip.as_ref().map_or(message.as_str(), |slip| slip.message);
    let message = message.replace("unknown field", "unknown key");
    let message = message.replace("unknown variant", "unknown value");
    let message = match message.split_once("duplicate field ") {
        Some((place, key)) => format!("{place}key {key} appears twice"),
        None => message,
    };
    let message = message.replace("missing field", "missing key");
    let message = in_plain_words(&message);
    let twice = message.strip_suffix("` appears twice").and_then(|start| start.rsplit_once('`'));
    let places = at.zip(twice).and_then(|(at, (_, key))| second_and_first(text, at, key));
    let advice = match twice {
        Some(_) => Some("remove one of the two".to_owned()),
        None => slip.and_then(|slip| slip.advice()).or_else(|| list_advice(&message)),
    };
    let message = match places {
        Some(((line, column), first)) => {
            format!("{name}:{line}:{column}: {message}, first {first}")
        }
        None => format!("{place}: {message}"),
    };
    let error = Error::new(ErrorKind::Input, message);
    match advice {
        Some(advice) => error.with_hint(advice),
        None => error,
    }
}

/// What to write where one text stands in the place of a list.
fn list_advice(message: &str) -> Option<String> {
    let found = message.rsplit_once("expected a list, found \"")?.1.strip_suffix('"')?;
    (!found.contains(['"', '\\'])).then(|| format!("write it as a list: [\"{found}\"]"))
}

/// What is expected, by what people write and not by the types of the code.
fn in_plain_words(message: &str) -> String {
    let Some((before, expected)) = message.rsplit_once("expected ") else {
        return message.to_owned();
    };
    let expected = plain_type(expected);
    let found = before.strip_suffix(", ");
    let found = found.and_then(|found| {
        found.split_once("invalid type: ").or_else(|| found.split_once("invalid value: "))
    });
    match found.filter(|_| !expected.starts_with("no ")) {
        Some((place, found)) => format!("{place}expected {expected}, found {}", plain_value(found)),
        None => format!("{before}expected {expected}"),
    }
}

/// A value that was found: serde names its type, too.
fn plain_value(found: &str) -> &str {
    match found {
        "sequence" => "a list",
        "map" => "a mapping",
        "unit value" | "Option value" => "an empty value",
        _ => {
            let of_type = |kind: &&str| found.starts_with(*kind);
            let kinds = ["string ", "integer ", "floating point ", "boolean "];
            kinds.iter().find(|kind| of_type(kind)).map_or(found, |kind| &found[kind.len()..])
        }
    }
}

fn plain_type(expected: &str) -> &str {
    match expected.split(' ').next() {
        Some("struct" | "map") => "a mapping (`key: value`)",
        Some("sequence") => "a list",
        Some("path") => "a path",
        Some("u16") => "a number from 0 to 65535",
        Some("u8" | "u32" | "u64" | "usize") => "a number",
        Some("a") if expected.starts_with("a sequence") => "a list",
        Some("a") if expected.starts_with("a map") => "a mapping (`key: value`)",
        Some("a") if expected.starts_with("a string") => "a text",
        Some("a") if expected.starts_with("a boolean") => "true or false",
        Some("a") if expected.starts_with("a YAML tag") => "a word",
        _ => expected,
    }
}

/// A key or value that is not known, and those that are.
struct Slip<'a> {
    message: &'a str,
    /// What is not known: keys or values.
    what: &'static str,
    given: &'a str,
    known: Vec<&'a str>,
}

impl<'a> Slip<'a> {
    /// Reads serde's own sentence: "unknown field `a`, expected one of `b`, `c`".
    fn parse(message: &'a str) -> Option<Self> {
        let (start, mark, what) = [("unknown field `", "keys"), ("unknown variant `", "values")]
            .iter()
            .find_map(|(mark, what)| Some((message.find(mark)?, mark, what)))?;
        let end = message.rfind("`, expected ").or_else(|| message.rfind("`, there are no "))?;
        let given = message.get(start + mark.len()..end)?;
        let known = message.get(end + 1..)?.split('`').skip(1).step_by(2).collect();
        Some(Self { message: message.get(..=end)?, what, given, known })
    }

    fn advice(&self) -> Option<String> {
        match nearest_word(self.given, &self.known) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None if self.known.is_empty() => None,
            None => Some(format!("possible {}: {}", self.what, self.known.join(", "))),
        }
    }
}

/// The word that was probably meant, if any is near.
#[must_use]
pub fn nearest_word<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    const LONGEST: usize = 100;
    if given.len() > LONGEST {
        return None;
    }
    let plain = |word: &str| word.to_lowercase().replace('_', "-");
    let given = plain(given);
    let distance = |word: &str| strsim::osa_distance(&given, &plain(word));
    let best = known.iter().min_by_key(|word| distance(word))?;
    let allowed = (given.chars().count().max(best.chars().count()) / 3).max(1);
    (distance(best) <= allowed).then_some(best)
}

/// For maps whose keys are the user's own: a key that stands twice is a slip, not an override.
pub(super) fn once_each<'de, V, D>(
    deserializer: D,
) -> std::result::Result<BTreeMap<String, V>, D::Error>
where
    V: serde::Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct Once<V>(PhantomData<V>);

    impl<'de, V: serde::Deserialize<'de>> Visitor<'de> for Once<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a mapping (`name: value`)")
        }

        fn visit_map<A: MapAccess<'de>>(
            self,
            mut entries: A,
        ) -> std::result::Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = entries.next_entry::<String, V>()? {
                if map.contains_key(&key) {
                    return Err(A::Error::custom(format!("key `{key}` appears twice")));
                }
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Once(PhantomData))
}

/// Reads a text by a rule of its own, so that errors have a line and column.
pub(super) fn deserialize_by<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    what: &'static str,
    rule: fn(&str) -> std::result::Result<T, String>,
) -> std::result::Result<T, D::Error> {
    struct ByRule<T>(&'static str, fn(&str) -> std::result::Result<T, String>);

    impl<T> Visitor<'_> for ByRule<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<T, E> {
            (self.1)(text).map_err(E::custom)
        }
    }

    deserializer.deserialize_str(ByRule(what, rule))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Outer {
        #[expect(dead_code, reason = "only reading is tested")]
        version: u32,
        #[expect(dead_code, reason = "only reading is tested")]
        gate: Option<Inner>,
        #[expect(dead_code, reason = "only reading is tested")]
        #[serde(default, deserialize_with = "once_each")]
        names: BTreeMap<String, String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Inner {
        #[expect(dead_code, reason = "only reading is tested")]
        fail_on: Option<Color>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Color {
        Red,
        Green,
    }

    #[track_caller]
    fn check(text: &str, message: &str, advice: Option<&str>) {
        let error = read_yaml::<Outer>("a.yaml", text).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.advice()), (message, advice), "{text}");
    }

    #[test]
    fn slips_are_told_with_their_place_and_what_was_meant() {
        check(
            "version: 1\ngate:\n  fail_onn: red\n",
            "a.yaml:3:3: gate: unknown key `fail_onn`",
            Some("did you mean `fail-on`?"),
        );
        check(
            "version: 1\ncolour: red\n",
            "a.yaml:2:1: unknown key `colour`",
            Some("possible keys: version, gate, names"),
        );
        check(
            "version: 1\ngate:\n  fail-on: gren\n",
            "a.yaml:3:12: gate.fail-on: unknown value `gren`",
            Some("did you mean `green`?"),
        );
        check("version: one\n", "a.yaml:1:10: version: expected a number, found \"one\"", None);
        let advice = Some("remove one of the two");
        check(
            "version: 1\nversion: 1\n",
            "a.yaml:2:1: key `version` appears twice, first on line 1",
            advice,
        );
        check(
            "version: 1\nnames: {a: b, a: c}\n",
            "a.yaml:2:15: names: key `a` appears twice, first in column 9",
            advice,
        );
        check(
            "# x\nversion: 1\nnames:\n  a: b\n\n  c: a\n  'a': c\n",
            "a.yaml:7:3: names: key `a` appears twice, first on line 4",
            advice,
        );
        check(
            "version: 1\n\tgate: 1\n",
            "a.yaml:2:1: a tab cannot be used to indent",
            Some("indent with spaces"),
        );
    }

    #[test]
    fn what_is_no_yaml_is_told_too() {
        for text in ["", "a: [", "\t", "- 1", "version: 1\n---\nversion: 2\n", "&a [*a, *a]"] {
            let error = read_yaml::<Outer>("a.yaml", text).unwrap_err();
            assert!(error.to_string().starts_with("a.yaml"), "{error}");
        }
        assert!(read_yaml::<Outer>("a.yaml", &" ".repeat(LARGEST + 1)).is_err());
        let closed = ["[".repeat(501), "]".repeat(501)].concat();
        for text in [closed, "[".repeat(300_000), "{a: ".repeat(100_000), "- [\n".repeat(100_000)] {
            let error = read_yaml::<Outer>("a.yaml", &text).unwrap_err();
            assert!(error.to_string().contains("500 brackets are open"), "{error}");
        }
    }

    #[test]
    fn a_good_file_is_read() {
        assert!(read_yaml::<Outer>("a.yaml", "\u{feff}version: 1\ngate: {fail-on: red}\n").is_ok());
    }

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(nearest_word("Boundry", &["boundary", "scope"]), Some("boundary"));
        assert_eq!(nearest_word("level", &["boundary", "scope"]), None);
        assert_eq!(nearest_word(&"b".repeat(1_000_000), &["boundary"]), None);
        assert_eq!(nearest_word("x", &[]), None);
    }
}
