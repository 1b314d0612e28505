//! The ends of a comparison.

use crate::model::short_id;

use schemars::JsonSchema;
use serde::Serialize;

/// One end of the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(into = "EndWire")]
pub enum End {
    /// A revision as the user named it, with the commit it means (40 hex digits, 64 in a SHA-256 repository).
    Commit {
        /// As named (`HEAD~5`).
        rev: String,
        /// The commit.
        commit: String,
    },
    /// The files of the working tree.
    WorkingTree,
    /// The index.
    Index,
    /// No file at all: what was there before a first commit.
    Empty,
    /// A file outside any repository.
    File {
        /// As named.
        path: String,
    },
}

/// An end as people know it.
#[must_use]
pub(crate) fn end_name(end: &End) -> String {
    match end {
        End::Commit { rev, commit } if commit.starts_with(rev.as_str()) => {
            short_id(commit).to_owned()
        }
        // A...B begins where its sides parted
        End::Commit { rev, commit } if rev.contains("...") => {
            format!("the merge base {}", short_id(commit))
        }
        End::Commit { rev, .. } => rev.clone(),
        End::WorkingTree => "the working tree".to_owned(),
        End::Index => "the index".to_owned(),
        End::Empty => "an empty repository".to_owned(),
        End::File { path } => path.clone(),
    }
}

/// The same for what is published: a name such as `HEAD~5` means another commit soon.
#[must_use]
pub(crate) fn lasting_name(end: &End) -> String {
    match end {
        End::Commit { rev, commit }
            if rev == "HEAD" || (rev.contains(['~', '^', '@']) && !rev.contains("...")) =>
        {
            short_id(commit).to_owned()
        }
        End::Commit { .. } | End::WorkingTree | End::Index | End::Empty | End::File { .. } => {
            end_name(end)
        }
    }
}

/// An end as it is published, with what it is as flags.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum EndWire {
    /// A revision as it was named, and its commit; both are null for the working tree, the index
    /// and the empty tree.
    Revision {
        rev: Option<String>,
        commit: Option<String>,
        /// `true` for the working tree.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        working_tree: bool,
        /// `true` for the index.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        index: bool,
        /// `true` for the empty tree, before a first commit.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        empty_tree: bool,
    },
    /// A file outside any repository.
    File { path: String },
}

impl From<End> for EndWire {
    fn from(end: End) -> Self {
        let [working_tree, index, empty_tree] =
            [End::WorkingTree, End::Index, End::Empty].map(|other| end == other);
        let (rev, commit) = match end {
            End::Commit { rev, commit } => (Some(rev), Some(commit)),
            End::WorkingTree | End::Index | End::Empty => (None, None),
            End::File { path } => return Self::File { path },
        };
        Self::Revision { rev, commit, working_tree, index, empty_tree }
    }
}
