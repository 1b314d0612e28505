//! How much of a history was read, whatever is shown of it.

/// How much of a history was read before anything was chosen of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadCounts {
    /// Pages that assign responsibility.
    pub pages: usize,
    /// Their editions.
    pub editions: usize,
    /// Whether some change was asked for, and not only a time.
    pub for_changes: bool,
    /// Whether only some paths were asked for.
    pub for_paths: bool,
    /// Of a range in which no page has an edition: how many pages there are at its end.
    pub at_end: Option<usize>,
}

impl ReadCounts {
    /// Counts a page with so many editions.
    pub fn count_page(&mut self, editions: usize) {
        self.pages += 1;
        self.editions += editions;
    }

    /// Whether there is a page, with an edition or not.
    #[must_use]
    pub fn has_page(&self) -> bool {
        self.pages > 0 || self.at_end.is_some_and(|pages| pages > 0)
    }
}
