//! The version of the policy file's format.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;

/// The version of the file's format.
pub(super) struct FormatVersion;

impl<'de> Deserialize<'de> for FormatVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct One;

        impl serde::de::Visitor<'_> for One {
            type Value = FormatVersion;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the number 1")
            }

            fn visit_u64<E: serde::de::Error>(
                self,
                version: u64,
            ) -> std::result::Result<FormatVersion, E> {
                match version {
                    1 => Ok(FormatVersion),
                    other => Err(E::custom(format!(
                        "this version of respdiff does not support format {other}, only format 1"
                    ))),
                }
            }
        }

        deserializer.deserialize_u64(One)
    }
}

impl JsonSchema for FormatVersion {
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"const": 1})
    }
}
