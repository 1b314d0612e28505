//! The life of every page of a span.

use super::editions;
use super::pages::{NamesOf, Pages};
use crate::error::Result;
use crate::history::{Filter, Progress, Repository, Span};
use crate::normalize;
use crate::report::PageLog;

/// Finds the pages of a span and hands over each as soon as it is read, by path. How many
/// commits were walked.
///
/// # Errors
/// Where anything on the way cannot be read, and those of `tell`.
pub fn log(
    repo: &Repository,
    span: &Span,
    filter: &Filter,
    names_of: NamesOf<'_>,
    progress: Progress<'_>,
    tell: &mut dyn FnMut(PageLog) -> Result<()>,
) -> Result<usize> {
    // A first look is enough here: what it lets through is read anyway, and once is enough.
    let may_be = |content: &[u8]| normalize::may_assign_responsibility(content);
    let found = repo.biographies(span, filter, &may_be, progress)?;
    let mut pages = Pages::new(repo, names_of);
    for biography in &found.pages {
        if let Some(page) = editions::of_page(repo, biography, &mut pages)? {
            tell(page)?;
        }
        pages.forget();
    }
    Ok(found.commits)
}
