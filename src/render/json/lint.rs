//! `respdiff.lint/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::published::Published;
use crate::report::LintedPage;

/// What is wrong with one version of the responsibility pages.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.lint/1")]
pub struct LintWire<'a> {
    #[schemars(extend("const" = "respdiff.lint/1"))]
    schema: &'static str,
    /// All pages that were read, including those without a finding.
    documents: &'a [LintedPage],
}

impl Published for Vec<LintedPage> {
    type Json<'a> = LintWire<'a>;

    fn to_json(&self) -> LintWire<'_> {
        LintWire { schema: "respdiff.lint/1", documents: self }
    }
}
