//! Pages that began or ended while duties were counted.

use crate::report::PageLog;

/// How many pages, and how many duties they had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageTotals {
    /// How many pages.
    pub pages: usize,
    /// How many duties they had.
    pub duties: usize,
    /// How many of these another page has, too.
    pub also_elsewhere: usize,
}

impl PageTotals {
    /// Counts a page with its duties, if it is one of them.
    pub fn count_page(&mut self, duties: Option<usize>) {
        self.pages += usize::from(duties.is_some());
        self.duties += duties.unwrap_or_default();
    }

    /// Counts the page of a history if it was removed in the end.
    pub fn count_removed(&mut self, page: &PageLog) {
        self.count_page(page.removed_duties());
        self.also_elsewhere += page.duties_also_elsewhere();
    }
}
