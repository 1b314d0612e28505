//! Files that an AsciiDoc page includes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many bytes are included in one page.
const MOST_BYTES: usize = 16 << 20;

/// The files that a page may include, by their paths in the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncludedFiles {
    /// The path of the page.
    page: String,
    contents: BTreeMap<String, Arc<[u8]>>,
    /// Those that are pages of their own.
    own_pages: BTreeSet<String>,
    bytes: usize,
}

impl IncludedFiles {
    /// So many bytes are included in one page.
    pub const MOST_BYTES: usize = MOST_BYTES;

    /// No files yet, for a page at this path of its repository.
    #[must_use]
    pub fn of_page(path: &str) -> Self {
        Self { page: path.to_owned(), ..Self::default() }
    }

    /// Adds a file.
    pub fn add_file(&mut self, path: &str, content: Arc<[u8]>) {
        self.bytes += content.len();
        self.contents.insert(path.to_owned(), content);
    }

    /// Adds a file that is a page of its own: what it says is read there, and not here again.
    pub fn add_own_page(&mut self, path: &str) {
        self.own_pages.insert(path.to_owned());
    }

    /// The paths of files that are pages of their own.
    pub fn own_pages(&self) -> impl Iterator<Item = &str> {
        self.own_pages.iter().map(String::as_str)
    }

    /// So many bytes were added.
    #[must_use]
    pub const fn byte_count(&self) -> usize {
        self.bytes
    }

    /// The path of the page.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The files, by path.
    pub fn contents(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.contents.iter().map(|(path, content)| (path.as_str(), &**content))
    }

    /// Whether so much was added that no page includes more.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.bytes > MOST_BYTES
    }
}

/// A line of a file that a page includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncludedLine {
    /// The file's path in the repository.
    pub path: Arc<str>,
    /// The line, from 1.
    pub line: usize,
}
