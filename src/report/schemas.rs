//! The JSON Schemas of all that machines read or people write.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::error::{Error, ErrorKind, Result};

/// The schema of what is written as JSON.
///
/// A comment that begins with "Its" says no more than the name of the field. It is for readers of
/// the code, and no description of the property.
#[must_use]
pub fn of_output<T: JsonSchema>() -> Schema {
    let without_plain_comment = |schema: &mut Schema| {
        let description = schema.get("description").and_then(Value::as_str);
        if description.is_some_and(|text| text.starts_with("Its ")) {
            schema.remove("description");
        }
    };
    schema_settings()
        .with_transform(RecursiveTransform(without_plain_comment))
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
}

/// Adds the property `schema` to a report whose title is the name of its schema.
pub(super) fn with_its_name(schema: &mut Schema) {
    let Some(name) = schema.get("title").cloned() else { return };
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.insert(0, "schema".into());
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("schema".to_owned(), json!({ "type": "string", "const": name }));
    }
}

/// The schema of what is read, as a file.
///
/// # Errors
/// Where it cannot be written.
pub fn of_input<T: JsonSchema>() -> Result<Vec<u8>> {
    let schema = schema_settings().into_generator().into_root_schema_for::<T>();
    let mut bytes = serde_json::to_vec_pretty(&schema).map_err(|source| {
        Error::new(ErrorKind::Output, "the schema cannot be written as JSON").with_source(source)
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Without formats: validators in their strict mode refuse those that the standard does not name
/// (`uint`), and what the types say is enough.
fn schema_settings() -> SchemaSettings {
    let without_format = |schema: &mut Schema| {
        schema.remove("format");
    };
    SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_format))
}
