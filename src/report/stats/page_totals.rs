//! Pages that began or ended while duties were counted.

/// How many pages, and how many duties they had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageTotals {
    /// How many pages.
    pub pages: usize,
    /// How many duties they had.
    pub duties: usize,
}

impl PageTotals {
    /// Counts a page with its duties, if it is one of them.
    pub fn count_page(&mut self, duties: Option<usize>) {
        self.pages += usize::from(duties.is_some());
        self.duties += duties.unwrap_or_default();
    }
}
