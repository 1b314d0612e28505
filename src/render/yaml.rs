//! Matrices as YAML, to be stored and compared by other tools: the same fields as the JSON.

use crate::error::{Error, ErrorKind, Result};
use crate::report::{ShownPage, signs};

use super::json::MatrixWire;

/// The pages as one YAML document.
pub fn matrix(pages: &[ShownPage]) -> Result<Vec<u8>> {
    signs::shown_yaml(&MatrixWire::of(pages)).map(String::into_bytes).map_err(|source| {
        Error::new(ErrorKind::Output, "the matrices cannot be written as YAML").because(source)
    })
}
