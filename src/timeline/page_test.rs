//! Whether a file is a responsibility page, asked by all the names that a repository ever had.

use std::collections::HashSet;

use super::pages::{NamesOf, NamesTable};
use crate::error::Result;
use crate::history::{
    ContentCheck, File, Filter, PageHistories, PageReader, Repository, Span, WalkProgress,
};
use crate::model::{Format, IncludedFiles};
use crate::normalize::{self, Names, PageQuestion, PartyKeys, Source, SuccessiveCheck};

/// Asks of contents whether they are pages, without knowing at which commit: true where they are
/// pages by the built-in names, or by a table of names that the repository had at some time. What
/// a page says is read by the names of its own commit, which decides.
pub struct PageTest {
    names: Vec<Names>,
}

/// The histories of the pages of a span: those that are pages by the built-in names, or by a table
/// of names that the repository had at some time in the span.
///
/// # Errors
/// Where anything on the way cannot be read.
pub(super) fn find_page_histories(
    repo: &Repository,
    span: &Span,
    filter: &Filter,
    names_of: NamesOf<'_>,
    progress: WalkProgress<'_>,
) -> Result<PageHistories> {
    let plain = PageTest::new(&[], names_of);
    // the walk that finds the pages finds the tables, too, and hardly any names a party
    let found = repo.page_histories(span, filter, &plain, progress)?;
    let mut files: Vec<&File> = found.companions.iter().collect();
    let unchanged = if span.is_whole() { Vec::new() } else { repo.companions_of_tip(span)? };
    files.extend(&unchanged);
    let test = PageTest::of_files(repo, files, names_of)?;
    if test.names.len() == plain.names.len() {
        return Ok(found);
    }
    repo.page_histories(span, filter, &test, progress)
}

impl PageTest {
    /// By these tables of a repository, as far as they call a party by a key of their own.
    #[must_use]
    pub fn new(tables: &[NamesTable], names_of: NamesOf<'_>) -> Self {
        let plain = names_of(&[]);
        let mut seen = HashSet::new();
        let distinct = tables.iter().filter(|table| seen.insert(&table.text));
        let mut keys = PartyKeys::missing_in(&plain);
        let own = distinct.filter(|table| keys.stand_in(&table.text));
        let own: Vec<Names> = own.map(|table| names_of(std::slice::from_ref(table))).collect();
        Self { names: std::iter::once(plain).chain(own).collect() }
    }

    /// By the tables that stand anywhere in a span of a history.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn of_span(repo: &Repository, span: &Span, names_of: NamesOf<'_>) -> Result<Self> {
        let files = repo.companion_files(span)?;
        Self::of_files(repo, files.iter().collect(), names_of)
    }

    /// By the tables that these files hold.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn of_files(repo: &Repository, files: Vec<&File>, names_of: NamesOf<'_>) -> Result<Self> {
        let tables = files.into_iter().map(|file| NamesTable::read_table(repo, file));
        Ok(Self::new(&tables.collect::<Result<Vec<_>>>()?, names_of))
    }

    /// Lets through what is a page or seems to be one (see
    /// [`Document::seems_to_assign`](crate::model::Document::seems_to_assign)).
    #[must_use]
    pub fn or_seeming(&self) -> impl PageReader {
        SeemingPages { test: self }
    }

    fn check_contents(&self, question: PageQuestion) -> ContentCheck<'_> {
        let check = |names| SuccessiveCheck::new(question, names);
        let mut checks: Vec<_> = self.names.iter().map(check).collect();
        Box::new(move |format, content| {
            checks.iter_mut().any(|check| check.is_page(format, content))
        })
    }
}

/// See [`PageTest::or_seeming`].
struct SeemingPages<'t> {
    test: &'t PageTest,
}

impl PageReader for SeemingPages<'_> {
    fn is_page(&self, format: Format, content: &[u8]) -> bool {
        self.successive_check()(format, content)
    }

    fn successive_check(&self) -> ContentCheck<'_> {
        self.test.check_contents(PageQuestion::SeemsToAssign)
    }
}

impl PageReader for PageTest {
    /// Whether a file's bytes are a page that assigns responsibility; a page that includes files
    /// may be one by what these say.
    fn is_page(&self, format: Format, content: &[u8]) -> bool {
        self.names.iter().any(|names| names.is_page(format, content))
    }

    fn successive_check(&self) -> ContentCheck<'_> {
        self.check_contents(PageQuestion::Assigns)
    }

    fn included_paths(&self, page: &[u8], files: &IncludedFiles) -> Vec<String> {
        self.names
            .first()
            .map(|names| Names::included_paths(names, page, files))
            .unwrap_or_default()
    }

    fn is_own_page(&self, path: &str, page: &[u8], files: &IncludedFiles) -> bool {
        self.names.iter().any(|names| Names::is_own_page(names, path, page, files))
    }
}

/// By these names alone.
impl PageReader for Names {
    fn is_page(&self, format: Format, content: &[u8]) -> bool {
        normalize::may_include(format, content)
            || normalize::assigns_responsibility(Source::in_format(format, content), self)
    }

    fn successive_check(&self) -> ContentCheck<'_> {
        let mut check = SuccessiveCheck::new(PageQuestion::Assigns, self);
        Box::new(move |format, content| check.is_page(format, content))
    }

    fn included_paths(&self, page: &[u8], files: &IncludedFiles) -> Vec<String> {
        Self::included_paths(self, page, files)
    }

    fn is_own_page(&self, path: &str, page: &[u8], files: &IncludedFiles) -> bool {
        Self::is_own_page(self, path, page, files)
    }
}
