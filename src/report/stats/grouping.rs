//! What duties are counted by.

use serde::Serialize;

/// What duties are counted by, beside their parties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// By nothing else.
    #[default]
    Party,
    /// By the heading above them, across documents.
    Area,
    /// By the document that they stand in.
    Document,
}

impl Grouping {
    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Area => "area",
            Self::Document => "document",
        }
    }
}
