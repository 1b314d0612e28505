//! The history of every page, with how its newest edition differs from its first.

use super::departures::Departures;
use super::editions;
use super::idle_names::drop_versions_of_idle_names;
use super::page_test::find_page_histories;
use super::pages::{NamesOf, Pages};
use crate::error::Result;
use crate::history::{Filter, Repository, Span, WalkProgress};
use crate::report::WholePage;

/// Finds the pages of a span and gives each with its editions and both its ends, by path. How
/// many commits were walked.
///
/// # Errors
/// Where anything on the way cannot be read.
pub fn whole_pages(
    repo: &Repository,
    span: &Span,
    filter: &Filter,
    names_of: NamesOf<'_>,
    progress: WalkProgress<'_>,
) -> Result<(Vec<WholePage>, usize)> {
    let mut found = find_page_histories(repo, span, filter, names_of, progress)?;
    let mut pages = Pages::new(repo, names_of);
    drop_versions_of_idle_names(&mut found, &mut pages)?;
    let departures = Departures::find_all(&found, &mut pages)?;
    let mut lives = Vec::new();
    for (at, page_history) in found.pages.iter().enumerate() {
        if let Some(mut file_history) =
            editions::with_ends((repo, span), (page_history, &departures.of_page(at)), &mut pages)?
        {
            departures.add_to_editions(at, &mut file_history.log);
            lives.push(file_history);
        }
        pages.forget_unused();
    }
    Ok((lives, found.commits))
}
