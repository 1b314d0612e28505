//! Reads the versions of pages from a repository. No other room uses git.
//!
//! Nothing here knows what a responsibility page is; the caller says so with a closure over
//! a file's bytes (`is_page`), and gets paths, contents and commits back.
//!
//! ```text
//! let repo = Repository::open(dir)?;                       // -C DIR, discovered upward
//! let ends = repo.ends(&Request { revisions, cached })?;   // A..B, A...B, A B, A, nothing
//! let filter = repo.filter(&pathspecs)?;                   // -- PATH..., as in git
//! let pairs = repo.changed(&ends, &filter, &is_page)?;     // pages that differ, renames paired
//! let line = repo.mainline(&ends)?;                        // first parents, B back to A
//! let back = repo.returned(&ends, &line, &filter, &is_page)?; // changed and changed back
//! let lives = repo.lives(&ends, &line, &pairs, None, &is_page)?; // every version between
//! ```
//!
//! [`Repository::page_histories`] gives every version of every page that ever was, for `log`.
//!
//! `repo.files(&point, &filter)` lists the markdown files at one end (for `show`), and
//! [`Repository::read_file`] gives a file's bytes. The timeline's `compare_range` does all of the
//! above and attributes the changes too.
//!
//! Ranges come first and filters after, so a filter never changes what a revision means. An
//! answer that a shallow or partial clone cannot give in full is an error, never an empty result.

mod author;
mod branch;
mod caches;
mod changed;
mod checksums;
mod collect;
mod commit;
mod companions;
pub mod environment;
mod fault;
mod file;
mod file_history;
mod follow;
mod followed_branch;
pub mod git_config;
mod graph;
mod id;
mod included;
mod later_removal;
mod loose;
mod mainline;
mod merged_names;
mod named_files;
mod newest;
mod objects;
mod origins;
mod page_check;
mod page_history;
mod path_tracker;
mod pathspec;
mod plain_revision;
mod push;
mod range;
mod reflog;
mod rename;
mod replaced;
mod repository;
mod reverted_pages;
mod revision;
mod settings_file;
mod similar_pages;
mod span;
mod steps;
mod submodule;
mod suggest;
mod tracked;
mod tree;
mod trust;
mod untracked;
mod version_origin;
pub mod write;

pub use author::Inside;
pub use branch::{Branch, Junction};
pub use changed::{FilePair, FileStatus};
pub use collect::WalkProgress;
pub use commit::Commit;
pub use companions::Companions;
pub use file::File;
pub use file_history::{FileHistory, FileVersion};
pub use followed_branch::FollowedBranch;
pub use id::{Id, RepoPath};
pub use included::PageIncludes;
pub use mainline::Mainline;
pub use named_files::NamedFile;
pub use newest::Newest;
pub use page_check::is_lfs_pointer;
pub use page_history::{PageHistories, PageHistory};
pub use pathspec::Filter;
pub use range::{Ends, Point, Request, is_span};
pub use repository::Repository;
pub use revision::Revision;
pub use settings_file::SettingsFile;
pub use span::{Span, TouchingCommit};
pub use submodule::Submodule;
pub use suggest::similar_names;
pub use version_origin::VersionOrigin;

use crate::model::{Format, IncludedFiles};

/// Answers for one content after the other whether it is a page.
pub type ContentCheck<'a> = Box<dyn FnMut(Format, &[u8]) -> bool + 'a>;

/// Says of files what decides which of them are followed.
pub trait PageReader: Sync {
    /// Whether a file's bytes, which are in a format, are a page that matters.
    fn is_page(&self, format: Format, content: &[u8]) -> bool;

    /// Asks the same of one content after the other: made for contents that are much alike, as the
    /// versions of one file are.
    fn successive_check(&self) -> ContentCheck<'_> {
        Box::new(|format, content| self.is_page(format, content))
    }

    /// The paths of the files that an AsciiDoc page includes, as far as those are known that it
    /// asks for first; may name one twice.
    fn included_paths(&self, _page: &[u8], _files: &IncludedFiles) -> Vec<String> {
        Vec::new()
    }

    /// Whether a file that an AsciiDoc page includes is reported as a page of its own, with the
    /// files that it includes itself.
    fn is_own_page(&self, _path: &str, _page: &[u8], _files: &IncludedFiles) -> bool {
        false
    }
}

impl<F: Fn(Format, &[u8]) -> bool + Sync> PageReader for F {
    fn is_page(&self, format: Format, content: &[u8]) -> bool {
        self(format, content)
    }
}

/// What is known of pages.
pub type IsPage<'a> = &'a dyn PageReader;

/// A content with the format that it is read in.
type ContentKey = (Id, Format);

/// What a docs repository calls its table of product names, on which a page's meaning depends.
pub const COMPANION: &str = "keyref.yaml";
