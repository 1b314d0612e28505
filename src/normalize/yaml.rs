//! YAML of strangers: read only where it cannot grow into more than was written.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Mapping, Value};

/// The parser's time grows with the square of this.
const DEEPEST: usize = 500;

/// A value, or one sentence that says what is wrong.
pub(super) fn read(text: &str) -> Result<Value, String> {
    if let Some(line) = too_deep(text) {
        return Err(format!("it is nested too deep (line {line})"));
    }
    // What is written once is no longer than the text; only aliases make more of it.
    let mut left = text.len().saturating_mul(3).saturating_add(1_024);
    let value = Bounded { left: &mut left }.deserialize(serde_yaml::Deserializer::from_str(text));
    value.map_err(|error| error.to_string())
}

/// The `key: name` pairs of a keyword file.
pub(super) fn entries(value: &Value) -> Result<Vec<(String, String)>, String> {
    let mut value = value;
    for step in ["site", "data", "keyword"] {
        if let Some(below) = value.get(step).filter(|below| below.is_mapping()) {
            value = below;
        }
    }
    if value.is_null() {
        return Ok(Vec::new());
    }
    let Some(mapping) = value.as_mapping() else {
        return Err("the keyref file is no mapping of keys to names (line 1)".to_owned());
    };
    let text = |value: &Value| {
        value
            .as_str()
            .map(str::to_owned)
            .or_else(|| value.as_i64().map(|number| number.to_string()))
            .or_else(|| value.as_f64().map(|number| number.to_string()))
            .or_else(|| value.as_bool().map(|truth| truth.to_string()))
    };
    Ok(mapping.iter().filter_map(|(key, name)| Some((text(key)?, text(name)?))).collect())
}

/// The line on which more brackets are open than any author opens.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (line, text) in text.lines().enumerate() {
        for byte in text.bytes() {
            match byte {
                b'[' | b'{' => open += 1,
                b']' | b'}' => open = open.saturating_sub(1),
                _ => {}
            }
            if open > DEEPEST {
                return Some(line + 1);
            }
        }
    }
    None
}

/// Builds a value and counts what it holds.
struct Bounded<'b> {
    left: &'b mut usize,
}

impl Bounded<'_> {
    fn spend<E: serde::de::Error>(&mut self, bytes: usize) -> Result<(), E> {
        let left = self.left.checked_sub(bytes + 1);
        *self.left = left.ok_or_else(|| E::custom("its aliases make it grow without bound"))?;
        Ok(())
    }

    fn again(&mut self) -> Bounded<'_> {
        Bounded { left: self.left }
    }

    fn one<E: serde::de::Error>(mut self, value: impl Into<Value>) -> Result<Value, E> {
        self.spend(8)?;
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
        self.one(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.one(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.one(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        self.one(value)
    }

    fn visit_str<E: serde::de::Error>(mut self, value: &str) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.one(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Value, E> {
        self.one(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self.again())? {
            values.push(value);
        }
        Ok(Value::Sequence(values))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut mapping = Mapping::new();
        while let Some(key) = entries.next_key_seed(self.again())? {
            let value = entries.next_value_seed(self.again())?;
            if mapping.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice in one mapping"));
            }
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
            assert_eq!(read(text), serde_yaml::from_str(text).map_err(|e| e.to_string()), "{text}");
        }
        assert!(read("a: b: c").unwrap_err().contains("line 1"));
        assert!(read("a: 1\na: 2").unwrap_err().contains("twice"));
    }

    #[test]
    fn what_would_grow_is_refused() {
        let wide = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(500), "*a, ".repeat(500));
        assert!(read(&wide).unwrap_err().contains("aliases"));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(5_000), "*a, ".repeat(500));
        assert!(read(&long).unwrap_err().contains("aliases"));
        assert!(read(&"{a: ".repeat(100_000)).unwrap_err().contains("too deep (line 1)"));
        assert!(read(&format!("a: b\n{}", "[".repeat(600))).unwrap_err().contains("(line 2)"));
    }
}
