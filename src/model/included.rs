//! Files that an AsciiDoc page includes.

use std::collections::BTreeMap;
use std::sync::Arc;

/// So many bytes are included in one page.
const MOST_BYTES: usize = 16 << 20;

/// The files that a page may include, by their paths in the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncludedFiles {
    /// The path of the page.
    page: String,
    contents: BTreeMap<String, Arc<[u8]>>,
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
