//! What an answer about pages leaves out.

use std::ffi::OsString;

use crate::error::Result;
use crate::history::{Filter, Point, RepoPath, Repository};
use crate::report::DocumentReport;

use super::export_gaps::unread_place;
use super::former_pages::{LookBack, former_pages, unread_tables};
use super::keyrefs::Keyrefs;
use super::nothing_found::{
    NO_PAGE_HINT, PARTIES_HINT, WayOut, find_look_alikes, find_way_out, print_notes,
};
use super::pages::PageAt;

/// What an answer about pages leaves out, as notes that are printed below it.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Files that were pages once and cannot be read now, as `path:line: why`.
    former: Vec<String>,
    /// The same about tables of pages, where these were looked for.
    tables: Vec<String>,
    /// Files that look like a page, submodules, and what to do.
    others: Vec<String>,
}

impl LeftOut {
    /// Finds what an answer with these pages leaves out: files that were pages once, and files that
    /// look like one. Where it has none, also where a page may be.
    pub(super) fn find(
        repository: &Repository,
        point: &Point,
        asked: (&Filter, &[OsString]),
        keyrefs: &Keyrefs,
        known: &[RepoPath],
    ) -> Result<Self> {
        let mut others = repository.page_files(point, asked.0)?;
        others.retain(|file| !known.contains(&file.path));
        let former = former_pages(repository, point, &others, keyrefs, LookBack::Brief)?;
        let is_named = |path: &RepoPath| {
            known.contains(path) || former.iter().any(|page| page.path == path.to_string())
        };
        let names = keyrefs.names_with(&[]);
        let others = if known.is_empty() {
            let (way_out, mut notes) = find_way_out(repository, point, asked, &names, &is_named)?;
            match way_out {
                WayOut::Unread => notes.push(format!("hint: {PARTIES_HINT}")),
                WayOut::Nothing if former.is_empty() => notes.push(format!("hint: {NO_PAGE_HINT}")),
                WayOut::Nothing | WayOut::Submodules => {}
            }
            notes
        } else {
            find_look_alikes(repository, point, asked.0, &names, &is_named)?
        };
        let place = |page: &DocumentReport| Some(unread_place(&page.path, page.notices.first()?));
        let former = former.iter().filter_map(place).collect();
        Ok(Self { former, tables: Vec::new(), others })
    }

    /// Finds, in these pages of the answer, the tables that it leaves out.
    pub(super) fn with_tables(
        mut self,
        repository: &Repository,
        point: &Point,
        pages: &[PageAt],
        keyrefs: &Keyrefs,
    ) -> Result<Self> {
        let tables = unread_tables(repository, point, pages, keyrefs, LookBack::Brief)?;
        for (page, notices) in pages.iter().zip(&tables) {
            self.tables.extend(notices.iter().map(|notice| unread_place(&page.path(), notice)));
        }
        Ok(self)
    }

    /// The tables, each as `path:line: why`.
    pub(super) fn tables(&self) -> &[String] {
        &self.tables
    }

    /// Prints all notes.
    pub(super) fn print(&self) {
        let unread = self.former.iter().chain(&self.tables);
        let notes: Vec<String> = unread.map(|place| format!("note: {place}")).collect();
        print_notes(&notes);
        self.print_others();
    }

    /// Prints those about files that never were a page: exports refuse the others themselves.
    pub(super) fn print_others(&self) {
        print_notes(&self.others);
    }
}
