//! The rules that findings refer to.

use crate::model::{Code, Severity};

/// What a code means, for formats that list their rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintRuleText {
    /// The code.
    pub code: Code,
    /// Its severity without a policy.
    pub severity: Severity,
    /// What it means.
    pub meaning: &'static str,
    /// What to do about it.
    pub help: &'static str,
}
