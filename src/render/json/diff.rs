//! `respdiff.diff/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::model::{Notice, Sides};
use crate::report::{DocumentReport, End, Report, Summary};

/// A comparison of the responsibility pages of two versions.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.diff/1")]
pub struct DiffWire<'a> {
    #[schemars(extend("const" = "respdiff.diff/1"))]
    schema: &'static str,
    #[serde(flatten)]
    ends: &'a Sides<End>,
    documents: &'a [DocumentReport],
    summary: Summary,
    /// Notices about the comparison as a whole.
    notices: &'a [Notice],
    /// How many of the files that differ are responsibility pages, in each version.
    #[schemars(with = "PagesRead")]
    pages_read: Sides<usize>,
}

impl Published for Report {
    type Json<'a> = DiffWire<'a>;

    fn to_json(&self) -> DiffWire<'_> {
        DiffWire {
            schema: "respdiff.diff/1",
            ends: &self.ends,
            documents: &self.documents,
            summary: self.summary(),
            notices: &self.notices,
            pages_read: self.pages_read,
        }
    }
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "the schema of `pages_read`")]
struct PagesRead {
    from: usize,
    to: usize,
}
