//! Untrusted YAML, bounded against alias bombs and deep nesting.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Mapping, Value};

use crate::model::find_too_deep;

/// What was read.
#[derive(Debug, PartialEq)]
pub(crate) struct ReadYaml {
    /// The value; of a key that stands twice in one mapping, the last counts.
    pub(crate) value: Value,
    /// The keys that stand twice, each as the way of keys that leads to it.
    pub(crate) twice: Vec<Vec<String>>,
}

/// A value, or one sentence that says what is wrong.
pub(crate) fn read_yaml(text: &str) -> Result<ReadYaml, String> {
    if let Some(line) = find_too_deep(text) {
        return Err(format!("it is nested too deeply (line {line})"));
    }
    // What is written once is no longer than the text; only aliases make more of it.
    let left = text.len().saturating_mul(3).saturating_add(1_024);
    let mut state = ReadLimits { left, path: Vec::new(), twice: Vec::new() };
    let value = Bounded { state: &mut state }.deserialize(serde_yaml::Deserializer::from_str(text));
    let value = value.map_err(|error| error.to_string())?;
    Ok(ReadYaml { value, twice: state.twice })
}

/// Whether a text names a value (`&name`) or uses one by its name (`*name`).
pub(crate) fn has_anchor(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let starts = at == 0 || b" \n[{,".contains(&bytes[at - 1]);
        let named = bytes.get(at + 1).is_some_and(|b| !b" \n".contains(b));
        b"&*".contains(byte) && starts && named
    })
}

/// The lines, from 1, on which a key of block mappings stands.
pub(crate) fn lines_of_key(text: &str, path: &[String]) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let content = line.trim_start_matches(' ');
        let Some((key, _)) = content.split_once(':').filter(|_| !content.starts_with('#')) else {
            continue;
        };
        let indent = line.len() - content.len();
        while open.last().is_some_and(|(above, _)| *above >= indent) {
            open.pop();
        }
        open.push((indent, key.trim().trim_matches(['"', '\''])));
        if open.iter().map(|(_, key)| key).eq(path) {
            lines.push(at + 1);
        }
    }
    lines
}

/// A key as text; none where it is neither a text, a number nor a truth value.
pub(crate) fn plain_text(value: &Value) -> Option<String> {
    value
        .as_str()
        .map(str::to_owned)
        .or_else(|| value.as_i64().map(|number| number.to_string()))
        .or_else(|| value.as_f64().map(|number| number.to_string()))
        .or_else(|| value.as_bool().map(|truth| truth.to_string()))
}

/// How much may still be read, and where in the mappings the reader is.
struct ReadLimits {
    left: usize,
    path: Vec<String>,
    twice: Vec<Vec<String>>,
}

/// Builds a value and counts what it holds.
struct Bounded<'b> {
    state: &'b mut ReadLimits,
}

impl Bounded<'_> {
    fn spend_bytes<E: serde::de::Error>(&mut self, bytes: usize) -> Result<(), E> {
        let left = self.state.left.checked_sub(bytes + 1);
        self.state.left =
            left.ok_or_else(|| E::custom("its aliases make it grow without bound"))?;
        Ok(())
    }

    fn for_nested(&mut self) -> Bounded<'_> {
        Bounded { state: self.state }
    }

    fn single_value<E: serde::de::Error>(mut self, value: impl Into<Value>) -> Result<Value, E> {
        self.spend_bytes(8)?;
        Ok(value.into())
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.single_value(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.single_value(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.single_value(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        self.single_value(value)
    }

    fn visit_str<E: serde::de::Error>(mut self, value: &str) -> Result<Value, E> {
        self.spend_bytes(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.single_value(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Value, E> {
        self.single_value(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        self.spend_bytes(0)?;
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self.for_nested())? {
            values.push(value);
        }
        Ok(Value::Sequence(values))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Value, A::Error> {
        self.spend_bytes(0)?;
        let mut mapping = Mapping::new();
        while let Some(key) = entries.next_key_seed(self.for_nested())? {
            self.state.path.push(plain_text(&key).unwrap_or_default());
            let value = entries.next_value_seed(self.for_nested())?;
            if mapping.insert(key, value).is_some() && !self.state.twice.contains(&self.state.path)
            {
                self.state.twice.push(self.state.path.clone());
            }
            self.state.path.pop();
        }
        Ok(Value::Mapping(mapping))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("tags such as `!x` are not read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_reads_is_read_alike() {
        for text in ["", "a", "a: 1\nb: [x, 2.5, true, ~]\nc: {d: 'e'}", "- &x [a]\n- *x\n"] {
            assert_eq!(
                read_yaml(text).map(|read| read.value),
                serde_yaml::from_str(text).map_err(|e| e.to_string()),
                "{text}"
            );
        }
        assert!(read_yaml("a: b: c").unwrap_err().contains("line 1"));
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        let text = "x:\n  a: 1\n  # a: 0\n  b: 2\n  \"a\": 3\na: 4\n";
        let read = read_yaml(text).unwrap();
        assert_eq!(read.value.get("x").and_then(|x| x.get("a")), Some(&Value::from(3)));
        assert_eq!(read.twice, [["x", "a"]]);
        assert_eq!(lines_of_key(text, &read.twice[0]), [2, 5]);
    }

    #[test]
    fn what_would_grow_is_refused() {
        let wide = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(500), "*a, ".repeat(500));
        assert!(read_yaml(&wide).unwrap_err().contains("aliases"));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(5_000), "*a, ".repeat(500));
        assert!(read_yaml(&long).unwrap_err().contains("aliases"));
        assert!(read_yaml(&"{a: ".repeat(100_000)).unwrap_err().contains("too deeply (line 1)"));
        assert!(read_yaml(&format!("a: b\n{}", "[".repeat(600))).unwrap_err().contains("(line 2)"));
    }
}
