//! The history of every page, with how its newest edition differs from its first.

use super::departures::Departures;
use super::editions;
use super::idle_names::drop_versions_of_idle_names;
use super::page_test::PageTest;
use super::pages::{NamesOf, Pages};
use crate::error::Result;
use crate::history::{Filter, Progress, Repository, Span};
use crate::report::Life;

/// Finds the pages of a span and gives each with its editions and both its ends, by path. How
/// many commits were walked.
///
/// # Errors
/// Where anything on the way cannot be read.
pub fn lives(
    repo: &Repository,
    span: &Span,
    filter: &Filter,
    names_of: NamesOf<'_>,
    progress: Progress<'_>,
) -> Result<(Vec<Life>, usize)> {
    let test = PageTest::of_span(repo, span, names_of)?;
    let mut found = repo.biographies(span, filter, &test, progress)?;
    let mut pages = Pages::new(repo, names_of);
    drop_versions_of_idle_names(&mut found, &mut pages)?;
    let departures = Departures::of(&found, &mut pages)?;
    let mut lives = Vec::new();
    for (at, biography) in found.pages.iter().enumerate() {
        if let Some(mut life) = editions::with_ends(repo, biography, &mut pages)? {
            departures.tell_in(at, &mut life.log);
            lives.push(life);
        }
        pages.forget();
    }
    Ok((lives, found.commits))
}
