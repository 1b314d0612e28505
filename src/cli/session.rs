//! What holds where a repository is looked at: its policy, names, sources and levels as of one
//! point. Commands that read histories get at pages through this only.

use std::ffi::OsString;
use std::path::Path;

use crate::deliver::Progress;
use crate::error::Result;
use crate::history::{Filter, Point, RepoPath, Repository, Span};
use crate::model::Code;
use crate::render;
use crate::report::{PageLog, ReadCounts, WholePage};
use crate::timeline::{self, NamesTable};

use super::args::SpanArgs;
use super::error_output::print_line;
use super::keyrefs::Keyrefs;
use super::last_change::LastChange;
use super::pages::{PageAt, PagesAt};
use super::range::{is_there, no_such_path};
use super::swapped_ends::note_swapped_ends;
use super::way_out::WayOut;
use super::{nothing_found, overlooked, same_duties};

/// A repository and what holds at the newest commit of a span of it.
pub(super) struct Session {
    pub(super) repository: Repository,
    pub(super) span: Span,
    pub(super) keyrefs: Keyrefs,
    /// The newest commit.
    tip: Point,
    filter: Filter,
}

impl Session {
    /// Opens a repository at all that leads to a revision, or at a range. Its policy is read as
    /// of the newest commit.
    pub(super) fn open(folder: &Path, asked: &SpanArgs, keyrefs: &Keyrefs) -> Result<Self> {
        let paths = asked.paths.as_slice();
        let repository = Repository::open(folder)?;
        let span = repository.parse_span(asked.revision.as_deref())?;
        let tip = Point::Commit(span.tip().clone());
        let keyrefs = keyrefs.in_force(&repository, &tip)?;
        overlooked::note_uncommitted_policy(&repository, &tip, keyrefs.policy.is_given);
        let filter = keyrefs.reported_filter(&repository, &[&tip], paths)?;
        let session = Self { repository, span, keyrefs, tip, filter };
        session.require_pages(paths)?;
        Ok(session)
    }

    /// The newest commit with its pages.
    fn at_tip(&self) -> PagesAt<'_> {
        PagesAt::new(&self.repository, &self.tip, &self.keyrefs)
    }

    /// Refuses a path that matches no file of the newest commit and no page before it.
    fn require_pages(&self, paths: &[OsString]) -> Result<()> {
        let Self { repository, span, keyrefs, tip, .. } = self;
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        for path in paths {
            if is_there(repository, &[tip], path)? {
                continue;
            }
            let filter = keyrefs.path_filter(repository, std::slice::from_ref(path))?;
            let mut has_pages = false;
            let mut note = |_: PageLog| {
                has_pages = true;
                Ok(())
            };
            timeline::log_pages(repository, span, &filter, &names_of, &|_| (), &mut note)?;
            if !has_pages {
                return Err(no_such_path(repository, &[tip], path));
            }
        }
        Ok(())
    }

    /// Where no page has an edition in what was asked for: the number of pages at the end of a
    /// range, and notes with the last change before its end, or what may be missing.
    pub(super) fn explain_none_found(
        &self,
        folder: &Path,
        paths: &[OsString],
    ) -> Result<(Option<usize>, Vec<String>)> {
        let Self { span, keyrefs, filter, .. } = self;
        let tip = span.tip().commit.to_string();
        let (last, pages) = if span.is_whole() {
            (LastChange::Unknown, Vec::new())
        } else {
            let last = LastChange::before(folder, &tip, paths, keyrefs);
            (last, self.tip_pages()?)
        };
        let is_told = last.is_found();
        let pages = pages.iter().filter(|page| page.document.is_responsibility_page()).count();
        let mut notes = Vec::new();
        if is_told || pages > 0 {
            notes.extend(last.note_text(folder));
        }
        if pages == 0 {
            // what became of that page was just said
            let is_named = |path: &RepoPath| last.unread_page() == Some(path.to_string().as_str());
            let (way_out, ways) =
                nothing_found::find_way_out(self.at_tip(), (filter, paths), &is_named)?;
            if !(is_told && way_out == WayOut::Ended) {
                notes.extend(ways);
            }
            if way_out.names_possible_pages() {
                notes.push(nothing_found::hint_text(&way_out.hint(folder)));
            }
            if !is_told && !way_out.is_named() {
                notes.push(nothing_found::hint_text(&way_out.hint(folder)));
            }
        }
        Ok(((!span.is_whole()).then_some(pages), notes))
    }

    /// Where there is nothing to show of what was read: why, as notes below the answer. Text says
    /// itself that there is nothing.
    pub(super) fn explain_empty(
        &self,
        (folder, paths): (&Path, &[OsString]),
        (read, commits): (&mut ReadCounts, usize),
        is_text: bool,
    ) -> Result<Vec<String>> {
        let mut notes = Vec::new();
        if read.pages == 0 {
            let no_page = if is_text { None } else { self.no_page_notes(paths)? };
            if let Some(no_page) = no_page {
                return Ok(no_page);
            }
            (read.at_end, notes) = self.explain_none_found(folder, paths)?;
        }
        if !is_text {
            let text = render::text::none_found_text(read, commits);
            notes.insert(0, nothing_found::empty_answer_note(&text));
        }
        Ok(notes)
    }

    /// Where no page has an edition in what was asked for, and none is at its end either: notes
    /// that say so below an answer that cannot, and what may be missing. None where there is a page.
    pub(super) fn no_page_notes(&self, paths: &[OsString]) -> Result<Option<Vec<String>>> {
        let Self { span, filter, .. } = self;
        if !span.is_whole() && self.at_tip().has_page(filter)? {
            return Ok(None);
        }
        nothing_found::no_page_notes(self.at_tip(), (filter, paths)).map(Some)
    }

    /// The pages of the newest commit.
    pub(super) fn tip_pages(&self) -> Result<Vec<PageAt>> {
        self.at_tip().pages_under(&self.filter)
    }

    /// Hands over the editions of each page, its changes at the policy's levels. How many commits
    /// were walked.
    pub(super) fn page_logs(&self, take: &mut dyn FnMut(PageLog) -> Result<()>) -> Result<usize> {
        let commits = self.page_logs_of(&self.span, take)?;
        if commits == 0 {
            note_swapped_ends(&self.repository, &self.span);
        }
        Ok(commits)
    }

    /// The same for another span of the repository.
    pub(super) fn page_logs_of(
        &self,
        span: &Span,
        take: &mut dyn FnMut(PageLog) -> Result<()>,
    ) -> Result<usize> {
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.add_passed(count);
        let Self { repository, keyrefs, filter, .. } = self;
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        let mut take_releveled = |mut page: PageLog| {
            self.relevel_editions(&mut page);
            same_duties::find_for_editions(repository, keyrefs, &mut page)?;
            take(page)
        };
        timeline::log_pages(repository, span, filter, &names_of, &passed, &mut take_releveled)
    }

    /// Each page with its editions and both its ends, and how many commits were walked.
    pub(super) fn page_histories(&self) -> Result<(Vec<WholePage>, usize)> {
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.add_passed(count);
        let Self { repository, span, keyrefs, filter, .. } = self;
        let names_of = |tables: &[NamesTable]| keyrefs.names_with(tables);
        let (mut lives, commits) =
            timeline::whole_pages(repository, span, filter, &names_of, &passed)?;
        for life in &mut lives {
            self.relevel_editions(&mut life.log);
            same_duties::find_for_editions(repository, keyrefs, &mut life.log)?;
            let comparison = &mut life.comparison;
            comparison.ignored = self.keyrefs.relevel(&mut comparison.changes, &life.log.path);
        }
        Ok((lives, commits))
    }

    /// Names each page of the newest commit that seems to assign responsibility, but whose
    /// parties cannot be read: one line with the way out.
    pub(super) fn report_unread_pages(&self) -> Result<()> {
        let mut paths = Vec::new();
        for file in self.repository.page_files(&self.tip, &self.filter)? {
            // only pages about responsibilities matter, and few of a repository's files are that
            let content = self.repository.read_file(&file)?;
            if memchr::memmem::find(&content, b"esponsib").is_some() {
                paths.push(file.path);
            }
        }
        let pages = self.at_tip().pages_of_paths(&paths)?;
        for page in pages.iter().filter(|page| !page.document.is_responsibility_page()) {
            let mut notices = page.document.notices.iter();
            if let Some(notice) = notices.find(|notice| notice.code == Code::Unassigned) {
                let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
                print_line(&format!("note: {}{line}: {}", page.path(), notice.message));
            }
        }
        Ok(())
    }

    fn relevel_editions(&self, page: &mut PageLog) {
        for shown in page.editions.iter_mut().map(|edition| &mut edition.report) {
            shown.ignored = self.keyrefs.relevel(&mut shown.changes, &shown.path);
        }
    }
}
