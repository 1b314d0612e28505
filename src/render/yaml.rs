//! Matrices as YAML, to be stored and compared by other tools: the same fields as the JSON.

use crate::error::{Error, ErrorKind, Result};
use crate::report::{Several, ShownPage, signs};
use serde::Serialize;

use super::json::{MatrixWire, RepositoriesWire};

/// The pages as one YAML document.
pub fn matrix(pages: &[ShownPage]) -> Result<Vec<u8>> {
    written(&MatrixWire::of(pages))
}

/// The pages of several repositories as one YAML document.
pub fn matrices(several: &Several<'_, Vec<ShownPage>>) -> Result<Vec<u8>> {
    written(&RepositoriesWire::of_matrix(several))
}

fn written(value: &impl Serialize) -> Result<Vec<u8>> {
    signs::shown_yaml(value).map(String::into_bytes).map_err(|source| {
        Error::new(ErrorKind::Output, "the matrices cannot be written as YAML").because(source)
    })
}
