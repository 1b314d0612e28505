//! Which commits of a span certainly changed no duty: found in one walk, each version read once, so
//! that a search for the newest change looks closely at the others only.

use std::collections::HashMap;

use super::idle_names::differs_in_idle_names;
use super::page_test::find_page_histories;
use super::pages::{NamesOf, Pages};
use crate::diff;
use crate::error::Result;
use crate::history::{FileVersion, Filter, Id, Repository, Span, VersionOrigin};
use crate::model::Sides;

/// What commits of a span did to its pages.
pub struct QuietCommits<'r> {
    pages: Pages<'r>,
    /// The versions of pages that each commit made, with those before.
    versions: HashMap<Id, Vec<Sides<Option<FileVersion>>>>,
}

impl<'r> QuietCommits<'r> {
    /// Finds the pages of a span; none is read yet.
    ///
    /// # Errors
    /// If anything on the way cannot be read.
    pub fn of_span(
        repo: &'r Repository,
        span: &Span,
        filter: &Filter,
        names_of: NamesOf<'r>,
    ) -> Result<Self> {
        let found = find_page_histories(repo, span, filter, names_of, &|_| {})?;
        let mut versions: HashMap<Id, Vec<Sides<Option<FileVersion>>>> = HashMap::new();
        for history in found.pages {
            let mut before: Option<FileVersion> = None;
            for version in history.file_history.versions {
                if let VersionOrigin::Commit(commit) = &version.origin {
                    let made = Sides::new(before, Some(version.clone()));
                    versions.entry(commit.id).or_default().push(made);
                }
                before = Some(version);
            }
        }
        Ok(Self { pages: Pages::new(repo, names_of), versions })
    }

    /// Whether a commit of the span changed no duty on any page. A page that came, went, or can be
    /// read on one side only is reason to look closely.
    ///
    /// # Errors
    /// Where a version cannot be read.
    pub fn is_quiet(&mut self, commit: Id) -> Result<bool> {
        for made in self.versions.remove(&commit).unwrap_or_default() {
            if !self.says_the_same(&made)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn says_the_same(&mut self, made: &Sides<Option<FileVersion>>) -> Result<bool> {
        let (Some(old), Some(new)) = (&made.old, &made.new) else { return Ok(false) };
        if differs_in_idle_names(old, new, &mut self.pages)? {
            return Ok(true);
        }
        let (old, new) = (self.pages.page_of(old)?, self.pages.page_of(new)?);
        let (old, new) = (&old.document, &new.document);
        if old.is_responsibility_page() != new.is_responsibility_page() {
            return Ok(false);
        }
        let is_same = old.matrices == new.matrices;
        Ok(is_same || diff::compare_pages(Sides::new(old, new)).changes.is_empty())
    }
}
