//! `respdiff.blame/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::BlamedPage;

/// Who has each duty, since when, and what happened to it before.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.blame/1")]
pub(super) struct BlameWire<'a> {
    #[schemars(extend("const" = "respdiff.blame/1"))]
    schema: &'static str,
    documents: &'a [BlamedPage],
}

impl<'a> BlameWire<'a> {
    pub(super) fn from_pages(documents: &'a [BlamedPage]) -> Self {
        Self { schema: "respdiff.blame/1", documents }
    }
}
