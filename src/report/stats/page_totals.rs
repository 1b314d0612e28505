//! Pages that began or ended while duties were counted.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{Edition, PageLog};

/// How many pages, and how many duties they had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "NotCounted", description = "Pages that are in no count.")]
pub struct PageTotals {
    /// Its pages.
    pub pages: usize,
    /// How many duties they have.
    pub duties: usize,
    /// How many of these another page has, too.
    #[serde(skip)]
    pub also_elsewhere: usize,
    /// How many more of these another page has, but gives to another party.
    #[serde(skip)]
    pub given_to_others: usize,
    /// Of the removed pages, how many are still there as files that assign nothing.
    #[serde(skip)]
    pub files_stay: usize,
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
        self.given_to_others += page.duties_given_to_others();
        let file_stays = page.editions.first().is_some_and(Edition::file_stays);
        self.files_stay += usize::from(page.removed_duties().is_some() && file_stays);
    }
}
