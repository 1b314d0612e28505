//! YAML that a person wrote, to a type, or to an error that says where and what.

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};

/// Reads the text of the file `name`.
///
/// # Errors
/// Where it is no YAML, or holds what the type does not know.
pub fn yaml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    serde_yaml::from_str(text)
        .map_err(|error| Error::new(ErrorKind::Input, format!("`{name}`: {error}")))
}
