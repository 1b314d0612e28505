//! The responsibility pages at one point, for the commands that look at pages as they stand.

use std::borrow::Cow;
use std::ffi::OsString;
use std::sync::Arc;

use crate::diff::PageSource;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{File, Filter, Point, RepoPath, Repository, Request, is_span};
use crate::model::Document;
use crate::normalize::{self, Names, Source};

use super::keyrefs::{Keyrefs, NamesAt};

/// A page with the file that it was read from.
pub(super) struct PageAt {
    pub(super) file: File,
    pub(super) content: Arc<[u8]>,
    pub(super) names: Names,
    pub(super) document: Document,
}

impl PageAt {
    /// Where it is.
    pub(super) fn path(&self) -> String {
        self.file.path.to_string()
    }

    /// What it is read from.
    pub(super) fn source(&self) -> Source<'_> {
        Source::in_format(self.file.path.format(), &self.content)
    }

    /// The page with what it was read from.
    pub(super) fn page_source(&self) -> PageSource<'_> {
        PageSource { source: self.source(), names: &self.names, page: &self.document }
    }
}

/// A version of a repository and how its pages are read: by what holds there.
#[derive(Clone, Copy)]
pub(super) struct PagesAt<'a> {
    pub(super) repository: &'a Repository,
    pub(super) point: &'a Point,
    pub(super) keyrefs: &'a Keyrefs,
}

/// The point that a revision names; without one, what is being worked on.
pub(super) fn named_point(repository: &Repository, revision: Option<String>) -> Result<Point> {
    let head = || "HEAD".to_owned();
    let named = revision.or_else(|| repository.is_bare().then(head));
    if let Some(range) = named.as_ref().filter(|named| is_span(named)) {
        let message = format!("'{range}' is a range, but this command reads one revision");
        return Err(
            Error::new(ErrorKind::Usage, message).with_hint("name one revision, such as HEAD~1")
        );
    }
    match named {
        Some(named) => Ok(Point::Commit(repository.find_revision(&named)?)),
        None => Ok(repository.resolve_ends(&Request::default())?.points.new),
    }
}

/// The same, or the index where that is asked for.
pub(super) fn point_or_index(
    repository: &Repository,
    revision: Option<String>,
    cached: bool,
) -> Result<Point> {
    match revision {
        Some(_) if cached => Err(Error::new(ErrorKind::Usage, "--cached takes no revision here")
            .with_hint("omit one of them: --cached reads the index")),
        None if cached => repository.require_index().map(|()| Point::Index),
        revision => named_point(repository, revision),
    }
}

/// The files at a point that may assign a responsibility, by path.
pub(super) fn pages_at(
    repository: &Repository,
    point: &Point,
    paths: &[OsString],
    keyrefs: &Keyrefs,
) -> Result<Vec<PageAt>> {
    let keyrefs = keyrefs.in_force(repository, point)?;
    let filter = keyrefs.reported_filter(repository, &[point], paths)?;
    PagesAt::new(repository, point, &keyrefs).pages_under(&filter)
}

impl<'a> PagesAt<'a> {
    pub(super) const fn new(
        repository: &'a Repository,
        point: &'a Point,
        keyrefs: &'a Keyrefs,
    ) -> Self {
        Self { repository, point, keyrefs }
    }

    /// The files that may assign a responsibility, by path.
    pub(super) fn pages_under(self, filter: &Filter) -> Result<Vec<PageAt>> {
        self.under_where(filter, &|_| true)
    }

    /// The same of the files whose bytes are of interest.
    pub(super) fn under_where(
        self,
        filter: &Filter,
        is_wanted: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Vec<PageAt>> {
        let Self { repository, point, keyrefs } = self;
        let mut names_at = NamesAt::new(repository, point, keyrefs);
        let plain = keyrefs.names_with(&[]);
        let mut pages = Vec::new();
        for file in repository.page_files(point, filter)? {
            let content = repository.read_file(&file)?;
            if is_wanted(&content) && may_be_page(&file, &content, &plain) {
                pages.push(page_of(file, &content, &mut names_at)?);
            }
        }
        Ok(pages)
    }

    /// The files of these paths, as far as they are there, whatever they say.
    pub(super) fn pages_of_paths(self, paths: &[RepoPath]) -> Result<Vec<PageAt>> {
        let Self { repository, point, keyrefs } = self;
        let mut names_at = NamesAt::new(repository, point, keyrefs);
        let mut pages = Vec::new();
        for path in paths {
            if let Some(file) = repository.file_at(point, path)? {
                let content = repository.read_file(&file)?;
                pages.push(page_of(file, &content, &mut names_at)?);
            }
        }
        Ok(pages)
    }

    /// Whether there is a responsibility page.
    pub(super) fn has_page(self, filter: &Filter) -> Result<bool> {
        self.for_likely_files(filter, &mut |file, content, names_at| {
            let format = file.path.format();
            // what it says may stand in the files that it includes
            if normalize::may_include(format, content) {
                return Ok(page_of(file, content, names_at)?.document.is_responsibility_page());
            }
            let names = names_at.of_page(&file)?;
            Ok(normalize::assigns_responsibility(Source::in_format(format, content), &names))
        })
    }

    /// Reads the responsibility pages one by one, the most likely ones first, until one is enough.
    /// Whether there is any.
    pub(super) fn visit_pages(
        self,
        filter: &Filter,
        is_enough: &mut dyn FnMut(&PageAt) -> bool,
    ) -> Result<bool> {
        let mut has_page = false;
        self.for_likely_files(filter, &mut |file, content, names_at| {
            let page = page_of(file, content, names_at)?;
            let is_page = page.document.is_responsibility_page();
            has_page |= is_page;
            Ok(is_page && is_enough(&page))
        })?;
        Ok(has_page)
    }

    /// Visits the files that may be responsibility pages, the most likely ones first, until one is
    /// enough. Whether one was.
    fn for_likely_files(self, filter: &Filter, is_enough: &mut IsEnough<'_>) -> Result<bool> {
        let Self { repository, point, keyrefs } = self;
        let plain = keyrefs.names_with(&[]);
        let mut names_at = NamesAt::new(repository, point, keyrefs);
        let mut files = repository.page_files(point, filter)?;
        // where a page's name says what it is, no other file is read
        files.sort_by_key(|file| !file.path.to_string().to_lowercase().contains("responsib"));
        for file in files {
            let content = repository.read_file(&file)?;
            if may_be_page(&file, &content, &plain) && is_enough(file, &content, &mut names_at)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether a file is worth reading whole.
fn may_be_page(file: &File, content: &[u8], plain: &Names) -> bool {
    let format = file.path.format();
    normalize::may_assign(Source::in_format(format, content), plain)
        || normalize::may_include(format, content)
}

/// Whether a file is enough, given its content and the names at its point.
type IsEnough<'f> = dyn FnMut(File, &Arc<[u8]>, &mut NamesAt<'_>) -> Result<bool> + 'f;

fn page_of(file: File, content: &Arc<[u8]>, names_at: &mut NamesAt<'_>) -> Result<PageAt> {
    let names = names_at.of_page(&file)?;
    let document = normalize::read_page(Source::in_format(file.path.format(), content), &names);
    // what is stored and shown of it is UTF-8
    let content = match normalize::to_utf8(content) {
        Cow::Owned(text) => text.into(),
        Cow::Borrowed(_) => Arc::clone(content),
    };
    Ok(PageAt { file, content, names, document })
}
