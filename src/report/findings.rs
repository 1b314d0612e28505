//! What is wrong in pages as they stand: all that `lint` shows.

use crate::model::Code;

/// One thing that a writer should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// Line of the file, from 1.
    pub line: usize,
    /// One sentence that says what.
    pub message: String,
    /// One sentence that says what to do about it.
    pub help: &'static str,
}

/// One page with what is to be looked at, by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintedPage {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Whether it assigns any responsibility.
    pub assigns: bool,
    /// The findings in the order of lines.
    pub findings: Vec<Finding>,
}
