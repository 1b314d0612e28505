//! Keys of a policy that take one value or a list of them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IntoDeserializer, SeqAccess, Visitor};

/// A value that stands alone or in a list.
pub(super) trait Listed {
    /// What is expected, in words.
    const EXPECTED: &'static str;
    /// What the schema calls one or more of them.
    const SCHEMA: &'static str;
    /// What is said of an empty list, where at least one value is needed.
    const MISSING: Option<&'static str>;
}

/// One value, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OneOrMore<T>(pub(super) Vec<T>);

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Listed + Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMoreVisitor<T>(PhantomData<T>);

        impl<'de, T: Listed + Deserialize<'de>> Visitor<'de> for OneOrMoreVisitor<T> {
            type Value = OneOrMore<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<OneOrMore<T>, E> {
                T::deserialize(word.into_deserializer()).map(|one| OneOrMore(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMore<T>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                match T::MISSING {
                    Some(missing) if values.is_empty() => Err(A::Error::custom(missing)),
                    Some(_) | None => Ok(OneOrMore(values)),
                }
            }
        }

        deserializer.deserialize_any(OneOrMoreVisitor(PhantomData))
    }
}

impl<T: Listed + JsonSchema> JsonSchema for OneOrMore<T> {
    fn schema_name() -> Cow<'static, str> {
        T::SCHEMA.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        if T::MISSING.is_some() {
            json_schema!({"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]})
        } else {
            json_schema!({"anyOf": [one, {"type": "array", "items": one}]})
        }
    }
}
