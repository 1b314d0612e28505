//! `respdiff.lint/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{Finding, LintedPage};

/// What is wrong in one version of the responsibility pages.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "respdiff.lint/1")]
pub(super) struct LintWire<'a> {
    #[schemars(extend("const" = "respdiff.lint/1"))]
    schema: &'static str,
    /// All pages that were read, including those without a finding.
    documents: Vec<LintDocumentWire<'a>>,
}

impl<'a> LintWire<'a> {
    pub(super) fn from_pages(pages: &'a [LintedPage]) -> Self {
        Self {
            schema: "respdiff.lint/1",
            documents: pages.iter().map(LintDocumentWire::from_page).collect(),
        }
    }
}

/// One page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct LintDocumentWire<'a> {
    path: &'a str,
    title: &'a str,
    findings: Vec<FindingWire<'a>>,
}

impl<'a> LintDocumentWire<'a> {
    fn from_page(page: &'a LintedPage) -> Self {
        Self {
            path: &page.path,
            title: &page.title,
            findings: page.findings.iter().map(FindingWire::from_finding).collect(),
        }
    }
}

/// A finding for the writer of the page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingWire<'a> {
    /// The kind of finding; `respdiff lint --explain CODE` says more.
    code: &'static str,
    /// The severity, as the policy sets it.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    severity: &'static str,
    /// The line in the file, from 1.
    line: usize,
    /// The column in the line, in characters, from 1.
    column: usize,
    message: &'a str,
    /// What to do about it.
    help: &'static str,
    /// With `disagrees`: the place on the other page.
    other: Option<OtherWire<'a>>,
}

/// A place on another page.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OtherPlace")]
struct OtherWire<'a> {
    /// The repository as it was named, if there are several.
    repository: Option<&'a str>,
    path: &'a str,
    /// The line in the file, from 1.
    line: usize,
}

impl<'a> FindingWire<'a> {
    fn from_finding(finding: &'a Finding) -> Self {
        Self {
            code: finding.code.name(),
            severity: finding.severity.name(),
            line: finding.line,
            column: finding.column,
            message: &finding.message,
            help: finding.help,
            other: finding.other.as_ref().map(|other| OtherWire {
                repository: other.repository.as_deref(),
                path: &other.path,
                line: other.line,
            }),
        }
    }
}
