//! Revisions and paths, as they stand in a command: which words are the one or the other is known later.

use std::ffi::OsString;

use clap::Args;

/// One version of pages.
#[derive(Debug, Args)]
pub(crate) struct RevisionArgs {
    /// The revision to read [default: the working tree, or HEAD in a bare repository]
    #[arg(value_name = "REVISION")]
    pub(crate) words: Vec<OsString>,
    /// The revision among them.
    #[arg(skip)]
    pub(crate) revision: Option<String>,
    /// Only pages that match PATH, as in git
    #[arg(value_name = "PATH", last = true)]
    pub(crate) paths: Vec<OsString>,
}

/// A stretch of the history of pages.
#[derive(Debug, Args)]
pub(crate) struct SpanArgs {
    /// Everything up to REV, or a range: A..B, A...B, A B [default: HEAD]
    #[arg(value_name = "REVISION")]
    pub(crate) words: Vec<OsString>,
    /// The revision or range among them.
    #[arg(skip)]
    pub(crate) revision: Option<String>,
    /// Only pages that match PATH now or matched it under an earlier name
    #[arg(value_name = "PATH", last = true)]
    pub(crate) paths: Vec<OsString>,
}
