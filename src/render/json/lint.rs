//! `respdiff.lint/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::LintedPage;

/// What is wrong in one version of the responsibility pages.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.lint/1")]
pub(super) struct LintWire<'a> {
    #[schemars(extend("const" = "respdiff.lint/1"))]
    schema: &'static str,
    /// All pages that were read, including those without a finding.
    documents: &'a [LintedPage],
}

impl<'a> LintWire<'a> {
    pub(super) fn from_pages(documents: &'a [LintedPage]) -> Self {
        Self { schema: "respdiff.lint/1", documents }
    }
}
