//! What is wrong in pages as they stand: all that `lint` shows.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Claim, Code, Severity};

/// A finding for the writer of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The kind of finding; `respdiff lint --explain CODE` says more.
    pub code: Code,
    /// The severity, as the policy sets it.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    pub severity: Severity,
    /// The line in the file, from 1.
    pub line: usize,
    /// The column in the line, in characters, from 1.
    pub column: usize,
    /// Its content, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
    /// With `disagrees`: the place on the other page.
    pub other: Option<OtherPlace>,
}

/// A place on another page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OtherPlace {
    /// The repository as it was named, if there are several.
    pub repository: Option<String>,
    /// Its page's path.
    pub path: String,
    /// The line in the file, from 1.
    pub line: usize,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
pub struct LintedPage {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Whether it assigns any responsibility.
    #[serde(skip)]
    pub assigns: bool,
    /// Its findings in the order of lines.
    pub findings: Vec<Finding>,
    /// What it says of who has what, and what it costs to disagree; none where pages are not held
    /// against each other.
    #[serde(skip)]
    pub claims: Option<(Severity, Vec<Claim>)>,
    /// Whether it was asked for; others are only held against those that were.
    #[serde(skip)]
    pub is_asked: bool,
}

/// The pages of one version, and from which severity on a finding fails the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintReport {
    /// Every page that was read, those without a finding too.
    pub pages: Vec<LintedPage>,
    /// What the user asked for; none where findings do not change the exit code.
    pub fail_on: Option<Severity>,
}

impl LintReport {
    /// From which severity on a finding counts as a failure where a format must say so: what the
    /// user asked for, else warnings and errors.
    #[must_use]
    pub fn threshold(&self) -> Severity {
        self.fail_on.unwrap_or(Severity::Warning)
    }

    /// Whether a finding makes the run fail.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.fail_on.is_some_and(|least| self.all_findings().any(|(_, one)| one.severity >= least))
    }

    /// All findings with their pages.
    pub fn all_findings(&self) -> impl Iterator<Item = (&LintedPage, &Finding)> {
        self.pages.iter().flat_map(|page| page.findings.iter().map(move |one| (page, one)))
    }

    /// All findings with their pages, the worst first, else in the order of pages and lines.
    #[must_use]
    pub fn worst_first(&self) -> Vec<(&LintedPage, &Finding)> {
        let mut all: Vec<_> = self.all_findings().collect();
        all.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
        all
    }
}
