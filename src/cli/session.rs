//! What holds where a repository is looked at: its policy, names, sources and levels as of one
//! point. Commands that read histories get at pages through this only.

use std::ffi::OsString;
use std::path::Path;

use crate::deliver::{self, Progress};
use crate::error::Result;
use crate::history::{Filter, Point, Repository, Span};
use crate::model::Code;
use crate::render::safe;
use crate::report::{Life, PageLog};
use crate::timeline::{self, NamesTable};

use super::keyrefs::Keyrefs;
use super::pages;

/// A repository and what holds at the newest commit of a span of it.
pub(super) struct Session {
    pub(super) repository: Repository,
    pub(super) span: Span,
    pub(super) keyrefs: Keyrefs,
    filter: Filter,
}

impl Session {
    /// Opens a repository at all that leads to a revision, or at a range. Its policy is read as
    /// of the newest commit.
    pub(super) fn open(
        folder: &Path,
        revision: Option<&str>,
        paths: &[OsString],
        keyrefs: &Keyrefs,
    ) -> Result<Self> {
        let repository = Repository::open(folder)?;
        let span = repository.span(revision)?;
        let point = Point::Commit(span.tip().clone());
        let keyrefs = keyrefs.in_force(&repository, &point)?;
        let filter = keyrefs.told_filter(&repository, &[&point], paths)?;
        Ok(Self { repository, span, keyrefs, filter })
    }

    /// Hands over the editions of each page, its changes at the policy's levels. How many commits
    /// were walked.
    pub(super) fn page_logs(&self, take: &mut dyn FnMut(PageLog) -> Result<()>) -> Result<usize> {
        self.page_logs_of(&self.span, take)
    }

    /// The same for another span of the repository.
    pub(super) fn page_logs_of(
        &self,
        span: &Span,
        take: &mut dyn FnMut(PageLog) -> Result<()>,
    ) -> Result<usize> {
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.passed(count);
        let Self { repository, keyrefs, filter, .. } = self;
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let mut take_releveled = |mut page: PageLog| {
            self.relevel_editions(&mut page);
            take(page)
        };
        timeline::log(repository, span, filter, &names_of, &passed, &mut take_releveled)
    }

    /// Each page with its editions and both its ends, and how many commits were walked.
    pub(super) fn page_lives(&self) -> Result<(Vec<Life>, usize)> {
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.passed(count);
        let Self { repository, span, keyrefs, filter } = self;
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let (mut lives, commits) = timeline::lives(repository, span, filter, &names_of, &passed)?;
        for life in &mut lives {
            self.relevel_editions(&mut life.log);
            self.keyrefs.relevel(&mut life.comparison.changes, &life.log.path);
        }
        Ok((lives, commits))
    }

    /// Tells of each page of the newest commit that seems to assign responsibility, but whose
    /// parties cannot be read: one line with the way out.
    pub(super) fn tell_unread_pages(&self) -> Result<()> {
        let point = Point::Commit(self.span.tip().clone());
        let mut paths = Vec::new();
        for file in self.repository.files(&point, &self.filter)? {
            // what is told speaks of responsibilities, which few of a repository's files do
            let content = self.repository.read(&file)?;
            if memchr::memmem::find(&content, b"esponsib").is_some() {
                paths.push(file.path);
            }
        }
        let pages = pages::these(&self.repository, &point, &paths, &self.keyrefs)?;
        for page in pages.iter().filter(|page| !page.document.is_responsibility_page()) {
            let mut notices = page.document.notices.iter();
            if let Some(notice) = notices.find(|notice| notice.code == Code::Unassigned) {
                let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
                let text = format!("note: {}{line}: {}", page.path(), notice.message);
                deliver::aside(&format!("{}\n", safe::visible(&text)));
            }
        }
        Ok(())
    }

    fn relevel_editions(&self, page: &mut PageLog) {
        for told in page.editions.iter_mut().map(|edition| &mut edition.told) {
            self.keyrefs.relevel(&mut told.changes, &told.path);
        }
    }
}
