//! `respdiff.blame/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::report::BlamedPage;

/// Who has each duty, since when, and what happened to it before.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.blame/1")]
pub struct BlameWire<'a> {
    #[schemars(extend("const" = "respdiff.blame/1"))]
    schema: &'static str,
    documents: &'a [BlamedPage],
}

impl Published for Vec<BlamedPage> {
    type Json<'a> = BlameWire<'a>;

    fn to_json(&self) -> BlameWire<'_> {
        BlameWire { schema: "respdiff.blame/1", documents: self }
    }
}
