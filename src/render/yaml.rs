//! Matrices as YAML, to be stored and compared by other tools: the same fields as the JSON.

use serde::Serialize;

use super::json::{Published, RepositoriesWire};
use crate::error::{Error, ErrorKind, Result};
use crate::report::{Several, ShownPage, control_chars};

/// The pages as one YAML document.
pub fn render_matrix(pages: &Vec<ShownPage>) -> Result<Vec<u8>> {
    to_yaml(&pages.to_json())
}

/// The pages of several repositories as one YAML document.
pub fn render_matrices(several: &Several<'_, Vec<ShownPage>>) -> Result<Vec<u8>> {
    to_yaml(&RepositoriesWire::from_several(several))
}

fn to_yaml(value: &impl Serialize) -> Result<Vec<u8>> {
    control_chars::shown_yaml(value).map(String::into_bytes).map_err(|source| {
        Error::new(ErrorKind::Output, "the matrices cannot be written as YAML").with_source(source)
    })
}
