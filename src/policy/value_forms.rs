//! What people write in more than one way: a secret's place or places, a text or
//! where it is kept, a time with its unit.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::read::deserialize_by;

/// Where a secret is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// In the environment, under this name.
    Env(String),
    /// In this file, seen from the configuration's folder.
    File(PathBuf),
}

impl SecretSource {
    /// Reads `{env: NAME}` or `{file: PATH}` as the map that people write.
    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct SourceKeys {
            env: Option<String>,
            file: Option<PathBuf>,
        }
        match SourceKeys::deserialize(MapAccessDeserializer::new(map))? {
            // whoever writes the secret itself there must not find it in a log
            SourceKeys { env: Some(name), file: None } if !is_name(&name) => {
                Err(de::Error::custom(
                    "`env` must be the name of an environment variable, such as OPS_KEY",
                ))
            }
            SourceKeys { env: Some(name), file: None } => Ok(Self::Env(name)),
            SourceKeys { env: None, file: Some(path) } => Ok(Self::File(path)),
            SourceKeys { .. } => {
                Err(de::Error::custom("name one place: {env: NAME} or {file: PATH}"))
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    plain && !text.is_empty() && !text.starts_with("whsec_")
}

/// What is said of a secret that stands where its place should; it is not repeated.
fn not_here<E: de::Error>() -> E {
    E::custom("do not write a secret here: say where it is kept, {env: NAME} or {file: PATH}")
}

/// A text, or where it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextOrSource {
    /// The text itself.
    Plain(String),
    /// Its place.
    Kept(SecretSource),
}

/// Where one secret is kept, or each of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources(pub Vec<SecretSource>);

impl<'de> Deserialize<'de> for TextOrSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfText;
        impl<'de> Visitor<'de> for OfText {
            type Value = TextOrSource;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, {env: NAME} or {file: PATH}")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<TextOrSource, E> {
                Ok(TextOrSource::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TextOrSource, A::Error> {
                SecretSource::of_map(map).map(TextOrSource::Kept)
            }
        }
        deserializer.deserialize_any(OfText)
    }
}

impl JsonSchema for SecretSource {
    fn schema_name() -> Cow<'static, str> {
        "Source".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let place = |key: &str| {
            let mut keys = serde_json::Map::new();
            keys.insert(key.to_owned(), serde_json::json!({"type": "string"}));
            serde_json::json!({"type": "object", "properties": keys, "required": [key],
                               "additionalProperties": false})
        };
        json_schema!({"anyOf": [place("env"), place("file")]})
    }
}

impl JsonSchema for TextOrSource {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "string"}, generator.subschema_for::<SecretSource>()]})
    }
}

impl JsonSchema for Sources {
    fn schema_name() -> Cow<'static, str> {
        "Sources".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let place = generator.subschema_for::<SecretSource>();
        json_schema!({"anyOf": [place, {"type": "array", "items": place}]})
    }
}

/// A [`SecretSource`] as it stands in a list.
struct ListedSource(SecretSource);

impl<'de> Deserialize<'de> for ListedSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfPlace;
        impl<'de> Visitor<'de> for OfPlace {
            type Value = ListedSource;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{env: NAME} or {file: PATH}")
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<ListedSource, E> {
                Err(not_here())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ListedSource, A::Error> {
                SecretSource::of_map(map).map(ListedSource)
            }
        }
        deserializer.deserialize_any(OfPlace)
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMany;
        impl<'de> Visitor<'de> for OfMany {
            type Value = Sources;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{env: NAME}, {file: PATH} or a list of them")
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<Sources, E> {
                Err(not_here())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Ok(Sources(vec![SecretSource::of_map(map)?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                let places = Vec::<ListedSource>::deserialize(SeqAccessDeserializer::new(list))?;
                Ok(Sources(places.into_iter().map(|place| place.0).collect()))
            }
        }
        deserializer.deserialize_any(OfMany)
    }
}

/// A [`Duration`] with its unit.
struct WrittenDuration(Duration);

impl<'de> Deserialize<'de> for WrittenDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_by(deserializer, "a duration such as 20s", |text| {
            parse_duration(text).map(Self)
        })
    }
}

pub(super) fn optional_duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    Ok(Some(WrittenDuration::deserialize(deserializer)?.0))
}

pub(super) fn read_durations<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<Duration>>, D::Error> {
    let all = Vec::<WrittenDuration>::deserialize(deserializer)?;
    Ok(Some(all.into_iter().map(|duration| duration.0).collect()))
}

/// Not longer than anybody waits.
const LONGEST: Duration = Duration::from_secs(30 * 86_400);

/// `300ms`, `20s`, `5m`, `2h` or `1d`.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a duration: write it as 300ms, 20s, 5m, 2h or 1d");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let milliseconds = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(wrong()),
    };
    number
        .checked_mul(milliseconds)
        .map(Duration::from_millis)
        .filter(|duration| !duration.is_zero() && *duration <= LONGEST)
        .ok_or_else(|| format!("`{text}` is not between 1ms and 30d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_and_a_bound() {
        assert_eq!(parse_duration("300ms"), Ok(Duration::from_millis(300)));
        assert_eq!(parse_duration("2 h"), Ok(Duration::from_secs(7_200)));
        for wrong in ["", "5", "s", "-1s", "0s", "99d", "99999999999999999999s", "5 µs"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }
}
