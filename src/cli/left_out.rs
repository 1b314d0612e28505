//! What an answer about pages leaves out.

use std::ffi::OsString;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Filter, RepoPath};
use crate::report::DocumentReport;

use super::export_gaps::{more_problems, page_gaps, unread_place};
use super::former_pages::{LookBack, former_pages, unread_tables};
use super::nothing_found::{
    find_look_alikes, find_way_out, no_page_text, note_no_page, print_notes,
};
use super::pages::{PageAt, PagesAt};
use super::way_out::WayOut;

/// What to do where pages were read once, and none can be read now.
const FORMER_HINT: &str =
    "fix the page, or map its names to parties under `parties:` in respdiff.yaml";

/// What an answer about pages leaves out, as notes that are printed below it.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Files that were pages once and cannot be read now, as `path:line: why`.
    former: Vec<String>,
    /// The paths of these.
    former_paths: Vec<String>,
    /// The same about tables of pages, where these were looked for.
    tables: Vec<String>,
    /// Files that look like a page, submodules, and what to do.
    others: Vec<String>,
    /// Where the answer has no page: that it has none, and what to do.
    no_page: Option<NoPage>,
}

#[derive(Debug)]
struct NoPage {
    message: String,
    hint: String,
    /// Whether the hint stands below an answer, too: not if something else says what to do.
    is_told: bool,
    /// Whether notes name files that may be pages.
    names_files: bool,
}

/// The first file that was a page once and cannot be read now, as `path:line: why`.
#[cfg(feature = "alert")]
pub(super) fn first_former(at: PagesAt<'_>, filter: &Filter) -> Result<Option<String>> {
    let files = at.repository.page_files(at.point, filter)?;
    Ok(former_pages(at, &files, LookBack::Brief)?.iter().find_map(former_place))
}

fn former_place(page: &DocumentReport) -> Option<String> {
    let more = more_problems(page.notices.len().saturating_sub(1));
    Some(unread_place(&page.path, page.notices.first()?) + &more)
}

impl LeftOut {
    /// Finds what an answer with these pages leaves out: files that were pages once, and files that
    /// look like one. Where it has none, also where a page may be.
    pub(super) fn find(
        at: PagesAt<'_>,
        asked: (&Filter, &[OsString]),
        known: &[RepoPath],
    ) -> Result<Self> {
        let mut others = at.repository.page_files(at.point, asked.0)?;
        others.retain(|file| !known.contains(&file.path));
        let former = former_pages(at, &others, LookBack::Brief)?;
        let is_named = |path: &RepoPath| {
            known.contains(path) || former.iter().any(|page| page.path == path.to_string())
        };
        let mut no_page = None;
        let others = if known.is_empty() {
            let (way_out, notes) = find_way_out(at, asked, &is_named)?;
            let (message, hint) = if former.is_empty() {
                (no_page_text(at.point, asked.1), way_out.hint(at.repository.given_folder()))
            } else {
                let of = match asked.1 {
                    [] => format!("of {}", at.point.name()),
                    [..] => "among the given paths".to_owned(),
                };
                let message = format!("respdiff cannot read any responsibility page {of}");
                (message, FORMER_HINT.to_owned())
            };
            no_page = Some(NoPage {
                message,
                hint,
                names_files: way_out.names_possible_pages(),
                is_told: match way_out {
                    WayOut::Unread | WayOut::GitLfs => true,
                    WayOut::Nothing
                    | WayOut::OutsideSources
                    | WayOut::OutsidePaths
                    | WayOut::Later
                    | WayOut::Uncommitted => former.is_empty(),
                    WayOut::NamedFiles | WayOut::Ended | WayOut::Submodules => false,
                },
            });
            // the notes about former pages say more
            if way_out == WayOut::Ended && !former.is_empty() { Vec::new() } else { notes }
        } else {
            find_look_alikes(at, asked.0, &is_named)?
        };
        let former_paths = former.iter().map(|page| page.path.clone()).collect();
        let former = former.iter().filter_map(former_place).collect();
        Ok(Self { former, former_paths, tables: Vec::new(), others, no_page })
    }

    /// Finds, in these pages of the answer, the tables that it leaves out.
    pub(super) fn with_tables(mut self, at: PagesAt<'_>, pages: &[PageAt]) -> Result<Self> {
        for page in pages {
            let gaps = page_gaps(&page.document);
            self.tables.extend(gaps.iter().map(|notice| unread_place(&page.path(), notice)));
        }
        self.with_lost_tables(at, pages)
    }

    /// The same for an answer that shows what the pages say of themselves: only the tables whose
    /// parties an older version named.
    pub(super) fn with_lost_tables(mut self, at: PagesAt<'_>, pages: &[PageAt]) -> Result<Self> {
        let tables = unread_tables(at, pages, LookBack::Brief)?;
        for (page, notices) in pages.iter().zip(&tables) {
            self.tables.extend(notices.iter().map(|notice| unread_place(&page.path(), notice)));
        }
        Ok(self)
    }

    /// Whether a file was a page once and cannot be read now.
    pub(super) fn is_former(&self, path: &str) -> bool {
        self.former_paths.iter().any(|former| former == path)
    }

    /// The tables, each as `path:line: why`.
    pub(super) fn tables(&self) -> &[String] {
        &self.tables
    }

    /// The same for an answer that names the pages which are gone: what it says of them is the hint.
    pub(super) fn without_page_hint(mut self) -> Self {
        if let Some(no_page) = &mut self.no_page {
            no_page.is_told &= no_page.names_files;
        }
        self
    }

    /// Says that there is no page, beside an answer that cannot say so.
    pub(super) fn note_no_page(&self, repository: Option<&str>) {
        if self.no_page.is_some() {
            note_no_page(repository);
        }
    }

    /// An answer without a page as an error, for what must not be empty.
    pub(super) fn refuse_no_page(&self) -> Result<()> {
        let Some(NoPage { message, hint, .. }) = &self.no_page else { return Ok(()) };
        self.print_unread();
        print_notes(&self.others);
        Err(Error::new(ErrorKind::Incomplete, message.clone()).with_hint(hint))
    }

    /// Prints all notes.
    pub(super) fn print(&self) {
        self.print_unread();
        self.print_others();
    }

    fn print_unread(&self) {
        let unread = self.former.iter().chain(&self.tables);
        let notes: Vec<String> = unread.map(|place| format!("note: {place}")).collect();
        print_notes(&notes);
    }

    /// Prints those about files that never were a page: exports refuse the others themselves.
    pub(super) fn print_others(&self) {
        print_notes(&self.others);
        let told = self.no_page.iter().filter(|no_page| no_page.is_told);
        let hints: Vec<String> = told.map(|no_page| format!("hint: {}", no_page.hint)).collect();
        print_notes(&hints);
    }
}
