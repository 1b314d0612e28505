//! Pages that were removed, or cannot be read any more.

/// Pages that ended, and their duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndedPages {
    /// How many pages.
    pub pages: usize,
    /// How many duties they had.
    pub duties: usize,
}

impl EndedPages {
    /// Counts a page with its duties, if it ended.
    pub fn count_page(&mut self, duties: Option<usize>) {
        self.pages += usize::from(duties.is_some());
        self.duties += duties.unwrap_or_default();
    }
}
