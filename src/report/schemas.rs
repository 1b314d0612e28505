//! The JSON Schemas of all that machines read or people write.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

/// The schema of what is written as JSON.
#[must_use]
pub fn of_output<T: JsonSchema>() -> Schema {
    schema_settings().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// The schema of what is read.
#[must_use]
pub fn of_input<T: JsonSchema>() -> Schema {
    schema_settings().into_generator().into_root_schema_for::<T>()
}

/// Without formats: validators in their strict mode refuse those that the standard does not name
/// (`uint`), and what the types say is enough.
fn schema_settings() -> SchemaSettings {
    let without_format = |schema: &mut Schema| {
        schema.remove("format");
    };
    SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_format))
}
